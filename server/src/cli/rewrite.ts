import type { TextEdit } from '../core/api.js';
import { decode, encodeWindows1252 } from '../core/text/decode.js';

/** How a file writes its text; the one that `decode` found. */
interface Encoding {
  /** Bytes of the byte order mark. */
  mark: number;
  bytes(text: string): Buffer;
}

/** Puts the edits' text in place of the ranges, in the file's own encoding. Offsets are those of the decoded text. */
export function replaceInBytes(bytes: Buffer, edits: readonly Pick<TextEdit, 'start' | 'end' | 'text'>[]): Buffer {
  const text = decode(bytes);
  const encoding = encodingOf(bytes, text);
  const parts: Buffer[] = [bytes.subarray(0, encoding.mark)];
  let at = 0;
  let atByte = encoding.mark;
  for (const edit of [...edits].sort((one, other) => one.start - other.start || one.end - other.end)) {
    const startByte = atByte + encoding.bytes(text.slice(at, edit.start)).length;
    parts.push(bytes.subarray(atByte, startByte), encoding.bytes(edit.text));
    at = edit.end;
    atByte = startByte + encoding.bytes(text.slice(edit.start, edit.end)).length;
  }
  return Buffer.concat([...parts, bytes.subarray(atByte)]);
}

function encodingOf(bytes: Buffer, text: string): Encoding {
  const utf16 = (value: string) => Buffer.from(value, 'utf16le');
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { mark: 2, bytes: utf16 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { mark: 2, bytes: (value) => utf16(value).swap16() };
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const utf8 = (value: string) => Buffer.from(value, 'utf8');
  if (mark + utf8(text).length === bytes.length) return { mark, bytes: utf8 };
  return { mark: 0, bytes: (value) => Buffer.from(encodeWindows1252(value)) };
}
