import type { HandleAct } from '../../catalog/schema.js';
import type { Item, Node } from '../../syntax/ast.js';
import { type CallFact, squeezed } from '../body.js';
import { bare, childByField, operatorOf, textOf } from '../nodes.js';
import { placeOf, speaksOf } from '../places.js';
import { allOutcomes, type HandleEvent, HandleState, type Outcome } from './handleState.js';
import type { Effect } from './interpret.js';
import type { State } from './state.js';

/** What the rest of the model tells the effect. */
export interface HandleContext {
  actOf(call: CallFact): HandleAct | undefined;
  /** The call may lead to an act or a wait that is out of sight. */
  mayAct(call: CallFact): boolean;
  numberOf(name: string): number | undefined;
  isSuccessTest(name: string): boolean;
  /** What depends on the condition may put an end to what the act began, where the driver knows that it must. */
  guardsEndOf(act: HandleAct['act'], condition: Node): boolean;
}

/** An act on a handle, and what had happened on the way to it. */
export interface HandleStep {
  call: CallFact;
  act: HandleAct['act'];
  place: string;
  before: HandleState;
}

/** Follows what happens to handles along the paths of one function. */
export class HandleEffect implements Effect {
  readonly steps: HandleStep[] = [];
  private readonly item: Item;
  private readonly context: HandleContext;

  constructor(item: Item, context: HandleContext) {
    this.item = item;
    this.context = context;
  }

  onCall(call: CallFact, state: State): State {
    const before = handlesOf(state);
    let after = before;
    for (const { text } of call.args) if (/^\s*&/.test(text)) after = after.assigned(placeOf(text));
    const made = this.context.actOf(call);
    const argument = made && call.args[made.argument];
    if (made && argument) after = this.acted(made.act, call, placeOf(argument.text), after);
    else if (!this.context.isSuccessTest(call.name) && this.context.mayAct(call)) after = HandleState.entry;
    return after === before ? state : state.withAside(after);
  }

  onOtherCall(_callee: Node, state: State): State {
    return state.aside ? state.withAside(HandleState.entry) : state;
  }

  onAssign(lvalue: string, _target: Node, value: Node, state: State): State {
    const before = handlesOf(state);
    let after = before.assigned(lvalue);
    const call = bare(value);
    const event = after.events.find((one) => one.call.node === call);
    if (event) after = after.replaced(event, { ...event, result: lvalue });
    return after === before ? state : state.withAside(after);
  }

  onTest(condition: Node, text: string, outcome: boolean, state: State): State | undefined {
    const before = handlesOf(state);
    const event = before.events.find(({ call, result }) => spoken(condition, text, call, result));
    if (!event) return this.passed(condition, before, state);
    const allows = this.read(condition, event, outcome);
    // A test that is not understood may tell anything.
    if (!allows) return state.withAside(before.without((one) => one === event));
    return narrowed(event, allows, before, state);
  }

  onCase(place: string, values: readonly string[], except: boolean, state: State): State | undefined {
    const before = handlesOf(state);
    const event = before.events.find(({ call, result }) => result === place || this.text(call.node) === place);
    if (!event) return state;
    const numbers = values.map((name) => this.context.numberOf(name));
    const covers = (one: Outcome): boolean => numbers.some((number) => outcomeOf(number) === one);
    return narrowed(event, (one) => (except ? one === 'failure' || !covers(one) : covers(one)), before, state);
  }

  /** Where the driver decides by flags of its own whether to end something, the path that does not may be none. */
  private passed(condition: Node, before: HandleState, state: State): State {
    const left = before.without(({ act }) => this.context.guardsEndOf(act, condition));
    return left === before ? state : state.withAside(left);
  }

  private acted(act: HandleAct['act'], call: CallFact, place: string, before: HandleState): HandleState {
    this.steps.push({ call, act, place, before });
    const isSame = (event: HandleEvent): boolean => event.place === place;
    if (act === 'delete') return before.without(isSame).with({ act, call, place, outcomes: allOutcomes });
    const ended = ends[act];
    const left = ended ? before.without((event) => isSame(event) && event.act === ended) : before;
    return left.with({ act, call, place, outcomes: allOutcomes });
  }

  /** Which outcomes of the call let the condition come out so; undefined where it says something else. */
  private read(condition: Node, event: HandleEvent, comesOut: boolean): ((one: Outcome) => boolean) | undefined {
    const isResult = (node: Node): boolean => this.isResult(node, event);
    if (condition.kind === 'call_expression') {
      const callee = childByField(condition, 'function');
      const [argument] = childByField(condition, 'arguments')?.children ?? [];
      if (!callee || !argument || !isResult(argument)) return undefined;
      return this.context.isSuccessTest(this.text(callee)) ? (one) => (one !== 'failure') === comesOut : undefined;
    }
    const operator = condition.kind === 'binary_expression' ? operatorOf(this.item, condition) : '';
    const left = childByField(condition, 'left');
    const right = childByField(condition, 'right');
    if (!left || !right || (operator !== '==' && operator !== '!=')) return undefined;
    const [constant] = [left, right].filter((node) => !isResult(node));
    const number = constant && this.context.numberOf(this.text(constant));
    if (number === undefined || (!isResult(left) && !isResult(right))) return undefined;
    const compared = outcomeOf(number);
    if ((operator === '==') === comesOut) return (one) => one === compared;
    // It may be another failure than the one compared with.
    return (one) => compared === 'failure' || one !== compared;
  }

  private isResult(whole: Node, { call, result }: HandleEvent): boolean {
    const node = bare(whole);
    if (node === call.node) return true;
    const target = node.kind === 'assignment_expression' ? childByField(node, 'left') : node;
    return result !== undefined && target !== undefined && this.text(target) === result;
  }

  private text(node: Node): string {
    return squeezed(textOf(this.item, bare(node)));
  }
}

/** What an act puts an end to. */
export const ends: Partial<Record<HandleAct['act'], HandleAct['act']>> = {
  deactivate: 'activate',
  'close-call': 'make-call',
};

export const handlesOf = ({ aside }: State): HandleState => (aside instanceof HandleState ? aside : HandleState.entry);

function outcomeOf(status: number | undefined): Outcome {
  if (status === 0) return 'success';
  return status === 0x103 ? 'pending' : 'failure';
}

/** The condition looks at the result of the call. */
function spoken(condition: Node, text: string, call: CallFact, result: string | undefined): boolean {
  const isInside = condition.start <= call.node.start && call.node.end <= condition.end;
  return isInside || (result !== undefined && speaksOf(text, result));
}

function narrowed(
  event: HandleEvent,
  keep: (outcome: Outcome) => boolean,
  before: HandleState,
  state: State,
): State | undefined {
  const outcomes = new Set([...event.outcomes].filter(keep));
  if (!outcomes.size) return undefined;
  return outcomes.size === event.outcomes.size
    ? state
    : state.withAside(before.replaced(event, { ...event, outcomes }));
}
