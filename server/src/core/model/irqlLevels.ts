import type { Irql, IrqlRange } from '../catalog/schema.js';

/** IRQLs in rising order, as numbers that compare. Device levels are one: which one the device has is not in the source. */
export const levels: readonly Irql[] = ['PASSIVE_LEVEL', 'APC_LEVEL', 'DISPATCH_LEVEL', 'DIRQL', 'HIGH_LEVEL'];

export const passive = 0;
export const apc = 1;
export const dispatch = 2;
export const device = 3;
export const high = 4;

/** The levels that something may run at, both ends included. */
export interface Levels {
  readonly min: number;
  readonly max: number;
}

export const anyLevel: Levels = { min: passive, max: high };

/** Other names that the kernel headers have for levels. */
const otherNames: Readonly<Record<string, number>> = {
  LOW_LEVEL: passive,
  CMCI_LEVEL: device,
  CLOCK_LEVEL: high,
  CLOCK1_LEVEL: high,
  CLOCK2_LEVEL: high,
  IPI_LEVEL: high,
  DRS_LEVEL: high,
  POWER_LEVEL: high,
  PROFILE_LEVEL: high,
  SYNCH_LEVEL: device,
}; // prettier-ignore

/** The level that a C expression names: a constant of the kernel headers or a number; undefined for anything else. */
export function levelNamed(text: string): number | undefined {
  const plain = text.replace(/^[\s(]+|[\s)]+$/g, '').replace(/^KIRQL\s*\)\s*/, '');
  const index = levels.indexOf(plain as Irql);
  if (index >= 0) return index;
  if (Object.hasOwn(otherNames, plain)) return otherNames[plain];
  return /^\d+$/.test(plain) ? levelNumbered(Number(plain)) : undefined;
}

function levelNumbered(irql: number): number | undefined {
  if (irql > 31) return undefined;
  return irql <= dispatch ? irql : irql === 31 ? high : device;
}

export const levelName = (level: number): string => levels[level] ?? 'HIGH_LEVEL';

export const levelOf = (name: Irql): number => levels.indexOf(name);

/** The range with open ends filled; undefined where nothing is known. Headers mark interrupt routines with HIGH_LEVEL for
 * what is a device level. */
export function levelsOf(range: IrqlRange | undefined): Levels | undefined {
  if (!range || (range.min === undefined && range.max === undefined)) return undefined;
  const min = range.min === undefined ? passive : Math.min(levelOf(range.min), device);
  return { min, max: range.max === undefined ? high : levelOf(range.max) };
}

/** Both ranges at once: what remains; undefined where nothing does. */
export function meet(a: Levels, b: Levels): Levels | undefined {
  const min = Math.max(a.min, b.min);
  const max = Math.min(a.max, b.max);
  return min <= max ? { min, max } : undefined;
}

/** The smallest range that holds both. */
export function span(a: Levels, b: Levels): Levels {
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
}

/** "PASSIVE_LEVEL", "DISPATCH_LEVEL or below". */
export function upTo(level: number): string {
  return level === passive ? levelName(level) : `${levelName(level)} or below`;
}

/** What remains of a range after a comparison with a level came out true; undefined where nothing does. */
export function compared(range: Levels, operator: string, level: number): Levels | undefined {
  switch (operator) {
    case '==':
      return meet(range, { min: level, max: level });
    case '<':
      return meet(range, { min: passive, max: level - 1 });
    case '<=':
      return meet(range, { min: passive, max: level });
    case '>':
      return meet(range, { min: level + 1, max: high });
    case '>=':
      return meet(range, { min: level, max: high });
    case '!=':
      if (range.min === level) return meet(range, { min: level + 1, max: high });
      return range.max === level ? meet(range, { min: passive, max: level - 1 }) : range;
    default:
      return range;
  }
}

const opposites: Readonly<Record<string, string>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};
const mirrored: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

/** The operator of the comparison's negation. */
export const opposite = (operator: string): string => opposites[operator] ?? operator;

/** The operator after left and right changed places. */
export const mirror = (operator: string): string => mirrored[operator] ?? operator;
