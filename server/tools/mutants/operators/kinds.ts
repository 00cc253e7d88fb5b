import type { CallText, StructureVariable } from '../code.js';
import { edit, type Operator, operator, place } from '../mutant.js';
import type { Sample } from '../sample.js';

const rule = 'mcm-mismatch';

/** Calls of functions whose name differs between stand-alone call managers and MCMs. */
function counterparts(sample: Sample, isSameCall: boolean): { call: CallText; other: string }[] {
  if (!sample.kinds.has('mcm') && !sample.kinds.has('call-manager')) return [];
  return sample.calls.flatMap((call) => {
    const other = sample.catalog.function(call.name)?.counterpart;
    const caller = other === undefined ? undefined : sample.catalog.function(other)?.caller;
    if (!other || !caller || sample.catalog.sameFunction(call.name, other) !== isSameCall) return [];
    return [{ call, other }];
  });
}

const swapped = (isSameCall: boolean, name: string): Operator =>
  operator(rule, name, (sample) =>
    counterparts(sample, isSameCall).map(({ call, other }) => ({
      edits: [edit(call.file, call.nameSpan, other)],
      expected: [place(call.file, call.nameSpan)],
      // What the wrong function takes is given back by one of its own kind, and its result may have to be looked at.
      follows: ['acquired-not-released', 'result-ignored'].map((also) => ({
        rule: also,
        place: place(call.file, call.nameSpan),
      })),
    })),
  );

/** A handler that an MCM leaves unset. */
const forbidden = operator(rule, 'handler that an MCM must not have', (sample) =>
  sample.kinds.has('mcm')
    ? sample.variables.flatMap((variable) =>
        variable.structure.members
          .filter(({ role, requirement }) => role && requirement?.mcm === 'forbidden')
          .flatMap(({ name, role }) => setting(sample, variable, name, role as string)),
      )
    : [],
);

function setting(
  sample: Sample,
  variable: StructureVariable,
  member: string,
  role: string,
): ReturnType<Operator['mutate']> {
  const last = variable.settings.at(-1);
  if (!last) return [];
  const at = { start: last.end, end: last.end };
  // A function of the role's type, where the sample has one, else of that name only.
  const value =
    sample.callbacks.find((callback) => callback.role.name === role)?.fn.name ?? `${variable.fn.name}Further`;
  return [
    {
      edits: [edit(last.file, at, `    ${variable.name}.${member} = ${value};\n`)],
      expected: [place(last.file, at)],
      follows: [],
    },
  ];
}

export const kindOperators: Operator[] = [
  swapped(false, 'function of the other kind'),
  swapped(true, 'name of the other kind for the same call'),
  forbidden,
];
