import type { FunctionFact } from './declarations.js';
import type { FileModel } from './fileModel.js';
import { isHeaderName } from './headerName.js';
import type { ProjectModel } from './projectModel.js';
import type { FileSummary, FunctionSummary } from './summary.js';

/** Gives a function of another file to read: in the whole file where that is open, else in a model of its text alone. */
export type BodyReader = (file: FileSummary, fn: FunctionSummary) => FileModel | undefined;

/** A function in a model of the file that defines it. */
export interface Definition {
  file: FileModel;
  fn: FunctionFact;
}

/** The function that a call of the name reaches from the file: one of its own, or the only one of the project that it can
 * see. Undefined where there are several, where a macro has the name, and where the text is out of reach. */
export function definitionOf(name: string, from: FileModel, project: ProjectModel): Definition | undefined {
  if (from.functionNamed(name)) return inModel(from, name);
  if (project.macro(name)) return undefined;
  const holders = project.definers(name).filter((file) => isSeen(file, name, from.uri));
  const own = holders.find((file) => file.uri === from.uri);
  const [home, ...others] = own ? [own] : holders;
  const fn = home?.functions.get(name);
  if (!home || !fn || fn.repeated || others.length) return undefined;
  const file = project.read(home, fn);
  return file && inModel(file, name);
}

function inModel(file: FileModel, name: string): Definition | undefined {
  const [fn, ...others] = file.functions.filter((candidate) => candidate.name === name);
  return fn && !others.length ? { file, fn } : undefined;
}

function isSeen(file: FileSummary, name: string, from: string): boolean {
  const fn = file.functions.get(name);
  return fn !== undefined && (!fn.isStatic || file.uri === from || isHeaderName(file.uri));
}
