import { Word } from '../../../src/core/text/words.js';
import type { Gates } from './gates.js';
import type { Header, HeaderToken } from './tokens.js';

export interface DeclaredParameter {
  name: string;
  type: string;
  sal?: string;
}

export interface DeclaredMember extends DeclaredParameter {
  bits?: number | string;
  members?: DeclaredMember[];
  conditions: readonly string[];
}

interface Common {
  name: string;
  header: string;
  conditions: readonly string[];
}

/** A function type (`typedef VOID (ROLE)(…)`), a pointer to one, or a function. */
export interface DeclaredFunction extends Common {
  kind: 'function-type' | 'function-pointer' | 'function';
  returns: string;
  params: DeclaredParameter[];
  /** Annotations in front, each as written. */
  sal: string[];
  inline: boolean;
}

export interface DeclaredAggregate extends Common {
  kind: 'struct' | 'union';
  tag?: string;
  aliases: string[];
  pointers: string[];
  members: DeclaredMember[];
}

export interface DeclaredEnum extends Common {
  kind: 'enum';
  tag?: string;
  aliases: string[];
  pointers: string[];
  values: { name: string; expression?: string; conditions: readonly string[] }[];
}

/** `typedef OTHER NAME`, `typedef OTHER *PNAME`. */
export interface DeclaredAlias extends Common {
  kind: 'alias';
  type: string;
}

export type Declaration = DeclaredFunction | DeclaredAggregate | DeclaredEnum | DeclaredAlias;

/**
 * The declarations of a header. This is no C parser: it reads the declaration style of the Windows driver headers, and
 * what it does not understand it leaves out. What no
 * driver's build contains is not seen.
 */
export function declarationsOf(header: Header, gates: Gates): Declaration[] {
  return pieces(header.tokens, gates).flatMap((piece) => new Reader(header, current(piece, gates)).declarations());
}

/** Where a prototype has alternatives for older NDIS versions, those of today's drivers stay. */
function current(piece: HeaderToken[], gates: Gates): HeaderToken[] {
  const outer = piece[0]?.conditions.length ?? 0;
  if (piece.some((token) => token.text === '{')) return piece;
  return piece.filter((token) => gates.current(token.conditions.slice(outer)));
}

/** Top-level pieces: up to a semicolon, or to the closing brace of a function body. `extern "C" {` is looked through. */
function pieces(tokens: readonly HeaderToken[], gates: Gates): HeaderToken[][] {
  const found: HeaderToken[][] = [];
  let piece: HeaderToken[] = [];
  let depth = 0;
  let body = false;
  for (const token of tokens) {
    // Members that only C++ has are members all the same; functions that only C++ has stand beside a macro for C.
    if (depth === 0 ? gates.excludedInC(token.conditions) : gates.excluded(token.conditions)) continue;
    if (depth === 0 && token.text === '{' && piece.at(-1)?.text === '"C"') {
      piece = [];
      continue;
    }
    if (depth === 0 && token.text === '}') continue;
    piece.push(token);
    if (token.text === '{' || token.text === '(') {
      if (depth === 0 && token.text === '{') body = isFunctionBody(piece);
      depth++;
    } else if (token.text === '}' || token.text === ')') depth--;
    if (depth === 0 && (token.text === ';' || (body && token.text === '}'))) {
      found.push(piece);
      piece = [];
      body = false;
    }
  }
  return found;
}

const isFunctionBody = (piece: HeaderToken[]): boolean =>
  piece.at(-2)?.text === ')' && !piece.some((token) => token.cls === Word.Typedef);

const isSal = (token: HeaderToken): boolean =>
  token.word && /^(_[A-Z]\w*_|__drv_\w+|__(in|out|inout|deref)(_\w+)?)$/.test(token.text);

const isDirection = (token: HeaderToken): boolean => token.cls === Word.Direction;

const isDecoration = (token: HeaderToken): boolean =>
  token.cls === Word.Modifier || token.cls === Word.Decoration || token.cls === Word.Convention;

const isStorage = (token: HeaderToken): boolean =>
  token.cls === Word.Storage || token.cls === Word.Extern || token.text === '"C"';

class Reader {
  readonly #header: Header;
  readonly #tokens: readonly HeaderToken[];

  constructor(header: Header, tokens: readonly HeaderToken[]) {
    this.#header = header;
    this.#tokens = tokens;
  }

  declarations(): Declaration[] {
    const { rest, sal, inline } = this.#strip(
      this.#tokens.at(-1)?.text === ';' ? this.#tokens.slice(0, -1) : this.#tokens,
    );
    const isTypedef = rest.some((token) => token.cls === Word.Typedef);
    const words = rest.filter((token) => token.cls !== Word.Typedef);
    const first = words[0];
    if (!first) return [];
    const brace = indexAtTop(words, '{');
    const parenthesis = indexAtTop(words, '(');
    const aggregate = first.cls === Word.Tag || first.cls === Word.Enum;
    if (aggregate && brace >= 0 && brace <= 2) return this.#aggregate(words, brace, isTypedef);
    if (parenthesis > 0) return this.#function(words, parenthesis, isTypedef, sal, inline);
    return isTypedef ? this.#aliases(words) : [];
  }

  /** Takes annotations and decorations out of the top level of a declaration. */
  #strip(tokens: readonly HeaderToken[]): { rest: HeaderToken[]; sal: string[]; inline: boolean } {
    const rest: HeaderToken[] = [];
    const sal: string[] = [];
    let inline = false;
    for (let at = 0, depth = 0; at < tokens.length; at++) {
      const token = tokens[at]!;
      if (depth === 0 && isSal(token)) {
        const end = groupEnd(tokens, at + 1);
        sal.push(this.#text(token, tokens[end - 1]!));
        at = end - 1;
        continue;
      }
      if (depth === 0 && (isDecoration(token) || isStorage(token))) {
        if (/inline|FORCEINLINE/i.test(token.text)) inline = true;
        if (token.cls === Word.Decoration) at = groupEnd(tokens, at + 1) - 1;
        continue;
      }
      if (token.text === '(' || token.text === '{') depth++;
      if (token.text === ')' || token.text === '}') depth--;
      rest.push(token);
    }
    return { rest, sal, inline };
  }

  #function(
    words: HeaderToken[],
    parenthesis: number,
    isTypedef: boolean,
    sal: string[],
    inline: boolean,
  ): Declaration[] {
    const closed = groupEnd(words, parenthesis);
    const inner = words.slice(parenthesis + 1, closed - 1).filter((token) => !isDecoration(token) && !isSal(token));
    // RET (NAME)(…) and RET (*NAME)(…), or without a parameter list: typedef ROLE (*NAME);
    const pointer = inner[0]?.text === '*';
    const named =
      isTypedef &&
      inner.length <= 2 &&
      inner.every((token) => token.word || token.text === '*') &&
      (pointer || words[closed]?.text === '(' || (inner.length === 1 && parenthesis === 1));
    const nameToken = named ? inner.at(-1) : words[parenthesis - 1];
    if (!nameToken?.word) return [];
    const returns = typeText(words.slice(0, named ? parenthesis : parenthesis - 1));
    const common = { name: nameToken.text, header: this.#header.name, conditions: nameToken.conditions };
    const open = named ? closed : parenthesis;
    if (words[open]?.text !== '(') {
      return named && returns !== '' ? [{ ...common, kind: 'alias', type: pointer ? `${returns} *` : returns }] : [];
    }
    if (returns === '') return [];
    const params = this.#params(words.slice(open + 1, groupEnd(words, open) - 1));
    const kind = !isTypedef ? 'function' : pointer && named ? 'function-pointer' : 'function-type';
    return [{ ...common, kind, returns, params, sal, inline: inline || words.at(-1)?.text === '}' }];
  }

  #params(tokens: readonly HeaderToken[]): DeclaredParameter[] {
    if (tokens.length === 1 && /^void$/i.test(tokens[0]!.text)) return [];
    return split(tokens, ',')
      .filter((part) => part.length > 0)
      .map((part) => this.#declared(part))
      .map((parameter, index) => (parameter.name ? parameter : { ...parameter, name: `Argument${index + 1}` }));
  }

  /** One parameter or member: annotations, type, name, array bounds. */
  #declared(tokens: readonly HeaderToken[]): DeclaredParameter {
    const sal: string[] = [];
    const rest: HeaderToken[] = [];
    for (let at = 0; at < tokens.length; at++) {
      const token = tokens[at]!;
      if (isSal(token)) {
        const end = groupEnd(tokens, at + 1);
        sal.push(this.#text(token, tokens[end - 1]!));
        at = end - 1;
      } else if (isDirection(token)) sal.push(token.text);
      else if (token.text === '[' && rest.length === 0)
        at = tokens.findIndex((other, index) => index > at && other.text === ']');
      else if (token.cls === Word.Decoration) at = groupEnd(tokens, at + 1) - 1;
      else if (!isDecoration(token)) rest.push(token);
    }
    return { ...declarator(rest), ...(sal.length > 0 && { sal: sal.join(' ') }) };
  }

  #aggregate(words: HeaderToken[], brace: number, isTypedef: boolean): Declaration[] {
    const close = groupEnd(words, brace);
    const tag = brace === 2 ? words[1]!.text : undefined;
    const declarators = isTypedef ? split(words.slice(close), ',') : [];
    const pointers = declarators.filter((part) => part[0]?.text === '*').map((part) => part.at(-1)!.text);
    const names = declarators.filter((part) => part[0]?.word).map((part) => part[0]!.text);
    const name = names[0] ?? tag;
    if (name === undefined) return [];
    const common = {
      name,
      header: this.#header.name,
      conditions: words[0]!.conditions,
      ...(tag !== undefined && { tag }),
      aliases: names.slice(1),
      pointers,
    };
    const inside = words.slice(brace + 1, close - 1);
    if (words[0]!.cls === Word.Enum)
      return [{ ...common, kind: 'enum', values: enumValues(inside, common.conditions) }];
    const kind = words[0]!.text === 'union' ? 'union' : 'struct';
    return [{ ...common, kind, members: this.#members(inside, common.conditions) }];
  }

  #members(tokens: readonly HeaderToken[], outer: readonly string[]): DeclaredMember[] {
    return split(tokens, ';')
      .filter((part) => part.length > 0)
      .flatMap((part) => this.#member(part, outer));
  }

  #member(part: readonly HeaderToken[], outer: readonly string[]): DeclaredMember[] {
    const conditions = part.at(-1)!.conditions.slice(outer.length);
    const brace = part.findIndex((token) => token.text === '{');
    const tag = part.findIndex((token) => token.cls === Word.Tag);
    if (brace >= 0 && tag >= 0 && tag < brace) {
      const close = groupEnd(part, brace);
      const name = part.slice(close).find((token) => token.word && !/^DUMMY(UNION|STRUCT)NAME/.test(token.text));
      const members = this.#members(part.slice(brace + 1, close - 1), [...outer, ...conditions]);
      return [{ name: name?.text ?? '', type: part[tag]!.text, members, conditions }];
    }
    const [first, ...others] = split(part, ',').map(withoutBits);
    const lead = this.#declared(first!.tokens);
    const base = lead.type.replace(/ *\**(\[.*)?$/, '');
    return [
      { ...lead, ...first!.bits, conditions },
      ...others.map(({ tokens, bits }) => {
        const { name, type } = declarator([{ ...tokens[0]!, text: base, word: true }, ...tokens]);
        return { name, type, ...bits, conditions };
      }),
    ];
  }

  #aliases(words: HeaderToken[]): Declaration[] {
    const [first, ...others] = split(words, ',');
    const lead = declarator(first!);
    if (lead.name === '') return [];
    const base = lead.type.replace(/ *\*+$/, '');
    const common = { header: this.#header.name, conditions: words[0]!.conditions };
    return [lead, ...others.map((part) => ({ name: part.at(-1)!.text, type: pointerTo(base, part) }))].map(
      ({ name, type }) => ({
        ...common,
        kind: 'alias' as const,
        name,
        type,
      }),
    );
  }

  #text(from: HeaderToken, to: HeaderToken): string {
    return this.#header.text
      .slice(from.start, to.end)
      .replace(/\/\/.*|\/\*[^]*?\*\//g, ' ')
      .replace(/\s+/g, ' ')
      .replace(/^(\w+) \(/, '$1(');
  }
}

/** The declarator of a bit field, and its width. */
function withoutBits(tokens: readonly HeaderToken[]): {
  tokens: readonly HeaderToken[];
  bits: { bits?: number | string };
} {
  const colon = tokens.findIndex((token) => token.text === ':');
  if (colon < 0) return { tokens, bits: {} };
  const width = tokens
    .slice(colon + 1)
    .map((token) => token.text)
    .join('');
  return { tokens: tokens.slice(0, colon), bits: { bits: /^\d+$/.test(width) ? Number(width) : width } };
}

const pointerTo = (base: string, part: readonly HeaderToken[]): string => {
  const stars = part.filter((token) => token.text === '*').length;
  return stars > 0 ? `${base} ${'*'.repeat(stars)}` : base;
};

function enumValues(tokens: readonly HeaderToken[], outer: readonly string[]): DeclaredEnum['values'] {
  return split(tokens, ',')
    .filter((part) => part[0]?.word)
    .map((part) => ({
      name: part[0]!.text,
      ...(part[1]?.text === '=' && {
        expression: part
          .slice(2)
          .map((token) => token.text)
          .join(' '),
      }),
      conditions: part[0]!.conditions.slice(outer.length),
    }));
}

/** Type and name of `ULONG *Name[4]`, `VOID (*Name)(…)`. */
function declarator(tokens: readonly HeaderToken[]): { name: string; type: string } {
  const parenthesis = tokens.findIndex((token) => token.text === '(');
  const bracket = tokens.findIndex((token) => token.text === '[');
  if (parenthesis >= 0 && (bracket < 0 || parenthesis < bracket)) {
    const name = tokens.slice(parenthesis).find((token) => token.word)?.text ?? '';
    return { name, type: `${typeText(tokens.slice(0, parenthesis))} (*)()` };
  }
  const before = bracket >= 0 ? tokens.slice(0, bracket) : tokens;
  const last = before.at(-1);
  const bounds =
    bracket >= 0
      ? tokens
          .slice(bracket)
          .map((token) => token.text)
          .join('')
      : '';
  if (!last?.word || before.length === 1)
    return { name: last?.text === '...' ? '...' : '', type: typeText(before) + bounds };
  return { name: last.text, type: typeText(before.slice(0, -1)) + bounds };
}

/** Tokens of a type as people write it: one space between words, stars together. */
function typeText(tokens: readonly HeaderToken[]): string {
  return tokens
    .filter((token) => !isDirection(token))
    .map((token) => (token.text === 'CONST' ? 'const' : token.text))
    .join(' ')
    .replace(/\* (?=\*)/g, '*')
    .trim();
}

/** Index after the group that opens at `at`, or `at` where none opens. */
function groupEnd(tokens: readonly HeaderToken[], at: number): number {
  if (tokens[at]?.text !== '(' && tokens[at]?.text !== '{') return at;
  let depth = 0;
  for (let index = at; index < tokens.length; index++) {
    const { text } = tokens[index]!;
    if (text === '(' || text === '{') depth++;
    else if ((text === ')' || text === '}') && --depth === 0) return index + 1;
  }
  return tokens.length;
}

function indexAtTop(tokens: readonly HeaderToken[], wanted: string): number {
  let depth = 0;
  for (let index = 0; index < tokens.length; index++) {
    const { text } = tokens[index]!;
    if (depth === 0 && text === wanted) return index;
    if (text === '(' || text === '{') depth++;
    else if (text === ')' || text === '}') depth--;
  }
  return -1;
}

/** Parts between separators that stand outside of brackets. */
function split(tokens: readonly HeaderToken[], separator: string): HeaderToken[][] {
  const parts: HeaderToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (depth === 0 && token.text === separator) parts.push([]);
    else {
      if ('({['.includes(token.text)) depth++;
      else if (')}]'.includes(token.text)) depth--;
      parts.at(-1)!.push(token);
    }
  }
  return parts.at(-1)!.length === 0 ? parts.slice(0, -1) : parts;
}
