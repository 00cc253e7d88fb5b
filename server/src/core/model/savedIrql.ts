import type { FunctionFact } from './declarations.js';
import type { FileModel } from './fileModel.js';
import type { CallActs } from './irqlCalls.js';
import { textOf } from './nodes.js';
import { speaksOf } from './places.js';

/** The IRQL to go back to is kept in a local variable that the function gives to nobody: once it returned, nobody can
 * restore it. */
export function isLostAtReturn(
  file: FileModel,
  fn: FunctionFact,
  acts: CallActs,
  variable: string | undefined,
): boolean {
  if (variable === undefined || !/^\w+$/.test(variable)) return false;
  const { locals, calls, assignments, returns } = file.body(fn);
  const local = locals.find(({ name }) => name === variable);
  if (!local || /\bstatic\b/.test(fn.item.masked.slice(local.span.start, local.span.end))) return false;
  const speaks = (text: string): boolean => speaksOf(text, variable);
  const goesOn = [
    ...assignments.map(({ value }) => textOf(fn.item, value)),
    ...locals.flatMap(({ initializer }) => (initializer ? [textOf(fn.item, initializer)] : [])),
    ...returns.flatMap(({ value }) => (value ? [textOf(fn.item, value)] : [])),
    ...calls.filter(({ name }) => !acts.named(name).length).flatMap(({ args }) => args.map(({ text }) => text)),
  ];
  return !goesOn.some(speaks);
}
