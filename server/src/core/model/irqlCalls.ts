import type { CallFact } from './body.js';
import type { FunctionFact } from './declarations.js';
import type { FileModel } from './fileModel.js';
import { mayLock } from './flow/irqlEffect.js';
import { type IrqlFlow, IrqlFlows } from './flow/irqlFlow.js';
import { type Act, type Acts, actsWith, argumentPlace, catalogActs, eitherOf, macroActs, noActs } from './irqlActs.js';
import { effectOf } from './irqlEffects.js';
import { lastNameOf } from './places.js';
import type { ProjectModel } from './projectModel.js';
import type { FileSummary, FunctionSummary, MacroSummary } from './summary.js';

/** What calls of a name do to locks and to the IRQL, as seen from one file: by the catalog, through the project's macros,
 * and through its functions, in full for those of the file. */
export class CallActs {
  readonly flows: IrqlFlows;
  private readonly known = new Map<string, Acts>();
  private readonly file: FileModel;
  private readonly project: ProjectModel;

  constructor(file: FileModel, project: ProjectModel) {
    this.file = file;
    this.project = project;
    this.flows = new IrqlFlows(file, project, (name) => this.named(name));
  }

  /** What the call does, its arguments put in. */
  of(call: CallFact): Acts {
    const texts = call.args.map((arg) => arg.text);
    return actsWith(this.named(call.name), texts);
  }

  named(name: string): Acts {
    let acts = this.known.get(name);
    if (acts) return acts;
    // A function that calls itself adds nothing of its own.
    this.known.set(name, noActs);
    acts = this.find(name);
    this.known.set(name, acts);
    return acts;
  }

  private find(name: string): Acts {
    const { catalog } = this.file;
    const known = catalogActs(name, catalog);
    if (known) return known;
    if (catalog.routine(name)) return noActs;
    const macros = this.project.macros(name);
    if (macros.length) return this.ofMacros(macros);
    const own = this.file.functionNamed(name);
    if (own) return this.ofFunction(own);
    const others = this.project.functions(name);
    if (others.length) return agreed(others.map(({ fact }) => this.ofOther(fact)));
    return mayLock(name) ? 'unknown' : noActs;
  }

  /** A macro that is defined in several files must do the same in all of them. */
  private ofMacros(macros: readonly MacroSummary[]): Acts {
    return agreed(
      macros.map((macro) => (macro.params ? macroActs(macro, (call) => this.named(call.name)) : this.ofAlias(macro))),
    );
  }

  /** `#define LOCK NdisAcquireSpinLock`. */
  private ofAlias({ body }: MacroSummary): Acts {
    const target = /^\(?\s*(\w+)\s*\)?$/.exec(body)?.[1];
    return target === undefined || /^\d/.test(target) ? noActs : this.named(target);
  }

  private ofFunction(fn: FunctionFact): Acts {
    const flow: IrqlFlow = this.flows.of(fn);
    return flow.plain
      ? noActs
      : effectOf(
          flow,
          fn.params.map((param) => param.name),
        );
  }

  /** A function of another file, by the names that it calls: one that both acquires and releases gives back what it
   * takes; of one that does only one of these the calls must have been written down. */
  private ofOther(fn: FunctionSummary): Acts {
    const kinds = this.kindsIn(fn);
    if (!kinds) return mayLock(fn.name) ? 'unknown' : noActs;
    const sided = kinds.has('acquire') !== kinds.has('release') || kinds.has('raise') !== kinds.has('lower');
    return sided ? writtenActs(fn, (name) => this.named(name)) : noActs;
  }

  /** What the calls of a function do, by their names; undefined where one of them cannot be looked into. */
  kindsIn(fn: FunctionSummary): ReadonlySet<Act['act']> | undefined {
    const kinds = new Set<Act['act']>();
    for (const name of fn.calls) {
      // What locks for its caller says so in its name; others are not followed.
      const acts = catalogActs(name, this.file.catalog) ?? (mayLock(name) ? this.named(name) : noActs);
      if (acts === 'unknown') return undefined;
      for (const { act } of acts) kinds.add(act);
    }
    return kinds;
  }

  /** Names of the locks that functions of the files release without acquiring; `any` where one of these may be every
   * lock. */
  givenIn(files: readonly FileSummary[]): ReadonlySet<string> | 'any' {
    const names = new Set<string>();
    for (const file of files) {
      for (const fn of file.functions.values()) {
        const given = this.givenBy(fn);
        if (given === 'any') return given;
        for (const name of given) names.add(name);
      }
    }
    return names;
  }

  private givenBy(fn: FunctionSummary): readonly string[] | 'any' {
    const kinds = this.kindsIn(fn);
    if (kinds && (!kinds.has('release') || kinds.has('acquire'))) return [];
    const others = [...fn.calls].filter((name) => !catalogActs(name, this.file.catalog) && mayLock(name));
    const all = [
      ...(fn.lockCalls ?? []).map(({ name, args }) => actsWith(this.named(name), args)),
      ...others.map((name) => this.named(name)),
    ];
    if (!kinds || (!fn.lockCalls && !others.length) || all.includes('unknown')) return 'any';
    const released = all.flatMap((acts) => (acts as readonly Act[]).filter(({ act }) => act === 'release'));
    const places = released.map(({ place }) => lastNameOf(place));
    // An argument as it stands may be any lock.
    return places.some((place) => place.includes('\u0002')) ? 'any' : places;
  }
}

function agreed(all: Acts[]): Acts {
  const [first = noActs, ...rest] = all;
  return rest.every((acts) => sameActs(acts, first)) ? first : 'unknown';
}

function sameActs(a: Acts, b: Acts): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The acts of a function that does one thing, or one of two forms of it, from the calls written down in its summary. */
function writtenActs(fn: FunctionSummary, named: (name: string) => Acts): Acts {
  const params = new Map(fn.params.map((param, index) => [param.name, argumentPlace(index)]));
  const acts: Act[] = [];
  for (const call of fn.lockCalls ?? []) {
    const args = call.args.map((arg) => arg.replace(/[A-Za-z_]\w*/g, (word) => params.get(word) ?? word));
    const own = actsWith(named(call.name), args);
    if (own === 'unknown') return own;
    acts.push(...own);
  }
  if (!acts.length) return 'unknown';
  return acts.length === 1 ? acts : eitherOf(acts);
}
