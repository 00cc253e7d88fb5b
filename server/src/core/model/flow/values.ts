import type { Span } from '../span.js';

/** One possible value of a variable: a constant by name, and where it came from. */
export interface Atom {
  /** As written: `NDIS_STATUS_PENDING`, `0`. */
  name: string;
  /** Where the value was assigned or returned, or the test that established it. */
  origin: Span;
  /** The value is what a condition found, not what the code assigned. */
  tested?: boolean;
}

/** The values that an expression can have. Atoms are keyed by number where the constant's value is known, by name
 * otherwise, so that NDIS_STATUS_SUCCESS, STATUS_SUCCESS and 0 are one. */
export interface Value {
  atoms: ReadonlyMap<string, Atom>;
  /** Other values than the atoms are possible. */
  unknown: boolean;
  /** Keys that the unknown part is known not to be. */
  not: ReadonlySet<string>;
  /** See `valueText`; kept once it was made. */
  text?: string;
}

const none: ReadonlyMap<string, Atom> = new Map();
const nothing: ReadonlySet<string> = new Set();

export const unknownValue: Value = { atoms: none, unknown: true, not: nothing };

export function atomValue(key: string, atom: Atom): Value {
  return { atoms: new Map([[key, atom]]), unknown: false, not: nothing };
}

export function unite(a: Value, b: Value): Value {
  if (a === b || (a.text !== undefined && a.text === b.text)) return a;
  const atoms = new Map(a.atoms);
  for (const [key, atom] of b.atoms) {
    const known = atoms.get(key);
    // What the code assigns says more than what a condition found.
    if (!known || (known.tested && !atom.tested)) atoms.set(key, atom);
  }
  const unknown = a.unknown || b.unknown;
  const not = new Set<string>();
  if (unknown) {
    for (const key of [...a.not, ...b.not]) {
      if ((!a.unknown || a.not.has(key)) && (!b.unknown || b.not.has(key)) && !atoms.has(key)) not.add(key);
    }
  }
  return { atoms, unknown, not };
}

/** The value where it equals `key`; undefined when it cannot. */
export function onlyKey(value: Value, key: string, atom: Atom): Value | undefined {
  const known = value.atoms.get(key);
  if (known) return atomValue(key, known);
  if (!value.unknown || value.not.has(key)) return undefined;
  return atomValue(key, atom);
}

/** The value where it differs from `key`; undefined when it cannot. */
export function withoutKey(value: Value, key: string): Value | undefined {
  const atoms = new Map(value.atoms);
  atoms.delete(key);
  if (!atoms.size && !value.unknown) return undefined;
  return { atoms, unknown: value.unknown, not: value.unknown ? new Set([...value.not, key]) : nothing };
}

/** The value restricted to atoms that `keep` accepts; the unknown part stays. */
export function filterValue(
  value: Value,
  keep: (key: string) => boolean,
  excluded: Iterable<string> = [],
): Value | undefined {
  const atoms = new Map([...value.atoms].filter(([key]) => keep(key)));
  if (!atoms.size && !value.unknown) return undefined;
  return { atoms, unknown: value.unknown, not: value.unknown ? new Set([...value.not, ...excluded]) : nothing };
}

/** Equal values have equal text. */
export function valueText(value: Value): string {
  value.text ??= `${sorted(value.atoms.keys())}${value.unknown ? `?${sorted(value.not)}` : ''}`;
  return value.text;
}

function sorted(keys: Iterable<string>): string {
  const [first, second, ...rest] = keys;
  return second === undefined ? (first ?? '') : [first, second, ...rest].sort().join(',');
}
