import type { Act, LockKind } from '../irqlActs.js';
import { dispatch, high, type Levels, meet, passive } from '../irqlLevels.js';
import { lastNameOf, speaksOf } from '../places.js';
import type { Span } from '../span.js';
import type { Tells } from './dispatchFlag.js';
import type { Aside } from './state.js';

/** A level that the function itself brought about, and where. Absent: the level at entry. */
export interface OwnLevel extends Levels {
  /** The call that raised it, the test that told it; absent where it is only not known. */
  at?: Span;
}

/** A lock that the function acquired and holds. */
export interface Held {
  place: string;
  kind: LockKind;
  form: 'moves' | 'stays' | 'either';
  shared: boolean;
  /** Name that the source calls, and the call. */
  by: string;
  at: Span;
  /** Level to go back to. */
  before: OwnLevel | undefined;
  /** Where the caller of the acquiring function keeps the old IRQL. */
  irql?: string;
  /** The IRQL variable was bound to the result of the call after the call. */
  unbound?: true;
}

/** The IRQL was raised without a lock. */
export interface Raised {
  by: string;
  at: Span;
  before: OwnLevel | undefined;
  irql?: string;
  unbound?: true;
}

/** A lock that the caller held, and that the function gave back. */
export interface Given {
  place: string;
  kind: LockKind;
}

interface Parts {
  /** Level now; undefined is the level at entry. */
  level: OwnLevel | undefined;
  /** What the path has told of the level at entry, and where. */
  entry: OwnLevel;
  held: readonly Held[];
  raised: readonly Raised[];
  /** Locks of the caller that the function gave back. */
  given: readonly Given[];
  /** Where the IRQL came from that the function went back to without having raised it itself. */
  restored?: string | undefined;
  /** Locks that were acquired and released on this path; does not tell states apart. */
  done: readonly string[];
  /** Variables that hold the IRQL that the function runs at now. */
  reads: readonly string[];
  /** Variables that keep what a dispatch flag told. */
  tells: ReadonlyMap<string, Tells>;
  /** Something that speaks of the IRQL decided the path. */
  guarded: boolean;
  /** Something out of sight may have moved the IRQL or the locks. */
  lost: boolean;
}

const nothingTold: OwnLevel = { min: passive, max: high };

/** Locks and IRQL at one point of a path. Levels that depend on the caller stay open: the same path serves every caller.
 * Immutable. */
export class IrqlState implements Aside, Parts {
  static readonly entry = new IrqlState({
    level: undefined,
    entry: nothingTold,
    held: [],
    raised: [],
    given: [],
    done: [],
    reads: [],
    tells: new Map(),
    guarded: false,
    lost: false,
  }); // prettier-ignore

  readonly level: OwnLevel | undefined;
  readonly entry: OwnLevel;
  readonly held: readonly Held[];
  readonly raised: readonly Raised[];
  readonly given: readonly Given[];
  readonly restored: string | undefined;
  readonly done: readonly string[];
  readonly reads: readonly string[];
  readonly tells: ReadonlyMap<string, Tells>;
  readonly guarded: boolean;
  readonly lost: boolean;
  readonly key: string;

  private constructor(parts: Parts) {
    this.level = parts.level;
    this.entry = parts.entry;
    this.held = parts.held;
    this.raised = parts.raised;
    this.given = parts.given;
    this.restored = parts.restored;
    this.done = parts.done;
    this.reads = parts.reads;
    this.tells = parts.tells;
    this.guarded = parts.guarded;
    this.lost = parts.lost;
    this.key = keyOf(parts);
  }

  with(parts: Partial<Parts>): IrqlState {
    return new IrqlState({ ...this, ...parts });
  }

  /** The levels possible here for a caller at `entry`; undefined where no such caller comes here. */
  levels(entry: Levels): OwnLevel | undefined {
    const atEntry = meet(entry, this.entry);
    if (!atEntry) return undefined;
    if (this.level) return this.level;
    return this.entry.at ? { ...atEntry, at: this.entry.at } : atEntry;
  }

  /** The state where the current level is known to be in a range; undefined where it cannot be. */
  narrowed(keep: (levels: Levels) => Levels | undefined, at: Span): IrqlState | undefined {
    if (this.lost) return this;
    const range = keep(this.level ?? this.entry);
    if (!range) return undefined;
    const level = { ...range, at: this.level?.at ?? at };
    return this.level ? this.with({ level }) : this.with({ entry: level });
  }

  /** Forgets everything: what follows is not understood. */
  asLost(): IrqlState {
    return this.lost ? this : IrqlState.entry.with({ lost: true, guarded: this.guarded });
  }

  acquired(act: Act, form: Held['form'], by: string, at: Span, to: number): IrqlState {
    const given = this.given.filter(({ place }) => place !== act.place);
    if (given.length < this.given.length) return this.with({ given, level: undefined });
    const state = form === 'stays' ? this.atLeast(to, at) : this;
    const held: Held = {
      place: act.place,
      kind: act.lock ?? 'spin',
      form,
      shared: act.shared === true,
      by,
      at,
      before: state.level,
    };
    if (act.irql !== undefined) held.irql = act.irql;
    if (act.inResult) held.unbound = true;
    const raises = form !== 'stays' && act.level !== undefined && (state.level?.min ?? passive) < to;
    const level = raises ? { min: to, max: to, at } : state.level;
    return state.with({ held: [...state.held, held], level, reads: raises ? [] : state.reads });
  }

  /** The code relies on the level: it is taken at its word. */
  private atLeast(least: number, at: Span): IrqlState {
    return (
      this.narrowed((levels) => meet(levels, { min: least, max: high }), at) ??
      this.with({ level: { min: least, max: least, at } })
    );
  }

  /** The lock that a release of the place means: the last one of that place, or else of that name. */
  heldAt(act: Act): Held | undefined {
    const kinds = this.held.filter((held) => held.kind === act.lock);
    const name = lastNameOf(act.place);
    return (
      kinds.findLast((held) => held.place === act.place) ?? kinds.findLast((held) => lastNameOf(held.place) === name)
    );
  }

  /** Without the lock. A lock that was acquired later keeps the level up, and takes over the one to go back to. */
  released(lock: Held, restores: boolean): IrqlState {
    const index = this.held.indexOf(lock);
    const held = this.held.filter((other) => other !== lock);
    const next = held[index];
    const done = this.done.includes(lock.place) ? this.done : [...this.done, lock.place];
    if (next) held[index] = { ...next, before: lock.before };
    const level = next || !restores ? this.level : lock.before;
    return this.with({ held, done, level, reads: level === this.level ? this.reads : [] });
  }

  /** A lock of the caller is given back: the level falls to one that only the caller knows. */
  gaveBack({ place, lock: kind = 'spin' }: Act): IrqlState {
    if (this.given.some((given) => given.place === place)) return this;
    return this.with({ given: [...this.given, { place, kind }], level: { min: passive, max: dispatch }, reads: [] });
  }

  raisedTo(levels: Levels, act: Act, by: string, at: Span): IrqlState {
    const raised: Raised = { by, at, before: this.level };
    if (act.irql !== undefined) raised.irql = act.irql;
    if (act.inResult) raised.unbound = true;
    return this.with({ raised: [...this.raised, raised], level: { ...levels, at }, reads: [] });
  }

  /** The IRQL that the variable keeps is known to be in a range; undefined where it cannot be. Where it is no lower than
   * the level that it was raised to, nothing was raised. */
  savedNarrowed(variable: string, keep: (levels: Levels) => Levels | undefined, at: Span): IrqlState | undefined {
    const index = this.raised.findIndex((raised) => raised.irql === variable);
    const raised = this.raised[index];
    if (!raised) return this;
    const range = keep(raised.before ?? this.entry);
    if (!range) return undefined;
    const level = { ...range, at: raised.before?.at ?? at };
    const entry = raised.before ? this.entry : level;
    if (!this.level || range.min < this.level.min || index < this.raised.length - 1) return this.with({ entry });
    return this.with({ entry, raised: this.raised.slice(0, index), level: raised.before ? level : undefined });
  }

  lowered(index: number): IrqlState {
    return this.with({ raised: this.raised.slice(0, index), level: this.raised[index]?.before, reads: [] });
  }

  /** The variable gets a new value: what was known by its name no longer is. */
  forgetting(variable: string): IrqlState {
    const speaks = (place: string | undefined): boolean => place !== undefined && speaksOf(place, variable);
    const reads = this.reads.includes(variable) ? this.reads.filter((name) => name !== variable) : this.reads;
    const stale = this.held.some((held) => speaks(held.place));
    const done = this.done.some(speaks) ? this.done.filter((place) => !speaks(place)) : this.done;
    const tells = this.tells.has(variable) ? without(this.tells, variable) : this.tells;
    if (reads === this.reads && !stale && done === this.done && tells === this.tells) return this;
    const held = stale
      ? this.held.map((lock) => (speaks(lock.place) ? { ...lock, place: lock.place.replace(/^\W*\w+/, '?') } : lock))
      : this.held;
    return this.with({ reads, held, done, tells });
  }
}

/** A test on the path found the level at entry to be DISPATCH_LEVEL or above, and it was not moved since. */
export const isFoundAtDispatch = ({ lost, level, entry }: IrqlState): boolean =>
  !lost && !level && entry.at !== undefined && entry.min >= dispatch;

/** The place was written with a variable that has another value now. */
export const isStale = (place: string): boolean => place.startsWith('?');

function without<T>(map: ReadonlyMap<string, T>, key: string): ReadonlyMap<string, T> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}

function keyOf(parts: Parts): string {
  const level = ({ min, max }: Levels): string => `${min}-${max}`;
  return [
    parts.level ? level(parts.level) : '',
    level(parts.entry),
    parts.held
      .map((lock) => `${lock.place}:${lock.form}:${lock.before ? level(lock.before) : ''}:${lock.irql ?? ''}`)
      .join(),
    parts.raised.map((raise) => `${raise.irql ?? ''}:${raise.before ? level(raise.before) : ''}`).join(),
    parts.given.map(({ place }) => place).join(),
    parts.restored ?? '',
    parts.reads.join(),
    [...parts.tells].join(),
    parts.guarded ? 'g' : '',
    parts.lost ? 'l' : '',
  ].join('|');
}
