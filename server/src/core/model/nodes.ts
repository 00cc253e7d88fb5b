import type { Item, Node } from '../syntax/ast.js';
import type { Span } from './span.js';

/** Questions about a node that need the text of its item. */

export function textOf(item: Item, node: Node): string {
  return item.masked.slice(node.start, node.end);
}

export function spanOf(item: Item, node: Node): Span {
  return { anchor: item, start: node.start, end: node.end };
}

export function childByField(node: Node, field: string): Node | undefined {
  return node.children.find((child) => child.field === field);
}

export function childrenByField(node: Node, field: string): Node[] {
  return node.children.filter((child) => child.field === field);
}

export function childOfKind(node: Node, ...kinds: string[]): Node | undefined {
  return node.children.find((child) => kinds.includes(child.kind));
}

/** Calls `visit` on the node and everything below it, outside first; returning false skips what is below. */
export function walk(node: Node, visit: (node: Node) => boolean | void): void {
  if (visit(node) === false) return;
  for (const child of node.children) walk(child, visit);
}

/** The expression without parentheses and casts around it. */
export function bare(node: Node): Node {
  let at = node;
  for (;;) {
    if (at.kind === 'parenthesized_expression' && at.children.length === 1) at = at.children[0] as Node;
    else if (at.kind === 'condition_clause' && childByField(at, 'value')) at = childByField(at, 'value') as Node;
    else if (at.kind === 'cast_expression') {
      const value = childByField(at, 'value');
      if (!value) return at;
      at = value;
    } else return at;
  }
}

/** The name that the expression is, without parentheses, casts and a leading `&`; undefined for anything else. */
export function nameOf(item: Item, node: Node): string | undefined {
  let at = bare(node);
  if (at.kind === 'pointer_expression' && operatorOf(item, at) === '&') {
    const inner = childByField(at, 'argument');
    if (inner) at = bare(inner);
  }
  return at.kind === 'identifier' || at.kind === 'qualified_identifier' ? textOf(item, at) : undefined;
}

/** The operator token of a unary, binary, assignment, pointer, update or field expression. */
export function operatorOf(item: Item, node: Node): string {
  const operator = childByField(node, 'operator');
  if (operator) return textOf(item, operator);
  const [first] = node.children;
  return first ? item.masked.slice(node.start, first.start).trim() : '';
}

/** Name of the function that a call expression calls directly; undefined for calls through pointers and members. */
export function calleeOf(item: Item, call: Node): string | undefined {
  const callee = childByField(call, 'function');
  return callee && callee.kind === 'identifier' ? textOf(item, callee) : undefined;
}

/** Text with runs of white space folded to one blank. */
export function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
