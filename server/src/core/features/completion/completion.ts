import type { Completion, CompletionAnswer } from '../../api.js';
import { type Cursor, readCursor, wordAt } from '../cursor.js';
import type { FeatureInput } from '../feature.js';
import { handlerValues } from './handlerValues.js';
import { rank } from './item.js';
import { members } from './members.js';
import { last, most, names, shortest } from './names.js';
import { oldNames } from './oldNames.js';
import { ruleNames } from './ruleNames.js';
import { roleTypes, skeletons } from './skeletons.js';
import { statusValues } from './statusValues.js';
import { typedValues } from './typedValues.js';

/** A source of completions: what it offers at the cursor, or nothing where it has no say. */
export type Provider = (input: FeatureInput, cursor: Cursor) => Completion[];

/** Those that a type or a role at the cursor asks for: they come by themselves behind a blank. */
const valueProviders: readonly Provider[] = [handlerValues, statusValues, typedValues];

const providers: readonly Provider[] = [skeletons, roleTypes, members, ...valueProviders, names, oldNames];

/** Everything NDIS has to offer at the offset (absolute UTF-16). Documentation is resolved later, by name. `typedCharacter`
 * is what made the editor ask, where it was not the author. */
export function completion(input: FeatureInput, offset: number, typedCharacter = ''): CompletionAnswer {
  const cursor = readCursor(input.file, offset);
  if (!cursor) return { items: ruleNames(input, offset), incomplete: false };
  const items = new Map<string, Completion>();
  let cut = false;
  for (const provide of typedCharacter === ' ' ? unasked(input, cursor) : providers) {
    const offered = provide(input, cursor);
    cut ||= provide === names && offered.length >= most;
    for (const item of offered) {
      const key = `${item.kind === 'skeleton' ? 'skeleton' : ''}:${item.label}`;
      if (!items.has(key)) items.set(key, item);
    }
  }
  const found = withUsedLast(input, cursor, [...items.values()]);
  if (/^(member|designator)$/.test(cursor.place.kind)) return { items: found, incomplete: false };
  const own = ownWords(input, cursor);
  if (own === 'this' && !items.has(`:${cursor.typed}`)) return { items: [], incomplete: true };
  // A value of an enumeration is written like a variable. Where it is wanted, another provider has offered it as well.
  const apart =
    own === 'none' ? found : found.filter(({ kind, sortText }) => kind !== 'enum-member' || sortText !== last);
  return { items: apart, incomplete: cut || own !== 'none' || cursor.typed.length < shortest };
}

/** Who may speak behind a blank: none in the middle of an argument. */
function unasked({ file }: FeatureInput, { place, range }: Cursor): readonly Provider[] {
  const before = file.text.slice(0, range.start).trimEnd();
  return place.kind === 'argument' && !/[(,]$/.test(before) ? [] : valueProviders;
}

/** Whether the author has a name of the driver's own in mind: what was typed is one, or begins like one. An editor
 * without another C extension knows no such names, and would take the nearest name of NDIS for it. */
function ownWords({ file: { text }, catalog }: FeatureInput, { typed, range }: Cursor): 'this' | 'longer' | 'none' {
  if (typed.length < shortest) return 'none';
  let found: 'longer' | 'none' = 'none';
  for (let at = text.indexOf(typed); at >= 0; at = text.indexOf(typed, at + 1)) {
    if (at === range.start || /\w/.test(text[at - 1] ?? '')) continue;
    const { word } = wordAt(text, at);
    if (catalog.find(word)) continue;
    if (word === typed) return 'this';
    found = 'longer';
  }
  return found;
}

/** Labels that the switch has already come last. */
function withUsedLast({ file }: FeatureInput, { place, range }: Cursor, items: Completion[]): Completion[] {
  if (place.kind !== 'case') return items;
  const end = file.text.indexOf('\n}', range.end);
  const body = file.text.slice(range.start - place.open, end < 0 ? undefined : end);
  const used = new Set([...body.matchAll(/\bcase\s+(\w+)\s*:/g)].map(([, label]) => label));
  return items.map((item) => (used.has(item.label) ? { ...item, sortText: rank(8), preselect: false } : item));
}
