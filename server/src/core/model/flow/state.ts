import { type Value, unite, unknownValue, valueText } from './values.js';

/** What is known on one path at one point. Immutable: `with…` give a new state. */
export class State {
  static readonly empty = new State(new Map(), new Map(), new Set());

  private text: string | undefined;

  /** Values of variables, by lvalue text without white space. Absent means unknown. */
  readonly vars: ReadonlyMap<string, Value>;
  /** Outcomes of conditions tested on the way, by condition text. */
  readonly facts: ReadonlyMap<string, boolean>;
  /** What has happened on the way, in the words of the effects that put it there. */
  readonly flags: ReadonlySet<string>;

  private constructor(vars: ReadonlyMap<string, Value>, facts: ReadonlyMap<string, boolean>, flags: ReadonlySet<string>) {
    this.vars = vars;
    this.facts = facts;
    this.flags = flags;
  }

  value(lvalue: string): Value {
    return this.vars.get(lvalue) ?? unknownValue;
  }

  withValue(lvalue: string, value: Value): State {
    const vars = new Map(this.vars);
    for (const key of vars.keys()) if (key !== lvalue && mentions(key, lvalue)) vars.delete(key);
    if (value.unknown && !value.atoms.size && !value.not.size) vars.delete(lvalue);
    else vars.set(lvalue, value);
    return new State(vars, withoutFactsOn(this.facts, lvalue), this.flags);
  }

  /** The same with a narrowed value: nothing was assigned, so facts stay. */
  withNarrowed(lvalue: string, value: Value): State {
    return new State(new Map(this.vars).set(lvalue, value), this.facts, this.flags);
  }

  withFact(text: string, outcome: boolean): State {
    return new State(this.vars, new Map(this.facts).set(text, outcome), this.flags);
  }

  withFlag(flag: string): State {
    return this.flags.has(flag) ? this : new State(this.vars, this.facts, new Set(this.flags).add(flag));
  }

  withoutFlag(flag: string): State {
    if (!this.flags.has(flag)) return this;
    const flags = new Set(this.flags);
    flags.delete(flag);
    return new State(this.vars, this.facts, flags);
  }

  /** Forgets values that a call may have changed: everything reached through a pointer or a member. */
  withoutMemory(): State {
    const vars = new Map([...this.vars].filter(([key]) => /^\w+$/.test(key)));
    return vars.size === this.vars.size ? this : new State(vars, this.facts, this.flags);
  }

  /** A state that stands for both: values united, facts and values only where both have them. */
  joinedWith(other: State): State {
    const vars = new Map<string, Value>();
    for (const [key, value] of this.vars) {
      const theirs = other.vars.get(key);
      if (theirs) vars.set(key, unite(value, theirs));
    }
    const facts = new Map([...this.facts].filter(([text, outcome]) => other.facts.get(text) === outcome));
    return new State(vars, facts, this.flags);
  }

  get flagText(): string {
    return [...this.flags].sort().join(';');
  }

  /** Equal states have equal keys. */
  get key(): string {
    this.text ??= [
      [...this.vars].map(([name, value]) => `${name}=${valueText(value)}`).sort().join(';'),
      [...this.facts].map(([text, outcome]) => `${text}:${outcome}`).sort().join(';'),
      this.flagText,
    ].join('|');
    return this.text;
  }
}

/** Whether `text` speaks of the variable `lvalue` or something reached through it. */
function mentions(text: string, lvalue: string): boolean {
  if (!text.includes(lvalue)) return false;
  return new RegExp(`(^|[^\\w.>])${lvalue.replace(/[^\w]/g, '\\$&')}($|[^\\w])`).test(text);
}

function withoutFactsOn(facts: ReadonlyMap<string, boolean>, lvalue: string): ReadonlyMap<string, boolean> {
  let changed: Map<string, boolean> | undefined;
  for (const text of facts.keys()) {
    if (!mentions(text, lvalue)) continue;
    changed ??= new Map(facts);
    changed.delete(text);
  }
  return changed ?? facts;
}
