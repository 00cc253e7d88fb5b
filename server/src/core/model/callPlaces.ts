import type { IrqlAct } from '../catalog/schema.js';
import type { Item, Node } from '../syntax/ast.js';
import type { CallFact } from './body.js';
import type { FunctionFact } from './declarations.js';
import type { FileModel } from './fileModel.js';
import type { Block, Cfg } from './flow/cfg.js';
import { cfgOf } from './flow/functionCfg.js';
import { levelWords, mayLock } from './flow/irqlEffect.js';
import { callsThroughMember, holdsByScope } from './flow/irqlFlow.js';
import type { WrittenCall } from './locking.js';
import { textOf } from './nodes.js';
import { lastNameOf, placeOf } from './places.js';
import { detached, type Span } from './span.js';

/** A call that was made before another one and whose effect on locks or the IRQL is still in force there. */
export interface PendingCall extends WrittenCall {
  span: Span;
}

/** Where a function calls one of the project's, and what it holds there: the calls that acquired or raised, the same on
 * every path; `unknown` where paths differ. What they do is looked up by whoever knows the project. */
export interface CallPlace {
  span: Span;
  under?: readonly PendingCall[] | 'unknown';
}

export interface CallPlaces {
  /** By the name of the called function. */
  places: ReadonlyMap<string, readonly CallPlace[]>;
  /** The function asks for the IRQL itself, or tests something that speaks of it. */
  testsIrql?: 'itself' | 'words';
}

const known = new WeakMap<Item, CallPlaces | 'none'>();

/** What a summary keeps of the calls of a function. With `detach` no span keeps the syntax tree alive. */
export function callPlacesOf(file: FileModel, fn: FunctionFact, detach: boolean): CallPlaces | undefined {
  let found = known.get(fn.item);
  if (!found) known.set(fn.item, (found = find(file, fn) ?? 'none'));
  if (found === 'none' || !detach) return found === 'none' ? undefined : found;
  const places = new Map([...found.places].map(([name, list]) => [name, list.map(detachedPlace)]));
  return { ...found, places };
}

function detachedPlace({ span, under }: CallPlace): CallPlace {
  const place: CallPlace = { span: detached(span) };
  if (under) place.under = under === 'unknown' ? under : under.map((call) => ({ ...call, span: detached(call.span) }));
  return place;
}

function find(file: FileModel, fn: FunctionFact): CallPlaces | undefined {
  const { calls } = file.body(fn);
  const actOf = (name: string): IrqlAct | undefined => file.catalog.irqlAct(name);
  const wanted = calls.filter(({ name }) => !file.catalog.routine(name) && !actOf(name) && !mayLock(name));
  if (!wanted.length) return undefined;
  const text = textOf(fn.item, fn.body);
  const outOfSight = callsThroughMember(text) || holdsByScope(file, fn.item, fn.body);
  const acting = calls.some(({ name }) => mayLock(name) || moves(actOf(name)));
  const places = new Map<string, CallPlace[]>();
  const add = (name: string, place: CallPlace): void => {
    const list = places.get(name);
    if (!list) places.set(name, [place]);
    else if (!list.some((other) => keyOf(other.under ?? []) === keyOf(place.under ?? []))) list.push(place);
  };
  if (outOfSight || fn.body.broken) for (const { name, span } of wanted) add(name, { span, under: 'unknown' });
  else if (acting) new Walk(fn.item, calls, new Set(wanted), actOf, add).run(cfgOf(file, fn));
  else for (const { name, span } of wanted) add(name, { span });
  const reads = calls.some(({ name }) => actOf(name)?.act === 'read');
  const tests =
    calls.some(({ name }) => actOf(name)?.act === 'test') ||
    /_DISPATCH_LEVEL\b/.test(text) ||
    [...text.matchAll(/\bif\s*\(([^;{]*)/g)].some(([, condition = '']) => levelWords.test(condition));
  if (reads) return { places, testsIrql: 'itself' };
  return { places, ...(tests && { testsIrql: 'words' }) };
}

const moves = (fact: IrqlAct | undefined): boolean =>
  fact !== undefined && !['read', 'test', 'section', 'end'].includes(fact.act);

/** What is in force at a point of the function: the same calls on all paths, or something that differs. */
type Pending = readonly PendingCall[] | 'unknown';

const keyOf = (pending: Pending): string =>
  pending === 'unknown' ? pending : pending.map(({ name, args }) => `${name}(${args.join()})`).join(';');

/** Names of functions that give back what another one took. */
const givesBack = /un_?lock|release|leave|exit|lower|drop/i;

/** Follows through the blocks of a function what was acquired and not given back. */
class Walk {
  private readonly at = new Map<Block, Pending>();
  private readonly item: Item;
  private readonly calls: readonly CallFact[];
  private readonly wanted: ReadonlySet<CallFact>;
  private readonly actOf: (name: string) => IrqlAct | undefined;
  private readonly add: (name: string, place: CallPlace) => void;

  constructor(
    item: Item,
    calls: readonly CallFact[],
    wanted: ReadonlySet<CallFact>,
    actOf: (name: string) => IrqlAct | undefined,
    add: (name: string, place: CallPlace) => void,
  ) {
    this.item = item;
    this.calls = calls;
    this.wanted = wanted;
    this.actOf = actOf;
    this.add = add;
  }

  run(cfg: Cfg): void {
    this.at.set(cfg.entry, []);
    const open = [cfg.entry];
    for (let block = open.pop(); block; block = open.pop()) {
      const after = this.through(block, this.at.get(block) as Pending, false);
      for (const { to } of block.edges) {
        const before = this.at.get(to);
        const joined = before === undefined || keyOf(before) === keyOf(after) ? after : 'unknown';
        if (before !== undefined && keyOf(before) === keyOf(joined)) continue;
        this.at.set(to, joined);
        open.push(to);
      }
    }
    for (const [block, pending] of this.at) this.through(block, pending, true);
  }

  /** What is in force behind the block; notes the calls in it when everything is known. */
  private through(block: Block, before: Pending, note: boolean): Pending {
    let pending = before;
    for (const { node } of block.steps) {
      for (const call of this.callsIn(node)) {
        if (note && this.wanted.has(call))
          this.add(call.name, { span: call.span, ...(pending.length && { under: pending }) });
        pending = this.after(call, pending);
      }
    }
    return pending;
  }

  /** The calls of a step in the order in which they are made: arguments first. */
  private callsIn({ start, end }: Node): CallFact[] {
    return this.calls
      .filter(({ node }) => node.start >= start && node.end <= end)
      .sort((a, b) => a.node.end - b.node.end || b.node.start - a.node.start);
  }

  private after(call: CallFact, pending: Pending): Pending {
    const fact = this.actOf(call.name);
    if (pending === 'unknown' || (fact ? !moves(fact) : !mayLock(call.name))) return pending;
    if (fact?.act === 'try') return 'unknown';
    const gives = fact ? fact.act === 'release' || fact.act === 'lower' : givesBack.test(call.name);
    const args = call.args.map((arg) => arg.text);
    if (!gives) return pending.length < 4 ? [...pending, { name: call.name, args, span: call.span }] : 'unknown';
    const index = this.takenBy(fact, args, pending);
    return index < 0 ? 'unknown' : pending.filter((_, at) => at !== index);
  }

  /** Index of the call that took what this one gives back. */
  private takenBy(fact: IrqlAct | undefined, args: readonly string[], pending: readonly PendingCall[]): number {
    const place = placeOf(args[fact?.argument ?? 0] ?? '');
    const lockOf = (call: PendingCall): string => placeOf(call.args[this.actOf(call.name)?.argument ?? 0] ?? '');
    const isRaise = ({ name }: PendingCall): boolean => this.actOf(name)?.act === 'raise';
    if (fact?.act === 'lower') return pending.findLastIndex(isRaise);
    const same = pending.findLastIndex((call) => !isRaise(call) && lockOf(call) === place);
    if (same >= 0) return same;
    return pending.findLastIndex((call) => !isRaise(call) && lastNameOf(lockOf(call)) === lastNameOf(place));
  }
}
