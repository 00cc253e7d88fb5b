import type { Completion, CompletionKind, Range } from '../../api.js';
import { expand } from '../../generate/snippet.js';

/** A completion that inserts its label. */
export function word(label: string, kind: CompletionKind, replace: Range, more: Partial<Completion> = {}): Completion {
  return { label, kind, replace, insert: label, plain: label, snippet: false, docs: label, ...more };
}

/** A completion that inserts a snippet. */
export function snippet(
  label: string,
  kind: CompletionKind,
  replace: Range,
  insert: string,
  more: Partial<Completion> = {},
): Completion {
  return { label, kind, replace, insert, plain: expand(insert), snippet: true, ...more };
}

/** Sorts by relevance first: 0 before 9, then by position. */
export function rank(relevance: number, position = 0): string {
  return `${relevance}${String(position).padStart(4, '0')}`;
}
