import type { Completion } from '../../api.js';
import type { CallbackFacts } from '../../catalog/schema.js';
import type { Cursor } from '../cursor.js';
import type { FeatureInput } from '../feature.js';
import { rank, word } from './item.js';

/** The statuses that the callback around the cursor may return: behind `return`, behind `Status =` and in comparisons.
 * After them the other statuses, once something was typed. */
export function statusValues(input: FeatureInput, cursor: Cursor): Completion[] {
  if (!wantsStatus(input, cursor)) return [];
  const fn = input.file.headAt(cursor.offset);
  const role = fn && input.project.roleOf(fn.name);
  const allowed = role ? documented(role) : [];
  const first = allowed.map((name, index) =>
    word(name, 'status', cursor.range, {
      detail: `${role?.documentedName ?? ''} may return it`,
      sortText: rank(0, index),
      preselect: index === 0 && !cursor.typed,
    }),
  );
  if (!cursor.typed) return first;
  return [
    ...first,
    ...input.catalog.data.statuses
      .filter((status) => !status.indication || allowed.length === 0)
      .map((status) => word(status.name, 'status', cursor.range, { sortText: rank(4) })),
  ];
}

function documented(role: CallbackFacts): string[] {
  return [...(role.statuses ?? []), ...(role.statusesInText ?? [])];
}

function wantsStatus(input: FeatureInput, { place, offset }: Cursor): boolean {
  if (place.kind === 'return') return returnsStatus(input, offset);
  const name = place.kind === 'value' ? place.target : place.kind === 'comparison' ? place.left : undefined;
  return name !== undefined && /status$/i.test(name);
}

function returnsStatus(input: FeatureInput, offset: number): boolean {
  const fn = input.file.headAt(offset);
  return !fn || /STATUS$/.test(fn.returnType);
}

/** Statuses behind `case` in a switch over one. */
export function caseLabels(input: FeatureInput, cursor: Cursor): Completion[] {
  if (cursor.place.kind !== 'case') return [];
  const { subject } = cursor.place;
  const { catalog } = input;
  if (/status$/i.test(subject))
    return catalog.data.statuses.map((status) => word(status.name, 'status', cursor.range, { sortText: rank(0) }));
  return [];
}
