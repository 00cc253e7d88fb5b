import { BRACE, BRACKET, CLOSE, COLON, COMMA, END_BRACE, END_BRACKET, EQUALS, OPEN, SEMICOLON } from './characters.js';
import { isPunct, Kind, type Tokens } from './lexer.js';
import { Word } from './words.js';

/** Brackets that may be open. */
export const Open = { Block: 1, Struct: 2, Enum: 3, Initializer: 4, Parenthesis: 5 } as const;

/** How the text before a place ends. The first ones are ends of statements or declarations. */
const Before = {
  Start: 0,
  Semicolon: 1,
  OpenBrace: 2,
  CloseBrace: 3,
  Label: 4,
  MacroCall: 5,
  Comma: 6,
  Other: 7,
} as const;

/** A place in the token stream: what is open there, and what stands before it. Cheap to copy. */
export class Place {
  readonly #tokens: Tokens;
  readonly stack: number[];
  #before: number = Before.Start;
  /** Tokens where the current statement began, and the last one; -1 for none. */
  #statement = -1;
  #last = -1;
  /** What a brace would open after `struct` or `enum`; 0 without one. */
  #tag = 0;
  /** First token since the copy was made, and the least number of brackets that were open since. */
  first = -1;
  least: number;

  constructor(tokens: Tokens, stack: number[] = []) {
    this.#tokens = tokens;
    this.stack = stack;
    this.least = stack.length;
  }

  copy(): Place {
    const place = new Place(this.#tokens, [...this.stack]);
    place.#before = this.#before;
    place.#statement = this.#statement;
    place.#last = this.#last;
    place.#tag = this.#tag;
    return place;
  }

  get top(): number | undefined {
    return this.stack.at(-1);
  }

  /** A statement, declaration, member or enumerator ends before the place. */
  get isBoundary(): boolean {
    return this.#endsStatement || (this.#before === Before.Comma && this.top === Open.Enum);
  }

  get #endsStatement(): boolean {
    return this.#before < Before.Comma;
  }

  /** Moves behind the token. */
  pass(i: number): void {
    if (this.first < 0) this.first = i;
    if (this.#tokens.kind[i] === Kind.Punctuator) this.#punctuator(i, this.#tokens.cls[i] as number);
    else this.#word(i);
    this.#last = i;
  }

  #word(i: number): void {
    if (this.#endsStatement) this.#statement = i;
    this.#before = Before.Other;
    if (this.#tokens.kind[i] !== Kind.Identifier) return;
    if (this.#tokens.cls[i] === Word.Tag) this.#tag = Open.Struct;
    else if (this.#tokens.cls[i] === Word.Enum) this.#tag = Open.Enum;
  }

  #punctuator(i: number, c: number): void {
    switch (c) {
      case BRACE:
        this.stack.push(this.#braceKind());
        this.#before = this.top === Open.Initializer ? Before.Other : Before.OpenBrace;
        this.#tag = 0;
        return;
      case END_BRACE:
        this.#before = this.#pop() === Open.Block ? Before.CloseBrace : Before.Other;
        this.#tag = 0;
        return;
      case OPEN:
      case BRACKET:
        if (this.#endsStatement) this.#statement = i;
        this.stack.push(Open.Parenthesis);
        this.#before = Before.Other;
        return;
      case CLOSE:
      case END_BRACKET:
        if (this.top === Open.Parenthesis) this.#pop();
        this.#before = c === CLOSE && this.#closesMacroCall(i) ? Before.MacroCall : Before.Other;
        return;
      case SEMICOLON:
        this.#before = this.top === Open.Parenthesis ? Before.Other : Before.Semicolon;
        if (this.#endsStatement) this.#tag = 0;
        return;
      case COLON:
        this.#before = this.#endsLabel() ? Before.Label : Before.Other;
        return;
      default:
        if (this.#endsStatement) this.#statement = i;
        this.#before = c === COMMA ? Before.Comma : Before.Other;
    }
  }

  #pop(): number {
    const kind = this.stack.pop() ?? Open.Block;
    this.least = Math.min(this.least, this.stack.length);
    return kind;
  }

  #braceKind(): number {
    if (this.top === Open.Initializer || this.#isLast(EQUALS)) return Open.Initializer;
    return this.#isLast(CLOSE) ? Open.Block : this.#tag || Open.Block;
  }

  #isLast(code: number): boolean {
    return this.#last >= 0 && isPunct(this.#tokens, this.#last, code);
  }

  /** Inside braces that hold statements or declarations, and at the top of the file. */
  get #holdsStatements(): boolean {
    return this.top !== Open.Initializer && this.top !== Open.Parenthesis;
  }

  /** `NAME(...)` alone since the last statement: a macro that brings its own semicolon. */
  #closesMacroCall(i: number): boolean {
    const tokens = this.#tokens;
    const name = this.#statement;
    if (name < 0 || !this.#holdsStatements || !isPunct(tokens, name + 1, OPEN)) return false;
    if (tokens.kind[name] !== Kind.Identifier || tokens.cls[name] !== Word.Plain) return false;
    let depth = 0;
    for (let k = name + 1; k < i; k++) {
      if (isPunct(tokens, k, OPEN)) depth++;
      else if (isPunct(tokens, k, CLOSE) && --depth === 0) return false;
    }
    return true;
  }

  /** `name:`, `case x:`, `public:` */
  #endsLabel(): boolean {
    const first = this.#statement;
    if (first < 0 || !this.#holdsStatements || this.#tokens.kind[first] !== Kind.Identifier) return false;
    const word = this.#tokens.cls[first];
    return word === Word.Statement || word === Word.Keyword || this.#last === first;
  }
}
