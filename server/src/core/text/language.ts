import { resolveConditionals } from './conditionals.js';
import { directivesOf } from './directives.js';
import { isPunct, Kind, lex, Punct, tokenText } from './lexer.js';
import { Fate, type Masked, maskWords } from './mask.js';
import { Word } from './words.js';

const cppName = /\.(?:cpp|cc|cxx|c\+\+|hpp|hh|hxx|h\+\+|inl|ixx|ipp)$/i;
const headerName = /\.h$/i;

/** Grammar for a file: by its name, for a header by what it shows of C++. Unknown names count as C. */
export function languageOf(path: string, text: string): 'c' | 'cpp' {
  if (cppName.test(path)) return 'cpp';
  return headerName.test(path) && mayBeCpp.test(text) && showsCpp(text) ? 'cpp' : 'c';
}

/** Cheap test for anything that `showsCpp` could find. */
const mayBeCpp = /\b(?:class|namespace|template|public|private|protected|nullptr|operator)\b|::|\w\s*&\s*\w+\s*[,)]|=\s*[^=;]*[,)]/;

function showsCpp(text: string): boolean {
  const masked = maskWords(lex(text, true));
  // The part that is for C++ only must not decide: it is how C headers are made fit for C++.
  resolveConditionals({ ...masked, tokens: { ...masked.tokens, cpp: false } }, directivesOf(masked.tokens));
  let depth = 0;
  let parentheses = 0;
  for (let i = 0; i < masked.tokens.count; i++) {
    if (masked.fate[i] !== Fate.Live || masked.tokens.kind[i] === Kind.Directive) continue;
    if (isPunct(masked.tokens, i, 123)) depth++;
    else if (isPunct(masked.tokens, i, 125)) depth--;
    else if (isPunct(masked.tokens, i, 40)) parentheses++;
    else if (isPunct(masked.tokens, i, 41)) parentheses--;
    else if (isPunct(masked.tokens, i, Punct.Scope)) return true;
    if (isCppWord(masked, i) || (depth <= 0 && isCppParameter(masked, i, parentheses))) return true;
  }
  return false;
}

function isCppWord({ tokens }: Masked, i: number): boolean {
  if (tokens.kind[i] !== Kind.Identifier) return false;
  const next = i + 1 < tokens.count ? i + 1 : i;
  switch (tokens.cls[i]) {
    case Word.Namespace:
      return tokens.kind[next] === Kind.Identifier || isPunct(tokens, next, 123);
    case Word.Template:
      return isPunct(tokens, next, 60);
    case Word.Tag:
      return tokenText(tokens, i) === 'class' && tokens.kind[next] === Kind.Identifier;
    case Word.Keyword:
      return /^(?:public|private|protected)$/.test(tokenText(tokens, i)) && isPunct(tokens, next, 58);
    default:
      return false;
  }
}

/** `TYPE &name` and `name = default` between the parentheses of a declaration. */
function isCppParameter({ tokens }: Masked, i: number, parentheses: number): boolean {
  if (tokens.kind[i] !== Kind.Punctuator) return false;
  const named = i > 0 && tokens.kind[i - 1] === Kind.Identifier && tokens.kind[i + 1] === Kind.Identifier;
  if (isPunct(tokens, i, 61)) return parentheses > 0 && i > 0 && tokens.kind[i - 1] === Kind.Identifier;
  if (!isPunct(tokens, i, 38) || !named || i + 2 >= tokens.count) return false;
  return isPunct(tokens, i + 2, 41) || isPunct(tokens, i + 2, 44) || (parentheses === 0 && isPunct(tokens, i + 2, 59));
}
