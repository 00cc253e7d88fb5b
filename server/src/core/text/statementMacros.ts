import { BRACE, CLOSE, COLON, DOT, END_BRACE, OPEN, QUESTION, SEMICOLON } from './characters.js';
import { Kind, Punct } from './lexer.js';
import { Inside, type Piece } from './piece.js';
import { isStatementWord, Word } from './words.js';

// Macros that stand for statements or their heads: with a semicolon of their own, for a loop, a condition, a case.

/** A name that begins a statement. */
export function maskStatement(piece: Piece, p: number): number {
  const next = p + 1;
  if (piece.punct(next) === OPEN) return maskStatementCall(piece, p);
  if (piece.punct(next) === BRACE) {
    if (!piece.cpp || (isCapital(piece.text(p)) && !piece.sameLine(p, next))) piece.takeOut(p, p);
    return p;
  }
  if (endsHere(piece, p, next)) piece.insertAfter(p, ';');
  return p;
}

/** A name alone on its line, before something that cannot belong to it. */
function endsHere(piece: Piece, p: number, next: number): boolean {
  if (next >= piece.count) return false;
  if (piece.punct(next) === END_BRACE || piece.kind(next) === Kind.Directive) return true;
  if (piece.kind(next) !== Kind.Identifier || piece.sameLine(p, next)) return false;
  if (!piece.isName(next)) return isStatementWord(piece.word(next));
  const after = piece.punct(next + 1);
  return isCapital(piece.text(p)) && (after === OPEN || after === DOT || after === Punct.Arrow);
}

function maskStatementCall(piece: Piece, p: number): number {
  const end = piece.mateOf(p + 1);
  const next = end + 1;
  if (end < 0 || next >= piece.count) return p;
  if (piece.punct(next) === BRACE) {
    piece.rename(p, /FOR|EACH|LOOP|WHILE|ITER/i.test(piece.text(p)) ? 'while' : 'if');
    return p;
  }
  if (piece.punct(next) === END_BRACE || piece.kind(next) === Kind.Directive) piece.insertAfter(end, ';');
  else if (piece.kind(next) === Kind.Identifier) {
    if (isStatementWord(piece.word(next)) || !piece.sameLine(end, next)) piece.insertAfter(end, ';');
    else {
      piece.takeOut(p, end);
      return end;
    }
  }
  return p;
}

/** A name that begins a member: `MACRO(x)` and `MACRO(x);` declare nothing that could be seen here. */
export function maskMember(piece: Piece, p: number): number {
  if (piece.punct(p + 1) !== OPEN) return p;
  const end = piece.mateOf(p + 1);
  if (end < 0) return p;
  const after = piece.punct(end + 1);
  if (after === SEMICOLON && !piece.cpp) {
    piece.takeOut(p, end);
    piece.drop(end + 1);
    return end + 1;
  }
  const macro = piece.kind(end + 1) === Kind.Identifier && piece.word(end + 1) !== Word.Qualifier;
  if (after === END_BRACE || macro) {
    piece.takeOut(p, end);
    return end;
  }
  return p;
}

/** `try`, `finally`, `except`, `leave` where they are the macros; true when so. */
export function isGuardMacro(piece: Piece, p: number): boolean {
  const name = piece.text(p);
  const after = piece.punct(p + 1);
  const fits = name === 'except' ? after === OPEN : name === 'leave' ? after === SEMICOLON : after === BRACE;
  if (fits) piece.rename(p, `__${name}`);
  return fits;
}

/** An inline assembler block, or the rest of its line, becomes an empty statement. */
export function maskAssembler(piece: Piece, p: number): number {
  let end = p;
  if (piece.punct(p + 1) === BRACE) end = piece.mateOf(p + 1);
  else while (end + 1 < piece.count && piece.sameLine(p, end + 1) && piece.punct(end + 1) !== END_BRACE) end++;
  if (end <= p) return p;
  piece.takeOut(p + 1, end);
  piece.rename(p, ';');
  return end;
}

/** `if MACRO(x)`: the macro brings the parentheses. */
export function addParentheses(piece: Piece, p: number): number {
  if (!piece.isName(p + 1) || piece.punct(p + 2) !== OPEN) return p;
  const end = piece.mateOf(p + 2);
  if (end < 0) return p;
  piece.insertBefore(p + 1, '(');
  piece.insertAfter(end, ')');
  return p;
}

/** `do { … } MACRO(FALSE);` */
export function readLoopEnd(piece: Piece, p: number): void {
  const from = piece.mateOf(p);
  if (from < 1 || piece.word(from - 1) !== Word.Branch || piece.text(from - 1) !== 'do') return;
  if (piece.isName(p + 1) && piece.punct(p + 2) === OPEN) piece.rename(p + 1, 'while');
}

/** `name:`, `case x:`, `public:`; a label at the end of a block wants a statement. True when a statement may follow. */
export function readLabel(piece: Piece, p: number, inside: number): boolean {
  if (inside === Inside.Struct) {
    // A bit field without a name.
    const before = piece.punct(p - 2);
    const unnamed = before === SEMICOLON || before === BRACE || before === END_BRACE || p < 2;
    if (piece.word(p - 1) === Word.Type || (unnamed && piece.isName(p - 1))) piece.insertBefore(p, 'x');
    return piece.word(p - 1) === Word.Keyword;
  }
  if (inside !== Inside.Block) return false;
  const before = piece.punct(p - 2);
  const simple =
    piece.isName(p - 1) &&
    (before === SEMICOLON || before === BRACE || before === END_BRACE || before === COLON || before === CLOSE);
  if (simple && (piece.punct(p + 1) === END_BRACE || piece.kind(p + 1) === Kind.Directive)) piece.insertAfter(p, ';');
  return simple || isInCase(piece, p);
}

function isInCase(piece: Piece, p: number): boolean {
  for (let k = p - 1; k >= 0 && k > p - 40; k--) {
    if (piece.word(k) === Word.Statement) return /^(?:case|default)$/.test(piece.text(k));
    const c = piece.punct(k);
    if (c === SEMICOLON || c === BRACE || c === END_BRACE || c === QUESTION) return false;
  }
  return false;
}

const isCapital = (name: string): boolean => /^[A-Z_][A-Z0-9_]*$/.test(name);
