import { expect, test } from 'vitest';
import { LineIndex } from '../../server/src/core/text/lineIndex.js';

test('lines end with LF, CR LF or CR', () => {
  const index = new LineIndex('a\nbb\r\nccc\rd');
  expect(index.lineCount).toBe(4);
  expect([0, 1, 2, 5, 6, 10, 11].map((offset) => index.positionAt(offset))).toEqual([
    { line: 0, column: 0 },
    { line: 0, column: 1 },
    { line: 1, column: 0 },
    { line: 1, column: 3 },
    { line: 2, column: 0 },
    { line: 3, column: 0 },
    { line: 3, column: 1 },
  ]);
  expect([0, 1, 2, 3].map((line) => index.lineEnd(line))).toEqual([1, 4, 9, 11]);
});

test('offsets and places are each other’s inverse, surrogate pairs included', () => {
  const text = 'x\r\n\u{1f600}y\n\nz';
  const index = new LineIndex(text);
  for (let offset = 0; offset <= text.length; offset++) {
    if (text[offset - 1] === '\r' && text[offset] === '\n') continue;
    const { line, column } = index.positionAt(offset);
    expect(index.offsetAt(line, column)).toBe(offset);
  }
});

test('places outside the text are brought inside', () => {
  const index = new LineIndex('ab\r\ncd');
  expect(index.offsetAt(0, 99)).toBe(2);
  expect(index.offsetAt(9, 0)).toBe(6);
  expect(index.offsetAt(-1, 3)).toBe(0);
  expect(index.positionAt(99)).toEqual({ line: 1, column: 2 });
  expect(index.positionAt(-5)).toEqual({ line: 0, column: 0 });
});

test('an empty text has one empty line', () => {
  const index = new LineIndex('');
  expect(index.lineCount).toBe(1);
  expect(index.positionAt(0)).toEqual({ line: 0, column: 0 });
});
