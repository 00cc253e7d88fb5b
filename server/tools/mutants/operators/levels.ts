import type { Irql } from '../../../src/core/catalog/schema.js';
import type { CallText } from '../code.js';
import { edit, type Follow, type Operator, operator, place } from '../mutant.js';
import type { CallbackText, Sample } from '../sample.js';
import { atStart, callable, callText, insertion, limits, type Routine, turn } from './calls.js';

/** Faults with locks and with the IRQL. */

const levelRules = ['irql-too-high', 'irql-contract-broken', 'irql-may-be-too-high', 'wait-at-dispatch'];

/** Whoever runs or calls the function may be under the lock that it keeps. */
const follows: Follow[] = ['lock-unbalanced', ...levelRules].map((rule) => ({ rule }));

function lockCalls(sample: Sample, act: 'acquire' | 'release'): CallText[] {
  return sample.calls.filter((call) => {
    const facts = sample.catalog.irqlAct(call.name);
    return call.isStatement && facts?.act === act && facts.lock === 'spin';
  });
}

const releaseDeleted = operator('lock-unbalanced', 'release deleted', (sample) =>
  lockCalls(sample, 'release').map((call) => ({
    edits: [edit(call.file, call, ';')],
    expected: [place(call.file, call.fn)],
    follows,
  })),
);

const acquireDeleted = operator('lock-unbalanced', 'acquire deleted', (sample) =>
  lockCalls(sample, 'acquire').map((call) => ({
    edits: [edit(call.file, call, ';')],
    expected: [place(call.file, call.fn)],
    follows,
  })),
);

const acquiredTwice = operator('lock-unbalanced', 'acquired twice', (sample) =>
  lockCalls(sample, 'acquire').map((call) => {
    const again = insertion(call.file, call.end, ` ${sample.slice(call.file, call)}`);
    return { edits: [again.edit], expected: [again.place], follows };
  }),
);

const returnedWithin = operator('lock-unbalanced', 'return between acquire and release', (sample) =>
  lockCalls(sample, 'acquire').map((call) => {
    const { returns } = call.fn;
    const value = /^VOID$/i.test(sample.slice(call.file, returns)) ? '' : ' 0';
    const early = insertion(call.file, call.end, ` { extern LONG Done; if (Done) { return${value}; } }`);
    // Zero is success, which some callbacks owe more for than they have done so far.
    const more = ['out-context-unset', 'call-without-vc'].map((rule) => ({ rule }));
    return { edits: [early.edit], expected: [early.place], follows: more };
  }),
);

/** The counterpart for callers at DISPATCH_LEVEL, where it takes the same arguments. */
function otherForm(sample: Sample, { name, args }: CallText): string | undefined {
  const own = sample.catalog.irqlAct(name);
  const stem = name.slice(0, 4);
  return Object.entries(sample.catalog.data.irqlActs).find(
    ([other, { act, lock, argument, atDispatch, shared }]) =>
      act === own?.act &&
      lock === own.lock &&
      argument === own.argument &&
      shared === own.shared &&
      atDispatch === true &&
      other.startsWith(stem) &&
      sample.catalog.routine(other)?.signature?.params.length === args.length,
  )?.[0];
}

const formsMixed = (act: 'acquire' | 'release'): Operator =>
  operator('lock-unbalanced', `${act} of the other form`, (sample) =>
    lockCalls(sample, act).flatMap((call) => {
      const other = otherForm(sample, call);
      return other
        ? [
            {
              edits: [edit(call.file, call.nameSpan, other)],
              expected: [place(call.file, call.fn)],
              follows: [...follows, { rule: 'irql-too-low' }, { rule: 'irql-not-restored' }],
            },
          ]
        : [];
    }),
  );

/** Waits without an end, or longer than none. */
const waits = (sample: Sample): Routine[] => callable(sample.catalog, ({ tags }) => tags?.includes('waits') === true);

/** Routines for levels below DISPATCH_LEVEL that do not wait. */
const lowOnly = (sample: Sample): Routine[] =>
  callable(
    sample.catalog,
    (routine) =>
      !routine.tags?.some((tag) => tag === 'waits' || tag === 'paged') &&
      !('kind' in routine && routine.irqlWhen) &&
      isLow(limits(routine).max),
  );

const isLow = (level: Irql | undefined): boolean => level === 'PASSIVE_LEVEL' || level === 'APC_LEVEL';

const underLock = (rule: string, name: string, routines: (sample: Sample) => Routine[]): Operator =>
  operator(rule, name, (sample) =>
    lockCalls(sample, 'acquire').flatMap((call, index) => {
      const routine = turn(routines(sample), index);
      if (!routine) return [];
      const put = insertion(call.file, call.end, ` ${callText(routine)}`);
      return [{ edits: [put.edit], expected: [put.place] }];
    }),
  );

/** Callbacks that run at the level by their contract, whatever their arguments. */
const callbacksUpTo = (sample: Sample, level: Irql): CallbackText[] =>
  sample.callbacks.filter(({ role }) => limits(role).max === level && !role.irqlWhen);

const inCallback = (
  rule: string,
  name: string,
  callbacks: (sample: Sample) => CallbackText[],
  text: (sample: Sample, index: number) => string | undefined,
): Operator =>
  operator(rule, name, (sample) =>
    callbacks(sample).flatMap(({ fn }, index) => {
      const statement = text(sample, index);
      if (statement === undefined) return [];
      const put = atStart(fn, statement);
      return [{ edits: [put.edit], expected: [put.place] }];
    }),
  );

const called = (routine: Routine | undefined): string | undefined => routine && callText(routine);

const dispatch = (sample: Sample): CallbackText[] => callbacksUpTo(sample, 'DISPATCH_LEVEL');
const passive = (sample: Sample): CallbackText[] => callbacksUpTo(sample, 'PASSIVE_LEVEL');

const highOnly = (sample: Sample): Routine[] =>
  callable(sample.catalog, (routine) => limits(routine).min === 'DISPATCH_LEVEL');

/** A raise to DISPATCH_LEVEL that keeps the old level in a variable. */
function raise(sample: Sample, index: number): string | undefined {
  const raises = Object.entries(sample.catalog.data.irqlActs).filter(
    ([, { act, level, irql }]) => act === 'raise' && level === 'DISPATCH_LEVEL' && irql === 'result',
  );
  const name = turn(raises, index)?.[0];
  return name === undefined ? undefined : `{ KIRQL Level = ${name}(); UNREFERENCED_PARAMETER(Level); }`;
}

const raised = operator('irql-not-restored', 'raised and not lowered', (sample) =>
  passive(sample).flatMap(({ fn }, index) => {
    const statement = raise(sample, index);
    if (statement === undefined) return [];
    return [{ edits: [atStart(fn, statement).edit], expected: [place(fn.file, fn)], follows }];
  }),
);

const pageable = (sample: Sample, index: number): string | undefined => {
  const marks = [...sample.catalog.data.functions, ...sample.catalog.data.kernel].filter(({ tags }) =>
    tags?.includes('paged'),
  );
  const mark = turn(marks, index)?.name;
  return mark === undefined ? undefined : `${mark}();`;
};

const annotationTexts: Record<string, string> = {
  'misspelt level': '_IRQL_requires_max_(DISPACH_LEVEL)',
  'no level left': '_IRQL_requires_max_(APC_LEVEL) _IRQL_requires_min_(DISPATCH_LEVEL)',
};

const annotated = Object.entries(annotationTexts).map(([name, text]) =>
  operator('irql-annotation', name, (sample) =>
    sample.callbacks.map(({ fn }) => {
      const put = insertion(fn.file, fn.start, `${text}\n`);
      return { edits: [put.edit], expected: [put.place], follows };
    }),
  ),
);

export const levelOperators: Operator[] = [
  releaseDeleted,
  acquireDeleted,
  acquiredTwice,
  returnedWithin,
  formsMixed('acquire'),
  formsMixed('release'),
  underLock('wait-at-dispatch', 'wait under a lock', waits),
  underLock('irql-too-high', 'call for lower levels under a lock', lowOnly),
  inCallback('irql-contract-broken', 'call for lower levels in a callback', dispatch, (sample, index) =>
    called(turn(lowOnly(sample), index)),
  ),
  inCallback('irql-contract-broken', 'wait in a callback', dispatch, (sample, index) =>
    called(turn(waits(sample), index)),
  ),
  inCallback('irql-too-low', 'call for DISPATCH_LEVEL at PASSIVE_LEVEL', passive, (sample, index) =>
    called(turn(highOnly(sample), index)),
  ),
  inCallback('pageable-at-dispatch', 'pageable callback up to DISPATCH_LEVEL', dispatch, pageable),
  raised,
  ...annotated,
];
