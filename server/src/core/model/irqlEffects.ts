import type { IrqlFlow } from './flow/irqlFlow.js';
import type { IrqlState } from './flow/irqlState.js';
import { type Act, type Acts, argumentPlace, noActs } from './irqlActs.js';

/** What a function leaves behind for its caller: the acts that all of its returns agree on. */
export function effectOf(flow: IrqlFlow, params: readonly string[]): Acts {
  const left = flow.returns.map(({ state }) => leftBy(state, params));
  const [first, ...rest] = left;
  if (!first) return flow.complete ? noActs : 'unknown';
  if (first === 'unknown' || !rest.every((other) => other !== 'unknown' && sameButForms(first, other)))
    return 'unknown';
  if (first.length && !flow.complete) return 'unknown';
  return first.map((act, index) =>
    rest.every((other) => (other as readonly Act[])[index]?.form === act.form) ? act : { ...act, form: 'either' },
  );
}

function leftBy(state: IrqlState, params: readonly string[]): Acts {
  if (state.lost) return 'unknown';
  const onlyRestores = state.restored !== undefined && params.includes(state.restored);
  if (state.level && !state.held.length && !state.given.length && !state.raised.length && !state.level.at)
    if (!onlyRestores) return 'unknown';
  const put = (place: string): string => inArguments(place, params);
  if (onlyRestores && !state.held.length && !state.given.length && !state.raised.length)
    return [{ act: 'lower', place: '', form: 'moves', irql: put(state.restored) }];
  const acts: Act[] = state.given.map(({ place, kind }) => ({
    act: 'release',
    lock: kind,
    place: put(place),
    form: 'either',
  }));
  for (const raised of state.raised) {
    const act: Act = { act: 'raise', place: '', form: 'moves', level: raisedLevel(state) };
    acts.push(raised.irql === undefined ? act : { ...act, irql: put(raised.irql) });
  }
  for (const lock of state.held) {
    const act: Act = { act: 'acquire', lock: lock.kind, place: put(lock.place), form: lock.form };
    if (lock.form !== 'stays' && lock.kind !== 'mutex') act.level = 'DISPATCH_LEVEL';
    if (lock.irql !== undefined) act.irql = put(lock.irql);
    if (lock.shared) act.shared = true;
    acts.push(act);
  }
  return acts;
}

const raisedLevel = (state: IrqlState): string =>
  state.level && state.level.min === state.level.max && state.level.min === 2 ? 'DISPATCH_LEVEL' : '?';

/** The place with the function's parameters as arguments. */
function inArguments(place: string, params: readonly string[]): string {
  return place.replace(/(^|[^\w.>])([A-Za-z_]\w*)/g, (whole, before: string, name: string) => {
    const index = params.indexOf(name);
    return index < 0 ? whole : `${before}${argumentPlace(index)}`;
  });
}

function sameButForms(a: readonly Act[], b: readonly Act[]): boolean {
  const text = (acts: readonly Act[]): string => acts.map(({ act, lock, place }) => `${act} ${lock} ${place}`).join();
  return text(a) === text(b);
}
