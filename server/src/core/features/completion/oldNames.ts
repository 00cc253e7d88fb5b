import type { Completion } from '../../api.js';
import type { VersionGate } from '../../catalog/schema.js';
import type { Cursor } from '../cursor.js';
import type { FeatureInput } from '../feature.js';
import { rank, word } from './item.js';

/** How a name that NDIS left behind is offered: last, struck out, with what took its place. A driver for NDIS 5 has them
 * as they are. */
export function pastMarks(
  { catalog, project }: FeatureInput,
  name: string,
  versions: VersionGate | undefined,
): Partial<Completion> {
  if (project.isLegacy || !(versions?.legacy || catalog.isOfNdis5(name))) return {};
  const now = versions?.replacement ?? [...new Set(catalog.porting(name).flatMap(({ to }) => to))];
  return { deprecated: true, sortText: rank(6), ...(now.length ? { detail: `now ${now.join(', ')}` } : {}) };
}

/** Names of NDIS 5 that no header of today has: an author who types one is shown the new one. */
export function oldNames(input: FeatureInput, cursor: Cursor): Completion[] {
  const { catalog, project } = input;
  if (project.isLegacy || cursor.typed.length < 2 || cursor.place.kind === 'member') return [];
  const typed = cursor.typed.toLowerCase();
  const gone = catalog.data.porting.filter(({ kind }) => /^(function|struct|macro|callback|constant)$/.test(kind));
  const names = new Set(gone.flatMap(({ from }) => from));
  return [...names]
    .filter((name) => name.toLowerCase().startsWith(typed) && catalog.find(name) === undefined)
    .map((name) => word(name, 'function', cursor.range, pastMarks(input, name, { legacy: true })));
}
