import { hashStep, wordsOfC, wordsOfCpp } from './words.js';

/** Kinds of tokens. White space and comments are no tokens. */
export const Kind = { Identifier: 1, Number: 2, String: 3, Character: 4, Punctuator: 5, Directive: 6 } as const;

/** Classes of punctuators: the code of a single character, or one of these. */
export const Punct = { Other: 1, Ellipsis: 2, Arrow: 3, Scope: 4, Equal: 5, Assign: 6 } as const;

/** One pass over a file: parallel arrays, one entry per token. Offsets are UTF-16 units. */
export interface Tokens {
  readonly text: string;
  readonly cpp: boolean;
  count: number;
  kind: Uint8Array;
  start: Int32Array;
  end: Int32Array;
  /** Class of a word, or of a punctuator. */
  cls: Uint8Array;
  /** Comments as start and end, one after the other. */
  comments: number[];
  /** Offsets of a backslash that continues its line, with the line break's end, outside directives and comments. */
  continuations: number[];
}

/** Splits C or C++ source into tokens. Never fails: an unterminated literal ends with its line, a comment with the file. */
export function lex(text: string, cpp: boolean): Tokens {
  return new Lexer(text, cpp).run();
}

const NL = 10;
const CR = 13;
const QUOTE = 34;
const HASH = 35;
const APOSTROPHE = 39;
const STAR = 42;
const DOT = 46;
const SLASH = 47;
const BACKSLASH = 92;

/** Character classes: 1 letter, digit, underscore or not ASCII; 2 digit; 3 white space without line breaks. */
const classes = new Uint8Array(128);
for (let c = 0; c < 128; c++) {
  if ((c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95 || c === 36) classes[c] = 1;
  else if (c >= 48 && c <= 57) classes[c] = 2;
  else if (c === 32 || c === 9 || c === 11 || c === 12) classes[c] = 3;
}
/** `charCodeAt` beyond the end gives NaN, which is no word. */
const isWord = (c: number): boolean =>
  c < 128 ? (classes[c] as number) === 1 || classes[c] === 2 : c >= 128 && c !== 0xfeff;

const stringPrefix = /^(?:L|u8|u|U)?R?$/;

class Lexer {
  readonly #text: string;
  readonly #cpp: boolean;
  #at = 0;
  #count = 0;
  #kind: Uint8Array;
  #start: Int32Array;
  #end: Int32Array;
  #cls: Uint8Array;
  readonly #comments: number[] = [];
  readonly #continuations: number[] = [];

  constructor(text: string, cpp: boolean) {
    this.#text = text;
    this.#cpp = cpp;
    const room = (text.length >> 2) + 64;
    this.#kind = new Uint8Array(room);
    this.#cls = new Uint8Array(room);
    this.#start = new Int32Array(room);
    this.#end = new Int32Array(room);
  }

  run(): Tokens {
    const text = this.#text;
    const length = text.length;
    let lineStart = true;
    while (this.#at < length) {
      const at = this.#at;
      const c = text.charCodeAt(at);
      const k = c < 128 ? (classes[c] as number) : c === 0xfeff ? 3 : 1;
      if (k === 3) {
        this.#at++;
      } else if (c === NL || c === CR) {
        lineStart = true;
        this.#at++;
      } else if (c === SLASH && this.#comment()) {
        // A comment does not end the "nothing yet on this line" state.
      } else if (c === BACKSLASH && this.#continuation(at)) {
        // Nor does a continued line.
      } else if (c === HASH && lineStart) {
        this.#directive();
      } else {
        lineStart = false;
        if (k === 1) this.#word();
        else if (k === 2 || (c === DOT && classes[text.charCodeAt(at + 1) & 127] === 2)) this.#number();
        else if (c === QUOTE || c === APOSTROPHE) this.#literal(at, c);
        else this.#punctuator(c);
      }
    }
    return {
      text,
      cpp: this.#cpp,
      count: this.#count,
      kind: this.#kind,
      start: this.#start,
      end: this.#end,
      cls: this.#cls,
      comments: this.#comments,
      continuations: this.#continuations,
    };
  }

  #push(kind: number, start: number, end: number, cls: number): void {
    if (this.#count === this.#kind.length) this.#grow();
    const i = this.#count++;
    this.#kind[i] = kind;
    this.#start[i] = start;
    this.#end[i] = end;
    this.#cls[i] = cls;
    this.#at = end;
  }

  #grow(): void {
    const room = this.#kind.length * 2;
    const bytes = (old: Uint8Array): Uint8Array => {
      const grown = new Uint8Array(room);
      grown.set(old);
      return grown;
    };
    const words = (old: Int32Array): Int32Array => {
      const grown = new Int32Array(room);
      grown.set(old);
      return grown;
    };
    this.#kind = bytes(this.#kind);
    this.#cls = bytes(this.#cls);
    this.#start = words(this.#start);
    this.#end = words(this.#end);
  }

  #comment(): boolean {
    const end = commentEnd(this.#text, this.#at);
    if (end === this.#at) return false;
    this.#comments.push(this.#at, end);
    this.#at = end;
    return true;
  }

  #continuation(at: number): boolean {
    const end = continuationEnd(this.#text, at);
    if (end === at) return false;
    this.#continuations.push(at, end);
    this.#at = end;
    return true;
  }

  #word(): void {
    const text = this.#text;
    const start = this.#at;
    let at = start;
    let hash = 0;
    let c = text.charCodeAt(at);
    do {
      hash = hashStep(hash, c);
      c = text.charCodeAt(++at);
    } while (isWord(c));
    if ((c === QUOTE || c === APOSTROPHE) && at - start <= 3 && stringPrefix.test(text.slice(start, at))) {
      if (c === QUOTE && this.#cpp && text.charCodeAt(at - 1) === 82) this.#rawString(start, at);
      else this.#literal(start, c, at);
      return;
    }
    this.#push(Kind.Identifier, start, at, (this.#cpp ? wordsOfCpp : wordsOfC).classOf(text, start, at, hash));
  }

  #number(): void {
    const text = this.#text;
    let at = this.#at;
    const hex = text.charCodeAt(at) === 48 && (text.charCodeAt(at + 1) | 32) === 120;
    for (;;) {
      const c = text.charCodeAt(at);
      if (isWord(c) || c === DOT) at++;
      else if ((c === 43 || c === 45) && (text.charCodeAt(at - 1) | 32) === (hex ? 112 : 101)) at++;
      else if (c === APOSTROPHE && this.#cpp && isWord(text.charCodeAt(at + 1))) at++;
      else break;
    }
    this.#push(Kind.Number, this.#at, at, 0);
  }

  #literal(start: number, quote: number, open = start): void {
    const text = this.#text;
    let at = open + 1;
    for (;;) {
      const c = text.charCodeAt(at);
      if (c === quote) {
        at++;
        break;
      }
      if (c === BACKSLASH) {
        const end = continuationEnd(text, at);
        at = end === at ? at + 2 : end;
      } else if (c === NL || c === CR || c !== c) break;
      else at++;
    }
    const end = Math.min(at, text.length);
    this.#push(quote === QUOTE ? Kind.String : Kind.Character, start, end, 0);
  }

  #rawString(start: number, open: number): void {
    const text = this.#text;
    const paren = text.indexOf('(', open);
    const mark = paren < 0 ? '' : text.slice(open + 1, paren);
    if (paren < 0 || mark.length > 16 || /[\s\\)]/.test(mark)) {
      this.#literal(start, QUOTE, open);
      return;
    }
    const close = text.indexOf(`)${mark}"`, paren);
    this.#push(Kind.String, start, close < 0 ? text.length : close + mark.length + 2, 0);
  }

  #directive(): void {
    const text = this.#text;
    const start = this.#at;
    let at = start + 1;
    let end = at;
    for (;;) {
      const c = text.charCodeAt(at);
      if (c !== c || c === NL || c === CR) break;
      if (c === BACKSLASH && continuationEnd(text, at) !== at) {
        at = continuationEnd(text, at);
      } else if (c === SLASH && commentEnd(text, at) !== at) {
        const stop = commentEnd(text, at);
        this.#comments.push(at, stop);
        at = stop;
      } else if (c === QUOTE) {
        at = end = quotedEnd(text, at);
      } else {
        at++;
        if (c >= 128 || classes[c] !== 3) end = at;
      }
    }
    this.#push(Kind.Directive, start, end, 0);
    this.#at = at;
  }

  #punctuator(c: number): void {
    const text = this.#text;
    const at = this.#at;
    const d = text.charCodeAt(at + 1);
    let length = 1;
    let cls: number = c < 128 ? c : Punct.Other;
    if (c === d && (c === 43 || c === 45 || c === 38 || c === 124 || c === 58 || c === HASH)) {
      length = c === 58 && !this.#cpp ? 1 : 2;
      if (length === 2) cls = c === 58 ? Punct.Scope : Punct.Other;
    } else if (c === d && (c === 60 || c === 62)) {
      length = text.charCodeAt(at + 2) === 61 ? 3 : 2;
      cls = length === 3 ? Punct.Assign : Punct.Other;
    } else if (c === 45 && d === 62) {
      length = this.#cpp && text.charCodeAt(at + 2) === STAR ? 3 : 2;
      cls = Punct.Arrow;
    } else if (c === DOT && d === DOT && text.charCodeAt(at + 2) === DOT) {
      length = 3;
      cls = Punct.Ellipsis;
    } else if (c === DOT && d === STAR && this.#cpp) {
      length = 2;
      cls = Punct.Other;
    } else if (d === 61 && '=!<>+-*/%&|^'.includes(String.fromCharCode(c))) {
      length = 2;
      cls = '=!<>'.includes(String.fromCharCode(c)) ? Punct.Equal : Punct.Assign;
    }
    this.#push(Kind.Punctuator, at, at + length, cls);
  }
}

/** End of the comment that begins at `at`, or `at` where none does. */
function commentEnd(text: string, at: number): number {
  const c = text.charCodeAt(at + 1);
  if (c === STAR) {
    const end = text.indexOf('*/', at + 2);
    return end < 0 ? text.length : end + 2;
  }
  if (c !== SLASH) return at;
  let end = at + 2;
  for (;;) {
    const d = text.charCodeAt(end);
    if (d === BACKSLASH && continuationEnd(text, end) !== end) end = continuationEnd(text, end);
    else if (d === NL || d === CR || d !== d) return end;
    else end++;
  }
}

/** Offset after a backslash and the line break it hides, or `at` where it hides none. */
function continuationEnd(text: string, at: number): number {
  let i = at + 1;
  while (text.charCodeAt(i) === 32 || text.charCodeAt(i) === 9) i++;
  const c = text.charCodeAt(i);
  if (c === NL) return i + 1;
  if (c === CR) return text.charCodeAt(i + 1) === NL ? i + 2 : i + 1;
  return at;
}

/** End of a string inside a directive; without a closing quote only the quote itself. */
function quotedEnd(text: string, at: number): number {
  for (let i = at + 1; ; i++) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) return i + 1;
    if (c === BACKSLASH) {
      const end = continuationEnd(text, i);
      i = end === i ? i + 1 : end - 1;
    } else if (c === NL || c === CR || c !== c) return at + 1;
  }
}

/** The words of a token, as written. */
export const tokenText = (tokens: Tokens, i: number): string => tokens.text.slice(tokens.start[i], tokens.end[i]);

export const isPunct = (tokens: Tokens, i: number, code: number): boolean =>
  tokens.kind[i] === Kind.Punctuator && tokens.cls[i] === code;
