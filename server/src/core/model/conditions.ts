import type { Node } from '../syntax/ast.js';
import type { FunctionFact } from './declarations.js';

/** The place in the function stands under a condition of the preprocessor that nothing here decides: the build that is
 * judged may leave it out. */
export function isConditional(fn: FunctionFact, { start, end }: Node): boolean {
  if (fn.item.conditions.length) return true;
  for (let at: Node | undefined = fn.body; at; at = at.children.find((c) => c.start <= start && end <= c.end)) {
    if (at.kind.startsWith('preproc_')) return true;
  }
  return false;
}
