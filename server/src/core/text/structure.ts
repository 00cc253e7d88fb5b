import type { Chunk } from './chunks.js';
import { Kind, Punct, type Tokens, tokenText } from './lexer.js';
import { Fate, type Masked } from './mask.js';
import { Word } from './words.js';

/** How the tokens of one piece go to the parser. Positions count live tokens. */
export interface Structure {
  /** Token index at each position. */
  readonly live: Int32Array;
  /** Other words for single tokens. */
  readonly words: ReadonlyMap<number, string>;
  /** What the parser needs to see before or after a token, though it is not there. */
  readonly before: ReadonlyMap<number, string>;
  readonly after: ReadonlyMap<number, string>;
  /** First and last token of each simple statement, one after the other: those that can be parsed by themselves. */
  readonly statements: readonly number[];
  /** Brackets are nested deeper than anyone writes; parsing it would take long and end in errors. */
  readonly tooDeep: boolean;
  /** First and last token of macros taken out here, one after the other. */
  readonly annotations: readonly number[];
}

const OPEN = 40;
const CLOSE = 41;
const STAR = 42;
const COMMA = 44;
const COLON = 58;
const SEMICOLON = 59;
const EQUALS = 61;
const BRACKET = 91;
const END_BRACKET = 93;
const BRACE = 123;
const END_BRACE = 125;
const TILDE = 126;

const Inside = { Head: 0, Block: 1, Struct: 2, Enum: 3, Initializer: 4, Group: 5 } as const;

const deepest = 250;

/**
 * Finds macros that only their surroundings give away, inside one piece: unknown words before a declaration, macros that
 * bring their own semicolon or stand for a loop head, types as arguments. What cannot be parsed is taken out or renamed.
 */
export function readStructure(masked: Masked, chunk: Chunk): Structure {
  return new StructureReader(masked, chunk).run();
}

class StructureReader {
  readonly #masked: Masked;
  readonly #tokens: Tokens;
  readonly #words = new Map<number, string>();
  readonly #before = new Map<number, string>();
  readonly #after = new Map<number, string>();
  readonly #annotations: number[] = [];
  readonly #statements: number[] = [];
  /** Position where a simple statement began, -1 outside of one, and the number of brackets around it. */
  #statementStart = -1;
  #statementDepth = 0;
  /** Positions of plain data that the parser need not see: first and last, one after the other. */
  readonly #data: number[] = [];
  /** Tokens at each position, and the position of the bracket that belongs to the one there (-1 for none). */
  #live: Int32Array;
  #mate: Int32Array;
  #count = 0;

  constructor(masked: Masked, chunk: Chunk) {
    this.#masked = masked;
    this.#tokens = masked.tokens;
    this.#live = new Int32Array(chunk.last - chunk.first + 1);
    for (let i = chunk.first; i <= chunk.last; i++) if (masked.fate[i] === Fate.Live) this.#live[this.#count++] = i;
    this.#mate = new Int32Array(this.#count).fill(-1);
  }

  run(): Structure {
    const tooDeep = this.#pair() > deepest;
    this.#head();
    this.#walk();
    const live: number[] = [];
    for (let p = 0, skip = 0; p < this.#count; p++) {
      if (p === this.#data[skip]) {
        p = this.#data[skip + 1] as number;
        skip += 2;
        continue;
      }
      const i = this.#live[p] as number;
      if (this.#masked.fate[i] === Fate.Live) live.push(i);
    }
    return {
      live: Int32Array.from(live),
      words: this.#words,
      before: this.#before,
      after: this.#after,
      statements: this.#statements,
      tooDeep,
      annotations: this.#annotations,
    };
  }

  /** Pairs the brackets; returns how deep they are nested. */
  #pair(): number {
    let depth = 0;
    const open: number[] = [];
    for (let p = 0; p < this.#count; p++) {
      const c = this.#punct(p);
      if (c === OPEN || c === BRACKET || c === BRACE) depth = Math.max(depth, open.push(p));
      else if (c === CLOSE || c === END_BRACKET || c === END_BRACE) {
        const want = c === CLOSE ? OPEN : c - 2;
        while (open.length > 0 && this.#punct(open.at(-1) as number) !== want && c === END_BRACE) open.pop();
        if (open.length === 0 || this.#punct(open.at(-1) as number) !== want) continue;
        const from = open.pop() as number;
        this.#mate[from] = p;
        this.#mate[p] = from;
      }
    }
    return depth;
  }

  /** Class of the punctuator at a position, 0 for anything else. */
  #punct(p: number): number {
    const i = this.#live[p];
    return p < this.#count && i !== undefined && this.#tokens.kind[i] === Kind.Punctuator
      ? (this.#tokens.cls[i] as number)
      : 0;
  }

  /** Class of the word at a position, -1 for anything else. */
  #word(p: number): number {
    const i = this.#live[p];
    return p >= 0 && p < this.#count && i !== undefined && this.#tokens.kind[i] === Kind.Identifier
      ? (this.#tokens.cls[i] as number)
      : -1;
  }

  /** An identifier that is no keyword. */
  #isName(p: number): boolean {
    const word = this.#word(p);
    return word === Word.Plain || word === Word.KnownType || word === Word.GuardMacro;
  }

  #kind(p: number): number {
    return p < this.#count ? (this.#tokens.kind[this.#live[p] as number] as number) : 0;
  }

  #text(p: number): string {
    return tokenText(this.#tokens, this.#live[p] as number);
  }

  #sameLine(p: number, q: number): boolean {
    const { text, start, end } = this.#tokens;
    const to = start[this.#live[q] as number] as number;
    for (let at = end[this.#live[p] as number] as number; at < to; at++) if (text.charCodeAt(at) === 10) return false;
    return true;
  }

  #takeOut(p: number, q: number): void {
    const first = this.#live[p] as number;
    const last = this.#live[q] as number;
    for (let k = p; k <= q; k++) this.#masked.fate[this.#live[k] as number] = Fate.Annotation;
    this.#annotations.push(first, last);
  }

  #drop(p: number): void {
    this.#masked.fate[this.#live[p] as number] = Fate.Frame;
  }

  #insertAfter(p: number, what: string): void {
    this.#after.set(this.#live[p] as number, what);
  }

  #insertBefore(p: number, what: string): void {
    this.#before.set(this.#live[p] as number, what);
  }

  #isLive(p: number): boolean {
    return this.#masked.fate[this.#live[p] as number] === Fate.Live;
  }

  #semicolonFollows(p: number): boolean {
    return this.#after.get(this.#live[p] as number) === ';';
  }

  /** Macros with arguments in front of a declaration, and `extern "C"`. */
  #head(): void {
    let p = 0;
    for (;;) {
      if (this.#word(p) === Word.Extern && this.#kind(p + 1) === Kind.String) {
        this.#takeOut(p, p + 1);
        p += 2;
        continue;
      }
      if (this.#word(p) === Word.Storage || this.#word(p) === Word.Extern) {
        p++;
        continue;
      }
      const end = this.#isName(p) && this.#punct(p + 1) === OPEN ? (this.#mate[p + 1] as number) : -1;
      if (end < 0 || this.#kind(end + 1) !== Kind.Identifier) return;
      this.#takeOut(p, end);
      p = end + 1;
    }
  }

  #walk(): void {
    const stack: number[] = [];
    let starts = true;
    let tag = 0;
    for (let p = 0; p < this.#count; p++) {
      if (!this.#isLive(p)) continue;
      const inside = stack.at(-1) ?? Inside.Head;
      const kind = this.#kind(p);
      if (kind === Kind.Directive) {
        this.#statementStart = -1;
        starts = true;
      } else if (kind === Kind.Identifier) {
        const word = this.#word(p);
        if (word === Word.Tag) tag = Inside.Struct;
        else if (word === Word.Enum) tag = Inside.Enum;
        const last = this.#identifier(p, word, inside, starts);
        if (starts && inside === Inside.Block && this.#beginsSimple(p, word)) this.#openStatement(p, stack.length);
        if (this.#semicolonFollows(p)) this.#closeStatement(p, stack.length);
        // What was taken out or closed leaves the place where a statement may begin.
        if (this.#isLive(p)) starts = this.#startsAfter(p, word, starts && inside === Inside.Head);
        p = last;
      } else if (kind !== Kind.Punctuator) {
        if (kind === Kind.String) this.#afterString(p, inside);
        starts = false;
      } else {
        const c = this.#punct(p);
        if (starts && inside === Inside.Block && (c === OPEN || c === STAR || c === Punct.Other))
          this.#openStatement(p, stack.length);
        if (c === BRACE) {
          const now = this.#braceKind(p, tag, inside);
          stack.push(now);
          starts = now === Inside.Block || now === Inside.Struct;
          tag = 0;
          if (now === Inside.Initializer) p = this.#plainData(p);
        } else if (c === END_BRACE) {
          const was = stack.pop();
          if (stack.length < this.#statementDepth) this.#statementStart = -1;
          if (was === Inside.Block) this.#doLoop(p);
          starts = was === Inside.Block;
          tag = 0;
          if (was === Inside.Struct) this.#tail(p);
        } else if (c === OPEN || c === BRACKET) {
          if (c === OPEN) this.#opening(p, inside);
          stack.push(Inside.Group);
          starts = false;
        } else if (c === CLOSE || c === END_BRACKET) {
          if (stack.at(-1) === Inside.Group) stack.pop();
          starts = this.#closing(p, stack.at(-1) ?? Inside.Head);
          if (this.#semicolonFollows(p)) this.#closeStatement(p, stack.length);
        } else if (c === SEMICOLON) {
          starts = inside !== Inside.Group;
          if (starts) tag = 0;
          this.#closeStatement(p, stack.length);
        } else {
          starts = c === COLON && this.#label(p, inside);
        }
      }
    }
  }

  /** Long lists of numbers go to the parser as their first one. Returns the last position dealt with. */
  #plainData(open: number): number {
    const end = this.#mate[open] as number;
    if (end - open < 24 || this.#kind(open + 1) !== Kind.Number) return open;
    for (let p = open + 1; p < end; p++) {
      const kind = this.#kind(p);
      const c = this.#punct(p);
      if (kind !== Kind.Number && kind !== Kind.Character && c !== COMMA && c !== BRACE && c !== END_BRACE && c !== 45)
        return open;
    }
    this.#data.push(open + 2, end - 1);
    return end - 1;
  }

  /** The word at the beginning of a statement that ends with its semicolon and holds no other. */
  #beginsSimple(p: number, word: number): boolean {
    if (!this.#isLive(p) || this.#words.has(this.#live[p] as number)) return false;
    if (word === Word.Statement) return !/^(?:case|default)$/.test(this.#text(p));
    return this.#isName(p) ? this.#punct(p + 1) !== COLON : isSimpleWord(word);
  }

  #openStatement(p: number, depth: number): void {
    this.#statementStart = p;
    this.#statementDepth = depth;
  }

  #closeStatement(p: number, depth: number): void {
    if (this.#statementStart < 0 || depth !== this.#statementDepth) return;
    this.#statements.push(this.#live[this.#statementStart] as number, this.#live[p] as number);
    this.#statementStart = -1;
  }

  /** `do { … } MACRO(FALSE);` */
  #doLoop(p: number): void {
    const from = this.#mate[p] as number;
    if (from < 1 || this.#word(from - 1) !== Word.Branch || this.#text(from - 1) !== 'do') return;
    if (this.#isName(p + 1) && this.#punct(p + 2) === OPEN) this.#words.set(this.#live[p + 1] as number, 'while');
  }

  #startsAfter(p: number, word: number, head: boolean): boolean {
    if (word === Word.Branch || word === Word.Guard) return true;
    return (head && (word === Word.Storage || word === Word.Extern)) || this.#semicolonFollows(p);
  }

  #opening(p: number, inside: number): void {
    const call = inside !== Inside.Head && inside !== Inside.Struct && this.#isName(p - 1) && !this.#isName(p - 2);
    if (call && this.#word(p - 2) !== Word.Type) this.#arguments(p);
    this.#pointerConvention(p);
  }

  /** After a closing parenthesis or bracket; true when a statement may begin. */
  #closing(p: number, inside: number): boolean {
    if (this.#punct(p) !== CLOSE) return false;
    if (inside === Inside.Head) this.#postfix(p);
    const from = this.#mate[p] as number;
    if (from > 0 && this.#word(from - 1) === Word.Control) return true;
    if (this.#after.has(this.#live[p] as number)) return true;
    if (from > 0 && inside >= Inside.Block && this.#isName(from - 1) && this.#isLive(from - 1)) {
      if (inside === Inside.Initializer && this.#isName(p + 1)) this.#insertAfter(p, ',');
      else if (inside !== Inside.Struct) this.#afterString(p, inside);
    }
    return false;
  }

  /** Macros that stand for strings, beside a string or another such macro: `"a" NAME TEXT("b")`. */
  #afterString(p: number, inside: number): void {
    if (inside === Inside.Head || inside === Inside.Struct) return;
    let at = p + 1;
    for (;;) {
      if (this.#isName(at)) {
        const end = this.#punct(at + 1) === OPEN ? (this.#mate[at + 1] as number) : at;
        if (end < 0) return;
        this.#takeOut(at, end);
        at = end + 1;
      } else if (this.#kind(at) === Kind.String && at > p + 1 + (this.#kind(p) === Kind.String ? 0 : -1)) {
        this.#drop(at++);
      } else return;
    }
  }

  #braceKind(p: number, tag: number, inside: number): number {
    const before = this.#punct(p - 1);
    if (before === EQUALS || inside === Inside.Initializer) return Inside.Initializer;
    if (before === CLOSE) return Inside.Block;
    if (tag) return tag;
    const value = inside !== Inside.Enum;
    const after = before === END_BRACKET || (this.#isName(p - 1) && this.#isLive(p - 1));
    return this.#tokens.cpp && value && after ? Inside.Initializer : Inside.Block;
  }

  /** Deals with the word at `p`; returns the last position dealt with. */
  #identifier(p: number, word: number, inside: number, starts: boolean): number {
    switch (word) {
      case Word.Tag:
      case Word.Enum:
        return this.#afterTag(p);
      case Word.Assembler:
        return this.#assembler(p);
      case Word.Control:
        return this.#control(p);
      case Word.Typedef:
        if (this.#isName(p + 1) && this.#punct(p + 2) === SEMICOLON) this.#insertAfter(p, 'int');
        return p;
      case Word.Type:
        return this.#afterType(p, inside);
      case Word.GuardMacro:
        if (this.#guard(p)) return p;
        break;
    }
    if (!this.#isName(p)) return p;
    if (this.#isName(p + 1)) this.#neighbours(p, inside, starts);
    else if (this.#isDecoration(p, inside, starts)) this.#takeOut(p, p);
    else if (inside === Inside.Head && starts) this.#bareHead(p);
    if (!starts || !this.#isLive(p)) return p;
    if (inside === Inside.Block) return this.#statement(p);
    if (inside === Inside.Struct) return this.#member(p);
    return p;
  }

  /** A name with another name behind it. */
  #neighbours(p: number, inside: number, starts: boolean): void {
    if (inside === Inside.Initializer) {
      this.#insertAfter(p, ',');
    } else if (this.#isName(p + 2)) this.#crowd(p);
    else if (this.#punct(p - 1) === STAR) this.#wordsAfterStar(p);
    else if (inside === Inside.Struct && starts && this.#tokens.cpp && this.#punct(p + 2) === OPEN)
      this.#constructorMacro(p);
  }

  /** A name before a word that only begins a declaration, before a destructor, or alone. */
  #isDecoration(p: number, inside: number, starts: boolean): boolean {
    const next = this.#word(p + 1);
    if (this.#punct(p + 1) === OPEN) return /_CAST$/.test(this.#text(p));
    if (next === Word.Storage && this.#isName(p + 2) && this.#punct(p + 3) === OPEN) return false;
    if (isDeclarationWord(next))
      return inside !== Inside.Group && (inside !== Inside.Block || this.#sameLine(p, p + 1));
    if (next === Word.Operator) return this.#isName(p - 1) || this.#word(p - 1) === Word.Type;
    if (!starts) return false;
    if (next === Word.Qualifier) return inside === Inside.Head && this.#isName(p + 2) && this.#isName(p + 3);
    return this.#count === 1 || (inside === Inside.Struct && this.#punct(p + 1) === TILDE);
  }

  /** `MACRO Name(…)` in the class `Name`. */
  #constructorMacro(p: number): void {
    const name = this.#text(p + 1);
    for (let k = 1; k < p; k++) {
      const named = this.#word(k - 1) === Word.Tag || this.#word(k - 2) === Word.Tag;
      if (named && this.#isName(k) && this.#text(k) === name) return this.#takeOut(p, p);
    }
  }

  /** `MACRO void f(`, `static MACRO int x`: before these words a name means nothing to the syntax. */
  #afterType(p: number, inside: number): number {
    let last = p;
    while (this.#isName(last + 1)) last++;
    const pointer = this.#punct(last + 1) === OPEN && this.#punct(last + 2) === STAR;
    const extra = inside === Inside.Group && this.#punct(last + 1) === OPEN ? 0 : last - p - (pointer ? 0 : 1);
    for (let k = p + 1; k <= p + extra; k++) this.#takeOut(k, k);
    return p;
  }

  /** A function without a return type. */
  #bareHead(p: number): void {
    if (this.#punct(p + 1) !== OPEN || this.#tokens.cpp) return;
    const end = this.#mate[p + 1] as number;
    const after = this.#punct(end + 1);
    const storage = p > 0 && (this.#word(p - 1) === Word.Storage || this.#word(p - 1) === Word.Extern);
    if (end > 0 && (after === BRACE || (storage && after === SEMICOLON))) this.#insertBefore(p, 'int');
  }

  /** `if MACRO(x)`: the macro brings the parentheses. */
  #control(p: number): number {
    if (!this.#isName(p + 1) || this.#punct(p + 2) !== OPEN) return p;
    const end = this.#mate[p + 2] as number;
    if (end < 0) return p;
    this.#insertBefore(p + 1, '(');
    this.#insertAfter(end, ')');
    return p;
  }

  /** Three names or more in a row: one is the type, the last one is the name, the rest are macros. */
  #crowd(p: number): void {
    let last = p;
    while (this.#isName(last + 1)) last++;
    const tagged = this.#word(p - 1) === Word.Tag || this.#word(p - 1) === Word.Enum;
    const pointer = this.#punct(last + 1) === STAR;
    const named = !pointer && !(this.#punct(last + 1) === OPEN && this.#punct(last + 2) === STAR);
    const typeEnd = named ? last - 1 : last;
    const type = tagged ? p : this.#typeAmong(p, typeEnd);
    for (let k = p; k <= typeEnd; k++) if (k !== type) this.#takeOut(k, k);
  }

  #typeAmong(from: number, to: number): number {
    for (let p = from; p <= to; p++) if (this.#word(p) === Word.KnownType) return p;
    const last = this.#text(to);
    return to > from &&
      /(?:API|CALL|CALLTYPE|CONV|DECL|ENTRY|EXPORT|INLINE)_?$/i.test(last) &&
      last === last.toUpperCase()
      ? to - 1
      : to;
  }

  /** `PVOID * MACRO name`: after a star there is one name only. */
  #wordsAfterStar(p: number): void {
    if (!(this.#isName(p - 2) || this.#word(p - 2) === Word.Type)) return;
    const after = this.#punct(p + 2);
    if (after === OPEN || after === SEMICOLON || after === EQUALS || after === COMMA || after === CLOSE)
      this.#takeOut(p, p);
  }

  /** `struct MACRO(x) name {`, `struct MACRO name {`. */
  #afterTag(p: number): number {
    if (this.#isName(p + 1) && this.#punct(p + 2) === OPEN) {
      const end = this.#mate[p + 2] as number;
      if (end > 0 && (this.#isName(end + 1) || this.#punct(end + 1) === BRACE)) {
        this.#takeOut(p + 1, end);
        return end;
      }
    } else if (this.#isName(p + 1) && this.#isName(p + 2)) {
      const after = this.#punct(p + 3);
      if (after === BRACE || (after === COLON && this.#tokens.cpp)) this.#takeOut(p + 1, p + 1);
      else if (this.#isName(p + 3)) this.#crowd(p + 1);
    }
    return p;
  }

  /** After the closing brace of a structure: `} MACRO(x) name;`. */
  #tail(p: number): void {
    if (!this.#isName(p + 1)) return;
    if (this.#punct(p + 2) === OPEN) {
      const end = this.#mate[p + 2] as number;
      if (end > 0) this.#takeOut(p + 1, end);
    } else if (this.#isName(p + 2) && !this.#isName(p + 3)) this.#takeOut(p + 1, p + 1);
  }

  /** After the parameter list of a declaration: `f(void) MACRO;`, `f(void) MACRO(x) {`. */
  #postfix(p: number): void {
    let at = p + 1;
    while (this.#isName(at)) {
      const end = this.#punct(at + 1) === OPEN ? (this.#mate[at + 1] as number) : at;
      const after = this.#punct(end + 1);
      if (end < 0 || !(after === SEMICOLON || after === BRACE || this.#isName(end + 1))) return;
      this.#takeOut(at, end);
      at = end + 1;
    }
  }

  /** `(MACRO *name)(`: an unknown calling convention of a function pointer. */
  #pointerConvention(p: number): void {
    if (!this.#isName(p + 1) || this.#punct(p + 2) !== STAR || !this.#isName(p + 3)) return;
    if (this.#punct(p + 4) === CLOSE && this.#punct(p + 5) === OPEN) this.#takeOut(p + 1, p + 1);
  }

  /** A name that begins a statement. */
  #statement(p: number): number {
    const next = p + 1;
    if (this.#punct(next) === OPEN) return this.#statementCall(p);
    if (this.#punct(next) === BRACE) {
      if (!this.#tokens.cpp || (isCapital(this.#text(p)) && !this.#sameLine(p, next))) this.#takeOut(p, p);
      return p;
    }
    if (this.#endsHere(p, next)) this.#insertAfter(p, ';');
    return p;
  }

  /** A name alone on its line, before something that cannot belong to it. */
  #endsHere(p: number, next: number): boolean {
    if (next >= this.#count) return false;
    if (this.#punct(next) === END_BRACE || this.#kind(next) === Kind.Directive) return true;
    if (this.#kind(next) !== Kind.Identifier || this.#sameLine(p, next)) return false;
    if (!this.#isName(next)) return isStatementWord(this.#word(next));
    const after = this.#punct(next + 1);
    return isCapital(this.#text(p)) && (after === OPEN || after === 46 || after === Punct.Arrow);
  }

  #statementCall(p: number): number {
    const end = this.#mate[p + 1] as number;
    const next = end + 1;
    if (end < 0 || next >= this.#count) return p;
    if (this.#punct(next) === BRACE) {
      this.#words.set(this.#live[p] as number, /FOR|EACH|LOOP|WHILE|ITER/i.test(this.#text(p)) ? 'while' : 'if');
      return p;
    }
    if (this.#punct(next) === END_BRACE || this.#kind(next) === Kind.Directive) this.#insertAfter(end, ';');
    else if (this.#kind(next) === Kind.Identifier) {
      if (isStatementWord(this.#word(next)) || !this.#sameLine(end, next)) this.#insertAfter(end, ';');
      else {
        this.#takeOut(p, end);
        return end;
      }
    }
    return p;
  }

  /** A name that begins a member: `MACRO(x)` and `MACRO(x);` declare nothing that could be seen here. */
  #member(p: number): number {
    if (this.#punct(p + 1) !== OPEN) return p;
    const end = this.#mate[p + 1] as number;
    if (end < 0) return p;
    const after = this.#punct(end + 1);
    if (after === SEMICOLON && !this.#tokens.cpp) {
      this.#takeOut(p, end);
      this.#drop(end + 1);
      return end + 1;
    }
    const macro = this.#kind(end + 1) === Kind.Identifier && this.#word(end + 1) !== Word.Qualifier;
    if (after === END_BRACE || macro) {
      this.#takeOut(p, end);
      return end;
    }
    return p;
  }

  /** `try`, `finally`, `except`, `leave` where they are the macros; true when so. */
  #guard(p: number): boolean {
    const name = this.#text(p);
    const after = this.#punct(p + 1);
    const fits = name === 'except' ? after === OPEN : name === 'leave' ? after === SEMICOLON : after === BRACE;
    if (fits) this.#words.set(this.#live[p] as number, `__${name}`);
    return fits;
  }

  /** An inline assembler block, or the rest of its line, becomes an empty statement. */
  #assembler(p: number): number {
    let end = p;
    if (this.#punct(p + 1) === BRACE) end = this.#mate[p + 1] as number;
    else while (end + 1 < this.#count && this.#sameLine(p, end + 1) && this.#punct(end + 1) !== END_BRACE) end++;
    if (end <= p) return p;
    this.#takeOut(p + 1, end);
    this.#words.set(this.#live[p] as number, ';');
    return end;
  }

  /** `name:`, `case x:`, `public:`; a label at the end of a block wants a statement. True when a statement may follow. */
  #label(p: number, inside: number): boolean {
    if (inside === Inside.Struct) {
      // A bit field without a name.
      const before = this.#punct(p - 2);
      const unnamed = before === SEMICOLON || before === BRACE || before === END_BRACE || p < 2;
      if (this.#word(p - 1) === Word.Type || (unnamed && this.#isName(p - 1))) this.#insertBefore(p, 'x');
      return this.#word(p - 1) === Word.Keyword;
    }
    if (inside !== Inside.Block) return false;
    const before = this.#punct(p - 2);
    const simple =
      this.#isName(p - 1) &&
      (before === SEMICOLON || before === BRACE || before === END_BRACE || before === COLON || before === CLOSE);
    if (simple && (this.#punct(p + 1) === END_BRACE || this.#kind(p + 1) === Kind.Directive)) this.#insertAfter(p, ';');
    return simple || this.#inCase(p);
  }

  #inCase(p: number): boolean {
    for (let k = p - 1; k >= 0 && k > p - 40; k--) {
      if (this.#word(k) === Word.Statement) return /^(?:case|default)$/.test(this.#text(k));
      const c = this.#punct(k);
      if (c === SEMICOLON || c === BRACE || c === END_BRACE || c === 63) return false;
    }
    return false;
  }

  /** Arguments that are types or operators, which only macros take. */
  #arguments(open: number): void {
    const end = this.#mate[open] as number;
    if (end < 0) return;
    let from = open + 1;
    let depth = 0;
    for (let p = from; p <= end; p++) {
      const c = this.#punct(p);
      if (c === OPEN || c === BRACKET || c === BRACE) depth++;
      else if (p === end || (c === COMMA && depth === 0)) {
        if (p > from) this.#argument(from, p - 1);
        from = p + 1;
      } else if (c === CLOSE || c === END_BRACKET || c === END_BRACE) depth--;
    }
  }

  #argument(first: number, last: number): void {
    if (this.#isName(first) && this.#isName(first + 1) && (last === first + 1 || this.#punct(first + 2) === OPEN))
      return this.#afterString(first, Inside.Group);
    if (first === last && this.#kind(first) === Kind.Punctuator) {
      this.#words.set(this.#live[first] as number, 'x');
      return;
    }
    let from = first;
    while (from < last && isTypePrefix(this.#word(from))) from++;
    let to = last;
    while (to > from && this.#punct(to) === STAR) to--;
    const isType = this.#word(from) === Word.Type;
    if (to !== from || (from === first && to === last && !isType)) return;
    if (!isType && !this.#isName(from)) return;
    for (let p = first; p <= last; p++) if (p !== from) this.#drop(p);
    if (isType) this.#words.set(this.#live[from] as number, 'x');
  }
}

const isSimpleWord = (word: number): boolean =>
  word === Word.Type ||
  word === Word.Tag ||
  word === Word.Enum ||
  word === Word.Typedef ||
  word === Word.Extern ||
  word === Word.Storage ||
  word === Word.Qualifier ||
  word === Word.Replaced ||
  word === Word.Expression;

const isTypePrefix = (word: number): boolean =>
  word === Word.Tag || word === Word.Enum || word === Word.Qualifier || word === Word.Type || word === Word.Replaced;

/** Words that only begin a declaration. */
const isDeclarationWord = (word: number): boolean =>
  word === Word.Type ||
  word === Word.Storage ||
  word === Word.Typedef ||
  word === Word.Extern ||
  word === Word.Tag ||
  word === Word.Enum;

const isStatementWord = (word: number): boolean =>
  word === Word.Control ||
  word === Word.Branch ||
  word === Word.Statement ||
  word === Word.Guard ||
  word === Word.Type ||
  word === Word.Storage ||
  word === Word.Qualifier ||
  word === Word.Tag ||
  word === Word.Enum ||
  word === Word.Replaced;

const isCapital = (name: string): boolean => /^[A-Z_][A-Z0-9_]*$/.test(name);
