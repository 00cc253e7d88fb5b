import type { Item, Node } from '../syntax/ast.js';
import { baseType, type MemberFact, readDeclarator, spelledMembers, withPointers } from './declarators.js';
import { bare, calleeOf, childByField, childrenByField, nameOf, operatorOf, spanOf, textOf } from './nodes.js';
import type { Span } from './span.js';

export interface ArgumentFact {
  node: Node;
  span: Span;
  /** As written. */
  text: string;
  /** The argument without casts and a leading `&`, where it is a single name. */
  name?: string;
}

export interface CallFact {
  node: Node;
  name: string;
  nameSpan: Span;
  span: Span;
  args: ArgumentFact[];
  /** The call is a statement by itself: its result goes nowhere. A cast to void says that this is meant. */
  isStatement?: true;
}

export interface AssignmentFact {
  node: Node;
  /** Left side without white space: `Handlers.CmOpenAfHandler`. */
  target: string;
  targetNode: Node;
  /** Variable at the root of the left side, and the members after it. */
  root?: string;
  path: string[];
  /** Span of the last member, or of the whole left side. */
  lastSpan: Span;
  value: Node;
  valueSpan: Span;
  operator: string;
  /** The value without casts and a leading `&`, where it is a single name. */
  valueName?: string;
}

export interface LocalFact {
  name: string;
  nameSpan: Span;
  type: string;
  initializer?: Node;
  /** Members of a structure or union that the declaration itself spells out. */
  members?: MemberFact[];
  /** The declaration statement. */
  span: Span;
}

export interface ReturnFact {
  node: Node;
  span: Span;
  value?: Node;
}

/** What happens in a function body, in the order of the text. */
export interface BodyFacts {
  calls: CallFact[];
  assignments: AssignmentFact[];
  locals: LocalFact[];
  returns: ReturnFact[];
  /** Names used other than as a callee, a member or a declared name. */
  uses: Set<string>;
}

/** Reads a body, or an initializer, in one walk. Error nodes are stepped over. */
export function readBody(item: Item, body: Node): BodyFacts {
  const facts: BodyFacts = { calls: [], assignments: [], locals: [], returns: [], uses: new Set() };
  visit(item, body, facts);
  return facts;
}

function visit(item: Item, node: Node, facts: BodyFacts, parent?: Node): void {
  if (node.kind === 'ERROR') return;
  if (node.kind === 'call_expression') readCall(item, node, facts, parent);
  else if (node.kind === 'assignment_expression') readAssignment(item, node, facts);
  else if (node.kind === 'declaration') readLocals(item, node, facts);
  else if (node.kind === 'return_statement') facts.returns.push(readReturn(item, node));
  else if (node.kind === 'identifier' && node.field !== 'declarator' && node.field !== 'function')
    facts.uses.add(textOf(item, node));
  for (const child of node.children) visit(item, child, facts, node);
}

function readCall(item: Item, node: Node, facts: BodyFacts, parent: Node | undefined): void {
  const name = calleeOf(item, node);
  const callee = childByField(node, 'function');
  const list = childByField(node, 'arguments');
  if (!name || !callee || !list) return;
  const args = list.children.filter((child) => child.kind !== 'comment').map((arg) => readArgument(item, arg));
  const call: CallFact = { node, name, nameSpan: spanOf(item, callee), span: spanOf(item, node), args };
  if (parent?.kind === 'expression_statement') call.isStatement = true;
  facts.calls.push(call);
}

function readArgument(item: Item, node: Node): ArgumentFact {
  const fact: ArgumentFact = { node, span: spanOf(item, node), text: textOf(item, node) };
  const name = nameOf(item, node);
  if (name) fact.name = name;
  return fact;
}

function readAssignment(item: Item, node: Node, facts: BodyFacts): void {
  const left = childByField(node, 'left');
  const value = childByField(node, 'right');
  if (!left || !value) return;
  const chain = memberChain(item, left);
  const fact: AssignmentFact = {
    node,
    target: squeezed(textOf(item, left)),
    targetNode: left,
    path: chain.path.map((part) => textOf(item, part)),
    lastSpan: spanOf(item, chain.path.at(-1) ?? left),
    value,
    valueSpan: spanOf(item, value),
    operator: operatorOf(item, node),
  };
  if (chain.root) fact.root = chain.root;
  const name = nameOf(item, value);
  if (name) fact.valueName = name;
  facts.assignments.push(fact);
}

export const squeezed = (text: string): string => text.replace(/\s+/g, '');

/** `a.b->c` as its root variable and member nodes. The root is undefined where it is no plain name; a leading `*` or
 * parentheses around the root do not count. */
export function memberChain(item: Item, node: Node): { root?: string; path: Node[] } {
  const path: Node[] = [];
  let at = bare(node);
  while (at.kind === 'field_expression') {
    const field = childByField(at, 'field');
    const argument = childByField(at, 'argument');
    if (!field || !argument) return { path };
    path.unshift(field);
    at = bare(argument);
    if (at.kind === 'pointer_expression') at = bare(childByField(at, 'argument') ?? at);
  }
  return at.kind === 'identifier' ? { root: textOf(item, at), path } : { path };
}

function readLocals(item: Item, node: Node, facts: BodyFacts): void {
  const declarators = childrenByField(node, 'declarator');
  const base = baseType(item, node, declarators[0]);
  const members = spelledMembers(item, node);
  for (const child of declarators) {
    const declarator = child.kind === 'init_declarator' ? childByField(child, 'declarator') : child;
    const declared = declarator && readDeclarator(item, declarator);
    if (!declared) continue;
    const fact: LocalFact = {
      name: declared.name,
      nameSpan: declared.nameSpan,
      type: withPointers(base, declared.pointers),
      span: spanOf(item, node),
    };
    const value = child.kind === 'init_declarator' ? childByField(child, 'value') : undefined;
    if (value) fact.initializer = value;
    if (members) fact.members = members;
    facts.locals.push(fact);
  }
}

function readReturn(item: Item, node: Node): ReturnFact {
  const value = node.children.find((child) => child.kind !== 'comment');
  return value ? { node, span: spanOf(item, node), value } : { node, span: spanOf(item, node) };
}
