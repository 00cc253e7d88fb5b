import { Kind, type Tokens } from './lexer.js';

/** A preprocessor line taken apart. Offsets are absolute UTF-16 units. */
export interface Directive {
  /** Index of its token. */
  readonly token: number;
  readonly name: string;
  /** First character after the name that is no white space. */
  readonly rest: number;
  readonly end: number;
}

const head = /#[ \t]*([A-Za-z_]*)(?:[ \t]|\\\r?\n)*/y;

export function readDirective(tokens: Tokens, token: number): Directive {
  const end = tokens.end[token] as number;
  head.lastIndex = tokens.start[token] as number;
  const match = head.exec(tokens.text);
  return { token, name: match?.[1] ?? '', rest: Math.min(head.lastIndex || end, end), end };
}

/** All preprocessor lines of a file in order. */
export function directivesOf(tokens: Tokens): Directive[] {
  const found: Directive[] = [];
  for (let i = 0; i < tokens.count; i++) if (tokens.kind[i] === Kind.Directive) found.push(readDirective(tokens, i));
  return found;
}

const noise = /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|\/\*[^]*?(?:\*\/|$)|\/\/.*|\\[ \t]*\r?\n/g;

/** What follows the name, on one line: without comments and line continuations. */
export function directiveText(tokens: Tokens, directive: Directive): string {
  const text = tokens.text.slice(directive.rest, directive.end);
  return /[/\\]/.test(text) ? text.replace(noise, (_, literal?: string) => literal ?? ' ').trim() : text.trim();
}

export interface ConditionBranch {
  readonly directive: Directive;
  /** Condition as written, `defined(X)` for `#ifdef X`; empty for `#else`. */
  readonly condition: string;
}

/** An `#if` with its `#endif`. */
export interface ConditionGroup {
  readonly branches: readonly ConditionBranch[];
  readonly end: Directive;
  /** It surrounds the whole file to keep it from being included twice. */
  readonly guard: boolean;
}

const opening = new Set(['if', 'ifdef', 'ifndef']);
const between = new Set(['elif', 'elifdef', 'elifndef', 'else']);

/** Groups are nested no deeper than this; deeper ones count as lines without meaning. */
const deepest = 200;

/** Complete groups by the token index of their first directive. A group without an end is left out. */
export function conditionGroups(tokens: Tokens, directives: readonly Directive[]): Map<number, ConditionGroup> {
  const groups = new Map<number, ConditionGroup>();
  const open: ConditionBranch[][] = [];
  for (const directive of directives) {
    if (opening.has(directive.name)) open.push([branchOf(tokens, directive)]);
    else if (between.has(directive.name)) open.at(-1)?.push(branchOf(tokens, directive));
    else if (directive.name === 'endif') {
      const branches = open.pop();
      const first = branches?.[0];
      if (!branches || !first || open.length >= deepest) continue;
      const guard = branches.length === 1 && isGuard(tokens, directives, first, directive);
      groups.set(first.directive.token, { branches, end: directive, guard });
    }
  }
  return groups;
}

function branchOf(tokens: Tokens, directive: Directive): ConditionBranch {
  const text = directiveText(tokens, directive);
  const name = /^\w*/.exec(text)?.[0] ?? '';
  if (directive.name.endsWith('ifdef') || directive.name === 'elifdef')
    return { directive, condition: `defined(${name})` };
  if (directive.name.endsWith('ifndef') || directive.name === 'elifndef')
    return { directive, condition: `!defined(${name})` };
  return { directive, condition: directive.name === 'else' ? '' : text };
}

function isGuard(tokens: Tokens, directives: readonly Directive[], first: ConditionBranch, end: Directive): boolean {
  const name = /^!\s*defined\s*\(?\s*(\w+)\s*\)?$/.exec(first.condition)?.[1];
  if (!name) return false;
  const at = directives.indexOf(first.directive);
  const next = directives[at + 1];
  if (next?.name !== 'define' || !new RegExp(`^${name}\\b`).test(tokens.text.slice(next.rest, next.end))) return false;
  return onlyDirectives(tokens, 0, first.directive.token) && onlyDirectives(tokens, end.token, tokens.count);
}

function onlyDirectives(tokens: Tokens, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (tokens.kind[i] !== Kind.Directive) return false;
  return true;
}

/** The condition turned round: `!defined(X)` for `defined(X)`, `!(A && B)` for `A && B`. */
export function negated(condition: string): string {
  if (/^![\w]+(?:\s*\(\s*\w+\s*\))?$/.test(condition)) return condition.slice(1);
  return /^(?:\w+|defined\s*\(\s*\w+\s*\))$/.test(condition) ? `!${condition}` : `!(${condition})`;
}

/** What holds inside each branch of a group, outermost first. */
export function branchConditions(group: ConditionGroup, branch: number): string[] {
  const earlier = group.branches.slice(0, branch).map((b) => negated(b.condition));
  const own = group.branches[branch]?.condition;
  return own ? [...earlier, own] : earlier;
}
