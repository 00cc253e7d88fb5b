import { expect, test } from 'vitest';
import { Kind, lex, tokenText } from '../../server/src/core/text/lexer.js';

const names = Object.fromEntries(Object.entries(Kind).map(([name, value]) => [value, name]));

function tokensOf(text: string, cpp = false): string[] {
  const tokens = lex(text, cpp);
  return Array.from({ length: tokens.count }, (_, i) => `${names[tokens.kind[i] ?? 0]} ${tokenText(tokens, i)}`);
}

const textsOf = (text: string, cpp = false): string[] => {
  const tokens = lex(text, cpp);
  return Array.from({ length: tokens.count }, (_, i) => tokenText(tokens, i));
};

test('kinds of tokens', () => {
  expect(tokensOf('a = 0x1Fui64 + L"w" - \'ABCD\';')).toEqual([
    'Identifier a',
    'Punctuator =',
    'Number 0x1Fui64',
    'Punctuator +',
    'String L"w"',
    'Punctuator -',
    "Character 'ABCD'",
    'Punctuator ;',
  ]);
});

test('punctuators take the longest match', () => {
  expect(textsOf('a->b <<= c++ + ++d ... e##f')).toEqual([
    'a',
    '->',
    'b',
    '<<=',
    'c',
    '++',
    '+',
    '++',
    'd',
    '...',
    'e',
    '##',
    'f',
  ]);
  expect(textsOf('a::b->*c.*d', true)).toEqual(['a', '::', 'b', '->*', 'c', '.*', 'd']);
  expect(textsOf('a ? b :: c')).toEqual(['a', '?', 'b', ':', ':', 'c']);
});

test('numbers', () => {
  expect(textsOf('1.5e-3 0x1p+4 .5f 0xE+1 1i64')).toEqual(['1.5e-3', '0x1p+4', '.5f', '0xE', '+', '1', '1i64']);
  expect(textsOf("1'000'000", true)).toEqual(["1'000'000"]);
});

test('a directive is one token, over continued lines and without its comment', () => {
  const text = '#define A(x) \\\r\n  (x) /* two\nlines */ + 1 // end\nint b;';
  expect(tokensOf(text)[0]).toBe('Directive #define A(x) \\\r\n  (x) /* two\nlines */ + 1');
  expect(lex(text, false).comments).toHaveLength(4);
  expect(textsOf(text).slice(1)).toEqual(['int', 'b', ';']);
});

test('a hash inside a line begins no directive', () => {
  expect(textsOf('a # b')).toEqual(['a', '#', 'b']);
  expect(textsOf('/* c */ # pragma once')).toEqual(['# pragma once']);
});

test('comment marks inside strings and string marks inside comments', () => {
  expect(textsOf('"/*" a // "\nb "\\"//" c')).toEqual(['"/*"', 'a', 'b', '"\\"//"', 'c']);
});

test('a string goes on after a continued line and ends with its line otherwise', () => {
  expect(textsOf('"a\\\r\nb" c')).toEqual(['"a\\\r\nb"', 'c']);
  expect(textsOf('"a\nb')).toEqual(['"a', 'b']);
});

test('raw strings are of C++ alone', () => {
  expect(textsOf('R"x(a)" )x" b', true)).toEqual(['R"x(a)" )x"', 'b']);
  expect(textsOf('R"(a)" b')).toEqual(['R"(a)"', 'b']);
});

test('an unterminated comment reaches to the end', () => {
  expect(textsOf('a /* b')).toEqual(['a']);
});

test('continued lines outside directives are white space', () => {
  expect(textsOf('a \\\r\n b')).toEqual(['a', 'b']);
});

test('letters that are not ASCII belong to names', () => {
  expect(textsOf('größe = µ;')).toEqual(['größe', '=', 'µ', ';']);
});

test('every file of random characters is read to its end', () => {
  const characters = '"\'\\/*#\n\r (){}aR0.';
  let seed = 7;
  const next = (): number => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >>> 8;
  for (let n = 0; n < 500; n++) {
    const text = Array.from({ length: 40 }, () => characters[next() % characters.length]).join('');
    const tokens = lex(text, n % 2 === 0);
    for (let i = 0; i < tokens.count; i++) {
      expect(tokens.end[i]).toBeGreaterThan(tokens.start[i] ?? 0);
      expect(tokens.end[i]).toBeLessThanOrEqual(text.length);
      if (i > 0) expect(tokens.start[i]).toBeGreaterThanOrEqual(tokens.end[i - 1] ?? 0);
    }
  }
});
