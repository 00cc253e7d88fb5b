import type { HandleAct } from '../../catalog/schema.js';
import type { CallFact } from '../body.js';
import { speaksOf } from '../places.js';
import type { Aside } from './state.js';

/** How a call that was made may have come out. */
export type Outcome = 'success' | 'pending' | 'failure';

export const allOutcomes: ReadonlySet<Outcome> = new Set(['success', 'pending', 'failure']);

/** A call on the path that did something to the object behind a handle. */
export interface HandleEvent {
  act: HandleAct['act'];
  call: CallFact;
  /** The handle, as a place. */
  place: string;
  outcomes: ReadonlySet<Outcome>;
  /** Variable that holds the result. */
  result?: string;
}

/** What happened to handles on a path. Immutable. */
export class HandleState implements Aside {
  static readonly entry = new HandleState([]);

  readonly events: readonly HandleEvent[];
  readonly key: string;

  constructor(events: readonly HandleEvent[]) {
    this.events = events;
    this.key = events
      .map(
        ({ act, call, place, outcomes, result }) =>
          `${act}:${call.node.start}:${place}:${[...outcomes].join()}:${result ?? ''}`,
      )
      .join(';');
  }

  with(event: HandleEvent): HandleState {
    return new HandleState([
      ...this.without(({ act, place }) => act === event.act && place === event.place).events,
      event,
    ]);
  }

  without(test: (event: HandleEvent) => boolean): HandleState {
    const left = this.events.filter((event) => !test(event));
    return left.length === this.events.length ? this : new HandleState(left);
  }

  replaced(event: HandleEvent, by: HandleEvent): HandleState {
    return new HandleState(this.events.map((one) => (one === event ? by : one)));
  }

  /** The place has been given something new: handles reached through it are others now, and a result that it held is not
   * told any more. */
  assigned(place: string): HandleState {
    const left = this.without((event) => speaksOf(event.place, place));
    if (!left.events.some(({ result }) => result === place)) return left;
    return new HandleState(left.events.flatMap((event) => (event.result === place ? forgotten(event) : [event])));
  }
}

/** A pending call may have come to any end when its result variable is written over. */
function forgotten({ result: _, ...event }: HandleEvent): HandleEvent[] {
  return event.outcomes.has('pending') ? [] : [event];
}
