import type { Completion, CompletionAnswer } from '../../api.js';
import { type Cursor, readCursor } from '../cursor.js';
import type { FeatureInput } from '../feature.js';
import { handlerValues } from './handlerValues.js';
import { members } from './members.js';
import { names } from './names.js';
import { oldNames } from './oldNames.js';
import { ruleNames } from './ruleNames.js';
import { roleTypes, skeletons } from './skeletons.js';
import { caseLabels, statusValues } from './statusValues.js';
import { typedValues } from './typedValues.js';

/** A source of completions: what it offers at the cursor, or nothing where it has no say. */
export type Provider = (input: FeatureInput, cursor: Cursor) => Completion[];

const providers: readonly Provider[] = [
  skeletons,
  roleTypes,
  handlerValues,
  members,
  statusValues,
  caseLabels,
  typedValues,
  names,
  oldNames,
];

/** Everything NDIS has to offer at the offset (absolute UTF-16). Documentation is resolved later, by name. */
export function completion(input: FeatureInput, offset: number): CompletionAnswer {
  const cursor = readCursor(input.file, offset);
  if (!cursor) return { items: ruleNames(input, offset), incomplete: false };
  const items = new Map<string, Completion>();
  for (const provide of providers) {
    for (const item of provide(input, cursor)) {
      const key = `${item.kind === 'skeleton' ? 'skeleton' : ''}:${item.label}`;
      if (!items.has(key)) items.set(key, item);
    }
  }
  return { items: [...items.values()], incomplete: false };
}
