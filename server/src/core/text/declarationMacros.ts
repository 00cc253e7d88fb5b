import { BRACE, CLOSE, COLON, COMMA, EQUALS, OPEN, SEMICOLON, STAR, TILDE } from './characters.js';
import { Kind } from './lexer.js';
import { Inside, type Piece } from './piece.js';
import { isDeclarationWord, Word } from './words.js';

// Macros in and around declarations: unknown words before the type, between type and name, after the parameter list.

/** Macros with arguments in front of a declaration, and `extern "C"`. */
export function maskHead(piece: Piece): void {
  let p = 0;
  for (;;) {
    if (piece.word(p) === Word.Extern && piece.kind(p + 1) === Kind.String) {
      piece.takeOut(p, p + 1);
      p += 2;
      continue;
    }
    if (piece.word(p) === Word.Storage || piece.word(p) === Word.Extern) {
      p++;
      continue;
    }
    const end = piece.isName(p) && piece.punct(p + 1) === OPEN ? piece.mateOf(p + 1) : -1;
    if (end < 0 || piece.kind(end + 1) !== Kind.Identifier) return;
    piece.takeOut(p, end);
    p = end + 1;
  }
}

/** A name before a word that only begins a declaration, before a destructor, or alone. */
export function isDecoration(piece: Piece, p: number, inside: number, starts: boolean): boolean {
  const next = piece.word(p + 1);
  if (piece.punct(p + 1) === OPEN) return /_CAST$/.test(piece.text(p));
  if (next === Word.Storage && piece.isName(p + 2) && piece.punct(p + 3) === OPEN) return false;
  if (isDeclarationWord(next)) return inside !== Inside.Group && (inside !== Inside.Block || piece.sameLine(p, p + 1));
  if (next === Word.Operator) return piece.isName(p - 1) || piece.word(p - 1) === Word.Type;
  if (!starts) return false;
  if (next === Word.Qualifier) return inside === Inside.Head && piece.isName(p + 2) && piece.isName(p + 3);
  return piece.count === 1 || (inside === Inside.Struct && piece.punct(p + 1) === TILDE);
}

/** `MACRO Name(…)` in the class `Name`. */
export function maskConstructorMacro(piece: Piece, p: number): void {
  const name = piece.text(p + 1);
  for (let k = 1; k < p; k++) {
    const named = piece.word(k - 1) === Word.Tag || piece.word(k - 2) === Word.Tag;
    if (named && piece.isName(k) && piece.text(k) === name) return piece.takeOut(p, p);
  }
}

/** `MACRO void f(`, `static MACRO int x`: before these words a name means nothing to the syntax. */
export function maskAfterType(piece: Piece, p: number, inside: number): number {
  let last = p;
  while (piece.isName(last + 1)) last++;
  const pointer = piece.punct(last + 1) === OPEN && piece.punct(last + 2) === STAR;
  const extra = inside === Inside.Group && piece.punct(last + 1) === OPEN ? 0 : last - p - (pointer ? 0 : 1);
  for (let k = p + 1; k <= p + extra; k++) piece.takeOut(k, k);
  return p;
}

/** A function without a return type. */
export function addReturnType(piece: Piece, p: number): void {
  if (piece.punct(p + 1) !== OPEN || piece.cpp) return;
  const end = piece.mateOf(p + 1);
  const after = piece.punct(end + 1);
  const storage = p > 0 && (piece.word(p - 1) === Word.Storage || piece.word(p - 1) === Word.Extern);
  if (end > 0 && (after === BRACE || (storage && after === SEMICOLON))) piece.insertBefore(p, 'int');
}

/** Three names or more in a row: one is the type, the last one is the name, the rest are macros. */
export function maskCrowd(piece: Piece, p: number): void {
  let last = p;
  while (piece.isName(last + 1)) last++;
  const tagged = piece.word(p - 1) === Word.Tag || piece.word(p - 1) === Word.Enum;
  const pointer = piece.punct(last + 1) === STAR;
  const named = !pointer && !(piece.punct(last + 1) === OPEN && piece.punct(last + 2) === STAR);
  const typeEnd = named ? last - 1 : last;
  const type = tagged ? p : typeAmong(piece, p, typeEnd);
  for (let k = p; k <= typeEnd; k++) if (k !== type) piece.takeOut(k, k);
}

function typeAmong(piece: Piece, from: number, to: number): number {
  for (let p = from; p <= to; p++) if (piece.word(p) === Word.KnownType) return p;
  const last = piece.text(to);
  return to > from &&
    /(?:API|CALL|CALLTYPE|CONV|DECL|ENTRY|EXPORT|INLINE)_?$/i.test(last) &&
    last === last.toUpperCase()
    ? to - 1
    : to;
}

/** `PVOID * MACRO name`: after a star there is one name only. */
export function maskAfterStar(piece: Piece, p: number): void {
  if (!(piece.isName(p - 2) || piece.word(p - 2) === Word.Type)) return;
  const after = piece.punct(p + 2);
  if (after === OPEN || after === SEMICOLON || after === EQUALS || after === COMMA || after === CLOSE)
    piece.takeOut(p, p);
}

/** `struct MACRO(x) name {`, `struct MACRO name {`. */
export function maskAfterTag(piece: Piece, p: number): number {
  if (piece.isName(p + 1) && piece.punct(p + 2) === OPEN) {
    const end = piece.mateOf(p + 2);
    if (end > 0 && (piece.isName(end + 1) || piece.punct(end + 1) === BRACE)) {
      piece.takeOut(p + 1, end);
      return end;
    }
  } else if (piece.isName(p + 1) && piece.isName(p + 2)) {
    const after = piece.punct(p + 3);
    if (after === BRACE || (after === COLON && piece.cpp)) piece.takeOut(p + 1, p + 1);
    else if (piece.isName(p + 3)) maskCrowd(piece, p + 1);
  }
  return p;
}

/** After the closing brace of a structure: `} MACRO(x) name;`. */
export function maskTail(piece: Piece, p: number): void {
  if (!piece.isName(p + 1)) return;
  if (piece.punct(p + 2) === OPEN) {
    const end = piece.mateOf(p + 2);
    if (end > 0) piece.takeOut(p + 1, end);
  } else if (piece.isName(p + 2) && !piece.isName(p + 3)) piece.takeOut(p + 1, p + 1);
}

/** After the parameter list of a declaration: `f(void) MACRO;`, `f(void) MACRO(x) {`. */
export function maskPostfix(piece: Piece, p: number): void {
  let at = p + 1;
  while (piece.isName(at)) {
    const end = piece.punct(at + 1) === OPEN ? piece.mateOf(at + 1) : at;
    const after = piece.punct(end + 1);
    if (end < 0 || !(after === SEMICOLON || after === BRACE || piece.isName(end + 1))) return;
    piece.takeOut(at, end);
    at = end + 1;
  }
}

/** `(MACRO *name)(`: an unknown calling convention of a function pointer. */
export function maskPointerConvention(piece: Piece, p: number): void {
  if (!piece.isName(p + 1) || piece.punct(p + 2) !== STAR || !piece.isName(p + 3)) return;
  if (piece.punct(p + 4) === CLOSE && piece.punct(p + 5) === OPEN) piece.takeOut(p + 1, p + 1);
}
