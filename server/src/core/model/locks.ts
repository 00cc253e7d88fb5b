import type { CallFact } from './body.js';
import type { FunctionFact } from './declarations.js';
import type { FileModel } from './fileModel.js';
import type { IrqlEvent } from './flow/irqlEffect.js';
import { mayLock } from './flow/irqlEffect.js';
import type { IrqlFlow, IrqlReturn } from './flow/irqlFlow.js';
import type { Held, IrqlState, Raised } from './flow/irqlState.js';
import type { IrqlAnalysis } from './irql.js';
import type { Span } from './span.js';

/** Something about locks, or about an IRQL that was raised, that holds on every path to a place. */
export type LockProblem =
  | { kind: 'event'; fn: FunctionFact; event: IrqlEvent }
  /** A return with the lock held. */
  | { kind: 'held'; fn: FunctionFact; at: Span; implicit: boolean; lock: Held }
  /** A return at a raised IRQL. */
  | { kind: 'raised'; fn: FunctionFact; at: Span; implicit: boolean; raised: Pick<Raised, 'by' | 'at'> };

/** What is wrong with locks in the functions of the file. Only what all paths to the place agree on, in functions that
 * were followed in full, counts. */
export function lockProblems(file: FileModel, analysis: IrqlAnalysis): LockProblem[] {
  return file.functions.flatMap((fn) => {
    const flow = analysis.flowOf(fn);
    if (flow.plain || !flow.complete || fn.body.broken) return [];
    const isCallback = analysis.entryOf(fn).by?.kind === 'role';
    return [...eventsOf(fn, flow, isCallback), ...returnsOf(fn, flow, isCallback)];
  });
}

function eventsOf(fn: FunctionFact, flow: IrqlFlow, isCallback: boolean): LockProblem[] {
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
      .filter((same) => states.every((state) => same.some((event) => event.state === state)))
      .filter(([event]) => event !== undefined && counts(event, isCallback))
      .map(([event]) => ({ kind: 'event', fn, event: event as IrqlEvent }));
  });
}

const kindsAt = (events: readonly IrqlEvent[]): IrqlEvent['kind'][] => [...new Set(events.map((event) => event.kind))];

/** A function may give back what its caller acquired, unless NDIS calls it, or it gave the lock back already. */
function counts({ kind, state, act }: IrqlEvent, isCallback: boolean): boolean {
  if (kind !== 'release-unheld') return true;
  return state.done.includes(act.place) || (isCallback && !state.given.length);
}

function returnsOf(fn: FunctionFact, flow: IrqlFlow, isCallback: boolean): LockProblem[] {
  const problems: LockProblem[] = [];
  for (const points of byPlace(flow.returns)) {
    const [first] = points;
    if (!first || points.some(({ state }) => state.lost)) continue;
    const { span: at, implicit } = first;
    const lock = first.state.held.find((held) => points.every(({ state }) => holds(state, held)));
    if (lock && isForgotten(fn, flow, isCallback, points, (state) => holds(state, lock))) problems.push({ kind: 'held', fn, at, implicit, lock });
    if (lock) continue;
    const raised = raisedAt(first.state);
    const isRaised = (state: IrqlState): boolean => raisedAt(state) !== undefined;
    if (raised && points.every(({ state }) => isRaised(state)) && isForgotten(fn, flow, isCallback, points, isRaised)) {
      problems.push({ kind: 'raised', fn, at, implicit, raised });
    }
  }
  return problems;
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

const holds = (state: IrqlState, lock: Held): boolean => state.held.some((held) => held.place === lock.place && held.kind === lock.kind);

function raisedAt(state: IrqlState): Pick<Raised, 'by' | 'at'> | undefined {
  if (state.held.length) return undefined;
  return state.raised.at(-1);
}

/** What holds at the return is meant for no caller: the caller is NDIS, or other returns of the function do without it and
 * tell nothing else apart. */
function isForgotten(
  fn: FunctionFact,
  flow: IrqlFlow,
  isCallback: boolean,
  here: readonly IrqlReturn[],
  left: (state: IrqlState) => boolean,
): boolean {
  if (isCallback) return true;
  const free = flow.returns.filter(({ state }) => !left(state));
  if (!free.length || free.some(({ state }) => state.lost)) return false;
  return !mayLock(fn.name) && !tellsApart(here, free);
}

/** The caller can see by the result which of the two it got: the one with the lock is no failure. */
function tellsApart(held: readonly IrqlReturn[], free: readonly IrqlReturn[]): boolean {
  const keys = (points: readonly IrqlReturn[]): string[] | undefined =>
    points.some(({ value, implicit }) => implicit || value.unknown) ? undefined : points.flatMap(({ value }) => [...value.atoms.keys()]);
  const own = keys(held);
  const others = keys(free);
  if (!own || !others) return !own && held.every(({ implicit }) => !implicit) && others !== undefined && others.every((key) => key === '0');
  return own.every((key) => !others.includes(key) && Number(key) < 0x8000_0000);
}
