import type { Catalog } from '../catalog/catalog.js';
import type { StructureFacts } from '../catalog/schema.js';
import type { Item, Node } from '../syntax/ast.js';
import { type AssignmentFact, type BodyFacts, type CallFact, type LocalFact, squeezed } from './body.js';
import type { FunctionFact, VariableFact } from './declarations.js';
import { bare, childByField, nameOf, operatorOf, spanOf, textOf } from './nodes.js';
import type { Span } from './span.js';

/** One handler member being set. */
export interface HandlerSetting {
  member: string;
  /** Function name, `NULL`, or undefined for any other expression (a lambda, a table entry). */
  value?: string;
  memberSpan: Span;
  valueSpan: Span;
  /** The whole assignment or initializer. */
  span: Span;
}

export interface HeaderSetting {
  text: string;
  span: Span;
}

/** A place that fills a structure which NDIS reads: one variable, in one function or initializer. */
export interface StructureFill {
  structure: StructureFacts;
  /** The variable as written: `Handlers`, `pAdapter->Chars`. */
  place: string;
  /** `place` reaches the members with `->`. */
  throughPointer: boolean;
  item: Item;
  /** The function it is filled in; absent for an initializer at file scope. */
  inFunction?: FunctionFact;
  style: 'assignment' | 'designated' | 'positional';
  /** Where the fill begins: the declaration of the variable or the first assignment. */
  span: Span;
  /** Where to point at: the variable's name in its declaration, or the first assignment. */
  nameSpan: Span;
  /** After which statement further assignments can stand. */
  lastStatement: Span;
  handlers: HandlerSetting[];
  /** Other members that are set, by name. */
  members: Map<string, Span>;
  header: { type?: HeaderSetting; revision?: HeaderSetting; size?: HeaderSetting };
  /** Calls that take the address of the variable. */
  passedTo: CallFact[];
  /** Some of its content comes from elsewhere: a copy, an initializer that is no list. */
  partly: boolean;
  /** A header member is set more than once: which value holds depends on the path. */
  branches: boolean;
}

/** What a variable name means where a body uses it. */
export interface VariableScope {
  /** Type of the variable as written. */
  typeOfVariable(name: string): string | undefined;
  /** Type of a member of a structure type as written; follows project and catalog structures and pointers. */
  typeOfMember(type: string, member: string): string | undefined;
  /** The catalog structure that the type is, or points to. */
  structureOf(type: string): StructureFacts | undefined;
}

const headerParts = { Type: 'type', Revision: 'revision', Size: 'size' } as const;

/** Every fill of a catalog structure in one function body. */
export function fillsInBody(
  fn: FunctionFact,
  body: BodyFacts,
  scope: VariableScope,
  catalog: Catalog,
): StructureFill[] {
  const fills = new Map<string, StructureFill>();
  const locals = new Map(body.locals.map((local) => [local.name, local]));
  for (const local of body.locals) initializedLocal(fn, local, scope, fills);
  for (const assignment of body.assignments) assign(fn, assignment, locals, scope, catalog, fills);
  for (const fill of fills.values()) passes(fill, fn, body);
  for (const assignment of body.assignments) copied(assignment, fills);
  return [...fills.values()];
}

/** A fill by the initializer of a variable at file scope. */
export function fillOfVariable(variable: VariableFact, scope: VariableScope): StructureFill | undefined {
  const structure = scope.structureOf(variable.type);
  if (!structure || !variable.initializer || variable.type.includes('*')) return undefined;
  const { root } = variable.item;
  const fill = newFill(structure, variable.name, false, variable.item, {
    anchor: variable.item,
    start: 0,
    end: root.end,
  });
  fill.nameSpan = variable.nameSpan;
  initialize(variable.item, fill, variable.initializer);
  return fill;
}

function newFill(
  structure: StructureFacts,
  place: string,
  throughPointer: boolean,
  item: Item,
  span: Span,
): StructureFill {
  return {
    structure,
    place,
    throughPointer,
    item,
    style: 'assignment',
    span,
    nameSpan: span,
    lastStatement: span,
    handlers: [],
    members: new Map(),
    header: {},
    passedTo: [],
    partly: false,
    branches: false,
  }; // prettier-ignore
}

function initializedLocal(
  fn: FunctionFact,
  local: LocalFact,
  scope: VariableScope,
  fills: Map<string, StructureFill>,
): void {
  if (!local.initializer || local.type.includes('*')) return;
  const structure = scope.structureOf(local.type);
  if (!structure) return;
  const fill = newFill(structure, local.name, false, fn.item, local.span);
  fill.nameSpan = local.nameSpan;
  fill.inFunction = fn;
  initialize(fn.item, fill, local.initializer);
  fills.set(local.name, fill);
}

function initialize(item: Item, fill: StructureFill, value: Node): void {
  if (value.kind !== 'initializer_list') {
    fill.partly = true;
    return;
  }
  const entries = value.children.filter((child) => child.kind !== 'comment');
  if (entries.length === 1 && /^0$/.test(textOf(item, entries[0] as Node))) return;
  if (entries.some((entry) => entry.kind === 'initializer_pair')) designated(item, fill, entries);
  else if (entries.length) positional(item, fill, entries);
}

function designated(item: Item, fill: StructureFill, entries: Node[]): void {
  fill.style = 'designated';
  for (const entry of entries) {
    const path = entry.children
      .filter((child) => child.field === 'designator')
      .map((child) => textOf(item, child).replace(/^\.\s*/, ''));
    const value = childByField(entry, 'value');
    if (!value || !path.length) {
      fill.partly = true;
      continue;
    }
    const designator = childByField(entry, 'designator') as Node;
    set(item, fill, path, value, spanOf(item, designator), spanOf(item, entry));
  }
}

function positional(item: Item, fill: StructureFill, entries: Node[]): void {
  fill.style = 'positional';
  fill.structure.members.forEach((member, index) => {
    const value = entries[index];
    if (value) set(item, fill, [member.name], value, spanOf(item, value), spanOf(item, value));
  });
}

function assign(
  fn: FunctionFact,
  assignment: AssignmentFact,
  locals: ReadonlyMap<string, LocalFact>,
  scope: VariableScope,
  catalog: Catalog,
  fills: Map<string, StructureFill>,
): void {
  if (assignment.operator !== '=') return;
  const found = structureFilled(assignment, scope, catalog);
  if (!found) return;
  const { structure, depth } = found;
  const place = placeText(fn.item, assignment, assignment.path.length - depth);
  let fill = fills.get(place);
  if (!fill) {
    const declared = locals.get(place);
    fill = newFill(
      structure,
      place,
      isArrow(fn.item, assignment, depth),
      fn.item,
      declared?.span ?? spanOf(fn.item, assignment.node),
    );
    if (declared) fill.nameSpan = declared.nameSpan;
    fill.inFunction = fn;
    fills.set(place, fill);
  }
  const path = assignment.path.slice(assignment.path.length - depth);
  set(fn.item, fill, path, assignment.value, assignment.lastSpan, spanOf(fn.item, assignment.node));
  fill.lastStatement = spanOf(fn.item, assignment.node);
}

/** The whole variable is assigned, before or after the members that are seen. */
function copied({ target, operator }: AssignmentFact, fills: Map<string, StructureFill>): void {
  const fill = operator === '=' ? fills.get(target.replace(/^\*/, '')) : undefined;
  if (fill) fill.partly = true;
}

/** The structure whose member the assignment sets, and how many members of the path belong to it. */
function structureFilled(
  assignment: AssignmentFact,
  scope: VariableScope,
  catalog: Catalog,
): { structure: StructureFacts; depth: number } | undefined {
  const { path, root } = assignment;
  if (!path.length) return undefined;
  let type = root === undefined ? undefined : scope.typeOfVariable(root);
  if (type === undefined) return byMemberAlone(path, catalog);
  for (let index = 0; index < path.length && type !== undefined; index++) {
    const structure = scope.structureOf(type);
    if (structure && (structure.headerMember || structure.members.some((m) => m.role)))
      return { structure, depth: path.length - index };
    type = scope.typeOfMember(type, path[index] as string);
  }
  return undefined;
}

/** The variable's declaration is out of sight: a handler member that only one structure has still tells. */
function byMemberAlone(path: string[], catalog: Catalog): { structure: StructureFacts; depth: number } | undefined {
  const slots = catalog.slotsNamed(path.at(-1) as string);
  const [slot] = slots;
  const structure = slots.length === 1 && slot ? catalog.structure(slot.structure) : undefined;
  return structure ? { structure, depth: 1 } : undefined;
}

function placeText(item: Item, assignment: AssignmentFact, levels: number): string {
  let node = bare(assignment.targetNode);
  for (let left = assignment.path.length - levels; left > 0; left--)
    node = bare(childByField(node, 'argument') ?? node);
  return textOf(item, node).replace(/\s+/g, '').replace(/^\*/, '');
}

function isArrow(item: Item, assignment: AssignmentFact, depth: number): boolean {
  let node = bare(assignment.targetNode);
  for (let left = depth - 1; left > 0; left--) node = bare(childByField(node, 'argument') ?? node);
  return node.kind === 'field_expression' && operatorOf(item, node) === '->';
}

function set(item: Item, fill: StructureFill, path: string[], value: Node, memberSpan: Span, span: Span): void {
  const [first, second] = path;
  if (first === undefined) return;
  if (first === fill.structure.headerMember) return setHeader(item, fill, second, value);
  fill.members.set(first, memberSpan);
  const member = fill.structure.members.find((m) => m.name === first);
  if (!member?.role || path.length > 1) return;
  const setting: HandlerSetting = { member: first, memberSpan, valueSpan: spanOf(item, value), span };
  const name = nameOf(item, value);
  if (name) setting.value = name;
  else if (/^\(?\s*(\([^)]*\)\s*)?(NULL|0|nullptr)\s*\)?$/.test(textOf(item, value))) setting.value = 'NULL';
  fill.handlers = [...fill.handlers.filter((h) => h.member !== first), setting];
}

function setHeader(item: Item, fill: StructureFill, part: string | undefined, value: Node): void {
  if (part !== undefined) {
    const key = headerParts[part as keyof typeof headerParts];
    if (!key) return;
    if (fill.header[key]) fill.branches = true;
    const bareValue = bare(value);
    fill.header[key] = { text: textOf(item, bareValue), span: spanOf(item, bareValue) };
    return;
  }
  if (value.kind !== 'initializer_list') {
    fill.partly = true;
    return;
  }
  const entries = value.children.filter((child) => child.kind !== 'comment');
  entries.forEach((entry, index) => {
    const designator = childByField(entry, 'designator');
    const name = designator ? textOf(item, designator).replace(/^\.\s*/, '') : Object.keys(headerParts)[index];
    setHeader(item, fill, name, (designator && childByField(entry, 'value')) ?? entry);
  });
}

/** Calls that get the variable, its address or that of a part: registration functions read it, anything unknown, a macro
 * too, may fill it. */
function passes(fill: StructureFill, fn: FunctionFact, body: BodyFacts): void {
  fill.passedTo = body.calls.filter((call) => call.args.some((arg) => gives(arg.text, fill)));
  const stored = [...body.locals.map((local) => local.initializer), ...body.assignments.map(({ value }) => value)];
  // A pointer to the variable, or to its header, writes where nothing here looks.
  if (stored.some((value) => value && isAddress(value, fn.item) && gives(textOf(fn.item, value), fill)))
    fill.partly = true;
  const macros = fn.item.annotations.filter((a) => a.kind === 'macro' && fn.bodySpan.start <= a.start);
  if (macros.some(({ args }) => args !== undefined && args.split(',').some((text) => gives(text, fill))))
    fill.partly = true;
}

function isAddress(value: Node, item: Item): boolean {
  const node = bare(value);
  return node.kind === 'pointer_expression' && operatorOf(item, node) === '&';
}

/** The argument lets the function, or the macro, write to the variable. A member by value does not, except the header:
 * only a macro takes that. */
function gives(argument: string, { place, structure }: StructureFill): boolean {
  const plain = squeezed(argument).replace(/^\((?:const)?\w+\**\)/, '');
  const named = plain.replace(/^&/, '').replace(/^\((.*)\)$/, '$1');
  if (named === place) return true;
  const [, member] = named.startsWith(place) ? (/^(?:\.|->)(\w+)/.exec(named.slice(place.length)) ?? []) : [];
  return member !== undefined && (plain.startsWith('&') || member === structure.headerMember);
}
