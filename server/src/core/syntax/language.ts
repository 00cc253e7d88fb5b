import {
  AMPERSAND,
  BRACE,
  CLOSE,
  COLON,
  COMMA,
  END_BRACE,
  END_BRACKET,
  EQUALS,
  LESS,
  OPEN,
  SEMICOLON,
} from '../text/characters.js';
import { resolveConditionals } from '../text/conditionals.js';
import { directivesOf } from '../text/directives.js';
import { isPunct, Kind, lex, Punct, type Tokens, tokenText } from '../text/lexer.js';
import { Fate, type Masked, maskWords } from '../text/mask.js';
import { Word } from '../text/words.js';
import type { LanguageName } from './parser.js';

const cppName = /\.(?:cpp|cc|cxx|c\+\+|hpp|hh|hxx|h\+\+|inl|ixx|ipp)$/i;

/**
 * The grammar for a file: C++ for C++ sources and for headers that show it, C for everything else. `languageId` is the
 * editor's, where there is one; it calls every header C++ or every one C, so that it cannot decide for headers.
 */
export function languageOf(uri: string, text: string, languageId?: string): LanguageName {
  if (cppName.test(uri)) return 'cpp';
  if (/\.c$/i.test(uri)) return 'c';
  if (languageId === 'cpp' && !/\.h$/i.test(uri)) return 'cpp';
  return mayBeCpp.test(text) && showsCpp(text) ? 'cpp' : 'c';
}

/** Cheap test for anything that `showsCpp` could find. */
const mayBeCpp =
  /\b(?:class|namespace|template|public|private|protected)\b|::|\w\s*&\s*\w+\s*[,);]|=[^=;]*[,)]|\{\s*\}/;

function showsCpp(text: string): boolean {
  const masked = maskWords(lex(text, true));
  // The part that is for C++ only must not decide: it is how C headers are made fit for C++.
  resolveConditionals({ ...masked, tokens: { ...masked.tokens, cpp: false } }, directivesOf(masked.tokens));
  const { tokens } = masked;
  let braces = 0;
  let parentheses = 0;
  for (let i = 0; i < tokens.count; i++) {
    if (masked.fate[i] !== Fate.Live || tokens.kind[i] === Kind.Directive) continue;
    if (tokens.kind[i] === Kind.Identifier) {
      if (isCppWord(tokens, i)) return true;
    } else if (tokens.kind[i] === Kind.Punctuator) {
      const c = tokens.cls[i];
      if (c === Punct.Scope || (braces <= 0 && isCppParameter(masked, i, parentheses))) return true;
      if (c === BRACE && braces > 0 && isEmptyInitializer(tokens, i)) return true;
      if (c === BRACE || c === END_BRACE) braces += c === BRACE ? 1 : -1;
      else if (c === OPEN || c === CLOSE) parentheses += c === OPEN ? 1 : -1;
    }
  }
  return false;
}

function isCppWord(tokens: Tokens, i: number): boolean {
  const next = i + 1;
  if (next >= tokens.count) return false;
  switch (tokens.cls[i]) {
    case Word.Namespace:
      return tokens.kind[next] === Kind.Identifier || isPunct(tokens, next, BRACE);
    case Word.Template:
      return isPunct(tokens, next, LESS);
    case Word.Tag:
      return tokenText(tokens, i) === 'class' && tokens.kind[next] === Kind.Identifier;
    case Word.Keyword:
      if (!/^(?:public|private|protected)$/.test(tokenText(tokens, i))) return false;
      return isPunct(tokens, next, COLON) || (i > 0 && isPunct(tokens, i - 1, COLON));
    default:
      return false;
  }
}

/** `TYPE member{};` */
function isEmptyInitializer(tokens: Tokens, i: number): boolean {
  const named = tokens.kind[i - 1] === Kind.Identifier || isPunct(tokens, i - 1, END_BRACKET);
  return named && i + 2 < tokens.count && isPunct(tokens, i + 1, END_BRACE) && isPunct(tokens, i + 2, SEMICOLON);
}

/** `TYPE &name` and `name = default` between the parentheses of a declaration, `extern TYPE &name;`. */
function isCppParameter({ tokens }: Masked, i: number, parentheses: number): boolean {
  if (i === 0 || i + 2 >= tokens.count || tokens.kind[i - 1] !== Kind.Identifier) return false;
  if (isPunct(tokens, i, EQUALS)) return parentheses > 0;
  if (!isPunct(tokens, i, AMPERSAND) || tokens.kind[i + 1] !== Kind.Identifier) return false;
  return (
    isPunct(tokens, i + 2, CLOSE) ||
    isPunct(tokens, i + 2, COMMA) ||
    (parentheses === 0 && isPunct(tokens, i + 2, SEMICOLON))
  );
}
