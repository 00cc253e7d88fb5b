import type { CallFact } from './body.js';
import type { FunctionFact } from './declarations.js';
import type { FileModel } from './fileModel.js';
import type { ProjectModel } from './projectModel.js';
import type { FileSummary, FunctionSummary } from './summary.js';

/** A call of a function, in a file that is known in full. */
export interface Caller {
  fn: FunctionFact;
  call: CallFact;
}

const inFile = new WeakMap<FileModel, Map<string, Caller[]>>();
const inSummary = new WeakMap<FileSummary, Map<string, FunctionSummary[]>>();
const inMacros = new WeakMap<FileSummary, ReadonlySet<string>>();

/** Calls of the named function in the file. */
export function callersIn(file: FileModel, name: string): readonly Caller[] {
  let index = inFile.get(file);
  if (!index) {
    index = new Map();
    for (const fn of file.functions) for (const call of file.body(fn).calls) push(index, call.name, { fn, call });
    inFile.set(file, index);
  }
  return index.get(name) ?? [];
}

/** Functions of the other file that call one of this name, unless they mean one of their own. */
export function callersOutside(other: FileSummary, name: string): readonly FunctionSummary[] {
  if (other.functions.get(name)?.isStatic) return [];
  let index = inSummary.get(other);
  if (!index) {
    index = new Map();
    for (const fn of other.functions.values()) for (const called of fn.calls) push(index, called, fn);
    inSummary.set(other, index);
  }
  return index.get(name) ?? [];
}

/** The function may be called from places that do not show as calls: its address is taken, or a macro speaks of it. */
export function isReachedOtherwise(
  fn: { name: string; isStatic: boolean },
  own: FileSummary,
  project: ProjectModel,
): boolean {
  const files = fn.isStatic ? [own] : project.files;
  return files.some((file) => file.uses.has(fn.name)) || project.files.some((file) => macroWords(file).has(fn.name));
}

function macroWords(file: FileSummary): ReadonlySet<string> {
  let words = inMacros.get(file);
  if (!words)
    inMacros.set(
      file,
      (words = new Set([...file.macros.values()].flatMap(({ body }) => body.match(/[A-Za-z_]\w*/g) ?? []))),
    );
  return words;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
