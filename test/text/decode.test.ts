import { expect, test } from 'vitest';
import { decode, encodeWindows1252 } from '../../server/src/core/text/decode.js';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

test('UTF-8 with and without its mark', () => {
  expect(decode(new TextEncoder().encode('// größe\n'))).toBe('// größe\n');
  expect(decode(bytes(0xef, 0xbb, 0xbf, 0x61))).toBe('a');
});

test('UTF-16 in both orders by its mark', () => {
  expect(decode(bytes(0xff, 0xfe, 0x61, 0, 0xac, 0x20))).toBe('a€');
  expect(decode(bytes(0xfe, 0xff, 0, 0x61, 0x20, 0xac))).toBe('a€');
});

test('what is no UTF-8 is windows-1252', () => {
  expect(decode(bytes(0x2f, 0x2f, 0xa9, 0x80, 0x93, 0x94, 0x81, 0xff))).toBe('//©€“”\u0081ÿ');
});

test('a long file in windows-1252', () => {
  const long = new Uint8Array(20_000).fill(0xe9);
  expect(decode(long)).toBe('é'.repeat(20_000));
});

test('a character cut off makes the whole file windows-1252', () => {
  expect(decode(bytes(0x61, 0xc3))).toBe('aÃ');
});

test('an empty file', () => {
  expect(decode(bytes())).toBe('');
});

test('windows-1252 goes back to the same bytes', () => {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  expect([...encodeWindows1252(decode(all))]).toEqual([...all]);
  expect([...encodeWindows1252('a\u{1F600}')]).toEqual([0x61, 0x3f]);
});
