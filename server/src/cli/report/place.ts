import type { Range } from '../../core/api.js';
import type { LineIndex } from '../../core/text/lineIndex.js';

/** A place as it is reported: lines and columns from 1, columns in UTF-16 units, the end just behind. */
export interface Place {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

export function placeOf(index: LineIndex, { start, end }: Range): Place {
  const [first, last] = [index.positionAt(start), index.positionAt(end)];
  return { line: first.line + 1, column: first.column + 1, endLine: last.line + 1, endColumn: last.column + 1 };
}

/** The line that the offset stands in, without the space around it. */
export function lineText(text: string, index: LineIndex, offset: number): string {
  const { line } = index.positionAt(offset);
  return text.slice(index.lineStart(line), index.lineEnd(line)).trim();
}
