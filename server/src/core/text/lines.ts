/** Lines of a text around an offset. A line ends with CR LF, LF or CR. */

/** Where the line of the offset begins. */
export function lineStartAt(text: string, offset: number): number {
  return offset <= 0 ? 0 : Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

/** Where the next line begins; undefined in the last one. */
export function nextLineAt(text: string, offset: number): number | undefined {
  const end = /\r\n?|\n/g;
  end.lastIndex = offset;
  return end.test(text) ? end.lastIndex : undefined;
}

/** How the text ends its lines. */
export function newlineIn(text: string): string {
  if (text.includes('\r\n')) return '\r\n';
  return text.includes('\r') && !text.includes('\n') ? '\r' : '\n';
}
