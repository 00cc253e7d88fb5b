import type { Item, Node } from '../../syntax/ast.js';
import { type CallFact, squeezed } from '../body.js';
import { bare, childByField, operatorOf, spanOf, textOf } from '../nodes.js';
import type { Span } from '../span.js';
import type { Block, Cfg, Edge, Test } from './cfg.js';
import { type Live, liveness } from './live.js';
import { State } from './state.js';
import { type Atom, atomValue, filterValue, onlyKey, unite, unknownValue, type Value, withoutKey } from './values.js';

/** What names stand for; facts of the catalog and of the project. */
export interface Constants {
  /** Number that the constant has; undefined where it is not known to be a constant. */
  numberOf(name: string): number | undefined;
  /** Values that a call to the function can return, with their origins; undefined where they are not known. */
  resultOf(call: CallFact): Value | undefined;
  /** Macros that test a status the way NT_SUCCESS does. */
  isSuccessTest(name: string): boolean;
  /** Where given, a condition on a status that calls something unknown leaves the status unknown.
   * The constant that a macro of one argument compares it with. */
  comparisonOf?(name: string): Comparison | undefined;
}

export interface Comparison {
  constant: string;
  /** True for `==`, false for `!=`. */
  equal: boolean;
}

/** Something that wants to know what happens on a path; it records in the state's flags or aside. */
export interface Effect {
  onCall?(call: CallFact, state: State): State;
  /** A call through a pointer or a member. */
  onOtherCall?(callee: Node, state: State): State;
  onAssign?(lvalue: string, target: Node, value: Node, state: State): State;
  /** `i++`. */
  onUpdate?(lvalue: string, state: State): State;
  /** Gives undefined where the condition cannot come out so. */
  onTest?(condition: Node, text: string, outcome: boolean, state: State): State | undefined;
  /** Control goes to a case of a switch, or (`except`) past the cases. Gives undefined where it cannot. */
  onCase?(place: string, values: readonly string[], except: boolean, state: State): State | undefined;
}

export interface ReturnPoint {
  /** The returned expression, or the end of the body. */
  span: Span;
  /** Control reached the closing brace. */
  implicit: boolean;
  value: Value;
  state: State;
}

/** A call that a path makes. */
export class CallPoint {
  readonly call: CallFact;
  readonly state: State;
  private readonly valueOf: (node: Node, state: State) => Value;

  constructor(call: CallFact, state: State, valueOf: (node: Node, state: State) => Value) {
    this.call = call;
    this.state = state;
    this.valueOf = valueOf;
  }

  /** Values of the arguments, where they are names or constants. */
  get args(): Value[] {
    return this.call.args.map((arg) => this.valueOf(arg.node, this.state));
  }
}

export interface InterpreterOptions {
  constants: Constants;
  effects: readonly Effect[];
  /** Calls whose arguments' values matter. */
  wanted?: (call: CallFact) => boolean;
  /** How many states are kept apart at one place before those with the same past are joined. */
  maxStates?: number;
}

/** What reached a block: states by key, and once there are many, one that stands for all of the same past. */
interface Seen {
  states: Map<number, State>;
  joined: Map<number, State>;
}

export interface FlowResult {
  returns: ReturnPoint[];
  calls: CallPoint[];
  /** Every path was followed, and the whole body was read. Where not, what is here is true but not all. */
  complete: boolean;
  /** No two paths were joined: what is known on each is all that its tests and assignments tell. */
  exact: boolean;
}

const defaultMaxStates = 48;
const maxVisits = 6000;

/** Follows every path through a function, keeping apart what is known on each, up to a bound. */
export class Interpreter {
  private readonly returns: ReturnPoint[] = [];
  private readonly calls: CallPoint[] = [];
  private readonly seen = new Map<number, Seen>();
  /** What each step does, in order. */
  private readonly acting = new Map<Node, readonly Node[]>();
  private readonly repeated: ReadonlySet<string>;
  private readonly live: Live;
  private visits = 0;
  /** The block that the edge being taken leads to. */
  private next: Block;
  private gaveUp = false;
  private joins = false;

  private readonly item: Item;
  private readonly cfg: Cfg;
  private readonly callFacts: ReadonlyMap<Node, CallFact>;
  private readonly constants: Constants;
  private readonly effects: readonly Effect[];
  private readonly wanted: (call: CallFact) => boolean;
  private readonly maxStates: number;

  constructor(item: Item, cfg: Cfg, callFacts: ReadonlyMap<Node, CallFact>, options: InterpreterOptions) {
    this.item = item;
    this.cfg = cfg;
    this.next = cfg.entry;
    this.callFacts = callFacts;
    this.constants = options.constants;
    this.effects = options.effects;
    this.wanted = options.wanted ?? ((): boolean => false);
    this.maxStates = options.maxStates ?? defaultMaxStates;
    this.repeated = repeatedTests(item, cfg);
    this.live = liveness(item, cfg, callFacts, this.repeated, this.wanted);
  }

  run(initial: State = State.empty): FlowResult {
    const work: { block: Block; state: State }[] = [];
    const push = (block: Block, state: State): void => {
      const admitted = this.admit(block, state);
      if (admitted) work.push({ block, state: admitted });
    };
    push(this.cfg.entry, initial);
    for (let next = work.pop(); next; next = work.pop()) {
      if (++this.visits > maxVisits) {
        this.gaveUp = true;
        break;
      }
      this.visit(next.block, next.state, push);
    }
    return { returns: this.returns, calls: this.calls, complete: !this.gaveUp && !this.cfg.broken, exact: !this.joins };
  }

  /** The state to go on with, or nothing where it brings nothing new. */
  private admit(block: Block, reached: State): State | undefined {
    const state = reached.only((name) => this.live.isLive(block, name));
    let seen = this.seen.get(block.id);
    if (!seen) this.seen.set(block.id, (seen = { states: new Map(), joined: new Map() }));
    const { states } = seen;
    if (states.has(state.key)) return undefined;
    const isFull = states.size >= this.maxStates;
    if (isFull) this.joins = true;
    const admitted = isFull ? joinedInto(seen, state) : state;
    const { key } = admitted;
    if (states.has(key)) return undefined;
    if (states.size >= this.maxStates * 4) {
      this.gaveUp = true;
      return undefined;
    }
    states.set(key, admitted);
    return admitted;
  }

  private visit(block: Block, start: State, push: (block: Block, state: State) => void): void {
    let state = start;
    for (const step of block.steps) {
      if (step.kind === 'evaluate') state = this.evaluate(step.node, state);
      else {
        if (step.value) state = this.evaluate(step.value, state);
        const value = step.value ? this.valueOf(step.value, state) : unknownValue;
        this.returns.push({ span: spanOf(this.item, step.value ?? step.node), implicit: false, value, state });
        return;
      }
    }
    if (block === this.cfg.end) {
      const { end } = this.item.root;
      this.returns.push({
        span: { anchor: this.item, start: end - 1, end },
        implicit: true,
        value: unknownValue,
        state,
      });
    }
    for (const edge of block.edges) {
      const taken = this.take(edge, state);
      if (taken) push(edge.to, taken);
    }
  }

  /** Calls, assignments and initializations in the expression or declaration, inner ones first. */
  private evaluate(node: Node, start: State): State {
    let nodes = this.acting.get(node);
    if (!nodes) this.acting.set(node, (nodes = actingIn(node)));
    let state = start;
    for (const one of nodes) {
      if (one.kind === 'call_expression') state = this.called(one, state);
      else if (one.kind === 'assignment_expression') state = this.assigned(one, state);
      else if (one.kind === 'update_expression') state = this.updated(one, state);
      else state = this.initialized(one, state);
    }
    return state;
  }

  private called(node: Node, start: State): State {
    let state = start;
    const call = this.callFacts.get(node);
    const callee = childByField(node, 'function');
    if (call) {
      if (this.wanted(call)) this.calls.push(new CallPoint(call, state, (arg, at) => this.valueOf(arg, at)));
      for (const effect of this.effects) state = effect.onCall?.(call, state) ?? state;
    } else if (callee) for (const effect of this.effects) state = effect.onOtherCall?.(callee, state) ?? state;
    const args = childByField(node, 'arguments');
    for (const arg of args?.children ?? []) {
      const at = bare(arg);
      if (at.kind !== 'pointer_expression' || operatorOf(this.item, at) !== '&') continue;
      const argument = childByField(at, 'argument');
      if (argument) state = state.withValue(this.lvalue(argument), unknownValue);
    }
    return state.withoutMemory();
  }

  private assigned(node: Node, state: State): State {
    const left = childByField(node, 'left');
    const right = childByField(node, 'right');
    if (!left || !right) return state;
    const plain = operatorOf(this.item, node) === '=';
    return this.stored(left, right, plain ? this.valueOf(right, state) : unknownValue, state);
  }

  private stored(left: Node, right: Node, value: Value, state: State): State {
    const lvalue = this.lvalue(left);
    let next = state.withValue(lvalue, this.live.tracks(lvalue) ? value : unknownValue);
    for (const effect of this.effects) next = effect.onAssign?.(lvalue, left, right, next) ?? next;
    return next;
  }

  private updated(node: Node, state: State): State {
    const argument = childByField(node, 'argument');
    if (!argument) return state;
    const lvalue = this.lvalue(argument);
    let next = state.withValue(lvalue, unknownValue);
    for (const effect of this.effects) next = effect.onUpdate?.(lvalue, next) ?? next;
    return next;
  }

  private initialized(node: Node, state: State): State {
    const declarator = childByField(node, 'declarator');
    const value = childByField(node, 'value');
    if (!declarator || !value) return state;
    const name = /[A-Za-z_]\w*$/.exec(textOf(this.item, declarator))?.[0];
    if (!name) return state;
    let next = state.withValue(name, this.live.tracks(name) ? this.valueOf(value, state) : unknownValue);
    for (const effect of this.effects) next = effect.onAssign?.(name, declarator, value, next) ?? next;
    return next;
  }

  private lvalue(node: Node): string {
    return squeezed(textOf(this.item, bare(node)));
  }

  /** What the expression can be in this state. */
  private valueOf(whole: Node, state: State): Value {
    const node = bare(whole);
    switch (node.kind) {
      case 'identifier':
      case 'number_literal':
      case 'true':
      case 'false':
      case 'null':
        return this.nameValue(node, state);
      case 'field_expression':
      case 'pointer_expression':
        return state.value(this.lvalue(node));
      case 'assignment_expression': {
        const right = childByField(node, 'right');
        return right && operatorOf(this.item, node) === '=' ? this.valueOf(right, state) : unknownValue;
      }
      case 'conditional_expression':
        return this.conditionalValue(node, state);
      case 'call_expression': {
        const call = this.callFacts.get(node);
        return (call && this.constants.resultOf(call)) ?? unknownValue;
      }
      case 'comma_expression': {
        const right = childByField(node, 'right');
        return right ? this.valueOf(right, state) : unknownValue;
      }
      default:
        return unknownValue;
    }
  }

  private conditionalValue(node: Node, state: State): Value {
    const yes = childByField(node, 'consequence');
    const no = childByField(node, 'alternative');
    return yes && no ? unite(this.valueOf(yes, state), this.valueOf(no, state)) : unknownValue;
  }

  private nameValue(node: Node, state: State): Value {
    const text = textOf(this.item, node);
    const constant = this.constantKey(text);
    if (constant === undefined) return state.value(text);
    return atomValue(constant, { name: text, origin: spanOf(this.item, node) });
  }

  private constantKey(text: string): string | undefined {
    const number = literalNumber(text) ?? this.constants.numberOf(text);
    return number === undefined ? undefined : String(number);
  }

  private take(edge: Edge, state: State): State | undefined {
    const { test, to } = edge;
    this.next = to;
    if (!test) return state;
    if (test.kind === 'macro') return this.fact(`#${test.text}`, test.when, state);
    if (test.kind === 'case') return this.takeCase(test, state);
    return this.takeCondition(test.node, test.when, state);
  }

  private takeCase(test: Extract<Test, { kind: 'case' }>, start: State): State | undefined {
    const lvalue = this.lvalue(test.subject);
    const place = this.lvalue(assignedPlace(bare(test.subject)));
    const names = test.values.map((node) => textOf(this.item, bare(node)));
    let state: State | undefined = start;
    for (const effect of this.effects) {
      if (effect.onCase) state = effect.onCase(place, names, test.except, state);
      if (!state) return undefined;
    }
    let value: Value | undefined = this.valueOf(test.subject, state);
    for (const node of test.values) {
      const key = this.constantKey(textOf(this.item, bare(node)));
      if (key === undefined) continue;
      if (test.except) value = value && withoutKey(value, key);
      else value = value && onlyKey(value, key, this.testedAtom(node));
      if (!value) return undefined;
    }
    return isPlace(bare(test.subject)) ? this.narrowed(state, lvalue, value) : state;
  }

  private testedAtom(node: Node): Atom {
    return { name: textOf(this.item, bare(node)), origin: spanOf(this.item, node), tested: true };
  }

  /** The state after the condition came out as `outcome`; undefined where it cannot. */
  private takeCondition(whole: Node, outcome: boolean, start: State): State | undefined {
    const node = bare(whole);
    const text = squeezed(textOf(this.item, node));
    let state = this.repeated.has(text) ? this.fact(text, outcome, start) : start;
    if (!state) return undefined;
    for (const effect of this.effects) {
      if (effect.onTest) state = effect.onTest(node, text, outcome, state);
      if (!state) return undefined;
    }
    if (node.kind === 'binary_expression') return this.takeComparison(node, outcome, state);
    if (node.kind === 'call_expression') return this.takeSuccessTest(node, outcome, state);
    if (node.kind === 'assignment_expression') {
      const left = childByField(node, 'left');
      return left ? this.narrowZero(left, !outcome, state) : state;
    }
    return this.narrowZero(node, !outcome, state);
  }

  private takeComparison(node: Node, outcome: boolean, state: State): State | undefined {
    const operator = operatorOf(this.item, node);
    const left = childByField(node, 'left');
    const right = childByField(node, 'right');
    if (!left || !right || (operator !== '==' && operator !== '!=')) return state;
    const equal = (operator === '==') === outcome;
    const rightKey = this.constantKey(textOf(this.item, bare(right)));
    if (rightKey !== undefined) return this.narrow(left, right, rightKey, equal, state);
    const leftKey = this.constantKey(textOf(this.item, bare(left)));
    return leftKey === undefined ? state : this.narrow(right, left, leftKey, equal, state);
  }

  private narrow(place: Node, constant: Node, key: string, equal: boolean, state: State): State | undefined {
    const target = assignedPlace(bare(place));
    const value = this.valueOf(place, state);
    const narrowed = equal ? onlyKey(value, key, this.testedAtom(constant)) : withoutKey(value, key);
    if (!narrowed) return undefined;
    return isPlace(target) ? this.narrowed(state, this.lvalue(target), narrowed) : state;
  }

  private narrowZero(node: Node, zero: boolean, state: State): State | undefined {
    const target = bare(node);
    if (!isPlace(target)) return state;
    const value = this.valueOf(target, state);
    const atom: Atom = { name: '0', origin: spanOf(this.item, target), tested: true };
    const narrowed = zero ? onlyKey(value, '0', atom) : withoutKey(value, '0');
    return narrowed && this.narrowed(state, this.lvalue(target), narrowed);
  }

  private takeSuccessTest(node: Node, outcome: boolean, state: State): State | undefined {
    const call = this.callFacts.get(node);
    const arg = call?.args[0];
    if (!call || !arg) return state;
    if (!this.constants.isSuccessTest(call.name)) return this.takeOtherTest(call, arg.node, outcome, state);
    const place = assignedPlace(bare(arg.node));
    const passes = (key: string): boolean => Number(key) < 0x80000000 && Number(key) >= 0;
    const excluded = outcome ? [] : ['0', '259'];
    const value = filterValue(
      this.valueOf(arg.node, state),
      (key) => !Number.isFinite(Number(key)) || passes(key) === outcome,
      excluded,
    );
    if (!value) return undefined;
    return isPlace(place) ? this.narrowed(state, this.lvalue(place), value) : state;
  }

  /** A test by a macro or function of the driver: what a macro compares is known; anything else may have looked at the
   * status in any way. */
  private takeOtherTest(call: CallFact, whole: Node, outcome: boolean, state: State): State | undefined {
    const place = assignedPlace(bare(whole));
    if (!this.constants.comparisonOf || !isPlace(place)) return state;
    const lvalue = this.lvalue(place);
    const comparison = this.constants.comparisonOf(call.name);
    const key = comparison && this.constantKey(comparison.constant);
    if (comparison && key !== undefined) {
      const value = this.valueOf(place, state);
      const atom: Atom = { name: comparison.constant, origin: spanOf(this.item, place), tested: true };
      const narrowed = comparison.equal === outcome ? onlyKey(value, key, atom) : withoutKey(value, key);
      return narrowed && this.narrowed(state, lvalue, narrowed);
    }
    const isStatus = [...state.value(lvalue).atoms.values()].some(({ name }) => /^[A-Z]\w*_/.test(name));
    return isStatus ? state.withValue(lvalue, unknownValue) : state;
  }

  /** The place has been found to hold a value: worth knowing where it is read again. */
  private narrowed(state: State, lvalue: string, value: Value): State {
    return this.live.isLive(this.next, lvalue) ? state.withNarrowed(lvalue, value) : state;
  }

  /** Conditions that the text repeats are taken to come out the same way until something in them is assigned. */
  private fact(text: string, outcome: boolean, state: State): State | undefined {
    const before = state.facts.get(text);
    if (before !== undefined) return before === outcome ? state : undefined;
    return this.live.isLive(this.next, text) ? state.withFact(text, outcome) : state;
  }
}

/** One state for this one and every other of the same past. */
function joinedInto({ states, joined }: Seen, state: State): State {
  let all = joined.get(state.past);
  if (all) all = all.joinedWith(state);
  else {
    all = state;
    for (const other of states.values()) if (other.past === state.past) all = all.joinedWith(other);
  }
  joined.set(state.past, all);
  return all;
}

function assignedPlace(node: Node): Node {
  return node.kind === 'assignment_expression' ? bare(childByField(node, 'left') ?? node) : node;
}

const actingKinds = new Set(['call_expression', 'assignment_expression', 'update_expression', 'init_declarator']);

/** The nodes that change something, inner ones first. */
function actingIn(node: Node, found: Node[] = []): Node[] {
  for (const child of node.children) actingIn(child, found);
  if (actingKinds.has(node.kind)) found.push(node);
  return found;
}

function isPlace(node: Node): boolean {
  return node.kind === 'identifier' || node.kind === 'field_expression' || node.kind === 'pointer_expression';
}

function literalNumber(text: string): number | undefined {
  if (/^(NULL|FALSE|false|nullptr)$/.test(text)) return 0;
  if (/^(TRUE|true)$/.test(text)) return 1;
  const match = /^(0[xX][0-9a-fA-F]+|\d+)[uUlL]*$/.exec(text);
  return match ? Number(match[1]) : undefined;
}

/** Texts of conditions that more than one branch of the function tests. */
function repeatedTests(item: Item, cfg: Cfg): Set<string> {
  const counts = new Map<string, number>();
  for (const block of cfg.blocks) {
    const [edge] = block.edges;
    if (edge?.test?.kind !== 'condition') continue;
    const text = squeezed(textOf(item, bare(edge.test.node)));
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count > 1).map(([text]) => text));
}

/** The calls of a body by node, for the interpreter. */
export function callsByNode(calls: readonly CallFact[]): Map<Node, CallFact> {
  return new Map(calls.map((call) => [call.node, call]));
}
