import type { Catalog } from '../catalog/catalog.js';
import type { DriverKind, StructureFacts } from '../catalog/schema.js';

/** Kinds that a driver is by its first registration alone; the others add to them. */
const baseKinds: ReadonlySet<DriverKind> = new Set(['miniport', 'protocol', 'filter']);

/** What kinds of driver the registered structures make. A structure that several kinds register counts for the kind
 * that the other structures speak for; where they speak for two, for both. */
export function driverKinds(registered: ReadonlySet<StructureFacts>, catalog: Catalog): Set<DriverKind> {
  const kinds = new Set<DriverKind>();
  for (const structure of registered) for (const kind of kindsOf(structure, registered, catalog)) kinds.add(kind);
  return kinds;
}

function kindsOf(structure: StructureFacts, registered: ReadonlySet<StructureFacts>, catalog: Catalog): DriverKind[] {
  const candidates = structure.registers ?? [];
  const [first] = candidates;
  if (!first || baseKinds.has(first) || candidates.length === 1) return first ? [first] : [];
  const support = (kind: DriverKind): number =>
    [...registered].filter((other) => other.registers?.includes(kind)).length;
  const most = Math.max(...candidates.map(support));
  const best = candidates.filter((kind) => support(kind) === most);
  return best.length === 1 ? best : best.filter((kind) => isShown(kind, best, registered, catalog));
}

/** Something registered speaks for this kind and not for its rivals, or nothing that exists could. */
function isShown(
  kind: DriverKind,
  rivals: readonly DriverKind[],
  registered: ReadonlySet<StructureFacts>,
  catalog: Catalog,
): boolean {
  const telling = catalog.data.structures.filter(
    (s) => s.registers?.includes(kind) && rivals.every((rival) => rival === kind || !s.registers?.includes(rival)),
  );
  return telling.length === 0 || telling.some((s) => registered.has(s));
}
