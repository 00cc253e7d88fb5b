import { Kind, tokenText } from './lexer.js';
import { Fate, type Masked } from './mask.js';
import { replacementOf, Word } from './words.js';

/**
 * Text between two offsets at its own length, with comments, annotations and hidden branches blanked. Line breaks stay.
 * `from` and `to` are offsets; `first` and `last` the tokens between them.
 */
export function blankedText(masked: Masked, first: number, last: number, from: number, to: number): string {
  const { tokens, fate } = masked;
  const { text, start, end, kind, cls } = tokens;
  let result = '';
  let run = from;
  let at = from;
  for (let i = first; i <= last; i++) {
    if (fate[i] !== Fate.Live) continue;
    const begin = start[i] as number;
    if (!isWhite(text, at, begin)) {
      result += text.slice(run, at) + blanks(text.slice(at, begin));
      run = begin;
    }
    at = end[i] as number;
    if (kind[i] === Kind.Identifier && cls[i] === Word.Replaced) {
      const word = replacementOf(tokenText(tokens, i));
      result += text.slice(run, begin) + word.padEnd(at - begin);
      run = at;
    }
  }
  if (isWhite(text, at, to)) return result === '' ? text.slice(from, to) : result + text.slice(run, to);
  return result + text.slice(run, at) + blanks(text.slice(at, to));
}

function isWhite(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const c = text.charCodeAt(at);
    if (c !== 32 && c !== 10 && c !== 13 && c !== 9) return false;
  }
  return true;
}

const blanks = (text: string): string => text.replace(/[^\r\n\t]/g, ' ');
