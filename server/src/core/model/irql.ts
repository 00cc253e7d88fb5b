import type { CallFact } from './body.js';
import type { FunctionFact } from './declarations.js';
import type { FileModel } from './fileModel.js';
import { constantNumber } from './flow/functionFlow.js';
import type { IrqlFlow } from './flow/irqlFlow.js';
import type { IrqlState, OwnLevel } from './flow/irqlState.js';
import { callOfMacro, noActs } from './irqlActs.js';
import { CallActs } from './irqlCalls.js';
import { contractOf } from './irqlContract.js';
import { Entries, type Entry, type EntryReason, reachesAt } from './irqlEntry.js';
import { apc, dispatch, type Levels, passive } from './irqlLevels.js';
import { evaluate, limitOf } from './irqlLimits.js';
import type { IrqlAnnotation } from './locking.js';
import type { ProjectModel } from './projectModel.js';

import type { FileSummary, MacroSummary } from './summary.js';
import { timeAt } from './timeouts.js';

/** How a call stands to its limit. */
export type Verdict =
  /** Every level possible here is above the limit. */
  | 'too-high'
  /** A contract lets every path come here above the limit. */
  | 'contract-broken'
  /** Some paths, or some callers, come here above the limit. */
  | 'may-be-too-high'
  /** Every level possible here is below what the call needs. */
  | 'too-low';

/** A call made at a level that it must not be made at. */
export interface CallLevel {
  fn: FunctionFact;
  call: CallFact;
  /** What is called, where a macro of the driver stands for it. */
  routine: string;
  /** Levels that the call may be made at. */
  limit: Levels;
  /** Levels possible on the path that shows it. */
  levels: OwnLevel;
  /** Level that the contract of the function lets callers come at. */
  reach: number;
  verdict: Verdict;
  /** The state on that path. */
  state: IrqlState;
  /** How the function is entered, where that decides. */
  by?: EntryReason;
}

interface Callee {
  annotations: readonly IrqlAnnotation[];
  isPaged: boolean;
  macro?: MacroSummary;
}

const known = new WeakMap<FileModel, { project: ProjectModel; analysis: IrqlAnalysis }>();

/** Answers what IRQL the code of a file runs at, and which locks it holds. */
export class IrqlAnalysis {
  readonly acts: CallActs;
  readonly entries: Entries;
  private given: ReadonlySet<string> | 'any' | undefined;
  private violations: CallLevel[] | undefined;
  private readonly callees = new Map<string, Callee>();
  private readonly file: FileModel;
  private readonly project: ProjectModel;

  private constructor(file: FileModel, summary: FileSummary, project: ProjectModel) {
    this.file = file;
    this.project = project;
    this.acts = new CallActs(file, project);
    this.entries = new Entries(file, summary, project, this.acts);
  }

  /** The analysis of the file in the project as it is now; one for everyone who asks. */
  static of(file: FileModel, summary: FileSummary, project: ProjectModel): IrqlAnalysis {
    const before = known.get(file);
    if (before?.project === project) return before.analysis;
    const analysis = new IrqlAnalysis(file, summary, project);
    known.set(file, { project, analysis });
    return analysis;
  }

  flowOf(fn: FunctionFact): IrqlFlow {
    return this.acts.flows.of(fn);
  }

  entryOf(fn: FunctionFact): Entry {
    return this.entries.of(fn);
  }

  /** A function of another file releases a lock of the name without acquiring: it gives it back for its callers. */
  givesElsewhere(name: string): boolean {
    this.given ??= this.acts.givenIn(this.project.files.filter(({ uri }) => uri !== this.file.uri));
    return this.given === 'any' || this.given.has(name);
  }

  /** Calls of the file that are made at a level which they must not be made at. */
  get misplacedCalls(): readonly CallLevel[] {
    this.violations ??= this.file.functions.flatMap((fn) => this.misplacedIn(fn));
    return this.violations;
  }

  private misplacedIn(fn: FunctionFact): CallLevel[] {
    if (fn.body.broken) return [];
    const { calls } = this.file.body(fn);
    let flow: IrqlFlow | undefined;
    return calls.flatMap((call) => {
      const limit = this.limitOf(fn, call);
      if (!limit || (limit.min === passive && limit.max >= 4)) return [];
      flow ??= this.flowOf(fn);
      const found = this.judge(fn, call, limit, flow);
      return found ? [found] : [];
    });
  }

  /** Levels that a call may be made at: of the catalog, or what the project's own function asks for. */
  private limitOf(fn: FunctionFact, call: CallFact): Levels | undefined {
    const { catalog } = this.file;
    const pointee = (argument: string): string | undefined => timeAt(this.file, fn, call, argument);
    if (catalog.routine(call.name)) {
      const limit = limitOf(call, catalog, pointee);
      return limit && this.asksForDispatch(call) ? { min: dispatch, max: Math.max(limit.max, dispatch) } : limit;
    }
    const { macro, annotations, isPaged } = this.callee(call.name);
    const behind = macro && this.behind(macro, call);
    if (behind) return limitOf(behind, catalog, pointee);
    if (annotations.length) {
      const numberOf = (name: string): number | undefined => constantNumber(name, catalog, this.project);
      return contractOf(annotations, numberOf, (condition) => this.holds(condition, call)).levels;
    }
    return isPaged ? { min: passive, max: apc } : undefined;
  }

  /** What the project says of a function or macro of its own. */
  private callee(name: string): Callee {
    let callee = this.callees.get(name);
    if (!callee) {
      const [macro, ...others] = this.project.macros(name);
      const annotations = [
        ...this.project.functions(name).flatMap(({ fact }) => fact.irql ?? []),
        ...this.project.declarations(name).flatMap(({ fact }) => fact.irql ?? []),
      ];
      callee = { annotations, isPaged: this.isPaged(name), ...(macro && !others.length && { macro }) };
      this.callees.set(name, callee);
    }
    return callee;
  }

  /** The call of the catalog that a macro of the driver stands for. */
  private behind(macro: MacroSummary, call: CallFact): { name: string; args: { text: string }[] } | undefined {
    const texts = call.args.map((arg) => arg.text);
    const behind = callOfMacro(macro, texts);
    if (!behind || !this.file.catalog.routine(behind.name)) return undefined;
    return { name: behind.name, args: behind.args.map((text) => ({ text })) };
  }

  /** An argument says that the caller runs at DISPATCH_LEVEL. */
  private asksForDispatch(call: CallFact): boolean {
    const acts = this.file.catalog.irqlAct(call.name) ? this.acts.of(call) : noActs;
    const flag = acts === 'unknown' ? undefined : acts[0]?.staysIf?.trim();
    return flag !== undefined && /^\w+$/.test(flag) && (this.file.catalog.numberOf(flag) ?? Number(flag)) > 0;
  }

  /** Whether a condition on the parameters of a function of the project holds for a call of it. */
  private holds(condition: string, call: CallFact): boolean | undefined {
    const params = this.project.functions(call.name)[0]?.fact.params ?? [];
    if (!params.length || params.length !== call.args.length) return undefined;
    const args = new Map(params.map(({ name }, index) => [name, call.args[index]?.text.trim() ?? '']));
    return evaluate(condition, args, this.file.catalog);
  }

  /** The function says that it is pageable: as its first call, or anywhere where it stands in another file. */
  private isPaged(name: string): boolean {
    const isCheck = (called: string): boolean => this.file.catalog.routine(called)?.tags?.includes('paged') === true;
    const fn = this.file.functionNamed(name);
    if (fn) return isCheck(this.file.body(fn).calls[0]?.name ?? '');
    const others = this.project.functions(name);
    return others.length > 0 && others.every(({ fact }) => [...fact.calls].some(isCheck));
  }

  private judge(fn: FunctionFact, call: CallFact, limit: Levels, flow: IrqlFlow): CallLevel | undefined {
    const entry = this.entryOf(fn);
    const states = flow.statesAt(call).filter((state) => state.lost || state.levels(entry.levels));
    const reachOf = reachesAt(states, entry, flow.exact);
    const shown = states
      .filter((state) => !state.lost)
      .map((state) => ({ state, levels: state.levels(entry.levels) as OwnLevel, reach: reachOf(state) }));
    const all = flow.complete && shown.length === states.length;
    // What the called function says in its body is judged there, unless it is certain here.
    const inBody = !this.file.catalog.routine(call.name) && this.callee(call.name).isPaged;
    const isAbove = ({ levels, reach }: (typeof shown)[number]): boolean =>
      (inBody ? levels.min : Math.max(levels.min, reach)) > limit.max;
    const find = (verdict: Verdict, matches: (one: (typeof shown)[number]) => boolean): CallLevel | undefined => {
      const matching = shown.filter(matches);
      const [first] = matching;
      if (!first || (verdict !== 'may-be-too-high' && !(all && matching.length === shown.length))) return undefined;
      const { macro } = this.file.catalog.routine(call.name) ? {} : this.callee(call.name);
      const routine = (macro && this.behind(macro, call)?.name) ?? call.name;
      return { fn, call, routine, limit, verdict, ...first, ...(entry.by && { by: entry.by }) };
    };
    return (
      find('too-high', ({ levels }) => levels.min > limit.max) ??
      find('too-low', ({ levels }) => levels.max < limit.min) ??
      find('contract-broken', (one) => isAbove(one)) ??
      find('may-be-too-high', (one) => isAbove(one))
    );
  }
}
