import type { Item, Node } from '../syntax/ast.js';
import { childByField, childrenByField, folded, spanOf, textOf } from './nodes.js';
import type { Span } from './span.js';

/** A name being declared, with what the declarator around it adds to the type. */
export interface Declared {
  name: string;
  nameSpan: Span;
  /** Number of `*` around the name. */
  pointers: number;
  array: boolean;
  /** Parameter list node, when the name is declared as a function. */
  parameters?: Node;
  /** `(*Name)(…)`: a pointer to a function rather than a function. */
  functionPointer: boolean;
}

const nameKinds = new Set([
  'identifier',
  'field_identifier',
  'type_identifier',
  'qualified_identifier',
  'primitive_type',
]);

/** Takes a declarator apart; undefined where no single name is declared. */
export function readDeclarator(item: Item, declarator: Node): Declared | undefined {
  let node: Node | undefined = declarator;
  let pointers = 0;
  let array = false;
  let parameters: Node | undefined;
  let functionPointer = false;
  while (node) {
    if (nameKinds.has(node.kind)) {
      const declared: Declared = {
        name: textOf(item, node),
        nameSpan: spanOf(item, node),
        pointers,
        array,
        functionPointer,
      };
      if (parameters) declared.parameters = parameters;
      return declared;
    }
    if (node.kind === 'pointer_declarator') {
      if (parameters) functionPointer = true;
      pointers++;
    } else if (node.kind === 'array_declarator') array = true;
    else if (node.kind === 'function_declarator') parameters = childByField(node, 'parameters');
    node = inner(node);
  }
  return undefined;
}

function inner(node: Node): Node | undefined {
  return (
    childByField(node, 'declarator') ??
    node.children.find((child) => /declarator$/.test(child.kind) || nameKinds.has(child.kind))
  );
}

export interface ParamFact {
  /** Empty for an unnamed parameter. */
  name: string;
  nameSpan?: Span;
  /** Type as written, white space folded, pointers of the declarator included: `NDIS_HANDLE *`. */
  type: string;
  span: Span;
}

/** The parameters of a parameter list; `(void)` and `()` give none. `...` is a parameter of type `...`. */
export function readParameters(item: Item, list: Node): ParamFact[] {
  const params: ParamFact[] = [];
  for (const node of list.children) {
    if (node.kind === 'variadic_parameter') params.push({ name: '', type: '...', span: spanOf(item, node) });
    if (node.kind !== 'parameter_declaration' && node.kind !== 'optional_parameter_declaration') continue;
    params.push(readParameter(item, node));
  }
  const [only] = params;
  return params.length === 1 && only && !only.name && /^void$/i.test(only.type) ? [] : params;
}

function readParameter(item: Item, node: Node): ParamFact {
  const declarator = childByField(node, 'declarator');
  const declared = declarator && readDeclarator(item, declarator);
  const base = baseType(item, node, declarator);
  if (!declared) {
    const stars = declarator ? (textOf(item, declarator).match(/\*/g)?.length ?? 0) : 0;
    return { name: '', type: withPointers(base, stars), span: spanOf(item, node) };
  }
  const stars = declared.pointers + (declared.array ? 1 : 0);
  return {
    name: declared.name,
    nameSpan: declared.nameSpan,
    type: withPointers(base, stars),
    span: spanOf(item, node),
  };
}

/** The specifiers of a declaration (`const FOO`, `struct bar`), storage class left out, white space folded. */
export function baseType(item: Item, node: Node, declarator: Node | undefined): string {
  const end = declarator ? declarator.start : node.end;
  const type = childByField(node, 'type');
  const parts: string[] = [];
  for (const child of node.children) {
    if (child.start >= end) break;
    if (child.kind === 'type_qualifier' || child === type) parts.push(typeText(item, child));
  }
  return folded(parts.join(' '));
}

function typeText(item: Item, node: Node): string {
  if (!/^(struct|union|enum|class)_specifier$/.test(node.kind)) return textOf(item, node);
  const name = childByField(node, 'name');
  return name ? textOf(item, name) : '';
}

export function withPointers(base: string, pointers: number): string {
  return pointers ? `${base} ${'*'.repeat(pointers)}` : base;
}

export interface MemberFact {
  name: string;
  type: string;
}

/** Members of the structure or union that a declaration spells out. */
export function spelledMembers(item: Item, declaration: Node): MemberFact[] | undefined {
  const type = childByField(declaration, 'type');
  const body = type && /^(struct|union)_specifier$/.test(type.kind) ? childByField(type, 'body') : undefined;
  return body && readMembers(item, body);
}

/** Members of a structure or union, those of nested ones without a name among them. */
export function readMembers(item: Item, list: Node): MemberFact[] {
  const members: MemberFact[] = [];
  for (const field of list.children) {
    if (field.kind !== 'field_declaration') continue;
    const declarators = childrenByField(field, 'declarator');
    const base = baseType(item, field, declarators[0]);
    for (const declarator of declarators) {
      const declared = readDeclarator(item, declarator);
      if (declared) members.push({ name: declared.name, type: withPointers(base, declared.pointers) });
    }
    if (!declarators.length) members.push(...nestedMembers(item, field));
  }
  return members;
}

/** Members of an anonymous struct or union belong to the one around it. */
function nestedMembers(item: Item, field: Node): MemberFact[] {
  const type = childByField(field, 'type');
  const body = type && childByField(type, 'body');
  return body ? readMembers(item, body) : [];
}
