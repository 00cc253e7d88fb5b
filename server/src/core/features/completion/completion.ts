import type { Completion, CompletionAnswer } from '../../api.js';
import { type Cursor, readCursor } from '../cursor.js';
import type { FeatureInput } from '../feature.js';
import { handlerValues } from './handlerValues.js';
import { members } from './members.js';
import { names, shortest } from './names.js';
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
  for (const provide of typedCharacter === ' ' ? unasked(input, cursor) : providers) {
    for (const item of provide(input, cursor)) {
      const key = `${item.kind === 'skeleton' ? 'skeleton' : ''}:${item.label}`;
      if (!items.has(key)) items.set(key, item);
    }
  }
  const incomplete = cursor.typed.length < shortest && !/^(member|designator)$/.test(cursor.place.kind);
  return { items: [...items.values()], incomplete };
}

/** Who may speak behind a blank: none in the middle of an argument. */
function unasked({ file }: FeatureInput, { place, range }: Cursor): readonly Provider[] {
  const before = file.text.slice(0, range.start).trimEnd();
  return place.kind === 'argument' && !/[(,]$/.test(before) ? [] : valueProviders;
}
