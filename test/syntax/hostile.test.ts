import { expect, test, vi } from 'vitest';
import { Parser } from 'web-tree-sitter';
import { parse, visit } from './parser.js';

test.each([
  ['parentheses', `int a = ${'('.repeat(20_000)}1${')'.repeat(20_000)};`],
  ['braces', `void f(void) ${'{'.repeat(20_000)}${'}'.repeat(20_000)}`],
  ['open braces', `void f(void) ${'{'.repeat(20_000)}`],
  ['else if', `void f(void) { ${'if (a) b(); else '.repeat(5_000)} c(); }`],
  ['operators', `int a = ${'b + '.repeat(20_000)} 1;`],
  ['conditionals', `${'#if A\n'.repeat(5_000)}int a;\n${'#endif\n'.repeat(5_000)}`],
  ['open conditionals', '#if A\n'.repeat(20_000)],
  ['a condition', `#if ${'('.repeat(20_000)}1\nint a;\n#endif\n`],
  ['annotations', `void f(${'_In_(x '.repeat(20_000)}`],
  ['function heads', 'VOID f(VOID)\n{\n'.repeat(5_000)],
  ['backslashes', '\\\n'.repeat(20_000)],
  ['quotes', '"\''.repeat(20_000)],
  ['zeros', '\0'.repeat(20_000)],
  ['surrogates', '\ud800'.repeat(20_000)],
])(
  'many %s',
  (_, text) => {
    for (const language of ['c', 'cpp'] as const) {
      let nodes = 0;
      for (const item of parse(text, language).items) visit(item.root, () => nodes++);
      expect(nodes).toBeLessThan(text.length * 4);
    }
  },
  60_000,
);

test('a trap in the runtime costs one more try', () => {
  const trap = (): never => {
    throw new WebAssembly.RuntimeError('memory access out of bounds');
  };
  const parsing = vi.spyOn(Parser.prototype, 'parse').mockImplementationOnce(trap);
  expect(parse('int trapped_once[3 + 4 * 5 - 6];').errors).toBe(0);
  parsing.mockImplementation(trap);
  expect(parse('int trapped_always[3 + 4 * 5 - 6 / 7];').items).toEqual([]);
  parsing.mockRestore();
  expect(parse('int whole[3 + 4 * 5 - 6 / 8];').items).toHaveLength(1);
});
