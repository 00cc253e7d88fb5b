import { blankedText } from '../text/blank.js';
import type { Chunk } from '../text/chunks.js';
import { type Tokens, tokenText } from '../text/lexer.js';
import { Fate } from '../text/mask.js';
import { shapeOf } from '../text/shape.js';
import type { Source } from '../text/source.js';
import { readStructure, type Structure } from '../text/structure.js';
import { Word } from '../text/words.js';
import type { Annotation, Item } from './ast.js';
import type { Grammar } from './parser.js';
import type { TopNode } from './template.js';

/** For the module that made the value. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export interface BuiltItems {
  readonly items: readonly Item[];
  readonly errors: number;
}

/** Parses one piece of a file. As a rule it is one item. */
export function buildItems(grammar: Grammar, source: Source, chunk: Chunk): BuiltItems {
  const structure = readStructure(source.masked, chunk);
  if (structure.live.length === 0) return { items: [], errors: 0 };
  if (structure.tooDeep) return { items: [], errors: 1 };
  const shape = shapeOf(source.tokens, structure);
  const starts = new StartFinder(source, chunk);
  const { nodes, errors } = grammar.parse(shape, (start, end) => starts.next(start, end));
  const whole = nodes.filter(({ node }) => !isEmptyStatement(node.kind, node.end - node.start));
  return { items: whole.map((top, n) => itemOf(source, chunk, structure, top, whole[n + 1])), errors };
}

const isEmptyStatement = (kind: string, length: number): boolean => kind === 'expression_statement' && length === 1;

/** Where the items of a piece begin: each at the first token, annotations included, after the one before. */
class StartFinder {
  readonly #source: Source;
  #token: number;
  readonly #last: number;

  constructor(source: Source, chunk: Chunk) {
    this.#source = source;
    this.#token = chunk.first;
    this.#last = chunk.last;
  }

  next(start: number, end: number): number {
    const { tokens, masked } = this.#source;
    let at = this.#token;
    while (at <= this.#last && masked.fate[at] !== Fate.Live && masked.fate[at] !== Fate.Annotation) at++;
    const begin = at <= this.#last ? Math.min(start, tokens.start[at] as number) : start;
    while (at <= this.#last && (tokens.start[at] as number) < end) at++;
    this.#token = at;
    return begin;
  }
}

function itemOf(source: Source, chunk: Chunk, structure: Structure, top: TopNode, next: TopNode | undefined): Item {
  const { tokens, masked } = source;
  const start = top.base;
  const chunkEnd = tokens.end[chunk.last] as number;
  const end = next ? Math.max(start + top.node.end, lastEnd(tokens, chunk, next.base)) : chunkEnd;
  const [first, last] = tokensBetween(tokens, chunk, start, end);
  const text = source.text.slice(start, end);
  const blanked = blankedText(masked, first, last, start, end);
  return {
    start,
    length: end - start,
    text,
    masked: blanked === text ? text : blanked,
    root: top.node,
    annotations: annotationsOf(source, structure, first, last, start),
    conditions: chunk.conditions,
  };
}

/** End of the last token before the offset. */
function lastEnd(tokens: Tokens, chunk: Chunk, before: number): number {
  let at = chunk.last;
  while (at > chunk.first && (tokens.start[at] as number) >= before) at--;
  return tokens.end[at] as number;
}

function tokensBetween(tokens: Tokens, chunk: Chunk, start: number, end: number): [number, number] {
  let { first, last } = chunk;
  while (first < last && (tokens.start[first] as number) < start) first++;
  while (last > first && (tokens.end[last] as number) > end) last--;
  return [first, last];
}

function annotationsOf(source: Source, structure: Structure, first: number, last: number, base: number): Annotation[] {
  const found: Annotation[] = [];
  const add = (from: number, to: number): void => {
    if (from >= first && to <= last) found.push(annotationOf(source.tokens, from, to, base));
  };
  const known = source.masked.annotations;
  for (let k = firstAnnotation(known, first); k < known.length && (known[k] as number) <= last; k += 2) {
    add(known[k] as number, known[k + 1] as number);
  }
  const own = structure.annotations;
  for (let k = 0; k < own.length; k += 2) add(own[k] as number, own[k + 1] as number);
  if (own.length > 0) found.sort((a, b) => a.start - b.start);
  return found;
}

/** Index in the flat list of the first annotation at or after the token. */
function firstAnnotation(annotations: readonly number[], token: number): number {
  let low = 0;
  let high = annotations.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((annotations[middle * 2] as number) < token) low = middle + 1;
    else high = middle;
  }
  return low * 2;
}

function annotationOf(tokens: Tokens, from: number, to: number, base: number): Annotation {
  const start = tokens.start[from] as number;
  const end = tokens.end[to] as number;
  const name = tokenText(tokens, from);
  const range = { start: start - base, end: end - base };
  if (to === from) return { kind: kindOf(tokens, from, ''), name, ...range };
  const open = (tokens.start[from + 1] as number) + 1;
  const parenthesis = tokens.text.charCodeAt(open - 1) === 40;
  const args = tokens.text.slice(parenthesis ? open : tokens.start[from + 1], parenthesis ? end - 1 : end).trim();
  return { kind: kindOf(tokens, from, args), name, args, ...range };
}

function kindOf(tokens: Tokens, token: number, args: string): Annotation['kind'] {
  switch (tokens.cls[token]) {
    case Word.Direction:
      return 'direction';
    case Word.Convention:
      return 'calling-convention';
    case Word.Decoration:
      return /^(?:code_seg|allocate)\b/.test(args) ? 'section' : isSal(tokens, token) ? 'sal' : 'macro';
    default:
      return isSal(tokens, token) ? 'sal' : 'macro';
  }
}

const salName = /^_(?:_[a-z]|[A-Z]\w*_$)/;
const compilerName = /^__?(?:declspec|attribute|pragma|Pragma|unaligned|ptr|[su]ptr|w64|restrict|extension|override)/;

function isSal(tokens: Tokens, token: number): boolean {
  const name = tokenText(tokens, token);
  return salName.test(name) && !compilerName.test(name);
}

/** The item under other conditions: itself where they are the same. */
export function conditioned(item: Item, conditions: readonly string[]): Item {
  const same = item.conditions.length === conditions.length && item.conditions.every((c, n) => c === conditions[n]);
  return same ? item : { ...item, conditions };
}
