/** A part of the platform that Node and browsers share; the core is compiled without either one's types. */
declare const TextDecoder: new (
  label: string,
  options: { fatal: boolean; ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };

/** Characters of windows-1252 from 0x80 to 0x9F, where it differs from Latin-1. 0 keeps the code. */
const windows1252 = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0,
  0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
];

/** The text of a source file: by its byte order mark, else strict UTF-8, else windows-1252. The mark is left out. */
export function decode(bytes: Uint8Array): string {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le', lenient).decode(bytes.subarray(2));
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16le', lenient).decode(swapped(bytes.subarray(2)));
  const marked = first === 0xef && second === 0xbb && third === 0xbf;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(marked ? bytes.subarray(3) : bytes);
  } catch {
    return decodeWindows1252(bytes);
  }
}

const lenient = { fatal: false, ignoreBOM: true };

function swapped(bytes: Uint8Array): Uint8Array {
  const result = new Uint8Array(bytes.length & ~1);
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    result[i] = bytes[i + 1] as number;
    result[i + 1] = bytes[i] as number;
  }
  return result;
}

function decodeWindows1252(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 4096) {
    const codes = Array.from(bytes.subarray(at, at + 4096), (byte) =>
      byte >= 0x80 && byte < 0xa0 ? windows1252[byte - 0x80] || byte : byte,
    );
    parts.push(String.fromCharCode(...codes));
  }
  return parts.join('');
}

/** The bytes of a text in windows-1252; a character that it does not have becomes a question mark. */
export function encodeWindows1252(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.codePointAt(0) as number;
    const high = code < 0x100 ? -1 : windows1252.indexOf(code);
    if (high >= 0) return 0x80 + high;
    return code < 0x100 ? code : 0x3f;
  });
}
