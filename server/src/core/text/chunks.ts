import { BRACE, CLOSE, COMMA, END_BRACE, EQUALS, OPEN, SEMICOLON, STAR } from './characters.js';
import type { KeptDirective, Resolved } from './conditionals.js';
import { branchConditions } from './directives.js';
import { isPunct, Kind, type Tokens } from './lexer.js';
import { Fate, type Masked } from './mask.js';
import { Word } from './words.js';

/** One top-level piece of a file: token range [first, last], of which the live ones are the syntax. */
export interface Chunk {
  readonly first: number;
  readonly last: number;
  readonly conditions: readonly string[];
}

/**
 * Cuts a file into its top-level pieces, so that each can be parsed by itself: an error in one cannot reach another, and
 * an edit costs the piece it is in. Blocks of namespaces and linkage specifications are opened.
 */
export function splitChunks(masked: Masked, resolved: Resolved): Chunk[] {
  return new Splitter(masked, resolved).run();
}

class Splitter {
  readonly #masked: Masked;
  readonly #tokens: Tokens;
  readonly #kept: ReadonlyMap<number, KeptDirective>;
  readonly #chunks: Chunk[] = [];
  #conditions: readonly string[] = [];
  readonly #outer: (readonly string[])[] = [];
  /** First token of the piece that is being read, annotations included; -1 between pieces. */
  #first = -1;
  #last = -1;
  #depth = 0;
  #frames = 0;
  #parentheses = 0;
  #previous = -1;
  #beforePrevious = -1;
  /** The brace that is open belongs to a function, so that its end is the end of the piece. */
  #inFunction = false;
  #sawTypedef = false;
  #sawAssign = false;
  #sawGroup = false;
  #tag = -1;
  #closedBody = false;

  constructor(masked: Masked, resolved: Resolved) {
    this.#masked = masked;
    this.#tokens = masked.tokens;
    this.#kept = resolved.kept;
  }

  run(): Chunk[] {
    const { fate } = this.#masked;
    const { kind, count } = this.#tokens;
    for (let i = 0; i < count; i++) {
      const f = fate[i];
      if (f === Fate.Live) {
        if (kind[i] === Kind.Directive) this.#directive(i);
        else this.#token(i);
      } else if (f === Fate.Annotation) {
        if (this.#first < 0) this.#first = i;
        this.#last = i;
      }
    }
    this.#flush();
    return this.#chunks;
  }

  #flush(): void {
    if (this.#first >= 0 && this.#previous >= 0) {
      this.#chunks.push({ first: this.#first, last: this.#last, conditions: this.#conditions });
    }
    this.#reset();
  }

  #reset(): void {
    this.#first = this.#previous = this.#beforePrevious = this.#tag = -1;
    this.#depth = this.#parentheses = 0;
    this.#inFunction = this.#sawTypedef = this.#sawAssign = this.#sawGroup = this.#closedBody = false;
  }

  #directive(i: number): void {
    const kept = this.#kept.get(i);
    if (!kept) return;
    if (this.#depth > 0) {
      this.#last = i;
      return;
    }
    this.#flush();
    if (kept.branch < 0) this.#conditions = this.#outer.pop() ?? [];
    else {
      if (kept.branch === 0) this.#outer.push(this.#conditions);
      this.#conditions = [...(this.#outer.at(-1) ?? []), ...branchConditions(kept.group, kept.branch)];
    }
  }

  #token(i: number): void {
    const tokens = this.#tokens;
    if (this.#first >= 0 && this.#beginsAnew(i)) this.#flush();
    if (this.#first < 0) this.#first = i;
    this.#last = i;
    const c = tokens.kind[i] === Kind.Punctuator ? (tokens.cls[i] as number) : 0;
    if (c === BRACE) {
      if (this.#depth === 0 && this.#opensFrame()) return this.#frame(i);
      if (this.#depth++ === 0) this.#openBody();
    } else if (c === END_BRACE) {
      if (this.#depth === 0) return this.#strayBrace(i);
      if (--this.#depth === 0) {
        this.#closedBody = true;
        if (this.#inFunction && !this.#goesOn(i)) return this.#flush();
      }
    } else if (this.#depth === 0) {
      if (this.#headToken(i, c)) return;
    }
    this.#beforePrevious = this.#previous;
    this.#previous = i;
  }

  /** Takes note of a token outside braces; true when it ended the piece. */
  #headToken(i: number, c: number): boolean {
    if (c === OPEN) this.#parentheses++;
    else if (c === CLOSE) {
      if (this.#parentheses > 0 && --this.#parentheses === 0) this.#sawGroup = true;
    } else if (c === SEMICOLON) {
      this.#previous = i;
      this.#flush();
      return true;
    } else if (c === EQUALS) this.#sawAssign ||= this.#parentheses === 0;
    else if (this.#tokens.kind[i] === Kind.Identifier && this.#parentheses === 0) {
      const word = this.#tokens.cls[i];
      if (word === Word.Typedef) this.#sawTypedef = true;
      else if (word === Word.Tag || word === Word.Enum) this.#tag = i;
      else if (word === Word.Operator) this.#tag = -1;
    }
    return false;
  }

  #openBody(): void {
    const afterGroup = this.#previous >= 0 && isPunct(this.#tokens, this.#previous, CLOSE);
    const attribute = this.#tag >= 0 && isPunct(this.#tokens, this.#tag + 2, OPEN);
    const isBody = this.#tag >= 0 && (!this.#sawGroup || (attribute && !afterGroup));
    this.#inFunction = !this.#sawTypedef && !this.#sawAssign && !isBody;
    this.#parentheses = 0;
  }

  /** What follows a closing brace still belongs to the function: a member initialiser list, or a stray semicolon. */
  #goesOn(i: number): boolean {
    const next = this.#next(i);
    if (next < 0) return false;
    if (isPunct(this.#tokens, next, SEMICOLON)) return true;
    if (!this.#tokens.cpp) return false;
    return isPunct(this.#tokens, next, COMMA) || isPunct(this.#tokens, next, BRACE) || isCatch(this.#tokens, next);
  }

  #next(i: number): number {
    const { fate, tokens } = this.#masked;
    for (let k = i + 1; k < tokens.count; k++) {
      if (fate[k] !== Fate.Live) continue;
      return tokens.kind[k] === Kind.Directive ? -1 : k;
    }
    return -1;
  }

  #opensFrame(): boolean {
    const tokens = this.#tokens;
    if (this.#previous < 0) return false;
    if (tokens.kind[this.#previous] === Kind.String) {
      return this.#beforePrevious >= 0 && tokens.cls[this.#beforePrevious] === Word.Extern;
    }
    for (let k = this.#first; k <= this.#previous; k++) {
      if (tokens.kind[k] !== Kind.Identifier) continue;
      if (tokens.cls[k] === Word.Namespace) return true;
      if (tokens.cls[k] !== Word.Storage) return false;
    }
    return false;
  }

  #frame(i: number): void {
    for (let k = this.#first; k <= i; k++) if (this.#masked.fate[k] === Fate.Live) this.#masked.fate[k] = Fate.Frame;
    this.#frames++;
    this.#reset();
  }

  #strayBrace(i: number): void {
    if (this.#frames > 0) this.#frames--;
    this.#masked.fate[i] = Fate.Frame;
    if (this.#first === i) this.#first = -1;
    this.#flush();
  }

  /**
   * A function head at the left margin inside something that never ended: the piece so far is given up so that this
   * function is not. In whole text a function cannot begin there.
   */
  #beginsAnew(i: number): boolean {
    const tokens = this.#tokens;
    if (this.#depth === 0 && this.#parentheses === 0 && !this.#closedBody) return false;
    if (tokens.kind[i] !== Kind.Identifier || !atMargin(tokens.text, tokens.start[i] as number)) return false;
    if (this.#depth > 0 && !this.#inFunction && tokens.cpp) return false;
    return this.#isFunctionHead(i);
  }

  /** Words and stars, at least two words, then parentheses and an opening brace. */
  #isFunctionHead(from: number): boolean {
    const { fate, tokens } = this.#masked;
    let words = 0;
    let depth = 0;
    for (let k = from, seen = 0; k < tokens.count && seen < 400; k++) {
      if (fate[k] !== Fate.Live) continue;
      seen++;
      if (tokens.kind[k] === Kind.Identifier) {
        if (depth === 0 && (!isHeadWord(tokens.cls[k] as number) || words < 0)) return false;
        if (depth === 0) words++;
        continue;
      }
      if (tokens.kind[k] !== Kind.Punctuator) return false;
      const c = tokens.cls[k];
      if (c === OPEN) {
        if (words < 2 && depth === 0) return false;
        depth++;
      } else if (c === CLOSE) {
        if (--depth === 0) words = -1;
      } else if (c === BRACE) return depth === 0 && words === -1;
      else if (depth === 0 && (c !== STAR || words < 0)) return false;
      else if (c === SEMICOLON || c === END_BRACE) return false;
    }
    return false;
  }
}

function isHeadWord(word: number): boolean {
  switch (word) {
    case Word.Plain:
    case Word.KnownType:
    case Word.Type:
    case Word.Storage:
    case Word.Qualifier:
    case Word.Extern:
    case Word.Replaced:
    case Word.Tag:
      return true;
    default:
      return false;
  }
}

function atMargin(text: string, offset: number): boolean {
  const before = text.charCodeAt(offset - 1);
  return offset === 0 || before === 10 || before === 13;
}

const isCatch = (tokens: Tokens, i: number): boolean =>
  tokens.kind[i] === Kind.Identifier && tokens.text.startsWith('catch', tokens.start[i]);
