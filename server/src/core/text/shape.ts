import { readDirective } from './directives.js';
import { Kind, type Tokens } from './lexer.js';
import type { Structure } from './structure.js';
import { replacementOf, Word } from './words.js';

/**
 * What the parser reads in place of the text: every name is `x`, every literal one character, white space is one blank
 * at most. Names and spelling do not matter to the grammar, but their length does to the time that it takes.
 */
export interface Shape {
  readonly text: string;
  /** Absolute offset in the file where the token begins that the shape's character belongs to. Shared and overwritten by
   * the next shape. */
  readonly startOf: Int32Array;
  readonly endOf: Int32Array;
  /** Where in the shape each simple statement begins and ends, one after the other. */
  readonly statements: readonly number[];
}

let starts = new Int32Array(1 << 14);
let ends = new Int32Array(1 << 14);

export function shapeOf(tokens: Tokens, structure: Structure): Shape {
  const writer = new ShapeWriter(tokens);
  const { live, words, before, after, statements } = structure;
  const places: number[] = [];
  let next = 0;
  for (let p = 0; p < live.length; p++) {
    const i = live[p] as number;
    const first = before.get(i);
    if (first !== undefined) writer.insert(first, tokens.start[i] as number);
    const from = writer.token(i, words.get(i));
    const then = after.get(i);
    if (then !== undefined) writer.insert(then, tokens.end[i] as number);
    if (i === statements[next]) places.push(first === undefined ? from : from - first.length);
    if (i === statements[next + 1]) {
      places.push(writer.length);
      next += 2;
    }
  }
  return writer.finish(places);
}

const none = 0;
const word = 1;
const operator = 2;
const bracket = 3;

class ShapeWriter {
  readonly #tokens: Tokens;
  #text = '';
  #length = 0;
  #last = none;

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
  }

  get length(): number {
    return this.#length;
  }

  /** Writes a token; returns where it begins in the shape. */
  token(i: number, instead: string | undefined): number {
    const before = this.#text.length;
    this.#token(i, instead);
    return this.#text.charCodeAt(before) === 32 ? before + 1 : before;
  }

  #token(i: number, instead: string | undefined): void {
    const { kind, start, end, text, cls } = this.#tokens;
    const from = start[i] as number;
    const to = end[i] as number;
    if (instead !== undefined) return this.#put(instead, from, to, instead === ';' ? bracket : word);
    switch (kind[i]) {
      case Kind.Identifier:
        return this.#put(this.#wordFor(i), from, to, word);
      case Kind.Number:
        return this.#put('1', from, to, word);
      case Kind.String:
        return this.#put('"s"', from, to, word);
      case Kind.Character:
        return this.#put("'c'", from, to, word);
      case Kind.Directive:
        return this.#directive(i);
      default:
        return this.#verbatim(text.slice(from, to), from, isBracket(cls[i] as number) ? bracket : operator);
    }
  }

  /** Adds what is not in the text; it has no width there. */
  insert(piece: string, at: number): void {
    this.#put(piece, at, at, /^[a-z]/.test(piece) ? word : bracket);
  }

  finish(statements: readonly number[]): Shape {
    starts[this.#length] = ends[Math.max(0, this.#length - 1)] ?? 0;
    return { text: this.#text, startOf: starts, endOf: ends, statements };
  }

  #wordFor(i: number): string {
    const c = this.#tokens.cls[i];
    if (c === Word.Plain || c === Word.KnownType || c === Word.GuardMacro) return 'x';
    const text = this.#tokens.text.slice(this.#tokens.start[i], this.#tokens.end[i]);
    return c === Word.Replaced || c === Word.Tag ? replacementOf(text) : text;
  }

  #directive(i: number): void {
    const directive = readDirective(this.#tokens, i);
    const from = this.#tokens.start[i] as number;
    this.#put('\n', from, from, none);
    if (directive.name === 'else' || directive.name === 'endif')
      this.#put(`#${directive.name}`, from, directive.end, none);
    else {
      const name = directive.name === 'elifdef' || directive.name === 'elifndef' ? 'elif' : directive.name;
      this.#put(`#${name} `, from, directive.rest, none);
      this.#put('x', directive.rest, directive.end, none);
    }
    this.#put('\n', directive.end, directive.end, none);
  }

  /** Writes a stand-in for the text between the two offsets. */
  #put(piece: string, from: number, to: number, cls: number): void {
    this.#space(cls, from);
    this.#reserve(piece.length);
    for (let k = 0; k < piece.length; k++) {
      starts[this.#length] = from;
      ends[this.#length++] = to;
    }
    this.#text += piece;
  }

  #verbatim(piece: string, from: number, cls: number): void {
    this.#space(cls, from);
    this.#reserve(piece.length);
    for (let k = 0; k < piece.length; k++) {
      starts[this.#length] = from + k;
      ends[this.#length++] = from + k + 1;
    }
    this.#text += piece;
  }

  #space(cls: number, from: number): void {
    if (cls === this.#last && (cls === word || cls === operator)) {
      this.#reserve(1);
      starts[this.#length] = from;
      ends[this.#length++] = from;
      this.#text += ' ';
    }
    this.#last = cls;
  }

  #reserve(more: number): void {
    if (this.#length + more + 1 < starts.length) return;
    const grow = (old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
      const grown = new Int32Array(old.length * 2 + more);
      grown.set(old);
      return grown;
    };
    starts = grow(starts);
    ends = grow(ends);
  }
}

/** `(`, `)`, `,`, `;`, `[`, `]`, `{`, `}` never join with a neighbour. */
const isBracket = (c: number): boolean =>
  c === 40 || c === 41 || c === 44 || c === 59 || c === 91 || c === 93 || c === 123 || c === 125;
