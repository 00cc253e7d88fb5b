import type { Mutant, Operator } from '../mutant.js';
import type { Sample } from '../sample.js';
import { contractOperators } from './contracts.js';
import { kindOperators } from './kinds.js';
import { levelOperators } from './levels.js';
import { lifecycleOperators } from './lifecycles.js';
import { oidOperators } from './oids.js';
import { registrationOperators } from './registrations.js';
import { roleTypeOperators } from './roleTypes.js';
import { signatureOperators } from './signatures.js';
import { statusOperators } from './statuses.js';

export const operators: readonly Operator[] = [
  ...roleTypeOperators,
  ...signatureOperators,
  ...registrationOperators,
  ...kindOperators,
  ...statusOperators,
  ...levelOperators,
  ...contractOperators,
  ...oidOperators,
  ...lifecycleOperators,
];

/** Every mutant of the samples, in the order of the operators. */
export function mutantsOf(samples: readonly Sample[]): Mutant[] {
  return operators.flatMap(({ rule, name, mutate }) =>
    samples.flatMap((sample) => mutate(sample).map((mutant) => ({ ...mutant, rule, operator: name, sample }))),
  );
}
