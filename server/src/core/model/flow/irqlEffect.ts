import type { Item, Node } from '../../syntax/ast.js';
import { type CallFact, squeezed } from '../body.js';
import type { Act, Acts } from '../irqlActs.js';
import { compared, dispatch, high, type Levels, levelNamed, meet, mirror, opposite, passive } from '../irqlLevels.js';
import { bare, childByField, operatorOf, spanOf, textOf } from '../nodes.js';
import { placeOf, speaksOf } from '../places.js';
import type { Span } from '../span.js';
import { flagTells, type Tells } from './dispatchFlag.js';
import type { Effect } from './interpret.js';
import { type Held, IrqlState, isFoundAtDispatch, isStale } from './irqlState.js';
import type { State } from './state.js';

/** Something about locks or saved IRQLs that is wrong on the path that did it. */
export interface IrqlEvent {
  kind: 'release-unheld' | 'double-acquire' | 'mixed-forms' | 'wrong-irql' | 'irql-overwritten';
  call: CallFact;
  act: Act;
  /** Before the call. */
  state: IrqlState;
  /** The lock that was acquired, where one is known. */
  lock?: Held;
  /** Where an overwritten IRQL was saved. */
  saved?: Span;
}

/** What the rest of the model tells the effect. */
export interface IrqlContext {
  /** What the call does, its arguments put in. */
  actsOf(call: CallFact): Acts;
  /** The call says that the IRQL is below DISPATCH_LEVEL. */
  isPagedCode(name: string): boolean;
  /** Number of a constant. */
  numberOf(name: string): number | undefined;
}

/** Words of names that speak of spin locks, mutexes or the IRQL. */
const lockWord =
  /(?<!nter|[bcBC])lock(?!ed\b|aside|out)|Lock(?!ed\b|aside|out)|(?<!NTER|[BC])LOCK(?!ED\b|ASIDE|OUT)|irql|Irql|IRQL|mutex|Mutex|MUTEX/;
/** Words of names that make, drop or look at a lock without taking it, and of locks that leave the IRQL alone. */
const harmlessWord =
  /init|create|alloc|free|delete|destroy|assert|assume|held|push_?lock|remove_?lock|rundown|interlocked|file_?lock/i;

/** A call of such a name that cannot be looked into may move the IRQL or a lock. */
export function mayLock(name: string): boolean {
  return lockWord.test(name) && !harmlessWord.test(name);
}

/** Words of conditions that speak of the IRQL. */
export const levelWords = /irql|dispatch|passive|at_?dpc|in_?dpc|sleep|can_?wait|can_?block/i;
/** Macros and intrinsics that state a condition. */
const statement = /assert|assume|verify/i;

/** Follows locks and the IRQL along the paths of one function. */
export class IrqlEffect implements Effect {
  /** States that reach each call, before it, by the key of the state. */
  readonly reached = new Map<Node, Map<string, IrqlState>>();
  readonly events: IrqlEvent[] = [];
  /** Variables that somewhere got the value of another one: `copy=original`. */
  private readonly copies = new Set<string>();
  private readonly item: Item;
  private readonly context: IrqlContext;

  constructor(item: Item, context: IrqlContext) {
    this.item = item;
    this.context = context;
  }

  onCall(call: CallFact, state: State): State {
    const before = asideOf(state);
    this.record(call.node, before);
    let after: IrqlState = before;
    const acts = this.context.actsOf(call);
    if (acts === 'unknown') after = after.asLost();
    else for (const act of acts) after = this.apply(act, call, after, state);
    if (this.context.isPagedCode(call.name))
      after = after.narrowed((levels) => meet(levels, { min: passive, max: dispatch - 1 }), call.span) ?? after;
    const stated = statement.test(call.name) ? call.args[0] : undefined;
    if (stated) after = this.assume(stated.node, after);
    else if (this.asksForLevel(call)) after = after.with({ guarded: true });
    return after === before ? state : state.withAside(after);
  }

  /** A statement of the driver's own that looks at the IRQL: `ASSERT_PASSIVE();`. */
  private asksForLevel(call: CallFact): boolean {
    if (call.isStatement !== true) return false;
    const acts = this.actsIn(call);
    if (acts.length) return acts.every(({ act }) => act === 'read' || act === 'test');
    return statement.test(call.name) && levelWords.test(call.name);
  }

  onOtherCall(callee: Node, state: State): State {
    return mayLock(textOf(this.item, callee)) ? state.withAside(asideOf(state).asLost()) : state;
  }

  onAssign(lvalue: string, _target: Node, value: Node, state: State): State {
    const before = asideOf(state);
    let after = before.forgetting(lvalue);
    const call = bare(value);
    if (call.kind === 'call_expression') after = this.bound(lvalue, call, after);
    if (/^[\w.>-]+$/.test(textOf(this.item, call))) this.copies.add(`${placeOf(lvalue)}=${textOf(this.item, call)}`);
    const tells = this.tellsOf(value, before);
    if (tells && /^\w+$/.test(lvalue)) after = after.with({ tells: new Map([...after.tells, [lvalue, tells]]) });
    return after === before ? state : state.withAside(after);
  }

  onUpdate(lvalue: string, state: State): State {
    const before = asideOf(state);
    const after = before.forgetting(lvalue);
    return after === before ? state : state.withAside(after);
  }

  /** What the value tells of DISPATCH_LEVEL: a dispatch flag, or a variable that keeps one. */
  private tellsOf(value: Node, state: IrqlState): Tells | undefined {
    const node = bare(value);
    const text = textOf(this.item, node);
    const kept = state.tells.get(text);
    if (kept) return kept;
    const callee = node.kind === 'call_expression' ? childByField(node, 'function') : undefined;
    if (callee && this.actsNamed(textOf(this.item, callee)).some((act) => act.act === 'test')) return 'dispatch';
    if (!/_DISPATCH_LEVEL\b/.test(text)) return undefined;
    return this.speaksOfDispatchFlag(text) ? flagTells(text) : 'something';
  }

  onTest(condition: Node, text: string, outcome: boolean, state: State): State | undefined {
    const before = asideOf(state);
    const after = this.tested(condition, text, outcome, before);
    if (!after) return undefined;
    return after === before ? state : state.withAside(after);
  }

  private record(call: Node, state: IrqlState): void {
    const states = this.reached.get(call);
    if (!states) this.reached.set(call, new Map([[state.key, state]]));
    else if (!states.has(state.key)) states.set(state.key, state);
  }

  private apply(act: Act, call: CallFact, state: IrqlState, values: State): IrqlState {
    if (state.lost) return state;
    switch (act.act) {
      case 'acquire':
        return this.acquire(act, call, state, values);
      case 'release':
        return this.release(act, call, state);
      case 'raise':
        return this.raise(act, call, state);
      case 'lower':
        return lower(act, state);
      default:
        return state;
    }
  }

  private acquire(act: Act, call: CallFact, state: IrqlState, values: State): IrqlState {
    const event = { call, act, state };
    const same = act.shared
      ? undefined
      : state.held.find((held) => held.place === act.place && held.kind === act.lock && !held.shared);
    if (same) {
      this.events.push({ ...event, kind: 'double-acquire', lock: same });
      return state.asLost();
    }
    const saved =
      act.irql === undefined ? undefined : [...state.held, ...state.raised].find((one) => one.irql === act.irql);
    if (saved) this.events.push({ ...event, kind: 'irql-overwritten', saved: saved.at });
    // A row of locks taken in a loop cannot be told apart by what is written.
    if (state.held.filter((held) => held.kind === act.lock && isStale(held.place)).length > 1) return state.asLost();
    return state.acquired(act, this.formOf(act, values), call.name, call.span, raisedBy(act));
  }

  private formOf(act: Act, values: State): Held['form'] {
    if (act.staysIf === undefined) return act.form === 'as-acquired' ? 'either' : act.form;
    const text = squeezed(act.staysIf).replace(/^\(+|\)+$/g, '');
    const known = values.value(text);
    const [only] = known.atoms.keys();
    const number = !known.unknown && known.atoms.size === 1 ? Number(only) : numberOf(text, this.context);
    if (number === undefined || Number.isNaN(number)) return 'either';
    return number ? 'stays' : 'moves';
  }

  private release(act: Act, call: CallFact, state: IrqlState): IrqlState {
    const lock = state.heldAt(act);
    if (!lock) {
      if (state.held.some((held) => held.kind === act.lock) || hasIndex(act.place)) return state.asLost();
      if (act.place) this.events.push({ kind: 'release-unheld', call, act, state });
      return state.gaveBack(act);
    }
    const mixed = (act.form === 'stays' && lock.form === 'moves') || (act.form === 'moves' && lock.form === 'stays');
    if (mixed && act.irql === undefined && lock.irql === undefined)
      this.events.push({ kind: 'mixed-forms', call, act, state, lock });
    else if (isOther(act.irql, lock.irql) && !this.copies.has(`${act.irql}=${lock.irql}`))
      this.events.push({ kind: 'wrong-irql', call, act, state, lock });
    const after = state.released(lock, act.form !== 'stays' || lock.form !== 'moves');
    // A lock that was acquired after a raise can be released together with what the raise saved.
    const raised = lock.irql === undefined ? after.raised.findLastIndex(({ irql }) => same(irql, act.irql)) : -1;
    return raised < 0 ? after : after.lowered(raised);
  }

  private raise(act: Act, call: CallFact, state: IrqlState): IrqlState {
    const level = act.level === undefined ? undefined : levelNamed(act.level);
    const saved =
      act.irql === undefined ? undefined : [...state.held, ...state.raised].find((one) => one.irql === act.irql);
    if (saved) this.events.push({ kind: 'irql-overwritten', call, act, state, saved: saved.at });
    const to: Levels =
      level === undefined ? { min: state.level?.min ?? passive, max: high } : { min: level, max: level };
    return state.raisedTo(to, act, call.name, call.span);
  }

  /** `Old = KeRaise…()`: the result of the call that was just made goes into a variable. */
  private bound(lvalue: string, node: Node, state: IrqlState): IrqlState {
    const callee = childByField(node, 'function');
    const name = callee ? textOf(this.item, callee) : '';
    const acts = this.actsNamed(name);
    if (acts.some((act) => act.act === 'try')) return state.asLost();
    if (acts.some((act) => act.act === 'read')) return state.with({ reads: [...state.reads, lvalue] });
    if (!acts.some((act) => act.inResult)) return state;
    const raised = state.raised.map((one) =>
      one.unbound ? { by: one.by, at: one.at, before: one.before, irql: lvalue } : one,
    );
    const held = state.held.map((one) => {
      if (!one.unbound) return one;
      const { unbound: _unbound, ...rest } = one;
      return { ...rest, irql: lvalue };
    });
    return state.with({ raised, held });
  }

  private actsNamed(name: string): readonly Act[] {
    const acts = name ? this.context.actsOf({ name, args: [] as CallFact['args'] } as CallFact) : [];
    return acts === 'unknown' ? [] : acts;
  }

  private tested(condition: Node, text: string, outcome: boolean, state: IrqlState): IrqlState | undefined {
    if (state.lost) return state;
    const narrowed = this.comparison(condition, outcome, state);
    if (narrowed !== 'none') return narrowed;
    const node = bare(condition);
    const call = node.kind === 'call_expression' ? this.callOf(node) : undefined;
    const [act] = call ? this.actsIn(call) : [];
    if (call && act?.act === 'try')
      return outcome ? state.acquired(act, formOfTry(act), call.name, call.span, raisedBy(act)) : state;
    const tells = this.tellsOf(node, state);
    if (tells === 'dispatch' || tells === 'below')
      return flagTold(state, outcome === (tells === 'dispatch'), spanOf(this.item, node));
    const speaksOfKept = tells !== undefined || [...state.tells.keys()].some((name) => speaksOf(text, name));
    // What goes with a flag that was found set cannot be told.
    if (speaksOfKept && isFoundAtDispatch(state)) return state.asLost();
    return speaksOfKept || levelWords.test(text) || act?.act === 'read' ? state.with({ guarded: true }) : state;
  }

  /** `Flags & NDIS_…_FLAGS_DISPATCH_LEVEL`, and macros that get the constant. */
  private speaksOfDispatchFlag(text: string): boolean {
    const constant = /\b\w+_DISPATCH_LEVEL\b/.exec(text)?.[0];
    return constant !== undefined && /[&(]/.test(text) && this.context.numberOf(constant) !== undefined;
  }

  private callOf(node: Node): CallFact | undefined {
    const callee = childByField(node, 'function');
    const list = childByField(node, 'arguments');
    if (!callee || !list) return undefined;
    const args = list.children.map((arg) => ({
      node: arg,
      span: spanOf(this.item, arg),
      text: textOf(this.item, arg),
    }));
    return {
      node,
      name: textOf(this.item, callee),
      nameSpan: spanOf(this.item, callee),
      span: spanOf(this.item, node),
      args,
    };
  }

  private actsIn(call: CallFact): readonly Act[] {
    const acts = this.context.actsOf(call);
    return acts === 'unknown' ? [] : acts;
  }

  /** A comparison of the current IRQL with a level; `none` where the condition is no such thing. */
  private comparison(whole: Node, outcome: boolean, state: IrqlState): IrqlState | undefined | 'none' {
    const node = bare(whole);
    const left = childByField(node, 'left');
    const right = childByField(node, 'right');
    if (node.kind !== 'binary_expression' || !left || !right) return 'none';
    const written = operatorOf(this.item, node);
    const flipped = levelNamed(textOf(this.item, left)) !== undefined;
    const [asked, other] = flipped ? [right, left] : [left, right];
    const saved = placeOf(textOf(this.item, asked));
    const isSaved = state.raised.some((raised) => raised.irql === saved);
    if (!isSaved && !this.isCurrent(asked, state)) return 'none';
    const level = levelNamed(textOf(this.item, other));
    if (level === undefined) return state.with({ guarded: true });
    const mirrored = flipped ? mirror(written) : written;
    const operator = outcome ? mirrored : opposite(mirrored);
    const keep = (range: Levels): Levels | undefined => compared(range, operator, level);
    const at = spanOf(this.item, node);
    return isSaved ? state.savedNarrowed(saved, keep, at) : state.narrowed(keep, at);
  }

  /** The expression is the IRQL that the code runs at. */
  private isCurrent(whole: Node, state: IrqlState): boolean {
    const node = bare(whole);
    if (node.kind === 'identifier') return state.reads.includes(textOf(this.item, node));
    const callee = node.kind === 'call_expression' ? childByField(node, 'function') : undefined;
    return callee !== undefined && this.actsNamed(textOf(this.item, callee)).some((act) => act.act === 'read');
  }

  /** The state where a stated condition holds. */
  private assume(whole: Node, state: IrqlState): IrqlState {
    const node = bare(whole);
    const left = childByField(node, 'left');
    const right = childByField(node, 'right');
    if (left && right && operatorOf(this.item, node) === '&&') return this.assume(right, this.assume(left, state));
    const after = this.comparison(node, true, state);
    if (after !== 'none') return after ?? state;
    return levelWords.test(textOf(this.item, node)) ? state.with({ guarded: true }) : state;
  }
}

/** The state after a dispatch flag was found set, or clear: that it is clear says nothing, unless it was found set. */
function flagTold(state: IrqlState, isSet: boolean, at: Span): IrqlState | undefined {
  if (isSet) return state.narrowed((levels) => meet(levels, { min: dispatch, max: dispatch }), at);
  return isFoundAtDispatch(state) ? undefined : state.with({ guarded: true });
}

const raisedBy = (act: Act): number => (act.level === undefined ? dispatch : (levelNamed(act.level) ?? dispatch));

/** `Queues[i].Lock`: one of several, and which one is not in the text. */
const hasIndex = (place: string): boolean => /\[\s*[A-Za-z_]/.test(place);

const formOfTry = (act: Act): Held['form'] => (act.form === 'stays' ? 'stays' : 'moves');

export function asideOf(state: State): IrqlState {
  return state.aside instanceof IrqlState ? state.aside : IrqlState.entry;
}

function numberOf(text: string, context: IrqlContext): number | undefined {
  if (/^(TRUE|true)$/.test(text)) return 1;
  if (/^(FALSE|false|NULL)$/.test(text)) return 0;
  return /^\d+$/.test(text) ? Number(text) : context.numberOf(text);
}

const same = (one: string | undefined, other: string | undefined): boolean => one !== undefined && one === other;

/** Both are variables, and not the same. */
function isOther(given: string | undefined, saved: string | undefined): boolean {
  return given !== undefined && saved !== undefined && pointedTo(given) !== pointedTo(saved);
}

/** `*Irql` is where `Irql` points to. */
const pointedTo = (text: string): string => placeOf(text).replace(/^\*/, '');

function lower(act: Act, state: IrqlState): IrqlState {
  const index = state.raised.findLastIndex((raised) => raised.irql === act.irql);
  if (index >= 0) return state.lowered(index);
  const level = act.irql === undefined ? undefined : levelNamed(act.irql);
  if (level !== undefined) return state.with({ level: { min: level, max: level }, raised: [], reads: [] });
  if (state.raised.length) return state.lowered(state.raised.length - 1);
  return state.with({ level: { min: passive, max: dispatch }, reads: [], restored: act.irql });
}
