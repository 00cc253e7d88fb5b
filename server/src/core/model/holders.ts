import { callersIn, callersOutside, isReachedOtherwise } from './callGraph.js';
import type { FileModel } from './fileModel.js';
import type { IrqlAnalysis } from './irql.js';
import type { ProjectModel } from './projectModel.js';
import type { FileSummary, FunctionSummary } from './summary.js';

/** How far callers of callers are followed. */
const maxDepth = 5;

/** Tells whether functions may be called by someone who holds a lock. */
export class Holders {
  private readonly known = new Map<string, boolean>();
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

  /** Some caller may come with a lock held; true where not all callers are known. */
  mayHold(fn: { name: string; isStatic: boolean }, own: FileSummary = this.summary, depth = 0): boolean {
    const key = `${fn.isStatic ? own.uri : ''}:${fn.name}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    // Who calls itself brings no lock of its own.
    this.known.set(key, false);
    const result = this.find(fn, own, depth);
    this.known.set(key, result);
    return result;
  }

  private find(fn: { name: string; isStatic: boolean }, own: FileSummary, depth: number): boolean {
    if (this.analysis.entries.isCallback(fn.name)) return false;
    const open = !fn.isStatic && (this.project.isPartial || this.file.syntax.language === 'cpp');
    if (depth >= maxDepth || open || isReachedOtherwise(fn, own, this.project)) return true;
    const files = fn.isStatic ? [own] : this.project.files;
    let callers = 0;
    for (const other of files) {
      if (other.uri === this.file.uri) {
        for (const { fn: caller, call } of callersIn(this.file, fn.name)) {
          callers++;
          const flow = this.analysis.flowOf(caller);
          if (!flow.complete || flow.statesAt(call).some(({ lost, held }) => lost || held.length > 0)) return true;
          if (caller.name !== fn.name && this.mayHold(caller, this.summary, depth + 1)) return true;
        }
        continue;
      }
      for (const caller of callersOutside(other, fn.name)) {
        callers++;
        if (this.acquires(caller) || this.mayHold(caller, other, depth + 1)) return true;
      }
    }
    return callers === 0;
  }

  private acquires(caller: FunctionSummary): boolean {
    const kinds = this.analysis.acts.kindsIn(caller);
    return !kinds || kinds.has('acquire') || kinds.has('try');
  }
}
