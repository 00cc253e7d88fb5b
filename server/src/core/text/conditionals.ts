import { CLOSE, COMMA, DOT, END_BRACKET, EQUALS } from './characters.js';
import { evaluateCondition, type KnownMacros } from './condition.js';
import { type ConditionGroup, conditionGroups, type Directive } from './directives.js';
import { Kind, Punct, type Tokens, tokenText } from './lexer.js';
import { Fate, type Masked } from './mask.js';
import { Open, Place } from './place.js';

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

class Resolver {
  readonly #masked: Masked;
  readonly #tokens: Tokens;
  readonly #groups: ReadonlyMap<number, ConditionGroup>;
  readonly #known: Map<string, number | null>;
  readonly #usual: Map<string, number | null>;
  readonly #assumed = new Map<string, boolean>();
  readonly #kept = new Map<number, KeptDirective>();
  readonly #hidden: [number, number][] = [];
  #place: Place;

  constructor(masked: Masked, groups: ReadonlyMap<number, ConditionGroup>, options: ConditionalOptions) {
    this.#masked = masked;
    this.#tokens = masked.tokens;
    this.#place = new Place(masked.tokens);
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
      } else if (this.#masked.fate[i] === Fate.Live) this.#place.pass(i);
    }
  }

  #group(group: ConditionGroup): void {
    const { branches, end } = group;
    if (group.guard) {
      this.#region((branches[0]?.directive.token ?? 0) + 1, end.token);
      return;
    }
    const start = this.#place;
    const values = this.#values(group, this.#known);
    const ends = branches.map((_, b) => {
      if (values[b] !== false) return this.#branch(group, b, start);
      this.#hide(group, b);
      return start.copy();
    });
    const stays = isOpen(values) && this.#stays(group, start, ends);
    const chosen = stays ? ends.findIndex((place) => place.first >= 0) : this.#choose(group, ends);
    if (stays) this.#keep(group, values, start.top);
    else branches.forEach((_, b) => b !== chosen && values[b] !== false && this.#hide(group, b));
    const after = ends[chosen] ?? start.copy();
    this.#place = after;
    // What was found inside the group counts for the branch that the group itself is in.
    after.first = start.first >= 0 ? start.first : after.first;
    after.least = Math.min(start.least, after.least);
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

  #endOf(group: ConditionGroup, branch: number): number {
    return group.branches[branch + 1]?.directive.token ?? group.end.token;
  }

  #hide(group: ConditionGroup, branch: number): void {
    const from = group.branches[branch]?.directive.token;
    if (from !== undefined) this.#hidden.push([from, this.#endOf(group, branch)]);
  }

  #branch(group: ConditionGroup, branch: number, start: Place): Place {
    this.#place = start.copy();
    this.#region((group.branches[branch]?.directive.token ?? 0) + 1, this.#endOf(group, branch));
    return this.#place;
  }

  #stays(group: ConditionGroup, start: Place, ends: readonly Place[]): boolean {
    if (start.top === Open.Initializer || start.top === Open.Parenthesis) return false;
    if (!start.isBoundary || this.#continues(group.end.token + 1)) return false;
    const depth = start.stack.length;
    return ends.every(
      (end) =>
        end.first < 0 ||
        (end.least >= depth && end.stack.length === depth && end.isBoundary && !this.#continues(end.first)),
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

  /** The branch that stays; behind the last one for none. */
  #choose(group: ConditionGroup, ends: readonly Place[]): number {
    const { branches } = group;
    const values = this.#values(group, this.#usual).map(
      (value, b) => value ?? this.#assumed.get(normal(branches[b]?.condition ?? '')),
    );
    const open = (b: number): boolean => values[b] !== false;
    const hasElse = branches.at(-1)?.condition === '';
    const all = [...branches.keys()];
    const filled = hasElse ? all.find((b) => open(b) && (ends[b]?.first ?? -1) >= 0) : undefined;
    const certain = values.indexOf(true);
    const chosen = certain >= 0 ? certain : (filled ?? all.find(open) ?? branches.length);
    branches.forEach((branch, b) => {
      if (branch.condition === '' || b > chosen) return;
      this.#assumed.set(normal(branch.condition), b === chosen);
      this.#assumed.set(opposite(normal(branch.condition)), b !== chosen);
    });
    return chosen;
  }
}

/** Either nothing is decided about the branches, or everything is. */
function isOpen(values: readonly (boolean | undefined)[]): boolean {
  return values.every((value) => value === undefined) || values.every((value) => value !== undefined);
}

const normal = (condition: string): string => condition.replace(/\s+/g, '').replace(/defined\((\w+)\)/g, 'defined $1');

const opposite = (condition: string): string => (condition.startsWith('!') ? condition.slice(1) : `!${condition}`);
