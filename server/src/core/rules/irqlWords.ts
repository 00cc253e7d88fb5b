import type { RelatedPlace } from '../api.js';
import type { CallLevel } from '../model/irql.js';
import type { EntryReason } from '../model/irqlEntry.js';
import { dispatch, high, type Levels, levelName, passive } from '../model/irqlLevels.js';
import { absolute, type Span } from '../model/span.js';

/** Words that the rules about the IRQL share. */

/** "DISPATCH_LEVEL", "DISPATCH_LEVEL or above". */
export function levelsText({ min, max }: Levels): string {
  if (min === max || (min > dispatch && max === high)) return levelName(min);
  return max === high
    ? `${levelName(min)} or above`
    : min === passive
      ? `${levelName(max)} or below`
      : `${levelName(min)} to ${levelName(max)}`;
}

/** "PASSIVE_LEVEL only", "APC_LEVEL or below". */
export function limitText({ max }: Levels): string {
  return max === passive ? 'at PASSIVE_LEVEL only' : `at ${levelName(max)} or below only`;
}

/** Why the code runs at the level: "NdisAcquireSpinLock raised it", "NDIS calls SampleIsr as MiniportInterrupt at it". */
export function because({ state, levels, by, fn }: CallLevel): string {
  const lock = state.held.find((held) => held.at === levels.at);
  if (lock) return lock.place ? `${lock.place} is held since ${lock.by}` : `${lock.by} took a spin lock`;
  const raise = state.raised.find((raised) => raised.at === levels.at);
  if (raise) return `${raise.by} raised it`;
  if (levels.at) return 'the code before it says so';
  return enteredBecause(by, fn.name, levels.min);
}

export function enteredBecause(by: EntryReason | undefined, name: string, level: number): string {
  if (by?.kind === 'role')
    return `${name} is ${by.role.documentedName ?? by.role.name}, which is called at ${levelName(level)}`;
  if (by?.kind === 'caller') return `${by.name} calls ${name} at ${levelName(level)}`;
  return `the annotations of ${name} say so`;
}

/** The way on which the level comes to the call: what raised it, or the calls from where NDIS enters the driver on. */
export function levelPlace({ levels, by, fn }: CallLevel, uri: string): RelatedPlace[] {
  return levels.at ? [raisedPlace(uri, levels.at)] : wayOf(by, fn.name, uri);
}

const raisedPlace = (uri: string, at: Span): RelatedPlace =>
  place(uri, at, 'The IRQL is raised, or known, from here on.');

function wayOf(by: EntryReason | undefined, name: string, uri: string): RelatedPlace[] {
  if (by?.kind === 'role') return [place(by.uri, by.span, `This makes ${name} a callback.`)];
  if (by?.kind !== 'caller') return [];
  const from = by.uri ?? uri;
  const call = by.span ? [place(from, by.span, `${by.name} calls ${name} here.`)] : [];
  return [...call, ...(by.at ? [raisedPlace(from, by.at)] : wayOf(by.from, by.name, from))];
}

export function place(uri: string, span: Span, message: string): RelatedPlace {
  return { uri, ...absolute(span), message };
}
