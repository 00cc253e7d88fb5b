import type { Catalog } from '../catalog/catalog.js';
import type { ConditionalIrql, FunctionFacts, IrqlRange, KernelFacts } from '../catalog/schema.js';
import type { CallFact } from './body.js';
import { high, type Levels, levelsOf, passive } from './irqlLevels.js';

/** The levels that a call of the function or macro may be made at; undefined where the catalog does not tell. Where
 * headers and documentation disagree, and where it depends on arguments that cannot be read, the wider range counts. */
export function limitOf(
  call: Pick<CallFact, 'name'> & { args: readonly { text: string }[] },
  catalog: Catalog,
  pointee: (argument: string) => string | undefined = () => undefined,
): Levels | undefined {
  let facts = catalog.routine(call.name);
  for (let steps = 0; facts && steps < 3 && !tells(facts); steps++)
    facts = facts.expandsTo === undefined ? undefined : catalog.routine(facts.expandsTo);
  if (!facts) return undefined;
  const base = widest(levelsOf(facts.irql), levelsOf((facts as FunctionFacts).headerIrql));
  const special = conditional(facts, argumentsByName(facts, call, pointee), catalog);
  if (!special) return base;
  return { min: base ? Math.min(base.min, special.min) : special.min, max: special.max };
}

const tells = (facts: FunctionFacts | KernelFacts): boolean =>
  facts.irql !== undefined || (facts as FunctionFacts).headerIrql !== undefined || facts.irqlWhen !== undefined;

function widest(a: Levels | undefined, b: Levels | undefined): Levels | undefined {
  if (!a || !b) return a ?? b;
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
}

/** What the limits under conditions that may hold allow together; undefined where none may hold. */
function conditional(
  facts: FunctionFacts | KernelFacts,
  args: ReadonlyMap<string, string> | undefined,
  catalog: Catalog,
): Levels | undefined {
  const limits = (facts.irqlWhen ?? []).flatMap((one: ConditionalIrql) => {
    const holds = args ? evaluate(one.when, args, catalog) : undefined;
    return holds === false ? [] : [limitUnder(one)];
  });
  const [first, ...rest] = limits;
  return first && rest.reduce((all, one) => widest(all, one) ?? all, first);
}

const limitUnder = (range: IrqlRange): Levels => levelsOf(range) ?? { min: passive, max: high };

/** What the parameters stand for; `Timeout->QuadPart` for what a pointer leads to, where that is known. */
function argumentsByName(
  facts: FunctionFacts | KernelFacts,
  { args }: { args: readonly { text: string }[] },
  pointee: (argument: string) => string | undefined,
): Map<string, string> | undefined {
  const names = facts.signature?.params.map((param) => param.name) ?? facts.arguments;
  if (names?.length !== args.length) return undefined;
  const result = new Map(names.map((name, index) => [name, args[index]?.text.trim() ?? '']));
  for (const { when } of facts.irqlWhen ?? []) {
    for (const [path, name = ''] of when.matchAll(/\b(\w+)->\w+/g)) {
      const value = result.has(path) ? undefined : pointee(result.get(name) ?? '');
      if (value !== undefined) result.set(path, value);
    }
  }
  return result;
}

/** Whether a condition of a `_When_` holds for the arguments; undefined where it cannot be told. */
export function evaluate(condition: string, args: ReadonlyMap<string, string>, catalog: Catalog): boolean | undefined {
  const text = withoutParentheses(condition.trim());
  const either = split(text, '||');
  if (either.length > 1) return any(either.map((part) => evaluate(part, args, catalog)));
  const both = split(text, '&&');
  if (both.length > 1) return negated(any(both.map((part) => negated(evaluate(part, args, catalog)))));
  const comparison = /^(.*?)(==|!=)(.*)$/s.exec(text);
  if (!comparison) return truth(value(text, args, catalog));
  const same = equal(value(comparison[1] as string, args, catalog), value(comparison[3] as string, args, catalog));
  return comparison[2] === '==' ? same : negated(same);
}

const negated = (value: boolean | undefined): boolean | undefined => (value === undefined ? undefined : !value);

function any(parts: (boolean | undefined)[]): boolean | undefined {
  if (parts.includes(true)) return true;
  return parts.includes(undefined) ? undefined : false;
}

/** A number, an address (never zero), a name that equals only itself, or nothing known. */
type Operand = number | 'address' | { name: string } | undefined;

const truth = (operand: Operand): boolean | undefined => {
  if (operand === 'address') return true;
  return typeof operand === 'number' ? operand !== 0 : undefined;
};

function equal(a: Operand, b: Operand): boolean | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (a === 'address' || b === 'address') return a === 0 || b === 0 ? false : undefined;
  if (typeof a === 'number' && typeof b === 'number') return a === b;
  if (typeof a === 'object' && typeof b === 'object' && a.name === b.name) return true;
  return undefined;
}

function value(expression: string, args: ReadonlyMap<string, string>, catalog: Catalog): Operand {
  const text = withoutParentheses(expression.trim());
  const masked = /^(\w+)\s*&\s*(\w+)$/.exec(text);
  if (masked) return maskedValue(args.get(masked[1] as string) ?? '', masked[2] as string, catalog);
  const given = args.get(text) ?? text;
  if (/^&/.test(given)) return 'address';
  if (/^(NULL|FALSE|false|nullptr)$/.test(given)) return 0;
  if (/^(TRUE|true)$/.test(given)) return 1;
  if (/^(0[xX][0-9a-fA-F]+|\d+)[uUlL]*$/.test(given)) return Number(given.replace(/[uUlL]+$/, ''));
  const number = catalog.numberOf(given);
  if (number !== undefined) return number;
  return /^[A-Z]\w*$/.test(given) ? { name: given } : undefined;
}

/** `PoolType & PagedPool`: not zero where the argument is that very flag. */
function maskedValue(given: string, flag: string, catalog: Catalog): Operand {
  const number = catalog.numberOf(given);
  const mask = catalog.numberOf(flag);
  if (number !== undefined && mask !== undefined) return number & mask;
  return new RegExp(`^${flag}$`).test(given) ? 1 : undefined;
}

function withoutParentheses(text: string): string {
  let plain = text;
  while (plain.startsWith('(') && closes(plain) === plain.length - 1) plain = plain.slice(1, -1).trim();
  return plain;
}

/** Index of the parenthesis that closes the first one. */
function closes(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')' && --depth === 0) return i;
  }
  return -1;
}

/** Splits at an operator that stands outside all parentheses. */
function split(text: string, operator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')') depth--;
    else if (depth === 0 && text.startsWith(operator, i)) {
      parts.push(text.slice(start, i));
      start = i + operator.length;
    }
  }
  return [...parts, text.slice(start)];
}
