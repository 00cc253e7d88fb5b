import { high, type Levels, levelNamed, meet, passive } from './irqlLevels.js';
import type { IrqlAnnotation } from './locking.js';

/** What an annotation about the IRQL says of the levels at entry. */
type Bound = 'exactly' | 'max' | 'min';

const bounds: Readonly<Record<string, Bound>> = {
  _IRQL_requires_: 'exactly',
  _IRQL_requires_max_: 'max',
  _IRQL_requires_min_: 'min',
  __drv_requiresIRQL: 'exactly',
  __drv_maxIRQL: 'max',
  __drv_minIRQL: 'min',
};

export type ContractProblem<T> =
  | { kind: 'unreadable'; annotation: T }
  /** The annotation leaves no level that the ones before it allow. */
  | { kind: 'impossible'; annotation: T; before: Levels };

export interface Contract<T> {
  /** Levels that callers may come at; absent where no annotation says it. */
  levels?: Levels;
  /** A `_When_` asks for more in cases that cannot be told from here. */
  conditional?: true;
  problems: ContractProblem<T>[];
}

/** What a function's annotations say of the IRQL of its callers. `numberOf` tells what constants of the project stand
 * for, `holds` whether the condition of a `_When_` does. */
export function contractOf<T extends Partial<IrqlAnnotation>>(
  annotations: readonly T[],
  numberOf: (name: string) => number | undefined,
  holds: (condition: string) => boolean | undefined = () => undefined,
): Contract<T> {
  const contract: Contract<T> = { problems: [] };
  for (const annotation of annotations) {
    const { name = '', args = '' } = annotation;
    if (name === '_When_') {
      const { condition, inner } = whenParts(args);
      const outcome = inner.length ? holds(condition) : false;
      if (outcome === undefined) contract.conditional = true;
      const levels = outcome ? contractOf(inner, numberOf).levels : undefined;
      if (levels) contract.levels = meet(contract.levels ?? levels, levels) ?? levels;
      continue;
    }
    const bound = Object.hasOwn(bounds, name) ? bounds[name] : undefined;
    if (!bound) continue;
    const level = levelNamed(args) ?? levelNamed(String(numberOf(args.trim()) ?? ''));
    if (level === undefined) {
      contract.problems.push({ kind: 'unreadable', annotation });
      continue;
    }
    const before = contract.levels ?? { min: passive, max: high };
    const levels = meet(before, { min: bound === 'max' ? passive : level, max: bound === 'min' ? high : level });
    if (levels) contract.levels = levels;
    else contract.problems.push({ kind: 'impossible', annotation, before });
  }
  return contract;
}

/** `Wait != 0, _IRQL_requires_max_(PASSIVE_LEVEL)`: the condition, and what it asks of the IRQL. */
function whenParts(args: string): { condition: string; inner: IrqlAnnotation[] } {
  const inner = [...args.matchAll(/\b(_IRQL_requires\w*|__drv_\w*IRQL)\s*\(([^()]*)\)/g)];
  const condition = args.slice(0, inner[0]?.index ?? args.length).replace(/,\s*$/, '');
  return { condition, inner: inner.map(([, name = '', level = '']) => ({ name, args: level })) };
}
