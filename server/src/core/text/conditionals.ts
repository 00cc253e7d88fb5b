import {
  BRACE,
  BRACKET,
  CLOSE,
  COLON,
  COMMA,
  DOT,
  END_BRACE,
  END_BRACKET,
  EQUALS,
  OPEN,
  SEMICOLON,
} from './characters.js';
import { evaluateCondition, type KnownMacros } from './condition.js';
import { type ConditionGroup, conditionGroups, type Directive } from './directives.js';
import { isPunct, Kind, Punct, type Tokens, tokenText } from './lexer.js';
import { Fate, type Masked } from './mask.js';
import { Word } from './words.js';

export interface ConditionalOptions {
  /** Macros that the build is known to define, or (null) known not to define. */
  readonly known?: KnownMacros;
}

/** A directive that the parser sees; branch -1 is the `#endif`. */
export interface KeptDirective {
  readonly group: ConditionGroup;
  readonly branch: number;
}

/** What became of the conditional groups of a file. */
export interface Resolved {
  readonly groups: ReadonlyMap<number, ConditionGroup>;
  /** Token index of every directive that stays, with the group it belongs to and the branch that it opens. */
  readonly kept: ReadonlyMap<number, KeptDirective>;
  /** Token ranges (first, end) that are hidden, in order. */
  readonly hidden: readonly (readonly [number, number])[];
}

/** What every Windows driver compiler says of itself; used where a branch must be chosen, never to hide a whole one. */
const usual: readonly (readonly [string, number | null])[] = [
  ['_MSC_VER', 1900],
  ['_WIN32', 1],
  ['__GNUC__', null],
  ['__clang__', null],
  ['__MINGW32__', null],
];

/** Other tools than a compiler define these: what they enclose is no C. */
const otherTools: readonly (readonly [string, null])[] = [
  'RC_INVOKED',
  'MIDL_PASS',
  '__midl',
  '_lint',
  'lint',
  'CPPCHECK',
].map((name) => [name, null]);

/**
 * Decides for each `#if` group: it stays, when every branch of it is a run of whole statements or declarations; else one
 * branch stays and the rest is hidden. Sets the fate of tokens accordingly.
 */
export function resolveConditionals(
  masked: Masked,
  directives: readonly Directive[],
  options: ConditionalOptions = {},
): Resolved {
  return new Resolver(masked, conditionGroups(masked.tokens, directives), options).run();
}

/** Brackets that may be open. */
const Open = { Block: 1, Struct: 2, Enum: 3, Initializer: 4, Parenthesis: 5 } as const;

/** How the text before a place ends. The first ones are ends of statements or declarations. */
const Before = {
  Start: 0,
  Semicolon: 1,
  OpenBrace: 2,
  CloseBrace: 3,
  Label: 4,
  MacroCall: 5,
  Comma: 6,
  Other: 7,
} as const;

interface State {
  stack: number[];
  before: number;
  statement: number;
  tag: number;
}

interface BranchEnd {
  state: State;
  first: number;
  least: number;
}

class Resolver {
  readonly #masked: Masked;
  readonly #tokens: Tokens;
  readonly #groups: ReadonlyMap<number, ConditionGroup>;
  readonly #known: Map<string, number | null>;
  readonly #usual: Map<string, number | null>;
  readonly #assumed = new Map<string, boolean>();
  readonly #kept = new Map<number, KeptDirective>();
  readonly #hidden: [number, number][] = [];
  #state: State = { stack: [], before: Before.Start, statement: -1, tag: 0 };
  #first = -1;
  #least = 0;

  constructor(masked: Masked, groups: ReadonlyMap<number, ConditionGroup>, options: ConditionalOptions) {
    this.#masked = masked;
    this.#tokens = masked.tokens;
    this.#groups = groups;
    this.#known = new Map([
      ['__cplusplus', masked.tokens.cpp ? 201703 : null],
      ...otherTools,
      ...(options.known ?? []),
    ]);
    this.#usual = new Map([...usual, ...this.#known]);
  }

  run(): Resolved {
    if (this.#groups.size) this.#region(0, this.#tokens.count);
    for (const [from, to] of this.#hidden) this.#masked.fate.fill(Fate.Hidden, from, to);
    this.#hidden.sort((a, b) => a[0] - b[0]);
    for (const at of this.#kept.keys()) if (this.#masked.fate[at] === Fate.Hidden) this.#kept.delete(at);
    for (const at of this.#kept.keys()) this.#masked.fate[at] = Fate.Live;
    return { groups: this.#groups, kept: this.#kept, hidden: this.#hidden };
  }

  #region(from: number, to: number): void {
    for (let i = from; i < to; i++) {
      if (this.#tokens.kind[i] === Kind.Directive) {
        const group = this.#groups.get(i);
        if (group) {
          this.#group(group);
          i = group.end.token;
        }
      } else if (this.#masked.fate[i] === Fate.Live) this.#token(i);
    }
  }

  #group(group: ConditionGroup): void {
    const { branches, end } = group;
    if (group.guard) {
      this.#region((branches[0]?.directive.token ?? 0) + 1, end.token);
      return;
    }
    const start = this.#state;
    const outer = { first: this.#first, least: this.#least };
    const values = this.#values(group, this.#known);
    const ends = branches.map((branch, b) => {
      const to = branches[b + 1]?.directive.token ?? end.token;
      return values[b] === false
        ? this.#hide(branch.directive.token, to, start)
        : this.#branch(branch.directive.token + 1, to, start);
    });
    const chosen = isOpen(values) && this.#stays(group, start, ends) ? undefined : this.#choose(group, ends);
    if (chosen === undefined) {
      this.#keep(group, values, start.stack.at(-1));
      const last = ends.find((e) => e.first >= 0);
      this.#state = last ? { ...last.state, stack: start.stack } : start;
    } else {
      branches.forEach((branch, b) => {
        if (b !== chosen && values[b] !== false)
          this.#hide(branch.directive.token, branches[b + 1]?.directive.token ?? end.token, start);
      });
      this.#state = ends[chosen]?.state ?? start;
    }
    const used = chosen === undefined ? ends : ends.slice(chosen, chosen + 1);
    this.#first = outer.first >= 0 ? outer.first : (used.find((e) => e.first >= 0)?.first ?? -1);
    this.#least = Math.min(outer.least, ...used.map((e) => e.least));
  }

  /** True, false or unknown for each branch; a branch after a true one is false. */
  #values(group: ConditionGroup, known: KnownMacros): (boolean | undefined)[] {
    let taken: boolean | undefined = false;
    return group.branches.map((branch) => {
      if (taken === true) return false;
      const own = branch.condition === '' ? true : evaluateCondition(branch.condition, known);
      const value = own === true && taken === undefined ? undefined : own;
      if (own === true) taken = taken === undefined ? undefined : true;
      else if (own === undefined) taken = undefined;
      return value;
    });
  }

  #hide(from: number, to: number, start: State): BranchEnd {
    this.#hidden.push([from, to]);
    return { state: start, first: -1, least: start.stack.length };
  }

  #branch(from: number, to: number, start: State): BranchEnd {
    this.#state = { ...start, stack: [...start.stack] };
    this.#first = -1;
    this.#least = start.stack.length;
    this.#region(from, to);
    return { state: this.#state, first: this.#first, least: this.#least };
  }

  #stays(group: ConditionGroup, start: State, ends: readonly BranchEnd[]): boolean {
    const top = start.stack.at(-1);
    if (top === Open.Initializer || top === Open.Parenthesis) return false;
    if (!isBoundary(start.before, top) || this.#continues(group.end.token + 1)) return false;
    return ends.every(
      (end) =>
        end.first < 0 ||
        (end.least >= start.stack.length &&
          end.state.stack.length === start.stack.length &&
          isBoundary(end.state.before, top) &&
          !this.#continues(end.first)),
    );
  }

  /** The token goes on with what stands before it: `else`, an operator, a closing bracket. */
  #continues(from: number): boolean {
    let i = from;
    while (i < this.#tokens.count && (this.#masked.fate[i] !== Fate.Live || this.#tokens.kind[i] === Kind.Directive))
      i++;
    if (i !== from && this.#tokens.kind[from] === Kind.Directive) return false;
    if (this.#tokens.kind[i] === Kind.Identifier) return tokenText(this.#tokens, i) === 'else';
    if (this.#tokens.kind[i] !== Kind.Punctuator) return false;
    const c = this.#tokens.cls[i] as number;
    return (
      c === CLOSE ||
      c === END_BRACKET ||
      c === COMMA ||
      c === EQUALS ||
      c === DOT ||
      c === Punct.Arrow ||
      c === Punct.Assign ||
      c === Punct.Equal
    );
  }

  /** A group whose branches are all decided shows what is left without its lines; in an enumeration every group does. */
  #keep(group: ConditionGroup, values: readonly (boolean | undefined)[], top: number | undefined): void {
    if (values[0] !== undefined || top === Open.Enum) return;
    group.branches.forEach((branch, b) => {
      this.#kept.set(branch.directive.token, { group, branch: b });
    });
    this.#kept.set(group.end.token, { group, branch: -1 });
  }

  #choose(group: ConditionGroup, ends: readonly BranchEnd[]): number {
    const { branches } = group;
    const values = this.#values(group, this.#usual).map(
      (value, b) => value ?? this.#assumed.get(normal(branches[b]?.condition ?? '')),
    );
    let chosen = values.indexOf(true);
    if (
      chosen < 0 &&
      values.at(-1) === undefined &&
      branches.at(-1)?.condition === '' &&
      values.slice(0, -1).every((v) => v === false)
    ) {
      chosen = branches.length - 1;
    }
    if (chosen < 0 && branches.at(-1)?.condition === '')
      chosen = values.findIndex((v, b) => v !== false && (ends[b]?.first ?? -1) >= 0);
    if (chosen < 0) chosen = values.findIndex((v) => v !== false);
    if (chosen < 0) chosen = branches.length;
    branches.forEach((branch, b) => {
      if (branch.condition === '' || b > chosen) return;
      this.#assumed.set(normal(branch.condition), b === chosen);
      this.#assumed.set(opposite(normal(branch.condition)), b !== chosen);
    });
    return chosen;
  }

  #token(i: number): void {
    const tokens = this.#tokens;
    if (this.#first < 0) this.#first = i;
    const state = this.#state;
    const boundary = isBoundary(state.before, state.stack.at(-1)) && state.before !== Before.Comma;
    if (tokens.kind[i] === Kind.Punctuator) this.#punctuator(i, tokens.cls[i] as number);
    else {
      if (boundary) state.statement = i;
      state.before = Before.Other;
      if (tokens.kind[i] === Kind.Identifier) {
        const word = tokens.cls[i];
        if (word === Word.Tag) state.tag = Open.Struct;
        else if (word === Word.Enum) state.tag = Open.Enum;
      }
    }
  }

  #punctuator(i: number, c: number): void {
    const state = this.#state;
    const { stack } = state;
    if (c === BRACE) {
      stack.push(this.#braceKind(i));
      state.before = stack.at(-1) === Open.Initializer ? Before.Other : Before.OpenBrace;
      state.tag = 0;
    } else if (c === END_BRACE) {
      const kind = this.#pop();
      state.before = kind === Open.Block ? Before.CloseBrace : Before.Other;
      state.tag = 0;
    } else if (c === OPEN || c === BRACKET) {
      stack.push(Open.Parenthesis);
      if (state.before !== Before.Other) state.statement = i;
      state.before = Before.Other;
    } else if (c === CLOSE || c === END_BRACKET) {
      if (stack.at(-1) === Open.Parenthesis) this.#pop();
      state.before = c === CLOSE && this.#closesMacroCall(i) ? Before.MacroCall : Before.Other;
    } else if (c === SEMICOLON) {
      state.before = stack.at(-1) === Open.Parenthesis ? Before.Other : Before.Semicolon;
      if (state.before === Before.Semicolon) state.tag = 0;
    } else if (c === COLON) {
      state.before = this.#endsLabel(i) ? Before.Label : Before.Other;
    } else {
      if (state.before !== Before.Other && state.before !== Before.Comma) state.statement = i;
      state.before = c === COMMA ? Before.Comma : Before.Other;
    }
  }

  #pop(): number {
    const kind = this.#state.stack.pop() ?? Open.Block;
    this.#least = Math.min(this.#least, this.#state.stack.length);
    return kind;
  }

  #braceKind(i: number): number {
    const state = this.#state;
    const top = state.stack.at(-1);
    const previous = this.#previous(i);
    if (previous >= 0 && isPunct(this.#tokens, previous, EQUALS)) return Open.Initializer;
    if (top === Open.Initializer) return Open.Initializer;
    if (previous >= 0 && isPunct(this.#tokens, previous, CLOSE)) return Open.Block;
    return state.tag || Open.Block;
  }

  #previous(i: number): number {
    let k = i - 1;
    while (k >= 0 && (this.#masked.fate[k] !== Fate.Live || this.#tokens.kind[k] === Kind.Directive)) k--;
    return k;
  }

  /** `NAME(...)` alone since the last statement: a macro that brings its own semicolon. */
  #closesMacroCall(i: number): boolean {
    const { statement, stack } = this.#state;
    const tokens = this.#tokens;
    if (statement < 0 || statement >= i || stack.at(-1) === Open.Initializer || stack.at(-1) === Open.Parenthesis)
      return false;
    if (tokens.kind[statement] !== Kind.Identifier || tokens.cls[statement] !== Word.Plain) return false;
    if (!isPunct(tokens, statement + 1, OPEN)) return false;
    let depth = 0;
    for (let k = statement + 1; k < i; k++) {
      if (isPunct(tokens, k, OPEN)) depth++;
      else if (isPunct(tokens, k, CLOSE) && --depth === 0) return false;
    }
    return true;
  }

  #endsLabel(i: number): boolean {
    const { statement, stack } = this.#state;
    const top = stack.at(-1);
    if (
      statement < 0 ||
      top === Open.Parenthesis ||
      top === Open.Initializer ||
      this.#tokens.kind[statement] !== Kind.Identifier
    )
      return false;
    const word = this.#tokens.cls[statement];
    return word === Word.Statement || word === Word.Keyword || this.#previous(i) === statement;
  }
}

/** Either nothing is decided about the branches, or everything is. */
function isOpen(values: readonly (boolean | undefined)[]): boolean {
  return values.every((value) => value === undefined) || values.every((value) => value !== undefined);
}

function isBoundary(before: number, top: number | undefined): boolean {
  return before < Before.Comma || (before === Before.Comma && top === Open.Enum);
}

const normal = (condition: string): string => condition.replace(/\s+/g, '').replace(/defined\((\w+)\)/g, 'defined $1');

const opposite = (condition: string): string => (condition.startsWith('!') ? condition.slice(1) : `!${condition}`);
