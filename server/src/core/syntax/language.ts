import type { LanguageName } from './parser.js';

/** The grammar for a file: C++ for C++ sources and for headers that show it, C for everything else. `languageId` is the
 * editor's, where there is one. */
export function languageOf(uri: string, text: string, languageId?: string): LanguageName {
  if (/\.(cpp|cc|cxx|hpp|hxx|hh|ipp)$/i.test(uri)) return 'cpp';
  if (/\.c$/i.test(uri)) return 'c';
  if (languageId === 'cpp' && !/\.h$/i.test(uri)) return 'cpp';
  return showsCpp(text) ? 'cpp' : 'c';
}

/** `class Name`, `namespace`, `template <` at the start of a line; `extern "C"` under __cplusplus is no sign. */
function showsCpp(text: string): boolean {
  return /^[ \t]*(class\s+\w+\s*[:{]|namespace\s+\w*\s*\{|template\s*<|using\s+\w+\s*=|enum\s+class\b)/m.test(text);
}
