import { maskAfterString, maskArguments } from './argumentMacros.js';
import {
  BRACE,
  BRACKET,
  CLOSE,
  COLON,
  COMMA,
  END_BRACE,
  END_BRACKET,
  EQUALS,
  MINUS,
  OPEN,
  SEMICOLON,
  STAR,
} from './characters.js';
import type { Chunk } from './chunks.js';
import {
  addReturnType,
  isDecoration,
  maskAfterStar,
  maskAfterTag,
  maskAfterType,
  maskConstructorMacro,
  maskCrowd,
  maskHead,
  maskPointerConvention,
  maskPostfix,
  maskTail,
} from './declarationMacros.js';
import { Kind, Punct } from './lexer.js';
import type { Masked } from './mask.js';
import { Inside, Piece } from './piece.js';
import {
  addParentheses,
  isGuardMacro,
  maskAssembler,
  maskMember,
  maskStatement,
  readLabel,
  readLoopEnd,
} from './statementMacros.js';
import { isSimpleWord, Word } from './words.js';

/** How the tokens of one piece go to the parser. */
export interface Structure {
  /** The tokens that go there. */
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

const deepest = 250;

/**
 * Finds macros that only their surroundings give away, inside one piece: unknown words before a declaration, macros that
 * bring their own semicolon or stand for a loop head, types as arguments. What cannot be parsed is taken out or renamed.
 */
export function readStructure(masked: Masked, chunk: Chunk): Structure {
  return new StructureReader(new Piece(masked, chunk)).run();
}

class StructureReader {
  readonly #piece: Piece;
  readonly #stack: number[] = [];
  /** A statement, declaration or member may begin here. */
  #starts = true;
  /** What a brace would open after `struct` or `enum`; 0 without one. */
  #tag = 0;
  readonly #statements: number[] = [];
  /** Position where a simple statement began, -1 outside of one, and the number of brackets around it. */
  #statementStart = -1;
  #statementDepth = 0;
  /** Positions of plain data that the parser need not see: first and last, one after the other. */
  readonly #data: number[] = [];

  constructor(piece: Piece) {
    this.#piece = piece;
  }

  run(): Structure {
    const piece = this.#piece;
    const { words, before, after, annotations } = piece;
    const tooDeep = piece.depth > deepest;
    if (!tooDeep) {
      maskHead(piece);
      for (let p = 0; p < piece.count; p++) if (piece.isLive(p)) p = this.#position(p);
    }
    return { live: this.#live(), words, before, after, statements: this.#statements, tooDeep, annotations };
  }

  #live(): Int32Array {
    const piece = this.#piece;
    const live: number[] = [];
    for (let p = 0, skip = 0; p < piece.count; p++) {
      if (p === this.#data[skip]) {
        p = this.#data[skip + 1] as number;
        skip += 2;
      } else if (piece.isLive(p)) live.push(piece.tokenAt(p));
    }
    return Int32Array.from(live);
  }

  get #inside(): number {
    return this.#stack.at(-1) ?? Inside.Head;
  }

  /** Deals with the token at a position; returns the last position dealt with. */
  #position(p: number): number {
    switch (this.#piece.kind(p)) {
      case Kind.Directive:
        this.#statementStart = -1;
        this.#starts = true;
        return p;
      case Kind.Identifier:
        return this.#identifier(p);
      case Kind.Punctuator:
        return this.#punctuator(p, this.#piece.punct(p));
      case Kind.String:
        if (this.#inside !== Inside.Struct) maskAfterString(this.#piece, p, this.#inside);
        this.#starts = false;
        return p;
      default:
        this.#starts = false;
        return p;
    }
  }

  #identifier(p: number): number {
    const piece = this.#piece;
    const word = piece.word(p);
    const inside = this.#inside;
    if (word === Word.Tag) this.#tag = Inside.Struct;
    else if (word === Word.Enum) this.#tag = Inside.Enum;
    const last = this.#word(p, word, inside);
    if (this.#starts && inside === Inside.Block && this.#beginsSimple(p, word)) this.#openStatement(p);
    this.#closeInserted(p);
    // What was taken out leaves the place where a statement may begin.
    if (piece.isLive(p)) this.#starts = this.#startsAfter(p, word, this.#starts && inside === Inside.Head);
    return last;
  }

  #startsAfter(p: number, word: number, head: boolean): boolean {
    if (word === Word.Branch || word === Word.Guard) return true;
    return (head && (word === Word.Storage || word === Word.Extern)) || this.#piece.inserted(p) === ';';
  }

  /** Masks what the word at `p` gives away; returns the last position dealt with. */
  #word(p: number, word: number, inside: number): number {
    const piece = this.#piece;
    switch (word) {
      case Word.Tag:
      case Word.Enum:
        return maskAfterTag(piece, p);
      case Word.Assembler:
        return maskAssembler(piece, p);
      case Word.Control:
        return addParentheses(piece, p);
      case Word.Typedef:
        if (piece.isName(p + 1) && piece.punct(p + 2) === SEMICOLON) piece.insertAfter(p, 'int');
        return p;
      case Word.Type:
        return maskAfterType(piece, p, inside);
      default:
        return piece.isName(p) && !(word === Word.GuardMacro && isGuardMacro(piece, p)) ? this.#name(p, inside) : p;
    }
  }

  #name(p: number, inside: number): number {
    const piece = this.#piece;
    if (piece.isName(p + 1)) this.#neighbours(p, inside);
    else if (isDecoration(piece, p, inside, this.#starts)) piece.takeOut(p, p);
    else if (inside === Inside.Head && this.#starts) addReturnType(piece, p);
    if (!this.#starts || !piece.isLive(p)) return p;
    if (inside === Inside.Block) return maskStatement(piece, p);
    return inside === Inside.Struct ? maskMember(piece, p) : p;
  }

  /** A name with another name behind it. */
  #neighbours(p: number, inside: number): void {
    const piece = this.#piece;
    const member = inside === Inside.Struct && this.#starts && piece.cpp;
    if (inside === Inside.Initializer) piece.insertAfter(p, ',');
    else if (piece.isName(p + 2)) maskCrowd(piece, p);
    else if (piece.punct(p - 1) === STAR) maskAfterStar(piece, p);
    else if (member && piece.punct(p + 2) === OPEN) maskConstructorMacro(piece, p);
  }

  #punctuator(p: number, c: number): number {
    const beginsSimple = c === OPEN || c === STAR || c === Punct.Other;
    if (this.#starts && beginsSimple && this.#inside === Inside.Block) this.#openStatement(p);
    switch (c) {
      case BRACE:
        return this.#brace(p);
      case END_BRACE:
        this.#endBrace(p);
        return p;
      case OPEN:
      case BRACKET:
        if (c === OPEN) this.#opening(p);
        this.#stack.push(Inside.Group);
        this.#starts = false;
        return p;
      case CLOSE:
      case END_BRACKET:
        if (this.#inside === Inside.Group) this.#stack.pop();
        this.#starts = this.#closing(p);
        this.#closeInserted(p);
        return p;
      case SEMICOLON:
        this.#starts = this.#inside !== Inside.Group;
        if (this.#starts) this.#tag = 0;
        this.#closeStatement(p);
        return p;
      default:
        this.#starts = c === COLON && readLabel(this.#piece, p, this.#inside);
        return p;
    }
  }

  #brace(p: number): number {
    const now = this.#braceKind(p);
    this.#stack.push(now);
    this.#starts = now === Inside.Block || now === Inside.Struct;
    this.#tag = 0;
    return now === Inside.Initializer ? this.#plainData(p) : p;
  }

  #braceKind(p: number): number {
    const piece = this.#piece;
    const inside = this.#inside;
    const before = piece.punct(p - 1);
    if (before === EQUALS || inside === Inside.Initializer) return Inside.Initializer;
    if (before === CLOSE) return Inside.Block;
    if (this.#tag) return this.#tag;
    const value = before === END_BRACKET || (piece.isName(p - 1) && piece.isLive(p - 1));
    return piece.cpp && inside !== Inside.Enum && value ? Inside.Initializer : Inside.Block;
  }

  #endBrace(p: number): void {
    const was = this.#stack.pop();
    if (this.#stack.length < this.#statementDepth) this.#statementStart = -1;
    if (was === Inside.Block) readLoopEnd(this.#piece, p);
    if (was === Inside.Struct) maskTail(this.#piece, p);
    this.#starts = was === Inside.Block;
    this.#tag = 0;
  }

  /** Long lists of numbers go to the parser as their first one. Returns the last position dealt with. */
  #plainData(open: number): number {
    const piece = this.#piece;
    const end = piece.mateOf(open);
    if (end - open < 24 || piece.kind(open + 1) !== Kind.Number) return open;
    for (let p = open + 1; p < end; p++) {
      const c = piece.punct(p);
      const number = piece.kind(p) === Kind.Number || piece.kind(p) === Kind.Character;
      if (!number && c !== COMMA && c !== BRACE && c !== END_BRACE && c !== MINUS) return open;
    }
    this.#data.push(open + 2, end - 1);
    return end - 1;
  }

  #opening(p: number): void {
    const piece = this.#piece;
    const inside = this.#inside;
    const call = inside !== Inside.Head && inside !== Inside.Struct && piece.isName(p - 1) && !piece.isName(p - 2);
    if (call && piece.word(p - 2) !== Word.Type) maskArguments(piece, p);
    maskPointerConvention(piece, p);
  }

  /** After a closing parenthesis or bracket; true when a statement may begin. */
  #closing(p: number): boolean {
    const piece = this.#piece;
    const inside = this.#inside;
    if (piece.punct(p) !== CLOSE) return false;
    if (inside === Inside.Head) maskPostfix(piece, p);
    const from = piece.mateOf(p);
    if (from > 0 && piece.word(from - 1) === Word.Control) return true;
    if (piece.inserted(p) !== undefined) return true;
    if (from > 0 && inside >= Inside.Block && piece.isName(from - 1) && piece.isLive(from - 1)) {
      if (inside === Inside.Initializer && piece.isName(p + 1)) piece.insertAfter(p, ',');
      else if (inside !== Inside.Struct) maskAfterString(piece, p, inside);
    }
    return false;
  }

  /** The word at the beginning of a statement that ends with its semicolon and holds no other. */
  #beginsSimple(p: number, word: number): boolean {
    const piece = this.#piece;
    if (!piece.isLive(p) || piece.isRenamed(p)) return false;
    if (word === Word.Statement) return !/^(?:case|default)$/.test(piece.text(p));
    return piece.isName(p) ? piece.punct(p + 1) !== COLON : isSimpleWord(word);
  }

  #openStatement(p: number): void {
    this.#statementStart = p;
    this.#statementDepth = this.#stack.length;
  }

  /** Ends the statement at a semicolon that only the parser sees. */
  #closeInserted(p: number): void {
    if (this.#piece.inserted(p) === ';') this.#closeStatement(p);
  }

  #closeStatement(p: number): void {
    if (this.#statementStart < 0 || this.#stack.length !== this.#statementDepth) return;
    this.#statements.push(this.#piece.tokenAt(this.#statementStart), this.#piece.tokenAt(p));
    this.#statementStart = -1;
  }
}
