import type { Range } from '../api.js';

/** A JSON value with the place it was written at, in UTF-16 offsets. */
export type JsonValue = Range &
  (
    | { kind: 'object'; members: JsonMember[] }
    | { kind: 'array'; items: JsonValue[] }
    | { kind: 'string'; value: string }
    | { kind: 'number'; value: number }
    | { kind: 'literal'; value: boolean | null }
  );

export interface JsonMember {
  key: Range & { value: string };
  value: JsonValue;
}

export interface JsonProblem extends Range {
  message: string;
}

const space = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const literal = /true|false|null/y;
const deepest = 100;

/**
 * Reads JSON, comments allowed, keeping the place of everything, which `JSON.parse` does not tell.
 * @returns the value, or the first thing that is wrong
 */
export function readJson(text: string): { value: JsonValue } | { problem: JsonProblem } {
  try {
    return { value: new Reader(text).whole() };
  } catch (error) {
    if (error instanceof Problem) return { problem: { start: error.start, end: error.end, message: error.message } };
    throw error;
  }
}

class Problem extends Error {
  readonly start: number;
  readonly end: number;

  constructor(message: string, start: number, end: number) {
    super(message);
    this.start = start;
    this.end = end;
  }
}

class Reader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    if (text.startsWith('\uFEFF')) this.#at = 1;
  }

  whole(): JsonValue {
    const value = this.#value();
    this.#take(space);
    if (this.#at < this.#text.length) this.#fail('Nothing may follow the closing brace');
    return value;
  }

  #value(): JsonValue {
    this.#take(space);
    const start = this.#at;
    const next = this.#text[start];
    if (next === '{') return this.#nested(() => this.#object(start));
    if (next === '[') return this.#nested(() => this.#array(start));
    if (next === '"') return { kind: 'string', ...this.#string() };
    const digits = this.#take(number);
    if (digits) return { kind: 'number', value: Number(digits), start, end: this.#at };
    const word = this.#take(literal);
    if (word) return { kind: 'literal', value: word === 'null' ? null : word === 'true', start, end: this.#at };
    return this.#fail('A value is missing here');
  }

  #nested(read: () => JsonValue): JsonValue {
    this.#depth++;
    if (this.#depth > deepest) this.#fail('Nested too deeply');
    const value = read();
    this.#depth--;
    return value;
  }

  #object(start: number): JsonValue {
    const members: JsonMember[] = [];
    this.#list('}', () => {
      if (this.#text[this.#at] !== '"') this.#fail('A name in double quotes is missing here');
      const key = this.#string();
      this.#take(space);
      if (this.#text[this.#at] !== ':') this.#fail(`":" is missing after "${key.value}"`);
      this.#at++;
      members.push({ key, value: this.#value() });
    });
    return { kind: 'object', members, start, end: this.#at };
  }

  #array(start: number): JsonValue {
    const items: JsonValue[] = [];
    this.#list(']', () => items.push(this.#value()));
    return { kind: 'array', items, start, end: this.#at };
  }

  #list(close: string, readItem: () => void): void {
    this.#at++;
    for (let first = true; ; first = false) {
      this.#take(space);
      if (this.#text[this.#at] === close) break;
      if (!first) {
        if (this.#text[this.#at] !== ',') this.#fail(`"," or "${close}" is missing here`);
        this.#at++;
        this.#take(space);
        if (this.#text[this.#at] === close) this.#fail(`"," has nothing after it`);
      }
      readItem();
    }
    this.#at++;
  }

  #string(): Range & { value: string } {
    const start = this.#at;
    const raw = this.#take(string);
    if (!raw) this.#fail('This string is not closed, or holds a character that must be escaped');
    return { value: JSON.parse(raw) as string, start, end: this.#at };
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #fail(message: string): never {
    const start = Math.min(this.#at, this.#text.length);
    const lineEnd = /[^\r\n]*/y;
    lineEnd.lastIndex = start;
    const rest = lineEnd.exec(this.#text)?.[0].length ?? 0;
    throw new Problem(message, start, Math.max(start + rest, Math.min(start + 1, this.#text.length)));
  }
}
