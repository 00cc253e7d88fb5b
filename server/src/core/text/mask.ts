import { BRACE, CLOSE, OPEN } from './characters.js';
import { isPunct, Kind, type Tokens, tokenText } from './lexer.js';
import { Word } from './words.js';

/** What becomes of a token. */
export const Fate = {
  /** Goes to the parser; a conditional directive that goes to the parser has it too. */
  Live: 0,
  /** An annotation: blanked, and told to whoever asks. */
  Annotation: 1,
  /** In a branch that is not compiled, or that would break the syntax. */
  Hidden: 2,
  /** A preprocessor line that only the file facts speak of. */
  Directive: 3,
  /** Blanked without meaning: the frame of a namespace or linkage block. */
  Frame: 4,
} as const;

/** Tokens with the fate of each. */
export interface Masked {
  readonly tokens: Tokens;
  readonly fate: Uint8Array;
  /** First and last token of every annotation, one after the other, in order. */
  readonly annotations: number[];
}

/**
 * Takes annotations, calling conventions and decorating macros out of the token stream by their names alone. The rest of
 * the macros needs the structure around them: see structure.ts.
 */
export function maskWords(tokens: Tokens): Masked {
  const fate = new Uint8Array(tokens.count);
  const annotations: number[] = [];
  const masked = { tokens, fate, annotations };
  for (let i = 0; i < tokens.count; i++) {
    if (tokens.kind[i] === Kind.Directive) fate[i] = Fate.Directive;
    else if (tokens.kind[i] === Kind.Identifier) i = maskWord(masked, i);
  }
  return masked;
}

/** Masks the word at `i` if it is an annotation; returns the last token dealt with. */
function maskWord(masked: Masked, i: number): number {
  const { tokens } = masked;
  switch (tokens.cls[i]) {
    case Word.Direction:
    case Word.Convention:
    case Word.Modifier:
      return blank(masked, i, i);
    case Word.Decoration:
      return blank(masked, i, argumentsEnd(tokens, i));
    case Word.Plain:
      if (tokens.text.charCodeAt(tokens.start[i] as number) !== 95 || !isSal(tokens, i)) return i;
      return blank(masked, i, argumentsEnd(tokens, i));
    default:
      return i;
  }
}

function blank(masked: Masked, first: number, last: number): number {
  for (let i = first; i <= last; i++) masked.fate[i] = Fate.Annotation;
  masked.annotations.push(first, last);
  return last;
}

/** Tokens of the longest argument list that is looked for. */
const longestArguments = 300;

/** Last token of the argument list after the word at `i`, or `i` where none follows or none ends. */
export function argumentsEnd(tokens: Tokens, i: number): number {
  if (i + 1 >= tokens.count || !isPunct(tokens, i + 1, OPEN)) return i;
  let depth = 0;
  const end = Math.min(tokens.count, i + longestArguments);
  for (let k = i + 1; k < end; k++) {
    if (isPunct(tokens, k, OPEN)) depth++;
    else if (isPunct(tokens, k, CLOSE) && --depth === 0) return k;
    else if (isPunct(tokens, k, BRACE) || tokens.kind[k] === Kind.Directive) return i;
  }
  return i;
}

/** Names of the second annotation language: `_In_opt_`, `_IRQL_requires_max_`. A tag never has small letters so. */
const secondSal = /^_[A-Z][A-Za-z0-9_]*_$/;
/** Names of the first: `__in_opt`, `__drv_requiresIRQL`. */
const firstSal =
  /^__(?:RPC__\w+|(?:in|out|inout|deref|pre|post)(?:_\w+)?|drv_\w+|[ebx]count\w*|(?:field|struct|part|full)_\w+|requires_\w+|acquires_\w+|releases_\w+)$/;
/** These are statements, and flow analysis wants to see them. */
const statementSal = /^_Analysis_assume_/;

function isSal(tokens: Tokens, i: number): boolean {
  const name = tokenText(tokens, i);
  if (name.charCodeAt(1) === 95) return firstSal.test(name);
  return secondSal.test(name) && /[a-z]/.test(name) && !statementSal.test(name) && !isTagName(tokens, i);
}

function isTagName(tokens: Tokens, i: number): boolean {
  const before = i > 0 && tokens.kind[i - 1] === Kind.Identifier ? tokens.cls[i - 1] : Word.Plain;
  return before === Word.Tag || before === Word.Enum;
}
