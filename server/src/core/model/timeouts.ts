import type { Node } from '../syntax/ast.js';
import type { CallFact } from './body.js';
import type { FunctionFact } from './declarations.js';
import type { FileModel } from './fileModel.js';
import { textOf } from './nodes.js';

/** The member that holds the value of a LARGE_INTEGER. */
const member = 'QuadPart';

/** What a wait's time is, where it is the address of a local variable: `0` or `1` for zero or not, by every value that
 * the variable gets before the call; undefined where these do not agree or cannot be read. */
export function timeAt(file: FileModel, fn: FunctionFact, call: CallFact, argument: string): string | undefined {
  const variable = /^&\s*(\w+)$/.exec(argument.trim())?.[1];
  const { assignments, calls, locals } = file.body(fn);
  const local = locals.find(({ name }) => name === variable);
  if (variable === undefined || !local) return undefined;
  const isBefore = (node: Node): boolean => node.start < call.node.start;
  const given = calls.some(({ node, args }) => isBefore(node) && args.some(({ name }) => name === variable));
  const members = assignments.filter(({ node, root }) => root === variable && isBefore(node));
  if (given || members.some(({ path }) => path.at(-1) !== member)) return undefined;
  const values = members.map(({ value }) => zeroOrNot(textOf(fn.item, value)));
  if (local.initializer) values.unshift(zeroOrNot(textOf(fn.item, local.initializer)));
  const [first, ...rest] = values;
  return first !== undefined && rest.every((value) => value === first) ? first : undefined;
}

/** A product of plain numbers, with casts and suffixes. */
function zeroOrNot(text: string): string | undefined {
  const plain = text.replace(/\(\s*[A-Z_a-z][\w\s]*\)/g, '').replace(/[{}()\s-]/g, '');
  const factors = plain.split('*').map((factor) => /^(0[xX][0-9a-fA-F]+|\d+)(?:[uUlL]*|u?i64)$/.exec(factor)?.[1]);
  if (factors.some((factor) => factor === undefined)) return undefined;
  return factors.some((factor) => Number(factor) === 0) ? '0' : '1';
}
