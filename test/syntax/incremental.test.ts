import { expect, test } from 'vitest';
import { everything, parse, parser } from './parser.js';
import { sample } from './sample.js';

/** A small generator of the same numbers each time. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const pieces = [
  'x',
  ' ',
  '\n',
  '{',
  '}',
  '(',
  ')',
  ';',
  '"',
  '/*',
  '*/',
  '//',
  '#if X\n',
  '#endif\n',
  '#else\n',
  'IN ',
  'VOID f(VOID)\n{\n}\n',
  ',',
];

test.each(['c', 'cpp'] as const)('random edits give what parsing from scratch gives (%s)', (language) => {
  for (let seed = 1; seed <= 4; seed++) {
    const next = random(seed);
    const file = parser.open(sample, language);
    let text = sample;
    for (let n = 0; n < 40; n++) {
      const at = next(text.length);
      const gone = next(4) === 0 ? next(60) : 0;
      text = text.slice(0, at) + (pieces[next(pieces.length)] ?? '') + text.slice(at + gone);
      expect(everything(file.update(text))).toEqual(everything(parse(text, language)));
    }
    file.dispose();
  }
});

test('an edit leaves the other items what they are', () => {
  const file = parser.open(sample, 'c');
  const before = new Map(file.current.items.map((item) => [item.text, item]));
  const after = file.update(sample.replace('goto Exit;', 'goto  Exit;'));
  const kept = after.items.filter((item) => before.get(item.text) === item);
  expect(kept).toHaveLength(after.items.length - 1);
  for (const item of after.items)
    expect(sample.replace('goto Exit;', 'goto  Exit;').startsWith(item.text, item.start)).toBe(true);
});

test('items move with text that is put before them', () => {
  const file = parser.open('int a;\nint b;\n', 'c');
  const [a, b] = file.current.items;
  const { items } = file.update('int c;\nint a;\nint b;\n');
  expect(items.slice(1)).toEqual([a, b]);
  expect(items[1]).toBe(a);
  expect(items.map((item) => item.start)).toEqual([0, 7, 14]);
});

test('equal items stay apart', () => {
  const file = parser.open('int a;\nint a;\nint a;\n', 'c');
  const { items } = file.update('int a;\nint a;\nint b;\nint a;\n');
  expect(items.map((item) => item.start)).toEqual([0, 7, 14, 21]);
  expect(new Set(items).size).toBe(4);
});

test('an item under another condition is another item', () => {
  const file = parser.open('#if A\nint a;\n#endif\n', 'c');
  const [before] = file.current.items;
  const [after] = file.update('#if B\nint a;\n#endif\n').items;
  expect(after).not.toBe(before);
  expect(after?.root).toBe(before?.root);
  expect(after?.conditions).toEqual(['B']);
});

test('a branch that is hidden later changes the item around it', () => {
  const body = (condition: string): string => `void f(void)\n{\n#if ${condition}\n  g();\n#endif\n  h();\n}\n`;
  const file = parser.open(body('1'), 'c');
  const shown = file.current.items[0]?.masked;
  file.update(body('0'));
  expect(file.current.items[0]?.masked).not.toContain('g()');
  expect(shown).toContain('g()');
  expect(everything(file.update(body('1')))).toEqual(everything(parse(body('1'))));
});
