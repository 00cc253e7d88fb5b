import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Item, Node, SyntaxFile } from '../../server/src/core/syntax/ast.js';
import { createParser } from '../../server/src/core/syntax/parser.js';

const require = createRequire(import.meta.url);
const bytes = (name: string): Uint8Array => readFileSync(require.resolve(name));

export const parser = await createParser({
  runtime: bytes('web-tree-sitter/web-tree-sitter.wasm'),
  c: bytes('tree-sitter-c/tree-sitter-c.wasm'),
  cpp: bytes('tree-sitter-cpp/tree-sitter-cpp.wasm'),
});

export const parse = (text: string, language: SyntaxFile['language'] = 'c'): SyntaxFile => parser.parse(text, language);

/** The nodes of a kind below the items of a file, as their text in the file. */
export function textsOf(file: SyntaxFile, kind: string): string[] {
  const found: string[] = [];
  for (const item of file.items) {
    visit(item.root, (node) => {
      if (node.kind === kind) found.push(item.text.slice(node.start, node.end));
    });
  }
  return found;
}

export function visit(node: Node, see: (node: Node) => void): void {
  see(node);
  for (const child of node.children) visit(child, see);
}

/** Name that a function definition or declaration declares, as its innermost declarator. */
export function declaredName(item: Item): string {
  let node: Node | undefined = item.root.children.find((child) => child.field === 'declarator');
  while (node) {
    const inner: Node | undefined = node.children.find((child) => child.field === 'declarator');
    if (!inner) return item.text.slice(node.start, node.end);
    node = inner;
  }
  return '';
}

/** Everything that a file says, for comparison. */
export function everything(file: SyntaxFile): unknown {
  const { items, macros, includes, pragmas, comments, literals, hidden, language, errors } = file;
  return JSON.parse(JSON.stringify({ items, macros, includes, pragmas, comments, literals, hidden, language, errors }));
}
