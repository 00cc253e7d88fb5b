import { BRACE, BRACKET, CLOSE, END_BRACE, END_BRACKET, OPEN } from './characters.js';
import type { Chunk } from './chunks.js';
import { Kind, type Tokens, tokenText } from './lexer.js';
import { Fate, type Masked } from './mask.js';
import { Word } from './words.js';

/** What is around a place. */
export const Inside = { Head: 0, Block: 1, Struct: 2, Enum: 3, Initializer: 4, Group: 5 } as const;

/**
 * One top-level piece while its macros are looked for: its live tokens by position, and what is to be changed about them.
 * Maps are keyed by token.
 */
export class Piece {
  readonly cpp: boolean;
  /** Number of positions. */
  readonly count: number;
  /** Brackets are nested as deep as this. */
  readonly depth: number;
  readonly words = new Map<number, string>();
  readonly before = new Map<number, string>();
  readonly after = new Map<number, string>();
  /** First and last token of what was taken out. */
  readonly annotations: number[] = [];
  readonly #masked: Masked;
  readonly #tokens: Tokens;
  readonly #live: Int32Array;
  readonly #mate: Int32Array;

  constructor(masked: Masked, chunk: Chunk) {
    this.#masked = masked;
    this.#tokens = masked.tokens;
    this.cpp = masked.tokens.cpp;
    this.#live = new Int32Array(chunk.last - chunk.first + 1);
    let count = 0;
    for (let i = chunk.first; i <= chunk.last; i++) if (masked.fate[i] === Fate.Live) this.#live[count++] = i;
    this.count = count;
    this.#mate = new Int32Array(count).fill(-1);
    this.depth = this.#pair();
  }

  #pair(): number {
    let depth = 0;
    const open: number[] = [];
    for (let p = 0; p < this.count; p++) {
      const c = this.punct(p);
      if (c === OPEN || c === BRACKET || c === BRACE) depth = Math.max(depth, open.push(p));
      else if (c === CLOSE || c === END_BRACKET || c === END_BRACE) {
        const want = c === CLOSE ? OPEN : c - 2;
        while (open.length > 0 && this.punct(open.at(-1) as number) !== want && c === END_BRACE) open.pop();
        if (open.length === 0 || this.punct(open.at(-1) as number) !== want) continue;
        const from = open.pop() as number;
        this.#mate[from] = p;
        this.#mate[p] = from;
      }
    }
    return depth;
  }

  tokenAt(p: number): number {
    return this.#live[p] as number;
  }

  /** Position of the bracket that belongs to the one at `p`, -1 for none. */
  mateOf(p: number): number {
    return this.#mate[p] ?? -1;
  }

  /** Class of the punctuator at a position, 0 for anything else. */
  punct(p: number): number {
    const i = this.#live[p];
    if (p >= this.count || i === undefined || this.#tokens.kind[i] !== Kind.Punctuator) return 0;
    return this.#tokens.cls[i] as number;
  }

  /** Class of the word at a position, -1 for anything else. */
  word(p: number): number {
    const i = this.#live[p];
    if (p >= this.count || i === undefined || this.#tokens.kind[i] !== Kind.Identifier) return -1;
    return this.#tokens.cls[i] as number;
  }

  /** An identifier that is no keyword. */
  isName(p: number): boolean {
    const word = this.word(p);
    return word === Word.Plain || word === Word.KnownType || word === Word.GuardMacro;
  }

  kind(p: number): number {
    return p < this.count ? (this.#tokens.kind[this.#live[p] as number] as number) : 0;
  }

  text(p: number): string {
    return tokenText(this.#tokens, this.#live[p] as number);
  }

  sameLine(p: number, q: number): boolean {
    const { text, start, end } = this.#tokens;
    const to = start[this.#live[q] as number] as number;
    for (let at = end[this.#live[p] as number] as number; at < to; at++) if (text.charCodeAt(at) === 10) return false;
    return true;
  }

  isLive(p: number): boolean {
    return this.#masked.fate[this.#live[p] as number] === Fate.Live;
  }

  /** Makes an annotation of the positions from `p` to `q`. */
  takeOut(p: number, q: number): void {
    for (let k = p; k <= q; k++) this.#masked.fate[this.#live[k] as number] = Fate.Annotation;
    this.annotations.push(this.#live[p] as number, this.#live[q] as number);
  }

  drop(p: number): void {
    this.#masked.fate[this.#live[p] as number] = Fate.Frame;
  }

  rename(p: number, word: string): void {
    this.words.set(this.#live[p] as number, word);
  }

  isRenamed(p: number): boolean {
    return this.words.has(this.#live[p] as number);
  }

  insertBefore(p: number, what: string): void {
    this.before.set(this.#live[p] as number, what);
  }

  insertAfter(p: number, what: string): void {
    this.after.set(this.#live[p] as number, what);
  }

  inserted(p: number): string | undefined {
    return this.after.get(this.#live[p] as number);
  }
}
