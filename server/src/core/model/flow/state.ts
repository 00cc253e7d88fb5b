import { type Hash, hashOf, noHash, numberOf, toggled } from './hash.js';
import { unite, unknownValue, type Value, valueText } from './values.js';

/** What an analysis knows on a path beside values: immutable. Equal ones have equal keys. */
export interface Aside {
  readonly key: string;
}

/** What is known on one path at one point. Immutable: `with…` give a new state. */
export class State {
  static readonly empty = new State(new Map(), new Map(), new Set(), undefined, noHash, noHash);

  /** Values of variables, by lvalue text without white space. Absent means unknown. */
  readonly vars: ReadonlyMap<string, Value>;
  /** Outcomes of conditions tested on the way, by condition text. */
  readonly facts: ReadonlyMap<string, boolean>;
  /** What has happened on the way, in the words of the effects that put it there. */
  readonly flags: ReadonlySet<string>;
  readonly aside: Aside | undefined;
  /** Of values and facts, and of flags and `aside`. */
  private readonly known: Hash;
  private readonly happened: Hash;

  private constructor(
    vars: ReadonlyMap<string, Value>,
    facts: ReadonlyMap<string, boolean>,
    flags: ReadonlySet<string>,
    aside: Aside | undefined,
    known: Hash,
    happened: Hash,
  ) {
    this.vars = vars;
    this.facts = facts;
    this.flags = flags;
    this.aside = aside;
    this.known = known;
    this.happened = happened;
  }

  value(lvalue: string): Value {
    return this.vars.get(lvalue) ?? unknownValue;
  }

  withValue(lvalue: string, value: Value): State {
    const vars = new Map(this.vars);
    let hash = this.known;
    for (const [key, old] of this.vars) {
      if (key !== lvalue && !mentions(key, lvalue)) continue;
      vars.delete(key);
      hash = toggled(hash, valueHash(key, old));
    }
    if (!value.unknown || value.atoms.size || value.not.size) {
      vars.set(lvalue, value);
      hash = toggled(hash, valueHash(lvalue, value));
    }
    const facts = this.factsWithout(lvalue);
    for (const [text, outcome] of this.facts) if (!facts.has(text)) hash = toggled(hash, factHash(text, outcome));
    return new State(vars, facts, this.flags, this.aside, hash, this.happened);
  }

  /** The same with a narrowed value: nothing was assigned, so facts stay. */
  withNarrowed(lvalue: string, value: Value): State {
    const old = this.vars.get(lvalue);
    if (old === value) return this;
    let hash = toggled(this.known, valueHash(lvalue, value));
    if (old) hash = toggled(hash, valueHash(lvalue, old));
    return new State(new Map(this.vars).set(lvalue, value), this.facts, this.flags, this.aside, hash, this.happened);
  }

  /** The same with one more outcome of a condition, which has none yet. */
  withFact(text: string, outcome: boolean): State {
    const hash = toggled(this.known, factHash(text, outcome));
    return new State(this.vars, new Map(this.facts).set(text, outcome), this.flags, this.aside, hash, this.happened);
  }

  withFlag(flag: string): State {
    if (this.flags.has(flag)) return this;
    const hash = toggled(this.happened, hashOf(flag));
    return new State(this.vars, this.facts, new Set(this.flags).add(flag), this.aside, this.known, hash);
  }

  withAside(aside: Aside): State {
    let hash = this.happened;
    if (this.aside) hash = toggled(hash, hashOf(this.aside.key));
    hash = toggled(hash, hashOf(aside.key));
    return new State(this.vars, this.facts, this.flags, aside, this.known, hash);
  }

  /** Forgets values that a call may have changed: everything reached through a pointer or a member. */
  withoutMemory(): State {
    let vars: Map<string, Value> | undefined;
    let hash = this.known;
    for (const [key, value] of this.vars) {
      if (isPlainName(key)) continue;
      vars ??= new Map(this.vars);
      vars.delete(key);
      hash = toggled(hash, valueHash(key, value));
    }
    return vars ? new State(vars, this.facts, this.flags, this.aside, hash, this.happened) : this;
  }

  /** Only the values and facts whose names `keep` accepts. */
  only(keep: (name: string) => boolean): State {
    let vars: Map<string, Value> | undefined;
    let facts: Map<string, boolean> | undefined;
    let hash = this.known;
    for (const [name, value] of this.vars) {
      if (keep(name)) continue;
      vars ??= new Map(this.vars);
      vars.delete(name);
      hash = toggled(hash, valueHash(name, value));
    }
    for (const [text, outcome] of this.facts) {
      if (keep(text)) continue;
      facts ??= new Map(this.facts);
      facts.delete(text);
      hash = toggled(hash, factHash(text, outcome));
    }
    if (!vars && !facts) return this;
    return new State(vars ?? this.vars, facts ?? this.facts, this.flags, this.aside, hash, this.happened);
  }

  /** A state that stands for both, which have the same past: values united, facts and values only where both have them. */
  joinedWith(other: State): State {
    let state = new State(new Map(), new Map(), this.flags, this.aside, noHash, this.happened);
    for (const [key, value] of this.vars) {
      const theirs = other.vars.get(key);
      if (theirs) state = state.withNarrowed(key, unite(value, theirs));
    }
    for (const [text, outcome] of this.facts)
      if (other.facts.get(text) === outcome) state = state.withFact(text, outcome);
    return state;
  }

  /** States with the same flags and the same `aside` have the same. */
  get past(): number {
    return numberOf(this.happened);
  }

  /** Equal states have equal keys. */
  get key(): number {
    return numberOf(toggled(this.known, this.happened));
  }

  private factsWithout(lvalue: string): ReadonlyMap<string, boolean> {
    let changed: Map<string, boolean> | undefined;
    for (const text of this.facts.keys()) {
      if (!mentions(text, lvalue)) continue;
      changed ??= new Map(this.facts);
      changed.delete(text);
    }
    return changed ?? this.facts;
  }
}

const valueHash = (name: string, value: Value): Hash => hashOf(`${name}=${valueText(value)}`);
const factHash = (text: string, outcome: boolean): Hash => hashOf(`${text}:${outcome}`);

const isWordCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || (code >= 48 && code <= 57);

function isPlainName(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (!isWordCode(text.charCodeAt(i))) return false;
  return true;
}

/** Whether `text` speaks of the variable `lvalue` or something reached through it. */
function mentions(text: string, lvalue: string): boolean {
  for (let at = text.indexOf(lvalue); at >= 0; at = text.indexOf(lvalue, at + 1)) {
    const before = at > 0 ? text.charCodeAt(at - 1) : 0;
    const after = at + lvalue.length < text.length ? text.charCodeAt(at + lvalue.length) : 0;
    // Behind a dot or the end of an arrow stands a member of something else.
    if (!isWordCode(before) && before !== 46 && before !== 62 && !isWordCode(after)) return true;
  }
  return false;
}
