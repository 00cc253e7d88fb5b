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
  problems: ContractProblem<T>[];
}

/** What a function's annotations say of the IRQL of its callers. `numberOf` tells what constants of the project stand
 * for. */
export function contractOf<T extends Partial<IrqlAnnotation>>(
  annotations: readonly T[],
  numberOf: (name: string) => number | undefined,
): Contract<T> {
  const contract: Contract<T> = { problems: [] };
  for (const annotation of annotations) {
    const { name = '', args = '' } = annotation;
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
