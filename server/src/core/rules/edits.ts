import type { TextEdit } from '../api.js';
import type { FileModel } from '../model/fileModel.js';
import { absolute, type Span } from '../model/span.js';
import { lineStartAt, newlineIn, nextLineAt } from '../text/lines.js';

/** Builds the text edits of fixes; offsets absolute UTF-16. */

export function newlineOf(file: FileModel): string {
  return newlineIn(file.text);
}

export function replace(file: FileModel, span: Span, text: string): TextEdit {
  return { uri: file.uri, ...absolute(span), text };
}

/** Inserts whole lines before the line that the span begins on; `lines` get that line's indentation. */
export function insertLinesBefore(file: FileModel, span: Span, lines: readonly string[]): TextEdit {
  const { start } = absolute(span);
  const lineStart = lineStartAt(file.text, start);
  const indent = /^[ \t]*/.exec(file.text.slice(lineStart))?.[0] ?? '';
  return {
    uri: file.uri,
    start: lineStart,
    end: lineStart,
    text: lines.map((line) => indented(indent, line) + newlineOf(file)).join(''),
  };
}

/** Inserts whole lines behind the line that the span ends on; `lines` get the indentation of the line it begins on. */
export function insertLinesAfter(file: FileModel, span: Span, lines: readonly string[]): TextEdit {
  const { start, end } = absolute(span);
  const lineStart = lineStartAt(file.text, start);
  const indent = /^[ \t]*/.exec(file.text.slice(lineStart))?.[0] ?? '';
  const newline = newlineOf(file);
  const next = nextLineAt(file.text, end);
  const text = lines.map((line) => indented(indent, line) + newline).join('');
  if (next === undefined)
    return { uri: file.uri, start: file.text.length, end: file.text.length, text: newline + text };
  return { uri: file.uri, start: next, end: next, text };
}

/** Appends to the end of the file, after an empty line. */
export function append(file: FileModel, text: string): TextEdit {
  const newline = newlineOf(file);
  const gap = /[\r\n]$/.test(file.text) ? newline : newline + newline;
  return { uri: file.uri, start: file.text.length, end: file.text.length, text: gap + text + newline };
}

function indented(indent: string, line: string): string {
  return line ? indent + line : line;
}
