import { BRACE, BRACKET, CLOSE, COMMA, END_BRACE, END_BRACKET, OPEN, STAR } from './characters.js';
import { Kind } from './lexer.js';
import { Inside, type Piece } from './piece.js';
import { isTypePrefix, Word } from './words.js';

// What only macros take as arguments, and macros that stand for strings.

/** Arguments that are types or operators, which only macros take. */
export function maskArguments(piece: Piece, open: number): void {
  const end = piece.mateOf(open);
  if (end < 0) return;
  let from = open + 1;
  let depth = 0;
  for (let p = from; p <= end; p++) {
    const c = piece.punct(p);
    if (c === OPEN || c === BRACKET || c === BRACE) depth++;
    else if (p === end || (c === COMMA && depth === 0)) {
      if (p > from) maskArgument(piece, from, p - 1);
      from = p + 1;
    } else if (c === CLOSE || c === END_BRACKET || c === END_BRACE) depth--;
  }
}

function maskArgument(piece: Piece, first: number, last: number): void {
  if (piece.isName(first) && piece.isName(first + 1) && (last === first + 1 || piece.punct(first + 2) === OPEN))
    return maskAfterString(piece, first, Inside.Group);
  if (first === last && piece.kind(first) === Kind.Punctuator) {
    piece.rename(first, 'x');
    return;
  }
  let from = first;
  while (from < last && isTypePrefix(piece.word(from))) from++;
  let to = last;
  while (to > from && piece.punct(to) === STAR) to--;
  const isType = piece.word(from) === Word.Type;
  if (to !== from || (from === first && to === last && !isType)) return;
  if (!isType && !piece.isName(from)) return;
  for (let p = first; p <= last; p++) if (p !== from) piece.drop(p);
  if (isType) piece.rename(from, 'x');
}

/** Macros that stand for strings, beside a string or another such macro: `"a" NAME TEXT("b")`. */
export function maskAfterString(piece: Piece, p: number, inside: number): void {
  if (inside === Inside.Head || inside === Inside.Struct) return;
  let at = p + 1;
  for (;;) {
    if (piece.isName(at)) {
      const end = piece.punct(at + 1) === OPEN ? piece.mateOf(at + 1) : at;
      if (end < 0) return;
      piece.takeOut(at, end);
      at = end + 1;
    } else if (piece.kind(at) === Kind.String && at > p + 1 + (piece.kind(p) === Kind.String ? 0 : -1)) {
      piece.drop(at++);
    } else return;
  }
}
