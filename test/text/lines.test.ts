import { expect, test } from 'vitest';
import { lineStartAt, newlineIn, nextLineAt } from '../../server/src/core/text/lines.js';

test.each([['\n'], ['\r\n'], ['\r']])('lines that end with %j', (end) => {
  const text = `ab${end}cd${end}${end}ef`;
  const at = (needle: string) => text.indexOf(needle);
  expect([0, 1, at('c'), at('d'), at('e'), text.length].map((offset) => lineStartAt(text, offset))).toEqual([
    0,
    0,
    at('c'),
    at('c'),
    at('e'),
    at('e'),
  ]);
  expect([0, 2].map((offset) => nextLineAt(text, offset))).toEqual([at('c'), at('c')]);
  expect(nextLineAt(text, at('c'))).toBe(at('d') + 1 + end.length);
  expect(nextLineAt(text, at('e'))).toBeUndefined();
  expect(newlineIn(text)).toBe(end);
});

test('a text of one line, and of none', () => {
  expect([lineStartAt('', 0), nextLineAt('', 0), newlineIn('')]).toEqual([0, undefined, '\n']);
  expect(lineStartAt('abc', 3)).toBe(0);
  expect(newlineIn('a\rb\nc')).toBe('\n');
});
