/** Values of macros that are known; `null` says that the macro is known not to be defined. */
export type KnownMacros = ReadonlyMap<string, number | null>;

const token =
  /\s*(?:(0[xX][\da-fA-F]+|\d+)[uUlL]*(?:i64)?|([A-Za-z_]\w*)|(\|\||&&|[=!<>]=|<<|>>|[-!~+*/%<>&|^()?:,]))/y;

const precedence: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '|': 3,
  '^': 4,
  '&': 5,
  '==': 6,
  '!=': 6,
  '<': 7,
  '>': 7,
  '<=': 7,
  '>=': 7,
  '<<': 8,
  '>>': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '%': 10,
};

/** Value of an `#if` expression as far as it follows from the known macros; undefined where it does not. */
export function evaluateCondition(expression: string, known: KnownMacros): boolean | undefined {
  const value = evaluateNumber(expression, known);
  return value === undefined ? undefined : value !== 0;
}

/** Value of a constant expression as far as it follows from the known names; undefined where it does not. */
export function evaluateNumber(expression: string, known: KnownMacros): number | undefined {
  const tokens = scan(expression);
  if (!tokens?.length) return undefined;
  const reader = new ConditionReader(tokens, known);
  const value = reader.binary(1);
  return reader.done ? value : undefined;
}

/** No condition that someone wrote is longer. */
const longest = 2000;

function scan(expression: string): string[] | undefined {
  if (expression.length > longest) return undefined;
  const found: string[] = [];
  token.lastIndex = 0;
  while (expression.slice(token.lastIndex).trim() !== '') {
    const match = token.exec(expression);
    if (!match) return undefined;
    found.push(match[1] ?? match[2] ?? match[3] ?? '');
  }
  return found;
}

class ConditionReader {
  #at = 0;
  readonly #tokens: string[];
  readonly #known: KnownMacros;

  constructor(tokens: string[], known: KnownMacros) {
    this.#tokens = tokens;
    this.#known = known;
  }

  get done(): boolean {
    return this.#at === this.#tokens.length;
  }

  binary(least: number): number | undefined {
    let left = this.#unary();
    for (;;) {
      const operator = this.#tokens[this.#at] ?? '';
      const level = precedence[operator];
      if (level === undefined || level < least) return left;
      this.#at++;
      left = combine(operator, left, this.binary(level + 1));
    }
  }

  #unary(): number | undefined {
    const word = this.#tokens[this.#at++] ?? '';
    if (word === '!') return not(this.#unary());
    if (word === '-' || word === '+' || word === '~') {
      const value = this.#unary();
      return value === undefined ? undefined : word === '-' ? -value : word === '~' ? ~value : value;
    }
    if (word === '(') {
      const value = this.binary(1);
      if (this.#tokens[this.#at] === ')') this.#at++;
      return value;
    }
    if (word === 'defined') return this.#defined();
    if (/^\d/.test(word)) return Number(/^0\d/.test(word) ? `0o${word.slice(1)}` : word);
    return this.#macro(word);
  }

  #defined(): number | undefined {
    const parenthesis = this.#tokens[this.#at] === '(';
    if (parenthesis) this.#at++;
    const name = this.#tokens[this.#at++] ?? '';
    if (parenthesis) this.#at++;
    const value = this.#known.get(name);
    return value === undefined ? undefined : value === null ? 0 : 1;
  }

  /** A call in a condition is not understood; reading on over its arguments leaves the rest undecided. */
  #macro(name: string): number | undefined {
    const value = this.#known.get(name);
    if (this.#tokens[this.#at] === '(') {
      let depth = 0;
      do {
        const word = this.#tokens[this.#at++];
        depth += word === '(' ? 1 : word === ')' ? -1 : 0;
      } while (depth > 0 && this.#at < this.#tokens.length);
      return undefined;
    }
    if (name === 'TRUE' || name === 'true') return 1;
    if (name === 'FALSE' || name === 'false') return 0;
    return value === null ? 0 : value;
  }
}

const not = (value: number | undefined): number | undefined => (value === undefined ? undefined : value === 0 ? 1 : 0);

function combine(operator: string, left: number | undefined, right: number | undefined): number | undefined {
  if (operator === '&&') {
    if (left === 0 || right === 0) return 0;
    return left === undefined || right === undefined ? undefined : 1;
  }
  if (operator === '||') {
    if (left || right) return 1;
    return left === undefined || right === undefined ? undefined : 0;
  }
  if (left === undefined || right === undefined) return undefined;
  return arithmetic(operator, left, right);
}

function arithmetic(operator: string, left: number, right: number): number | undefined {
  switch (operator) {
    case '==':
      return +(left === right);
    case '!=':
      return +(left !== right);
    case '<':
      return +(left < right);
    case '>':
      return +(left > right);
    case '<=':
      return +(left <= right);
    case '>=':
      return +(left >= right);
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? undefined : Math.trunc(left / right);
    case '%':
      return right === 0 ? undefined : left % right;
    case '<<':
      return left * 2 ** right;
    case '>>':
      return Math.floor(left / 2 ** right);
    case '&':
      return Number(BigInt(left) & BigInt(right));
    case '|':
      return Number(BigInt(left) | BigInt(right));
    case '^':
      return Number(BigInt(left) ^ BigInt(right));
    default:
      return undefined;
  }
}
