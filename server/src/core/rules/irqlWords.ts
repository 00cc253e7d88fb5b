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

/** The place that brought the level about. */
export function levelPlace(found: CallLevel, uri: string): RelatedPlace[] {
  const { levels, by } = found;
  if (levels.at) return [place(uri, levels.at, 'The IRQL is raised, or known, from here on.')];
  if (by?.kind === 'role') return [place(by.uri, by.span, `This makes ${found.fn.name} a callback.`)];
  if (by?.kind !== 'caller' || !by.span) return [];
  const call = place(uri, by.span, `${by.name} calls ${found.fn.name} here.`);
  return by.at ? [call, place(uri, by.at, 'The IRQL is raised, or known, from here on.')] : [call];
}

export function place(uri: string, span: Span, message: string): RelatedPlace {
  return { uri, ...absolute(span), message };
}
