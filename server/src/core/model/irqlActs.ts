import type { Catalog } from '../catalog/catalog.js';
import type { IrqlAct } from '../catalog/schema.js';
import { type CallText, callsIn, withArguments } from './callText.js';
import { placeOf } from './places.js';
import type { MacroSummary } from './summary.js';

export type LockKind = 'spin' | 'rw' | 'mutex';

/** How an acquire or a release goes about the IRQL: raises or restores it, leaves it alone, or the one or the other. */
export type Form = 'moves' | 'stays' | 'either' | 'as-acquired';

/** What one call does to locks or to the IRQL. Texts are C expressions; in the act of a function or macro as such they
 * hold places for the arguments (see `argumentPlace`). */
export interface Act {
  act: 'acquire' | 'release' | 'try' | 'raise' | 'lower' | 'read' | 'test';
  lock?: LockKind;
  /** The place of the lock; empty for the one that the system has. */
  place: string;
  form: Form;
  /** Expression that is true for a caller at DISPATCH_LEVEL; decides the form where its value is known. */
  staysIf?: string;
  /** Expression of the level that the IRQL is raised to or tested for. */
  level?: string;
  /** Where the caller keeps the IRQL to go back to: an expression, or the result of the call. */
  irql?: string;
  inResult?: true;
  shared?: true;
}

/** What a call does, as far as it can be seen. */
export type Acts = readonly Act[] | 'unknown';

export const noActs: Acts = [];

/** Stands in an act's text for the argument at the index. */
export const argumentPlace = (index: number): string => `\u0001${index}\u0002`;

/** The acts with the arguments of a call put in. */
export function actsWith(acts: Acts, args: readonly string[]): Acts {
  return acts === 'unknown' ? acts : acts.map((act) => actWith(act, args));
}

function actWith(act: Act, args: readonly string[]): Act {
  const put = (text: string): string => withArguments(text, args);
  const result: Act = { ...act, place: placeOf(put(act.place)) };
  if (act.staysIf !== undefined) result.staysIf = put(act.staysIf);
  if (act.level !== undefined) result.level = put(act.level);
  if (act.irql !== undefined) result.irql = placeOf(put(act.irql));
  return result;
}

/** What the catalog says of the function or macro. */
export function catalogActs(name: string, catalog: Catalog): Acts | undefined {
  const fact = catalog.irqlAct(name);
  if (!fact) return undefined;
  return fact.act === 'section' || fact.act === 'end' ? noActs : [actOf(fact, fact.act)];
}

function actOf(fact: IrqlAct, act: Act['act']): Act {
  const result: Act = {
    act,
    place: fact.argument === undefined ? '' : argumentPlace(fact.argument),
    form: formOf(fact),
  };
  if (fact.lock) result.lock = fact.lock;
  if (fact.atDispatchWhen !== undefined) result.staysIf = argumentPlace(fact.atDispatchWhen);
  if (typeof fact.level === 'number') result.level = argumentPlace(fact.level);
  else if (fact.level) result.level = fact.level;
  if (fact.irql === 'result') result.inResult = true;
  else if (fact.irql !== undefined) result.irql = argumentPlace(fact.irql);
  if (fact.shared) result.shared = true;
  return result;
}

function formOf({ atDispatch, atDispatchWhen }: IrqlAct): Form {
  if (atDispatch === 'as-acquired') return atDispatch;
  if (atDispatch) return 'stays';
  return atDispatchWhen === undefined ? 'moves' : 'either';
}

/** The only call that a use of the macro makes, where it makes it in any case. */
export function callOfMacro(macro: MacroSummary, args: readonly string[]): CallText | undefined {
  const { only } = parsed(macro);
  return only && { ...only, args: only.args.map((arg) => withArguments(arg, args)) };
}

/** What a use of the macro does, from the calls in its body; `resolve` tells what those do. Macros that decide between
 * acts other than by the caller's IRQL, or leave the function, are not understood. */
export function macroActs(macro: MacroSummary, resolve: (call: CallText) => Acts): Acts {
  const { body, calls } = parsed(macro);
  const acts: Act[] = [];
  for (const call of calls) {
    const own = resolve(call);
    if (own === 'unknown') return 'unknown';
    for (const act of own) acts.push(withTarget(actWith(act, call.args), body, call));
  }
  if (!acts.length) return noActs;
  if (acts.every((act) => act.act === 'read' || act.act === 'test')) return acts;
  if (/\b(return|goto|break|continue|case|for)\b/.test(body)) return 'unknown';
  return decided(acts, body);
}

/** A macro's body with places for its parameters, the calls in it, and the one that is made in any case. */
interface ParsedMacro {
  body: string;
  calls: readonly CallText[];
  only?: CallText;
}

const bodies = new WeakMap<MacroSummary, ParsedMacro>();

function parsed(macro: MacroSummary): ParsedMacro {
  let known = bodies.get(macro);
  if (!known) {
    const body = parameterized(macro);
    const calls = callsIn(body);
    const [only, ...others] = calls;
    const decides = others.length > 0 || /\b(?:if|while|for|switch|return|goto|case)\b|\?|&&|\|\|/.test(body);
    bodies.set(macro, (known = { body, calls, ...(only && !decides && { only }) }));
  }
  return known;
}

/** The macro's body with places for its parameters. */
function parameterized({ params, body }: MacroSummary): string {
  const index = new Map((params ?? []).map((param, at) => [param, at]));
  return body
    .replace(/\/\*[^]*?\*\//g, ' ')
    .replace(/"(?:[^"\\]|\\.)*"/g, '""')
    .replace(/##/g, ' ')
    .replace(/[A-Za-z_]\w*/g, (word) => (index.has(word) ? argumentPlace(index.get(word) as number) : word));
}

/** `Old = KeRaise…()`: the variable in front keeps the IRQL. */
function withTarget(act: Act, body: string, call: CallText): Act {
  if (!act.inResult) return act;
  const target = /([\w.>\u0001\u0002()*-]+)\s*=\s*$/.exec(body.slice(0, call.start))?.[1];
  if (target === undefined) return act;
  const { inResult: _result, ...rest } = act;
  return { ...rest, irql: placeOf(target) };
}

/** The acts where the body takes no decision between them, or decides between two ways of the same one. */
function decided(acts: Act[], body: string): Acts {
  const changes = acts.filter((act) => act.act !== 'read' && act.act !== 'test');
  const ifs = body.match(/\bif\b/g)?.length ?? 0;
  const questions = body.match(/\?/g)?.length ?? 0;
  if (ifs + questions === 0)
    return /&&|\|\|/.test(body) || /\bwhile\b(?!\s*\(\s*(?:0|FALSE|false)\s*\))/.test(body) ? 'unknown' : changes;
  const elses = body.match(/\belse\b/g)?.length ?? 0;
  if (ifs + questions !== 1 || ifs !== elses) return 'unknown';
  return eitherOf(changes, /\bif\s*\(\s*([\w\u0001\u0002]+)\s*(?:==\s*TRUE\s*)?\)/.exec(body)?.[1]);
}

/** Two acts, one of which happens, as one: they must do the same to the same lock. `condition` decides for the first. */
export function eitherOf([first, second, ...rest]: readonly Act[], condition?: string): Acts {
  if (!first || !second || rest.length) return 'unknown';
  if (first.act !== second.act || first.place !== second.place || first.lock !== second.lock) return 'unknown';
  if (first.form === second.form) return [first];
  const merged: Act = { ...(first.form === 'moves' ? first : second), form: 'either' };
  if (condition !== undefined && first.form === 'stays') merged.staysIf = condition;
  return [merged];
}
