/** Source text with marks: `«…»` around ranges, `$0` where the cursor is, `// ~ text` behind a line for a message. */

/** UTF-16 offsets into the text without marks. */
export interface MarkedRange {
  start: number;
  end: number;
}

/** What the author of a fixture expects to read in the findings of a line. */
export interface ExpectedMessage {
  /** From 0. */
  line: number;
  /** Where the note begins with one: `// ~ error: text`. */
  severity?: string;
  /** A part of the message. */
  text: string;
}

export interface Fixture {
  /** Without marks. */
  text: string;
  marks: MarkedRange[];
  /** UTF-16 offset of `$0`. */
  cursor?: number;
  messages: ExpectedMessage[];
}

const note = /[ \t]*\/\/ ~ (.*?)(?=\r?$)/;

/** Takes the marks out. Throws where `«` and `»` do not match: a fixture that is wrong must not pass. */
export function readFixture(source: string): Fixture {
  const messages: ExpectedMessage[] = [];
  const lines = source.split('\n').map((line, index) => {
    const found = note.exec(line)?.[1];
    if (found === undefined) return line;
    for (const part of found.split(' // ~ ')) messages.push({ line: index, ...message(part) });
    return line.replace(note, '');
  });
  return { ...readMarks(lines.join('\n')), messages };
}

function message(part: string): Omit<ExpectedMessage, 'line'> {
  const [, severity, text = part] = /^(error|warning|information|hint): (.*)$/.exec(part) ?? [];
  return severity === undefined ? { text } : { severity, text };
}

function readMarks(source: string): Omit<Fixture, 'messages'> {
  const marks: MarkedRange[] = [];
  const open: number[] = [];
  let text = '';
  let cursor: number | undefined;
  for (const part of source.split(/(«|»|\$0)/)) {
    if (part === '«') open.push(text.length);
    else if (part === '»') marks.push({ start: opened(open), end: text.length });
    else if (part === '$0') cursor = text.length;
    else text += part;
  }
  if (open.length > 0) throw new Error('A fixture has « without ».');
  marks.sort((a, b) => a.start - b.start || a.end - b.end);
  return cursor === undefined ? { text, marks } : { text, marks, cursor };
}

function opened(open: number[]): number {
  const start = open.pop();
  if (start === undefined) throw new Error('A fixture has » without «.');
  return start;
}

/** The text with marks put around the ranges again, to compare and to show. Offsets are UTF-16. */
export function withMarks(text: string, ranges: readonly MarkedRange[]): string {
  const insertions = ranges.flatMap(({ start, end }) => [
    { at: start, mark: '«', order: 1 },
    { at: end, mark: '»', order: start === end ? 2 : 0 },
  ]);
  insertions.sort((a, b) => a.at - b.at || a.order - b.order);
  let marked = '';
  let from = 0;
  for (const { at, mark } of insertions) {
    marked += text.slice(from, at) + mark;
    from = at;
  }
  return marked + text.slice(from);
}

/** The text as an editor of Windows saves it. */
export function withCrlf(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}

/** The text after the edits, all of which are offsets into the text as it is. Throws where edits overlap. */
export function withEdits(text: string, edits: readonly { start: number; end: number; text: string }[]): string {
  const sorted = [...edits].map((edit, order) => ({ ...edit, order }));
  sorted.sort((a, b) => a.start - b.start || a.end - b.end || a.order - b.order);
  let result = '';
  let from = 0;
  for (const edit of sorted) {
    if (edit.start < from) throw new Error(`Edits overlap at offset ${edit.start}.`);
    result += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return result + text.slice(from);
}
