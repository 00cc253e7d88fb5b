import { LineIndex } from './lineIndex.js';

/** A place where the author asked not to be told. */
export interface Suppression {
  /** Rule names, warning numbers (`28152`) and CodeQL ids, as written. */
  rules: string[];
  /** No rule is named: everything is meant. */
  all?: boolean;
  /** Lines it holds for, both included, from 0. */
  fromLine: number;
  toLine: number;
  /** The comment or pragma itself, absolute UTF-16 offsets. */
  start: number;
  end: number;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** What of a parsed file suppressions are read from; all offsets absolute except those inside items. */
export interface SuppressionSource {
  readonly comments: readonly Range[];
  readonly literals: readonly Range[];
  readonly pragmas: readonly (Range & { readonly name: string; readonly args?: string })[];
  readonly items: readonly {
    readonly start: number;
    readonly annotations: readonly (Range & { readonly name: string; readonly args?: string })[];
  }[];
}

/** Cheap test for anything that suppresses. */
const mayHold = /\b(?:warning|prefast)\s*\(|ndis-(?:dis|en)able|lgtm|codeql/i;

/** Suppressions of a file in the order of their places: the project's own comments, those of CodeQL, and pragmas. */
export function readSuppressions(text: string, file: SuppressionSource): Suppression[] {
  if (!mayHold.test(text)) return [];
  const reader = new SuppressionReader(text, file);
  return [...reader.comments(), ...reader.pragmas()].sort((a, b) => a.start - b.start);
}

const ownComment = /^\W*ndis-(disable-next-line|disable-line|disable|enable)\b([^*\n]*)/;
const codeqlComment = /\b(lgtm|codeql)\s*\[([^\]]*)\]/g;

class SuppressionReader {
  readonly #text: string;
  readonly #file: SuppressionSource;
  readonly #lines: LineIndex;

  constructor(text: string, file: SuppressionSource) {
    this.#text = text;
    this.#file = file;
    this.#lines = new LineIndex(text);
  }

  comments(): Suppression[] {
    const found: Suppression[] = [];
    const open: Suppression[] = [];
    for (const { start, end } of this.#file.comments) {
      const text = this.#text.slice(start, end);
      const own = ownComment.exec(text);
      if (own) this.#own(own[1] as string, namesIn(own[2] as string), { start, end }, found, open);
      for (const [, tool, ids] of text.matchAll(codeqlComment)) {
        const line = this.#lines.lineAt(start) + (tool === 'codeql' ? 1 : 0);
        found.push({ ...named(namesIn(ids as string)), fromLine: line, toLine: line, start, end });
      }
    }
    return found;
  }

  #own(command: string, rules: string[], { start, end }: Range, found: Suppression[], open: Suppression[]): void {
    const first = this.#lines.lineAt(start);
    const last = this.#lines.lineAt(end);
    if (command === 'enable') return this.#enable(rules, last, open);
    if (command === 'disable') {
      const since = this.#since(rules, first, start, end);
      found.push(...since);
      open.push(...since);
      return;
    }
    const line = command === 'disable-line' ? first : last + 1;
    found.push({ ...named(rules), fromLine: line, toLine: line, start, end });
  }

  /** From a line on: one suppression per rule, because each can end by itself. */
  #since(rules: string[], fromLine: number, start: number, end: number): Suppression[] {
    const each = rules.length > 0 ? rules.map((rule) => [rule]) : [[]];
    return each.map((rule) => ({ ...named(rule), fromLine, toLine: this.#lines.lineCount, start, end }));
  }

  /** Ends what is open for the rules, or everything. */
  #enable(rules: readonly string[], line: number, open: Suppression[]): void {
    for (let i = open.length - 1; i >= 0; i--) {
      const one = open[i] as Suppression;
      if (rules.length > 0 && !one.rules.some((rule) => rules.includes(rule))) continue;
      one.toLine = line;
      open.splice(i, 1);
    }
  }

  pragmas(): Suppression[] {
    const inline = this.#file.items.flatMap((item) =>
      item.annotations.flatMap(({ name, args, start, end }) => {
        const match = name === '__pragma' ? /^(\w+)\s*\(([^]*)\)$/.exec(args ?? '') : null;
        return match
          ? [{ name: match[1] as string, args: match[2] as string, start: start + item.start, end: end + item.start }]
          : [];
      }),
    );
    const all = [...this.#file.pragmas, ...inline].sort((a, b) => a.start - b.start);
    return ['warning', 'prefast'].flatMap((name) => this.#ofPragma(all.filter((pragma) => pragma.name === name)));
  }

  #ofPragma(pragmas: SuppressionSource['pragmas']): Suppression[] {
    const found: Suppression[] = [];
    let open: Suppression[] = [];
    const pushed: Suppression[][] = [];
    for (const { start, end, args = '' } of pragmas) {
      const line = this.#lines.lineAt(end);
      if (/^\s*push\b/.test(args)) pushed.push([...open]);
      if (/^\s*pop\b/.test(args)) {
        const before = pushed.pop() ?? [];
        for (const one of open) if (!before.includes(one)) one.toLine = line;
        open = before;
      }
      for (const [, verb, list] of args.replace(/"[^"]*"?/g, '"').matchAll(clause)) {
        const rules = numbersIn(list as string);
        if (rules.length === 0) continue;
        if (verb === 'suppress') found.push({ rules, fromLine: line, toLine: this.#endOfNext(end), start, end });
        else if (verb === 'disable') {
          const since = this.#since(rules, line, start, end);
          found.push(...since);
          open.push(...since);
        } else open = this.#reopened(open, rules, line);
      }
    }
    return found;
  }

  /** What is left open after `default` or `enable`. */
  #reopened(open: Suppression[], rules: readonly string[], line: number): Suppression[] {
    return open.filter((one) => {
      const ends = one.rules.some((rule) => rules.includes(rule));
      if (ends) one.toLine = line;
      return !ends;
    });
  }

  /** Last line of the statement or function head after the offset: what is reported in it may begin on any of its lines. */
  #endOfNext(offset: number): number {
    const dead = [...this.#file.comments, ...this.#file.literals].sort((a, b) => a.start - b.start);
    let next = dead.findIndex((range) => range.end > offset);
    for (let at = offset; at < this.#text.length; at++) {
      const range = next < 0 ? undefined : dead[next];
      if (range && at >= range.start) {
        at = Math.max(at, range.end - 1);
        next++;
        continue;
      }
      const c = this.#text[at];
      if (c === ';' || c === '{' || c === '}') return this.#lines.lineAt(at);
    }
    return this.#lines.lineCount;
  }
}

const clause = /\b(suppress|disable|default|enable)\s*:([^;,"]*)/g;

const numbersIn = (list: string): string[] => list.match(/\b(?:\d+|__WARNING_\w+)\b/g) ?? [];

/** Names in a comment; ` -- ` begins the author's reason. */
function namesIn(list: string): string[] {
  const names = (list.split(/\s--\s/)[0] as string).split(/[\s,]+/);
  return names.filter((name) => /^[\w/.-]*\w$/.test(name));
}

const named = (rules: string[]): { rules: string[]; all?: true } =>
  rules.length > 0 ? { rules } : { rules, all: true };
