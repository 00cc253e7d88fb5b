import { branchConditions, type Directive, directiveText } from './directives.js';
import { Kind, type Tokens } from './lexer.js';
import type { Source } from './source.js';

/** Half-open range of absolute UTF-16 offsets. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export interface DefineFact extends TextRange {
  readonly name: string;
  readonly params?: readonly string[];
  readonly body: string;
  readonly conditions: readonly string[];
}

export interface IncludeFact extends TextRange {
  readonly path: string;
  readonly quoted: boolean;
}

export interface PragmaFact extends TextRange {
  readonly name: string;
  readonly args?: string;
}

const definition = /^([A-Za-z_$][\w$]*)(?:\(([^)]*)\))?\s*([^]*)$/;

/** Every `#define` outside hidden ranges, with the conditions around it. */
export function readDefines(source: Source): DefineFact[] {
  const found: DefineFact[] = [];
  const conditions = new ConditionStack(source);
  for (const directive of source.directives) {
    conditions.pass(directive);
    if (directive.name !== 'define' || isHidden(source, directive.token)) continue;
    const match = definition.exec(directiveText(source.tokens, directive));
    if (!match) continue;
    const fact = {
      name: match[1] as string,
      body: (match[3] as string).trim(),
      conditions: conditions.now,
      ...rangeOf(source.tokens, directive),
    };
    found.push(match[2] === undefined ? fact : { ...fact, params: namesIn(match[2]) });
  }
  return found;
}

const namesIn = (list: string): string[] => (list.trim() === '' ? [] : list.split(',').map((name) => name.trim()));

/** Follows the groups around the directives of a file, in order. */
class ConditionStack {
  readonly #groups: Source['resolved']['groups'];
  readonly #outer: (readonly string[])[] = [];
  readonly #branches = new Map<number, readonly string[]>();
  readonly #ends = new Set<number>();
  now: readonly string[] = [];

  constructor(source: Source) {
    this.#groups = source.resolved.groups;
  }

  pass(directive: Directive): void {
    const group = this.#groups.get(directive.token);
    if (group) {
      this.#outer.push(this.now);
      this.#ends.add(group.end.token);
      group.branches.forEach((branch, b) => {
        this.#branches.set(branch.directive.token, group.guard ? [] : branchConditions(group, b));
      });
    }
    const own = this.#branches.get(directive.token);
    if (own) this.now = [...(this.#outer.at(-1) ?? []), ...own];
    else if (this.#ends.has(directive.token)) this.now = this.#outer.pop() ?? [];
  }
}

export function readIncludes(source: Source): IncludeFact[] {
  const found: IncludeFact[] = [];
  for (const directive of source.directives) {
    if (directive.name !== 'include' || isHidden(source, directive.token)) continue;
    const match = /^(?:"([^"]*)"|<([^>]*)>)/.exec(directiveText(source.tokens, directive));
    if (!match) continue;
    const path = match[1] ?? match[2] ?? '';
    found.push({ path, quoted: match[1] !== undefined, ...rangeOf(source.tokens, directive) });
  }
  return found;
}

/** `#pragma name` and `#pragma name(args)`. */
export function readPragmas(source: Source): PragmaFact[] {
  const found: PragmaFact[] = [];
  for (const directive of source.directives) {
    if (directive.name !== 'pragma' || isHidden(source, directive.token)) continue;
    const match = /^(\w+)\s*(?:\(([^]*)\)|([^]*))/.exec(directiveText(source.tokens, directive));
    if (!match) continue;
    const args = (match[2] ?? match[3] ?? '').trim();
    const fact = { name: match[1] as string, ...rangeOf(source.tokens, directive) };
    found.push(args ? { ...fact, args } : fact);
  }
  return found;
}

export function readComments(tokens: Tokens): TextRange[] {
  const found: TextRange[] = [];
  const { comments } = tokens;
  for (let i = 0; i < comments.length; i += 2)
    found.push({ start: comments[i] as number, end: comments[i + 1] as number });
  return found;
}

/** String and character literals outside preprocessor lines. */
export function readLiterals(tokens: Tokens): TextRange[] {
  const found: TextRange[] = [];
  for (let i = 0; i < tokens.count; i++) {
    if (tokens.kind[i] !== Kind.String && tokens.kind[i] !== Kind.Character) continue;
    found.push({ start: tokens.start[i] as number, end: tokens.end[i] as number });
  }
  return found;
}

/** Absolute ranges that are not compiled or were left out to keep the syntax whole, without overlaps. */
export function readHidden(source: Source): TextRange[] {
  const { tokens, resolved } = source;
  const found: { start: number; end: number }[] = [];
  for (const [from, to] of resolved.hidden) {
    if (to <= from) continue;
    const start = tokens.start[from] as number;
    const end = to < tokens.count ? (tokens.start[to] as number) : tokens.text.length;
    const last = found.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else found.push({ start, end });
  }
  return found;
}

function isHidden(source: Source, token: number): boolean {
  return source.resolved.hidden.some(([from, to]) => from <= token && token < to);
}

const rangeOf = (tokens: Tokens, directive: Directive): TextRange => ({
  start: tokens.start[directive.token] as number,
  end: directive.end,
});
