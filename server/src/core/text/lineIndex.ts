/** A place in a text as editors count it: both numbers from 0, the column in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const LF = 10;
const CR = 13;

/** Turns offsets into lines and columns and back. A line ends with CR, LF or CR LF. */
export class LineIndex {
  readonly #starts: number[] = [0];
  readonly #length: number;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.#length = text.length;
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === LF || (c === CR && text.charCodeAt(i + 1) !== LF)) this.#starts.push(i + 1);
    }
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** Line (from 0) that holds the offset. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  positionAt(offset: number): Position {
    const inside = Math.max(0, Math.min(offset, this.#length));
    const line = this.lineAt(inside);
    return { line, column: inside - (this.#starts[line] as number) };
  }

  /** Offset of the place; a column behind the end of its line means the end of the line. */
  offsetAt(line: number, column: number): number {
    if (line < 0) return 0;
    if (line >= this.#starts.length) return this.#length;
    return Math.min(this.lineStart(line) + Math.max(0, column), this.lineEnd(line));
  }

  lineStart(line: number): number {
    return this.#starts[line] ?? this.#length;
  }

  /** End of the line's content, before its line break. */
  lineEnd(line: number): number {
    if (line + 1 >= this.#starts.length) return this.#length;
    let end = this.#starts[line + 1] as number;
    if (this.#text.charCodeAt(end - 1) === LF) end--;
    if (end > this.lineStart(line) && this.#text.charCodeAt(end - 1) === CR) end--;
    return end;
  }
}
