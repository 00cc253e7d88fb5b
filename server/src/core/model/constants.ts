import { evaluateNumber } from '../text/condition.js';
import { bareValue } from './fills.js';
import type { ProjectModel } from './projectModel.js';

/** Macros that stand for macros are followed this far. */
const deepest = 6;

/** The expression as it reads once a macro that it consists of is replaced, without casts and parentheses around it. A
 * macro that files define differently stays. */
export function spelledOut(text: string, project: ProjectModel): string {
  let plain = bareValue(text);
  for (let steps = 0; steps < deepest && /^[A-Za-z_]\w*$/.test(plain); steps++) {
    const body = bodyOf(plain, project);
    if (!body) break;
    plain = bareValue(body);
  }
  return plain;
}

/** Number of a constant expression: literals, constants of the catalog, macros of the project, arithmetic and casts. */
export function constantValue(text: string, project: ProjectModel): number | undefined {
  const known = new Map<string, number>();
  const numbers = (expression: string, depth: number): string | undefined => {
    const plain = withoutCasts(expression);
    for (const [name] of plain.matchAll(/[A-Za-z_]\w*/g)) {
      if (/^[xX][\da-fA-F]*[uUlL]*$/.test(name) || known.has(name)) continue;
      const body = bodyOf(name, project);
      const inner = body && depth < deepest ? numbers(body, depth + 1) : undefined;
      const value = project.catalog.numberOf(name) ?? (inner === undefined ? undefined : evaluateNumber(inner, known));
      if (value !== undefined) known.set(name, value);
    }
    return plain;
  };
  const plain = numbers(text, 0);
  return plain === undefined ? undefined : evaluateNumber(plain, known);
}

/** `(ULONG)0` as `0`: a name alone in parentheses, before an operand. */
function withoutCasts(expression: string): string {
  return expression.replace(/\(\s*(?:unsigned\s+)?[A-Za-z_]\w*\s*\)\s*(?=[\w(])/g, '');
}

function bodyOf(name: string, project: ProjectModel): string | undefined {
  const [first, ...rest] = project.macros(name);
  if (!first || first.params || rest.some((other) => other.params || other.body !== first.body)) return undefined;
  return first.body;
}
