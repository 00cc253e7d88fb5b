import type { Catalog } from '../../../src/core/catalog/catalog.js';
import type { FunctionText, ParameterText } from '../code.js';
import { edit, type Operator, operator, place } from '../mutant.js';
import type { CallbackText, Sample } from '../sample.js';

const rule = 'callback-signature';

const declared = (sample: Sample): CallbackText[] => sample.callbacks.filter(({ declaration }) => declaration);

const dropped = (which: 'first' | 'last'): Operator =>
  operator(rule, `${which} parameter dropped`, (sample) =>
    declared(sample).flatMap(({ fn }) => {
      const left = which === 'first' ? fn.params.slice(1) : fn.params.slice(0, -1);
      return fn.params.length > 0
        ? [
            withParameters(
              sample,
              fn,
              left.map((param) => sample.slice(fn.file, param)),
            ),
          ]
        : [];
    }),
  );

const added = operator(rule, 'parameter added', (sample) =>
  declared(sample).map(({ fn }) =>
    withParameters(sample, fn, [...fn.params.map((param) => sample.slice(fn.file, param)), 'ULONG Further']),
  ),
);

function withParameters(_sample: Sample, fn: FunctionText, params: string[]): ReturnType<Operator['mutate']>[number] {
  return {
    edits: [edit(fn.file, fn.paramsSpan, params.join(', ') || 'VOID')],
    expected: [place(fn.file, fn.paramsSpan)],
    follows: [],
  };
}

const permuted = operator(rule, 'neighbouring parameters swapped', (sample) =>
  declared(sample).flatMap(({ fn }) =>
    fn.params.slice(1).flatMap((second, index) => {
      const first = fn.params[index] as ParameterText;
      if (!differ(first.type, second.type, sample.catalog)) return [];
      const [one, other] = [sample.slice(fn.file, first), sample.slice(fn.file, second)];
      return [
        {
          edits: [edit(fn.file, first, other), edit(fn.file, second, one)],
          expected: [place(fn.file, first), place(fn.file, second)],
          // The body goes on with values of other types.
          follows: [{ rule, place: place(fn.file, fn.paramsSpan) }],
        },
      ];
    }),
  ),
);

/** A type that is passed otherwise. */
const otherType = (type: string, catalog: Catalog): string => (differ(type, 'ULONG', catalog) ? 'ULONG' : 'PVOID');

const retyped = operator(rule, 'parameter of another type', (sample) =>
  declared(sample).flatMap(({ fn }) =>
    fn.params.map((param) => ({
      edits: [edit(fn.file, param, `${otherType(param.type, sample.catalog)} ${param.name}`)],
      expected: [place(fn.file, param)],
    })),
  ),
);

const returning = (type: string): Operator =>
  operator(rule, `returns ${type}`, (sample) =>
    declared(sample).flatMap(({ fn }) =>
      differ(sample.slice(fn.file, fn.returns), type, sample.catalog)
        ? [{ edits: [edit(fn.file, fn.returns, type)], expected: [place(fn.file, fn.returns)] }]
        : [],
    ),
  );

/** The types are certainly passed in different ways, or point to different things. */
function differ(one: string, other: string, catalog: Catalog): boolean {
  const [left, right] = [plainType(one, catalog), plainType(other, catalog)];
  return left !== right && !(integer.test(left) && integer.test(right));
}

const integer = /^(?:unsigned |signed )?(?:int|long|ULONG|LONG|UINT|INT|NTSTATUS)$/;

function plainType(type: string, catalog: Catalog): string {
  let plain = type
    .replace(/\bconst\b/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  for (let steps = 0; steps < 5; steps++) plain = catalog.underlyingType(plain) ?? plain;
  return plain.replace(/\s*\*/g, '*');
}

export const signatureOperators: Operator[] = [
  dropped('first'),
  dropped('last'),
  added,
  permuted,
  retyped,
  returning('VOID'),
  returning('NDIS_STATUS'),
  returning('PVOID'),
];
