import type { Item, Node, SyntaxFile } from '../../src/core/syntax/ast.js';
import { type FoundFunction, normalType } from './clang.js';

const names = new Set([
  'identifier',
  'field_identifier',
  'type_identifier',
  'qualified_identifier',
  'primitive_type',
  'operator_name',
]);

const textOf = (item: Item, node: Node): string => item.masked.slice(node.start, node.end);
const byField = (node: Node, field: string): Node | undefined => node.children.find((child) => child.field === field);

/** Function definitions that this project's own parser saw. */
export function parsedFunctions(file: SyntaxFile): FoundFunction[] {
  const found: FoundFunction[] = [];
  for (const item of file.items) {
    const { root } = item;
    if (root.kind !== 'function_definition') continue;
    const { name, parameters, stars } = takeApart(item, byField(root, 'declarator'));
    const type = byField(root, 'type');
    if (!name || !parameters) continue;
    const returns = normalType(`${type ? textOf(item, type) : ''}${'*'.repeat(stars)}`);
    found.push({ name, returns, params: parametersOf(item, parameters) });
  }
  return found;
}

function takeApart(item: Item, declarator: Node | undefined): { name?: string; parameters?: Node; stars: number } {
  let parameters: Node | undefined;
  let stars = 0;
  for (let node = declarator; node; node = byField(node, 'declarator') ?? node.children.at(-1)) {
    if (names.has(node.kind)) return { name: textOf(item, node), stars, ...(parameters && { parameters }) };
    if (node.kind === 'pointer_declarator') stars++;
    if (node.kind === 'function_declarator') parameters = byField(node, 'parameters');
  }
  return { stars };
}

function parametersOf(item: Item, list: Node): string[] {
  const params = list.children.filter((node) => /^(?:optional_)?parameter_declaration$/.test(node.kind));
  const found = params.map((node) => takeApart(item, byField(node, 'declarator')).name ?? '');
  const [only] = params;
  return found.length === 1 && !found[0] && only && /^void$/i.test(textOf(item, only)) ? [] : found;
}

/** `ROLE_TYPE Name;` at the top of a file, as `ROLE_TYPE Name`. */
export function parsedRoleDeclarations(file: SyntaxFile, roles: ReadonlySet<string>): string[] {
  const found: string[] = [];
  for (const item of file.items) {
    if (item.root.kind !== 'declaration' || item.root.broken) continue;
    const type = byField(item.root, 'type');
    if (!type || !roles.has(textOf(item, type))) continue;
    for (const node of item.root.children) {
      if (node.field === 'declarator' && node.kind === 'identifier')
        found.push(`${textOf(item, type)} ${textOf(item, node)}`);
    }
  }
  return found;
}

/** `x.…Handler = Name`, and the same in designated initialisers, as `…Handler=Name`. */
export function parsedRegistrations(file: SyntaxFile): string[] {
  const found: string[] = [];
  for (const item of file.items) {
    visit(item.root, (node) => {
      const pair =
        node.kind === 'assignment_expression'
          ? assigned(item, node)
          : node.kind === 'initializer_pair'
            ? designated(item, node)
            : undefined;
      if (pair) found.push(pair);
    });
  }
  return found;
}

function assigned(item: Item, node: Node): string | undefined {
  const left = byField(node, 'left');
  const member = left?.kind === 'field_expression' ? byField(left, 'field') : undefined;
  return member && handlerPair(item, member, byField(node, 'right'));
}

function designated(item: Item, node: Node): string | undefined {
  const member = byField(node, 'designator')?.children[0];
  return member && handlerPair(item, member, byField(node, 'value'));
}

function handlerPair(item: Item, member: Node, value: Node | undefined): string | undefined {
  let at = value;
  while (
    at &&
    (at.kind === 'cast_expression' || at.kind === 'parenthesized_expression' || at.kind === 'pointer_expression')
  ) {
    at = byField(at, 'value') ?? byField(at, 'argument') ?? at.children[0];
  }
  const name = textOf(item, member);
  return at?.kind === 'identifier' && /Handler/.test(name) ? `${name}=${textOf(item, at)}` : undefined;
}

function visit(node: Node, see: (node: Node) => void): void {
  see(node);
  for (const child of node.children) visit(child, see);
}
