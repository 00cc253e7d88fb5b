import type { CallFact } from './body.js';
import { callersIn, callersOutside, isReachedOtherwise } from './callGraph.js';
import type { FunctionFact } from './declarations.js';
import type { FileModel } from './fileModel.js';
import type { IrqlEvent } from './flow/irqlEffect.js';
import { mayLock } from './flow/irqlEffect.js';
import type { IrqlFlow, IrqlReturn } from './flow/irqlFlow.js';
import type { Held, IrqlState, Raised } from './flow/irqlState.js';
import { Holders } from './holders.js';
import type { IrqlAnalysis } from './irql.js';
import { textOf } from './nodes.js';
import { lastNameOf } from './places.js';
import type { ProjectModel } from './projectModel.js';
import { isLostAtReturn } from './savedIrql.js';
import type { Span } from './span.js';
import type { FileSummary } from './summary.js';

/** Something about locks, or about an IRQL that was raised, that holds on every path to a place. */
export type LockProblem =
  | { kind: 'event'; fn: FunctionFact; event: IrqlEvent }
  /** A return with the lock held. */
  | { kind: 'held'; fn: FunctionFact; at: Span; implicit: boolean; lock: Held }
  /** A return at a raised IRQL. */
  | { kind: 'raised'; fn: FunctionFact; at: Span; implicit: boolean; raised: Pick<Raised, 'by' | 'at' | 'irql'> };

/** What is wrong with locks in the functions of the file. Only what all paths to the place agree on, or what a path shows
 * that was followed by itself, counts. */
export function lockProblems(
  file: FileModel,
  summary: FileSummary,
  project: ProjectModel,
  analysis: IrqlAnalysis,
): readonly LockProblem[] {
  const before = known.get(analysis);
  if (before) return before;
  const givers = new Givers(file, summary, project, analysis);
  const holders = new Holders(file, summary, project, analysis);
  const problems = file.functions.flatMap((fn) => {
    const flow = analysis.flowOf(fn);
    if (flow.plain || !flow.complete || fn.body.broken) return [];
    const isCallback = analysis.entryOf(fn).by?.kind === 'role';
    return [...eventsOf(fn, flow, isCallback, holders), ...returnsOf(fn, flow, isCallback, givers)];
  });
  const own = problems.filter((problem) => !isInherited(problem, problems));
  known.set(analysis, own);
  return own;
}

/** What a called function leaves behind is reported there. */
function isInherited(problem: LockProblem, all: readonly LockProblem[]): boolean {
  if (problem.kind === 'event') {
    const { kind, call } = problem.event;
    return all.some((other) => other.kind === 'event' && other.event.kind === kind && other.fn.name === call.name);
  }
  const by = problem.kind === 'held' ? problem.lock.by : problem.raised.by;
  return all.some((other) => other.kind === problem.kind && other.fn.name === by);
}

const known = new WeakMap<IrqlAnalysis, readonly LockProblem[]>();

/** Locks that some function gives back for its caller: another may acquire them for its caller. */
class Givers {
  private names: ReadonlySet<string> | undefined;
  private readonly file: FileModel;
  private readonly summary: FileSummary;
  private readonly project: ProjectModel;
  private readonly analysis: IrqlAnalysis;

  constructor(file: FileModel, summary: FileSummary, project: ProjectModel, analysis: IrqlAnalysis) {
    this.file = file;
    this.summary = summary;
    this.project = project;
    this.analysis = analysis;
  }

  has(lock: Held): boolean {
    this.names ??= this.find();
    const name = lastNameOf(lock.place);
    return this.names.has(name) || this.analysis.givesElsewhere(name);
  }

  /** The function leaves a yes or no behind, other than as its result. */
  saysSo(fn: FunctionFact): boolean {
    const { assignments, locals } = this.file.body(fn);
    const isLocal = (target: string): boolean => locals.some(({ name }) => name === target);
    return assignments.some(
      ({ target, value }) => !isLocal(target) && /^(?:TRUE|FALSE|true|false)$/.test(textOf(fn.item, value)),
    );
  }

  /** Some caller of the function gives such a lock back, or callers may be out of sight. */
  isCalledByOne(fn: FunctionFact, lock: Held): boolean {
    const { acts } = this.analysis;
    if (isReachedOtherwise(fn, this.summary, this.project)) return true;
    const own = callersIn(this.file, fn.name).some(({ fn: caller }) =>
      this.file.body(caller).calls.some((call) => {
        const done = acts.of(call);
        if (done === 'unknown') return call.name !== fn.name;
        return done.some(({ act, place }) => act === 'release' && lastNameOf(place) === lastNameOf(lock.place));
      }),
    );
    if (own || fn.isStatic) return own;
    return this.project.files.some(
      (other) =>
        other.uri !== this.file.uri &&
        callersOutside(other, fn.name).some((caller) => acts.kindsIn(caller)?.has('release') !== false),
    );
  }

  /** The lock, or the raise, has its old IRQL where nobody finds it after the return. */
  cannotRestore(fn: FunctionFact, { irql }: Pick<Raised, 'irql'>): boolean {
    return isLostAtReturn(this.file, fn, this.analysis.acts, irql);
  }

  /** The IRQL to go back to is kept where another function finds it, and this one never lowers. */
  mayLower(fn: FunctionFact, { irql }: Pick<Raised, 'irql'>): boolean {
    if (irql === undefined) return false;
    const { locals, calls } = this.file.body(fn);
    const [base = ''] = /[A-Za-z_]\w*/.exec(irql) ?? [];
    if (/^\w+$/.test(irql) && [...locals, ...fn.params].some(({ name }) => name === base)) return false;
    return !calls.some(({ name }) => {
      const acts = this.analysis.acts.named(name);
      return acts !== 'unknown' && acts.some(({ act }) => act === 'lower');
    });
  }

  private find(): Set<string> {
    const names = new Set<string>();
    for (const fn of this.file.functions) {
      for (const { kind, act } of this.analysis.flowOf(fn).events)
        if (kind === 'release-unheld') names.add(lastNameOf(act.place));
    }
    return names;
  }
}

function eventsOf(fn: FunctionFact, flow: IrqlFlow, isCallback: boolean, holders: Holders): LockProblem[] {
  const byCall = new Map<CallFact, IrqlEvent[]>();
  for (const event of flow.events) {
    const list = byCall.get(event.call);
    if (list) list.push(event);
    else byCall.set(event.call, [event]);
  }
  return [...byCall].flatMap(([call, events]): LockProblem[] => {
    const states = flow.statesAt(call);
    return kindsAt(events)
      .map((kind) => events.filter((event) => event.kind === kind))
      .filter((same) => flow.exact || states.every((state) => same.some((event) => event.state === state)))
      .filter(([event]) => event !== undefined && counts(event, fn, isCallback, holders))
      .map(([event]) => ({ kind: 'event', fn, event: event as IrqlEvent }));
  });
}

const kindsAt = (events: readonly IrqlEvent[]): IrqlEvent['kind'][] => [...new Set(events.map((event) => event.kind))];

/** A function may give back what its caller acquired, unless NDIS or callers without a lock call it, or it gave the lock
 * back already. */
function counts({ kind, state, act }: IrqlEvent, fn: FunctionFact, isCallback: boolean, holders: Holders): boolean {
  if (kind !== 'release-unheld' || state.done.includes(act.place)) return true;
  if (state.given.length) return false;
  return isCallback || !(mayLock(fn.name) || releasesByContract(fn) || holders.mayHold(fn));
}

const releasesByContract = (fn: FunctionFact): boolean =>
  fn.annotations.some(({ name }) => /_Releases_|_Requires_lock_held_|__drv_release/.test(name));

function returnsOf(fn: FunctionFact, flow: IrqlFlow, isCallback: boolean, givers: Givers): LockProblem[] {
  const problems: LockProblem[] = [];
  for (const points of byPlace(flow.returns)) {
    if (points.some(({ state }) => state.lost)) continue;
    for (const left of leftAt(points)) {
      const here = points.filter(({ state }) => left.isLeft(state));
      const [first] = here;
      if (!first || (here.length < points.length && !flow.exact)) continue;
      if (isCallback || isForgotten(fn, flow, here, left, givers))
        problems.push({ ...left.problem, fn, at: first.span, implicit: first.implicit });
    }
  }
  return problems;
}

type Left = {
  problem: { kind: 'held'; lock: Held } | { kind: 'raised'; raised: Pick<Raised, 'by' | 'at' | 'irql'> };
  isLeft: (state: IrqlState) => boolean;
};

/** What the paths to a return leave behind: each lock once, and a raised IRQL. */
function leftAt(points: readonly IrqlReturn[]): Left[] {
  const left = new Map<string, Left>();
  for (const { state } of points) {
    for (const lock of state.held) {
      if (!left.has(lock.place))
        left.set(lock.place, { problem: { kind: 'held', lock }, isLeft: (other) => holds(other, lock) });
    }
    const raised = raisedAt(state);
    if (raised && !left.has('raised'))
      left.set('raised', { problem: { kind: 'raised', raised }, isLeft: (other) => raisedAt(other) !== undefined });
  }
  return [...left.values()];
}

/** Returns by where they stand: several paths may come to the same. */
function byPlace(returns: readonly IrqlReturn[]): IrqlReturn[][] {
  const places = new Map<number, IrqlReturn[]>();
  for (const point of returns) {
    const list = places.get(point.span.start);
    if (list) list.push(point);
    else places.set(point.span.start, [point]);
  }
  return [...places.values()];
}

const holds = (state: IrqlState, lock: Held): boolean =>
  state.held.some((held) => held.place === lock.place && held.kind === lock.kind);

function raisedAt(state: IrqlState): Pick<Raised, 'by' | 'at' | 'irql'> | undefined {
  if (state.held.length) return undefined;
  return state.raised.at(-1);
}

/** What is left at the return is meant for no caller: nobody gives such a lock back for another, and no result tells the
 * returns with it from those without. */
function isForgotten(
  fn: FunctionFact,
  flow: IrqlFlow,
  here: readonly IrqlReturn[],
  { problem, isLeft }: Left,
  givers: Givers,
): boolean {
  if (mayLock(fn.name)) return false;
  const free = flow.returns.filter(({ state }) => !isLeft(state));
  if (free.some(({ state }) => state.lost)) return false;
  if (givers.cannotRestore(fn, problem.kind === 'raised' ? problem.raised : problem.lock)) return true;
  if (problem.kind === 'raised')
    return free.length > 0 && !tellsApart(here, free) && !givers.mayLower(fn, problem.raised);
  if (free.length && tellsApart(here, free)) return false;
  if (free.length && givers.saysSo(fn) && givers.isCalledByOne(fn, problem.lock)) return false;
  return !givers.has(problem.lock) || (free.length > 0 && !givers.isCalledByOne(fn, problem.lock));
}

/** The caller can see by the result which of the two it got: the one with the lock is no failure. */
function tellsApart(held: readonly IrqlReturn[], free: readonly IrqlReturn[]): boolean {
  const keys = (points: readonly IrqlReturn[]): string[] | undefined =>
    points.some(({ value, implicit }) => implicit || value.unknown)
      ? undefined
      : points.flatMap(({ value }) => [...value.atoms.keys()]);
  const own = keys(held);
  const others = keys(free);
  if (!own || !others)
    return (
      !own && held.every(({ implicit }) => !implicit) && others !== undefined && others.every((key) => key === '0')
    );
  return own.every((key) => !others.includes(key) && Number(key) < 0x8000_0000);
}
