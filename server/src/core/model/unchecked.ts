import type { Item, Node } from '../syntax/ast.js';
import { type CallFact, squeezed } from './body.js';
import type { FunctionFact } from './declarations.js';
import type { FileModel } from './fileModel.js';
import { bare, childByField, operatorOf, spanOf, textOf } from './nodes.js';
import type { Span } from './span.js';

/** The result of an allocation that the code looks into before it looks at it. */
export interface UncheckedUse {
  call: CallFact;
  /** The first mention of the result. */
  at: Span;
}

/** Allocations of the function whose result is first mentioned, in the statements that follow, by reading or writing what
 * it points to: no test can stand between the two. */
export function uncheckedUses(fn: FunctionFact, file: FileModel): UncheckedUse[] {
  const calls = file.body(fn).calls.filter((call) => allocates(call, file));
  if (!calls.length) return [];
  const kept = new Map(calls.map((call) => [call.node, call]));
  const found: UncheckedUse[] = [];
  const visit = (list: Node): void => {
    list.children.forEach((statement, index) => {
      const stored = storedCall(fn, statement);
      const call = stored && kept.get(stored.call);
      const use = call && firstUse(fn, stored.place, list.children.slice(index + 1));
      if (use) found.push({ call, at: use });
      visit(statement);
    });
  };
  visit(fn.body);
  return found;
}

/** A function that gives a pointer, or nothing; one that is told to raise an exception instead never gives nothing. */
function allocates(call: CallFact, { catalog }: FileModel): boolean {
  const facts = catalog.routine(call.name);
  if (!facts?.tags?.includes('allocates') || !/^P[A-Z]|\*$/.test(facts.signature?.returns ?? '')) return false;
  return !call.args.some(({ text }) => /RAISE|MUST_?SUCCEED/i.test(text));
}

/** Where the statement stores the result of a call, and nothing else does. */
function storedCall({ item }: FunctionFact, statement: Node): { place: string; call: Node } | undefined {
  if (!/^(expression_statement|declaration)$/.test(statement.kind)) return undefined;
  const [only, ...more] = statement.children.filter(({ kind }) =>
    /^(assignment_expression|init_declarator)$/.test(kind),
  );
  if (!only || more.length) return undefined;
  const declared = childByField(only, 'declarator');
  const target = declared ?? childByField(only, 'left');
  const value = childByField(only, declared ? 'value' : 'right');
  if (!target || !value || bare(value).kind !== 'call_expression') return undefined;
  const written = squeezed(textOf(item, target));
  const place = declared ? written.replace(/^\*+/, '') : written;
  return { place, call: bare(value) };
}

/** The first mention of the place, where it looks into what the place points to. */
function firstUse({ item }: FunctionFact, place: string, statements: readonly Node[]): Span | undefined {
  for (const statement of statements) {
    const path = mention(item, place, statement, []);
    const [node] = path ?? [];
    if (path && node) return looksInto(item, path) ? spanOf(item, node) : undefined;
  }
  return undefined;
}

/** The first node that is the place, and what is around it, innermost first. */
function mention(item: Item, place: string, node: Node, around: readonly Node[]): Node[] | undefined {
  if (/^(identifier|field_expression)$/.test(node.kind) && squeezed(textOf(item, node)) === place)
    return [node, ...around];
  for (const child of node.children) {
    const found = mention(item, place, child, [node, ...around]);
    if (found) return found;
  }
  return undefined;
}

/** Reads or writes through the place, or clears what it points to. */
function looksInto(item: Item, [place, ...around]: readonly Node[]): boolean {
  const outer = around.find((node) => !/^(parenthesized_expression|cast_expression)$/.test(node.kind));
  if (!place || !outer || around.some((node) => node.kind === 'sizeof_expression')) return false;
  const holds = (field: string): boolean => {
    const part = childByField(outer, field);
    return part !== undefined && bare(part) === place;
  };
  if (outer.kind === 'field_expression') return operatorOf(item, outer) === '->' && holds('argument');
  if (outer.kind === 'subscript_expression') return holds('argument');
  if (outer.kind === 'pointer_expression') return operatorOf(item, outer) === '*' && holds('argument');
  const call = around[around.indexOf(outer) + 1];
  const callee = call?.kind === 'call_expression' ? childByField(call, 'function') : undefined;
  const [first] = outer.kind === 'argument_list' ? outer.children : [];
  return (
    callee !== undefined &&
    first !== undefined &&
    bare(first) === place &&
    /ZeroMemory$|^memset$/.test(textOf(item, callee))
  );
}
