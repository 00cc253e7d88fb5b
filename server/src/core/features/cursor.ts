import type { Range } from '../api.js';
import type { FileModel } from '../model/fileModel.js';
import { type Place, placeOf } from './place.js';

/** What stands around the cursor, read from the text alone so that it holds for half-typed code. Offsets are absolute
 * UTF-16. */
export interface Cursor {
  offset: number;
  /** The identifier that the cursor is in or behind; empty where there is none. */
  word: string;
  /** From the start of the word to its end, behind the cursor included. */
  range: Range;
  /** The part of the word before the cursor. */
  typed: string;
  place: Place;
}

const wordChar = /\w/;

/** The identifier around the offset and its range. */
export function wordAt(text: string, offset: number): { word: string; range: Range } {
  let start = offset;
  let end = offset;
  while (start > 0 && wordChar.test(text[start - 1] as string)) start--;
  while (end < text.length && wordChar.test(text[end] as string)) end++;
  return { word: text.slice(start, end), range: { start, end } };
}

/** Reads the surroundings of the offset; undefined inside comments, literals and preprocessor lines. */
export function readCursor(file: FileModel, offset: number): Cursor | undefined {
  if (file.isQuoted(offset)) return undefined;
  const { text } = file;
  const { word, range } = wordAt(text, offset);
  if (/^\d/.test(word)) return undefined;
  const before = plainBefore(file, range.start);
  if (/(^|\n)[ \t]*#[^\n]*$/.test(before)) return undefined;
  return { offset, word, range, typed: text.slice(range.start, offset), place: placeOf(before) };
}

/** How far back the surroundings of a cursor are read, in UTF-16 units: more than any function but generated ones. */
const reach = 40_000;

/** Text before the offset with comments and literals blanked, from a place early enough to hold the whole function. */
export function plainBefore(file: FileModel, offset: number): string {
  const chars = [];
  let at = Math.max(0, offset - reach);
  for (const range of quotedRanges(file)) {
    if (range.start >= offset) break;
    if (range.start < at) {
      at = Math.max(at, Math.min(range.end, offset));
      continue;
    }
    const end = Math.min(range.end, offset);
    chars.push(file.text.slice(at, range.start), file.text.slice(range.start, end).replace(/[^\n]/g, ' '));
    at = end;
  }
  chars.push(file.text.slice(at, offset));
  return chars.join('');
}

const quoted = new WeakMap<object, Range[]>();

function quotedRanges(file: FileModel): Range[] {
  let ranges = quoted.get(file.syntax);
  if (!ranges) {
    ranges = [...file.syntax.comments, ...file.syntax.literals].sort((a, b) => a.start - b.start);
    quoted.set(file.syntax, ranges);
  }
  return ranges;
}
