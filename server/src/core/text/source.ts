import { type Chunk, splitChunks } from './chunks.js';
import { type ConditionalOptions, type Resolved, resolveConditionals } from './conditionals.js';
import { type Directive, directivesOf } from './directives.js';
import { lex, type Tokens } from './lexer.js';
import { type Masked, maskWords } from './mask.js';

/** A file up to the point where its pieces can be parsed one by one. */
export interface Source {
  readonly text: string;
  readonly tokens: Tokens;
  readonly masked: Masked;
  readonly directives: readonly Directive[];
  readonly resolved: Resolved;
  readonly chunks: readonly Chunk[];
}

export function readSource(text: string, cpp: boolean, options: ConditionalOptions = {}): Source {
  const tokens = lex(text, cpp);
  const masked = maskWords(tokens);
  const directives = directivesOf(tokens);
  const resolved = resolveConditionals(masked, directives, options);
  return { text, tokens, masked, directives, resolved, chunks: splitChunks(masked, resolved) };
}
