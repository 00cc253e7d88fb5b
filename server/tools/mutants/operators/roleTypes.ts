import type { CallbackFacts } from '../../../src/core/catalog/schema.js';
import { edit, type Operator, operator, place } from '../mutant.js';
import type { CallbackText, Sample } from '../sample.js';

/** Callbacks that are declared by role type and registered in a handler member. */
const declaredAndRegistered = (
  sample: Sample,
): (CallbackText & { declaration: NonNullable<CallbackText['declaration']> })[] =>
  sample.callbacks.flatMap((one) =>
    one.declaration && one.slots.length > 0 ? [{ ...one, declaration: one.declaration }] : [],
  );

const prototypeOf = ({ signature }: CallbackFacts, name: string): string => {
  const params = signature.params.map((param) => `${param.type.replace(/\[\d*\]$/, '')} ${param.name}`);
  return `${signature.returns} ${name}(${params.join(', ') || 'VOID'});`;
};

const deleted = operator('role-type-missing', 'declaration deleted', (sample) =>
  declaredAndRegistered(sample).map(({ declaration, fn }) => ({
    edits: [edit(declaration.file, declaration, '')],
    expected: [place(fn.file, fn.nameSpan)],
  })),
);

const plain = operator('role-type-missing', 'plain prototype in place of the declaration', (sample) =>
  declaredAndRegistered(sample).map(({ declaration, fn, role }) => ({
    edits: [edit(declaration.file, declaration, prototypeOf(role, fn.name))],
    expected: [place(fn.file, fn.nameSpan)],
  })),
);

/** Another role of the same sample, the `step`th behind. */
function otherRole(sample: Sample, own: CallbackFacts, index: number, step: number): CallbackFacts | undefined {
  const roles = [...new Set(declaredAndRegistered(sample).map(({ role }) => role))];
  for (let at = 0; at < roles.length; at++) {
    const other = roles[(index + step + at) % roles.length];
    if (other && other !== own && !sample.catalog.roleFits(other.name, own.name)) return other;
  }
  return undefined;
}

const swapped = (step: number): Operator =>
  operator('role-type-mismatch', `declared with the role ${step} further on`, (sample) =>
    declaredAndRegistered(sample).flatMap(({ declaration, role }, index) => {
      const other = otherRole(sample, role, index, step);
      if (!other) return [];
      return [
        {
          edits: [edit(declaration.file, declaration.typeSpan, other.name)],
          expected: [place(declaration.file, declaration.typeSpan)],
        },
      ];
    }),
  );

/** Ways to misspell a name; each gives a name that differs from it. */
const misspellings: Record<string, (name: string) => string> = {
  'last letter dropped': (name) => name.slice(0, -1),
  'letter in the middle dropped': (name) => name.slice(0, name.length >> 1) + name.slice((name.length >> 1) + 1),
  'letter doubled': (name) => name.replace(/_([A-Z])(?=[A-Z]*$)/, '_$1$1'),
  'letters swapped': (name) => name.replace(/([A-Z])(?!\1)([A-Z])$/, '$2$1'),
  'underscore dropped': (name) => name.replace(/_(?=[A-Z]*$)/, ''),
  'last word cut short': (name) => name.replace(/([A-Z]{2})[A-Z]{2,}$/, '$1'),
};

const misspelt = Object.entries(misspellings).map(([way, misspell]) =>
  operator('role-type-unknown', way, (sample) =>
    sample.declarations.flatMap(({ file, typeSpan }) => {
      const own = sample.slice(file, typeSpan);
      const wrong = misspell(own);
      if (wrong === own || sample.catalog.find(wrong)) return [];
      return [{ edits: [edit(file, typeSpan, wrong)], expected: [place(file, typeSpan)] }];
    }),
  ),
);

const annotationDeleted = operator('use-decl-annotations-missing', 'annotation deleted', (sample) =>
  sample.callbacks.flatMap(({ fn, declaration }) =>
    fn.annotation && declaration
      ? [{ edits: [edit(fn.file, fn.annotation, '')], expected: [place(fn.file, fn.nameSpan)] }]
      : [],
  ),
);

export const roleTypeOperators: Operator[] = [deleted, plain, swapped(1), swapped(7), ...misspelt, annotationDeleted];
