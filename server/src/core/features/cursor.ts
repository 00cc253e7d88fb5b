import type { Range } from '../api.js';
import type { FileModel } from '../model/fileModel.js';

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

export type Place =
  | { kind: 'file' }
  /** Behind `base.` or `base->`. */
  | { kind: 'member'; base: string; arrow: boolean }
  /** Behind `target =`. */
  | { kind: 'value'; target: string }
  /** Behind `.` in a braced initializer of `type`; `path` leads to the nested member whose own members go on: `Header.`,
   * mostly empty. */
  | { kind: 'designator'; type: string; path: string; bodyStart: number }
  /** Behind `.member =` in a braced initializer of `type`; a member of a nested one by its path, `Header.Type`. */
  | { kind: 'designated-value'; type: string; member: string }
  | { kind: 'return' }
  | { kind: 'case'; subject: string }
  /** Behind `left ==` or `left !=`. */
  | { kind: 'comparison'; left: string }
  | { kind: 'argument'; callee: string; index: number }
  /** Where a statement or an expression of another kind can stand. */
  | { kind: 'code' };

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

const lvalue = String.raw`([A-Za-z_]\w*(?:\s*(?:\.|->)\s*\w+|\s*\[[^\]]*\])*)`;
const memberBehind = new RegExp(String.raw`${lvalue}\s*(\.|->)\s*$`);
const comparisonBehind = new RegExp(String.raw`${lvalue}\s*[!=]=\s*$`);
const assignmentBehind = new RegExp(String.raw`(?:\*\s*)?${lvalue}\s*=\s*(?:\([\w\s*]+\)\s*)?&?\s*$`);

/** Expressions before the cursor are read this far back, in UTF-16 units. */
const longestExpression = 400;

function placeOf(before: string): Place {
  const depth = enclosing(before);
  const tail = before.slice(-longestExpression);
  if (depth.kind === 'initializer') {
    const next = /[{,]\s*\.((?:\s*\w+\s*\.)*)\s*$/.exec(tail);
    if (next) return { kind: 'designator', type: depth.type, path: depth.path + squeeze(next[1]), bodyStart: depth.at };
  }
  const member = memberBehind.exec(tail);
  if (member) return { kind: 'member', base: squeeze(member[1]), arrow: member[2] === '->' };
  if (depth.kind === 'initializer') {
    const set = /[{,]\s*\.\s*(\w+(?:\s*\.\s*\w+)*)\s*=\s*(?:\([\w\s*]+\)\s*)?&?\s*$/.exec(tail);
    if (set) return { kind: 'designated-value', type: depth.type, member: depth.path + squeeze(set[1]) };
  }
  if (depth.kind === 'file') return { kind: 'file' };
  if (/(^|\W)return\s*\(?\s*$/.test(tail)) return { kind: 'return' };
  if (/(^|\W)case\s+$/.test(tail)) return { kind: 'case', subject: switchSubject(before) };
  const comparison = comparisonBehind.exec(tail);
  if (comparison) return { kind: 'comparison', left: squeeze(comparison[1]) };
  const assignment = assignmentBehind.exec(tail);
  if (assignment) return { kind: 'value', target: squeeze(assignment[1]) };
  const call = callAround(before);
  return call ? { kind: 'argument', callee: call.callee, index: call.index } : { kind: 'code' };
}

const squeeze = (text: string | undefined): string => (text ?? '').replace(/\s+/g, '');

type Enclosing =
  | { kind: 'file' }
  | { kind: 'code' }
  /** `at` is where the innermost brace stands, `path` the member that it is for, with a dot behind. */
  | { kind: 'initializer'; type: string; path: string; at: number };

/** What kind of braces hold the end of the text. */
function enclosing(before: string): Enclosing {
  let depth = 0;
  let path = '';
  let innermost: number | undefined;
  for (let at = before.length - 1; at >= 0; at--) {
    const char = before[at];
    if (char === '}') depth++;
    // A brace in column 0 closes or opens a definition: nothing further up matters.
    if (char === '}' && depth === 1 && (at === 0 || before[at - 1] === '\n')) return { kind: 'file' };
    if (char !== '{' || depth-- > 0) continue;
    const head = before.slice(Math.max(0, at - 300), at);
    if (/extern\s+"?\s*C?\s*"?\s*$/.test(head) || /namespace\s*\w*\s*$/.test(head)) {
      depth = 0;
      continue;
    }
    const nested = /[{,]\s*\.\s*(\w+(?:\s*\.\s*\w+)*)\s*=\s*$/.exec(head);
    if (nested) {
      path = `${squeeze(nested[1])}.${path}`;
      innermost ??= at;
      depth = 0;
      continue;
    }
    const initializer = /(\w+)\s+\**\w+\s*(?:\[[^\]]*\])?\s*=\s*$/.exec(head);
    return initializer
      ? { kind: 'initializer', type: initializer[1] as string, path, at: innermost ?? at }
      : { kind: 'code' };
  }
  return { kind: 'file' };
}

function switchSubject(before: string): string {
  const at = before.lastIndexOf('switch');
  return at < 0 ? '' : squeeze(/^switch\s*\(([^;{]*)\)\s*\{/.exec(before.slice(at))?.[1]);
}

/** The call whose argument list the end of the text is in: callee and index of the argument, from 0. */
export function callAround(before: string): { callee: string; index: number; open: number } | undefined {
  let depth = 0;
  let index = 0;
  const limit = Math.max(0, before.length - 8000);
  for (let at = before.length - 1; at >= limit; at--) {
    const char = before[at];
    if (char === ')' || char === ']' || char === '}') depth++;
    else if (char === ';') {
      if (depth <= 0) return undefined;
    } else if (char === '[' || char === '{') {
      if (depth-- === 0) return undefined;
    } else if (char === ',' && depth === 0) index++;
    else if (char === '(' && depth-- === 0) {
      const callee = /(\w+)\s*$/.exec(before.slice(0, at))?.[1];
      if (!callee || /^(if|while|for|switch|return|sizeof)$/.test(callee)) {
        // A parenthesis of an expression: the call, if any, is further out.
        depth = 0;
        index = 0;
        if (callee) return undefined;
        continue;
      }
      return { callee, index, open: at };
    }
  }
  return undefined;
}
