import type { Range } from '../api.js';

/** Something with a place in a file that can move when text before it changes: a top-level item, or the file itself. */
export interface Anchor {
  /** Absolute UTF-16 offset. */
  readonly start: number;
}

/** A stretch of text, in UTF-16 offsets relative to its anchor: it stays right when the anchor moves. */
export interface Span {
  readonly anchor: Anchor;
  readonly start: number;
  readonly end: number;
}

/** Where the span lies in the file now. */
export function absolute(span: Span): Range {
  return { start: span.anchor.start + span.start, end: span.anchor.start + span.end };
}

const origin: Anchor = { start: 0 };

/** The span as it is now, without its anchor: for files that are not open. */
export function detached(span: Span): Span {
  return { anchor: origin, ...absolute(span) };
}

/** An empty span at one of the ends of `span`. */
export function edgeOf(span: Span, edge: 'start' | 'end'): Span {
  const at = span[edge];
  return { anchor: span.anchor, start: at, end: at };
}

/** The span from the start of one to the end of another that shares its anchor. */
export function join(first: Span, last: Span): Span {
  return { anchor: first.anchor, start: first.start, end: last.end };
}

export function contains(outer: Span, inner: Span): boolean {
  return outer.anchor === inner.anchor && outer.start <= inner.start && inner.end <= outer.end;
}
