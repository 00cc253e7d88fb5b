import type { HeaderMacro } from './tokens.js';

/** Values of object-like macros and enum constants, across all headers read. */
export class Values {
  readonly #macros: ReadonlyMap<string, HeaderMacro>;
  readonly #known = new Map<string, number>();
  readonly #open = new Set<string>();

  readonly #types: ReadonlyMap<string, string>;

  /** `types`: what typedefs stand for, since a cast may make a value unsigned or shorter. */
  constructor(macros: ReadonlyMap<string, HeaderMacro>, types: ReadonlyMap<string, string>) {
    this.#macros = macros;
    this.#types = types;
  }

  /** Enum constants become known as their enums are read. */
  define(name: string, value: number): void {
    this.#known.set(name, value);
  }

  /** Unsigned 32-bit where the expression is cast to a status or written so; undefined where it is no number. */
  macro(name: string): number | undefined {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const macro = this.#macros.get(name);
    if (!macro || macro.params || this.#open.has(name)) return undefined;
    this.#open.add(name);
    const value = this.expression(macro.body);
    this.#open.delete(name);
    if (value !== undefined) this.#known.set(name, value);
    return value;
  }

  /** The macro that this macro's body is, apart from parentheses and casts. */
  alias(name: string): string | undefined {
    const inner = /^(?:\(\s*\w+\s*\)|[\s(])*([A-Za-z_]\w*)[\s)]*$/.exec(this.#macros.get(name)?.body ?? '')?.[1];
    return inner !== undefined && this.#macros.has(inner) ? inner : undefined;
  }

  /** With calls of macros replaced by their bodies, from the inside out: Wi-Fi drivers get their numbers so. */
  #expand(text: string, depth = 0): string {
    const expanded = text.replace(/\b([A-Za-z_]\w*)\s*\(([^()]*)\)/g, (call, name: string, inside: string) => {
      const macro = this.#macros.get(name);
      const given = inside.split(',');
      if (macro?.params?.length !== given.length) return call;
      return `(${macro.body.replace(/[A-Za-z_]\w*/g, (word) => given[macro.params!.indexOf(word)] ?? word)})`;
    });
    return expanded === text || depth > 4 ? text : this.#expand(expanded, depth + 1);
  }

  #cast(type: string, value: number): number {
    let plain: string | undefined = type;
    for (let steps = 0; plain !== undefined && steps < 4; steps++) {
      const width = widths[plain];
      if (width) return Number(BigInt.asUintN(width, BigInt(Math.trunc(value))));
      plain = this.#types.get(plain);
    }
    return value;
  }

  expression(source: string): number | undefined {
    const text = this.#expand(source);
    const words = text.match(token);
    if (!words || words.join('') !== text.replace(/\s+/g, '')) return undefined;
    const reader = new Reader(
      words,
      (name) => this.macro(name),
      (type, value) => this.#cast(type, value),
    );
    const value = reader.binary(0);
    return reader.done && value !== undefined && Number.isFinite(value) ? value : undefined;
  }
}

/** Bits of the unsigned types. Other casts leave a value as it is. */
const widths: Record<string, number> = {
  UCHAR: 8,
  UINT8: 8,
  BOOLEAN: 8,
  USHORT: 16,
  UINT16: 16,
  ULONG: 32,
  UINT32: 32,
  DWORD: 32,
};

const token = /0[xX][\da-fA-F]+[uUlL]*(?:i64)?|\d+[uUlL]*(?:i64)?|[A-Za-z_]\w*|<<|>>|[-~()+*/|&^]|'[^']'/g;

const levels: readonly (readonly string[])[] = [['|'], ['^'], ['&'], ['<<', '>>'], ['+', '-'], ['*', '/']];

class Reader {
  #at = 0;
  readonly #words: readonly string[];
  readonly #lookUp: (name: string) => number | undefined;

  readonly #cast: (type: string, value: number) => number;

  constructor(
    words: readonly string[],
    lookUp: (name: string) => number | undefined,
    cast: (type: string, value: number) => number,
  ) {
    this.#words = words;
    this.#lookUp = lookUp;
    this.#cast = cast;
  }

  get done(): boolean {
    return this.#at === this.#words.length;
  }

  binary(level: number): number | undefined {
    const operators = levels[level];
    if (!operators) return this.#unary();
    let left = this.binary(level + 1);
    while (operators.includes(this.#words[this.#at] ?? '')) {
      const operator = this.#words[this.#at++]!;
      const right = this.binary(level + 1);
      left = left === undefined || right === undefined ? undefined : apply(operator, left, right);
    }
    return left;
  }

  #unary(): number | undefined {
    const word = this.#words[this.#at++];
    if (word === undefined) return undefined;
    if (word === '-' || word === '~') {
      const value = this.#unary();
      return value === undefined ? undefined : word === '-' ? -value : ~value >>> 0;
    }
    if (word === '(') return this.#parenthesis();
    if (/^\d/.test(word)) return Number(word.replace(/(?:[uUlL]+|i64)$/, ''));
    if (word.startsWith("'")) return word.charCodeAt(1);
    return this.#lookUp(word);
  }

  /** A cast, or an expression. */
  #parenthesis(): number | undefined {
    const [type, close] = [this.#words[this.#at], this.#words[this.#at + 1]];
    const next = this.#words[this.#at + 2];
    const isCast =
      type !== undefined && /^[A-Za-z_]/.test(type) && close === ')' && next !== undefined && /^[\w(~-]/.test(next);
    if (isCast && this.#lookUp(type) === undefined) {
      this.#at += 2;
      const value = this.#unary();
      return value === undefined ? undefined : this.#cast(type, value);
    }
    const value = this.binary(0);
    if (this.#words[this.#at] !== ')') return undefined;
    this.#at++;
    return value;
  }
}

function apply(operator: string, left: number, right: number): number | undefined {
  const [a, b] = [BigInt(Math.trunc(left)), BigInt(Math.trunc(right))];
  switch (operator) {
    case '|':
      return Number(a | b);
    case '^':
      return Number(a ^ b);
    case '&':
      return Number(a & b);
    case '<<':
      return Number(a << b);
    case '>>':
      return Number(a >> b);
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    default:
      return right === 0 ? undefined : Math.trunc(left / right);
  }
}
