import type { Annotation, Item, Node } from '../syntax/ast.js';
import {
  baseType,
  type MemberFact,
  type ParamFact,
  readDeclarator,
  readMembers,
  readParameters,
  withPointers,
} from './declarators.js';
import { childByField, childOfKind, childrenByField, spanOf, textOf } from './nodes.js';
import type { Span } from './span.js';

/** A function with a body. */
export interface FunctionFact {
  kind: 'function';
  name: string;
  nameSpan: Span;
  item: Item;
  /** From the first annotation or specifier to the closing brace. */
  span: Span;
  /** As written, white space folded. */
  returnType: string;
  /** From the first specifier of the type to the declarator; annotations before it are outside. */
  returnSpan: Span;
  params: ParamFact[];
  /** The parameter list with its parentheses. */
  paramsSpan: Span;
  body: Node;
  bodySpan: Span;
  /** Names of the annotations before the body: `_Use_decl_annotations_`. */
  annotations: Annotation[];
  isStatic: boolean;
  /** The head contains an error node, or conditional compilation chooses between heads: do not judge it. */
  broken: boolean;
}

/** `PROTOCOL_CM_CLOSE_AF MyCloseAf;` or a prototype that spells the parameters. */
export interface FunctionDeclarationFact {
  kind: 'role-declaration' | 'prototype';
  name: string;
  nameSpan: Span;
  item: Item;
  /** The whole declaration with its semicolon. */
  span: Span;
  /** The type name of a role declaration, the return type of a prototype. */
  type: string;
  typeSpan: Span;
  params: ParamFact[];
  isStatic: boolean;
  annotations: readonly Annotation[];
  /** More names are declared by the same declaration. */
  shared: boolean;
}

/** The head of a function whose body cannot be read, as while it is being typed. */
export interface HeadFact {
  kind: 'head';
  name: string;
  item: Item;
  params: ParamFact[];
  returnType: string;
}

export interface VariableFact {
  kind: 'variable';
  name: string;
  nameSpan: Span;
  item: Item;
  type: string;
  initializer?: Node;
}

export interface StructFact {
  kind: 'struct';
  /** Tag and typedef names. */
  names: string[];
  pointerNames: string[];
  members: MemberFact[];
}

/** `typedef A B;` and `typedef A *B;`. */
export interface AliasFact {
  kind: 'alias';
  name: string;
  type: string;
}

export type DeclarationFact = FunctionFact | HeadFact | FunctionDeclarationFact | VariableFact | StructFact | AliasFact;

/** Everything a top-level item declares. */
export function readItem(item: Item): DeclarationFact[] {
  if (item.hidden) return [];
  const { root } = item;
  if (root.kind === 'function_definition') return single(readFunction(item, root));
  if (root.kind === 'ERROR') return single(readHead(item, root));
  if (root.kind === 'declaration') return [...structsOf(item, root), ...readDeclaration(item, root)];
  if (root.kind === 'type_definition') return readTypedef(item, root);
  if (/^(struct|union)_specifier$/.test(root.kind)) return structsOf(item, root);
  if (root.kind === 'expression_statement') return single(declaredByMacro(item, root));
  return [];
}

/** `DECLARE_HANDLER(PROTOCOL_CM_OPEN_AF, SampleOpenAf);` at file scope: what a macro of two names can mean there. */
function declaredByMacro(item: Item, root: Node): FunctionDeclarationFact | undefined {
  const call = childOfKind(root, 'call_expression');
  const args = call && childByField(call, 'arguments')?.children;
  const [type, name] = args ?? [];
  if (args?.length !== 2 || type?.kind !== 'identifier' || name?.kind !== 'identifier') return undefined;
  return {
    kind: 'role-declaration',
    name: textOf(item, name),
    nameSpan: spanOf(item, name),
    item,
    span: spanOf(item, root),
    type: textOf(item, type),
    typeSpan: spanOf(item, type),
    shared: true,
    isStatic: false,
    annotations: item.annotations,
    params: [],
  };
}

const single = <T>(value: T | undefined): T[] => (value ? [value] : []);

function readFunction(item: Item, root: Node): FunctionFact | undefined {
  const declarator = childByField(root, 'declarator');
  const body = childByField(root, 'body');
  const declared = declarator && readDeclarator(item, declarator);
  if (!declarator || !body || body.kind !== 'compound_statement' || !declared?.parameters) return undefined;
  const type = childByField(root, 'type');
  const first =
    root.children.find((child) => child.kind === 'type_qualifier' && child.start < (type?.start ?? 0)) ??
    type ??
    declarator;
  const annotations = item.annotations.filter((a) => a.end <= body.start);
  return {
    kind: 'function',
    name: lastName(declared.name),
    nameSpan: declared.nameSpan,
    item,
    span: { anchor: item, start: 0, end: root.end },
    returnType: type ? withPointers(baseType(item, root, declarator), declared.pointers) : '',
    returnSpan: { anchor: item, start: first.start, end: declarator.start },
    params: readParameters(item, declared.parameters),
    paramsSpan: spanOf(item, declared.parameters),
    body,
    bodySpan: spanOf(item, body),
    annotations,
    isStatic: hasStorage(item, root, 'static'),
    broken: headIsBroken(root, body) || isConditional(item, body.start),
  };
}

function readHead(item: Item, root: Node): HeadFact | undefined {
  const declarator = root.children.find((child) => /^(function|pointer)_declarator$/.test(child.kind));
  const declared = declarator && readDeclarator(item, declarator);
  if (!declarator || !declared?.parameters || declared.functionPointer) return undefined;
  const type = root.children.find((child) => child.end <= declarator.start && /type/.test(child.kind));
  return {
    kind: 'head',
    name: lastName(declared.name),
    item,
    params: readParameters(item, declared.parameters),
    returnType: type ? withPointers(textOf(item, type), declared.pointers) : '',
  };
}

const lastName = (name: string): string => name.slice(name.lastIndexOf(':') + 1);

function headIsBroken(root: Node, body: Node): boolean {
  return root.children.some((child) => child !== body && (child.broken === true || child.kind === 'ERROR'));
}

/** A preprocessor condition stands before the body: the branch that the tree shows need not be the one that is built. */
function isConditional(item: Item, end: number): boolean {
  return /^[ \t]*#[ \t]*(if|el|endif)/m.test(item.text.slice(0, end));
}

function hasStorage(item: Item, node: Node, storage: string): boolean {
  return node.children.some((child) => child.kind === 'storage_class_specifier' && textOf(item, child) === storage);
}

function readDeclaration(item: Item, root: Node): DeclarationFact[] {
  if (root.broken) return [];
  const type = childByField(root, 'type');
  const declarators = childrenByField(root, 'declarator');
  if (!type) return [];
  const facts: DeclarationFact[] = [];
  for (const node of declarators) {
    const declarator = node.kind === 'init_declarator' ? childByField(node, 'declarator') : node;
    const declared = declarator && readDeclarator(item, declarator);
    if (!declared || !declarator) continue;
    const shared = declarators.length > 1;
    const common = { name: declared.name, nameSpan: declared.nameSpan, item };
    const place = { ...common, span: spanOf(item, root), typeSpan: spanOf(item, type), shared };
    const written = baseType(item, root, declarators[0]);
    const flags = { isStatic: hasStorage(item, root, 'static'), annotations: item.annotations };
    if (declared.parameters && !declared.functionPointer) {
      const params = readParameters(item, declared.parameters);
      facts.push({ kind: 'prototype', ...place, ...flags, type: withPointers(written, declared.pointers), params });
    } else {
      const plain = node.kind !== 'init_declarator' && declarator.kind === 'identifier';
      if (plain) facts.push({ kind: 'role-declaration', ...place, ...flags, type: written, params: [] });
      facts.push(variable(item, node, declared, written));
    }
  }
  return facts;
}

function variable(
  item: Item,
  node: Node,
  declared: { name: string; nameSpan: Span; pointers: number },
  base: string,
): VariableFact {
  const fact: VariableFact = {
    kind: 'variable',
    name: declared.name,
    nameSpan: declared.nameSpan,
    item,
    type: withPointers(base, declared.pointers),
  };
  const value = node.kind === 'init_declarator' ? childByField(node, 'value') : undefined;
  if (value) fact.initializer = value;
  return fact;
}

function readTypedef(item: Item, root: Node): DeclarationFact[] {
  const type = childByField(root, 'type');
  if (!type) return [];
  const names: string[] = [];
  const pointerNames: string[] = [];
  for (const declarator of childrenByField(root, 'declarator')) {
    const declared = readDeclarator(item, declarator);
    if (!declared || declared.parameters) continue;
    (declared.pointers ? pointerNames : names).push(declared.name);
  }
  const body = childByField(type, 'body') ?? childOfKind(type, 'field_declaration_list');
  if (/^(struct|union)_specifier$/.test(type.kind) && body) {
    const tag = childByField(type, 'name');
    const members = readMembers(item, body);
    return [{ kind: 'struct', names: tag ? [...names, textOf(item, tag)] : names, pointerNames, members }];
  }
  const base = baseType(item, root, childByField(root, 'declarator'));
  return [
    ...names.map((name): AliasFact => ({ kind: 'alias', name, type: base })),
    ...pointerNames.map((name): AliasFact => ({ kind: 'alias', name, type: withPointers(base, 1) })),
  ];
}

function structsOf(item: Item, node: Node): StructFact[] {
  const type = /_specifier$/.test(node.kind) ? node : childByField(node, 'type');
  if (!type || !/^(struct|union)_specifier$/.test(type.kind)) return [];
  const name = childByField(type, 'name');
  const body = childByField(type, 'body');
  if (!name || !body) return [];
  return [{ kind: 'struct', names: [textOf(item, name)], pointerNames: [], members: readMembers(item, body) }];
}
