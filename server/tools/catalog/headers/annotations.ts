import type { ConditionalIrql, Irql, IrqlRange } from '../../../src/core/catalog/schema.js';

/** What annotations in front of a function say about IRQL, and the annotations that say something else. */
export interface Annotated {
  irql?: IrqlRange;
  irqlWhen?: ConditionalIrql[];
  raises?: Irql;
  sal?: string[];
}

/** Names of levels in the headers. Above DISPATCH_LEVEL every name that is no device level means the highest. */
const levels: Record<string, Irql> = {
  PASSIVE_LEVEL: 'PASSIVE_LEVEL',
  APC_LEVEL: 'APC_LEVEL',
  DISPATCH_LEVEL: 'DISPATCH_LEVEL',
  DPC_LEVEL: 'DISPATCH_LEVEL',
  HIGH_LEVEL: 'HIGH_LEVEL',
  IPI_LEVEL: 'HIGH_LEVEL',
  SYNCH_LEVEL: 'HIGH_LEVEL',
};

/** Annotations that name the role or the API, or that only say that the IRQL is unchanged. */
const silent = /^(_Function_class_|_IRQL_requires_same_|__kernel_entry|__drv_preferredFunction|_In_)/;

const limit = /^(?:_IRQL_requires_(max_|min_|)|__drv_(max|min)IRQL)\(\s*(\w+)\s*(?:-\s*1\s*)?\)$/;

export function readAnnotations(sal: readonly string[]): Annotated {
  const irql: IrqlRange = {};
  const irqlWhen: ConditionalIrql[] = [];
  const others: string[] = [];
  let raises: Irql | undefined;
  for (const annotation of sal) {
    const range = rangeOf(annotation);
    const when = whenOf(annotation);
    const raised = levels[/^_IRQL_raises_\(\s*(\w+)\s*\)$/.exec(annotation)?.[1] ?? ''];
    if (range) Object.assign(irql, range);
    else if (when) irqlWhen.push(when);
    else if (raised) raises = raised;
    else if (!silent.test(annotation)) others.push(annotation);
  }
  return {
    ...((irql.min ?? irql.max) && { irql: ordered(irql) }),
    ...(irqlWhen.length > 0 && { irqlWhen }),
    ...(raises && { raises }),
    ...(others.length > 0 && { sal: others }),
  };
}

const ordered = ({ min, max }: IrqlRange): IrqlRange => ({ ...(min && { min }), ...(max && { max }) });

function rangeOf(annotation: string): IrqlRange | undefined {
  const [, sal, drv, name = ''] = limit.exec(annotation) ?? [];
  const level = levels[name];
  if (!level) return undefined;
  const end = (drv ?? sal)!.replace('_', '');
  if (end === 'max') return { max: level };
  return end === 'min' ? { min: level } : { min: level, max: level };
}

/** `_When_(condition, _IRQL_requires_max_(LEVEL))`. */
function whenOf(annotation: string): ConditionalIrql | undefined {
  const parts = /^_When_\((.*),\s*(_IRQL_requires_\w*\([^()]*\))\s*\)$/.exec(annotation);
  const range = parts && rangeOf(parts[2]!);
  return range ? { when: parts[1]!.trim(), ...range } : undefined;
}
