import type { CallbackFacts } from '../../../src/core/catalog/schema.js';
import type { CallText, ReturnText } from '../code.js';
import { edit, type Operator, operator, type Place, place } from '../mutant.js';
import type { CallbackText, Sample } from '../sample.js';

const pending = 'NDIS_STATUS_PENDING';
const success = 'NDIS_STATUS_SUCCESS';
const failure = 'NDIS_STATUS_FAILURE';

/** Ways to return NDIS_STATUS_PENDING in place of something else. */
const ways: Record<string, string> = {
  directly: `return ${pending};`,
  'through a local': `{ NDIS_STATUS Late = ${pending}; return Late; }`,
  'through two locals': `{ NDIS_STATUS Late = ${pending}; NDIS_STATUS Again = Late; return Again; }`,
  'through goto': `{ NDIS_STATUS Late = ${success}; Late = ${pending}; goto LeaveLate; LeaveLate: return Late; }`,
  'by a conditional': `{ extern LONG Busy; return Busy ? ${pending} : ${failure}; }`,
  'in an if': `{ extern LONG Busy; NDIS_STATUS Late = ${failure}; if (Busy) { Late = ${pending}; } return Late; }`,
};

/** Nothing can complete the request later: the page forbids it, or names neither the status nor a completion. */
function mustNotPend(role: CallbackFacts): boolean {
  if (role.signature.returns !== 'NDIS_STATUS') return false;
  if (role.pending === 'forbidden') return true;
  const listed = [...(role.statuses ?? []), ...(role.statusesInText ?? [])];
  return (
    role.pending !== 'allowed' &&
    !role.completion &&
    !role.otherStatuses &&
    listed.length > 0 &&
    !listed.includes(pending)
  );
}

const pendingReturned = Object.entries(ways).map(([way, text]) =>
  operator('pending-not-allowed', `pends ${way}`, (sample) =>
    sample.callbacks
      .filter(({ role }) => mustNotPend(role))
      .flatMap(({ fn }) => sample.returnsOf(fn))
      .map((back) => ({ edits: [edit(back.file, back, text)], expected: [place(back.file, back)] })),
  ),
);

/** Places of a callback where the constant stands. */
function pendingPlaces(sample: Sample, { fn }: CallbackText): Place[] {
  const body = sample.files.find(({ name }) => name === fn.file)?.plain.slice(fn.body.start, fn.body.end) ?? '';
  return [...body.matchAll(new RegExp(`\\b${pending}\\b`, 'g'))].map(({ index }) => ({
    file: fn.file,
    start: fn.body.start + index,
    end: fn.body.start + index + pending.length,
  }));
}

/** Callbacks that pend in their own body, by a return of the constant or an assignment of it. */
function pendingCallbacks(sample: Sample): CallbackText[] {
  return sample.callbacks.filter(
    ({ fn, role }) =>
      role.signature.returns === 'NDIS_STATUS' &&
      sample.catalog.completionsOf(role.name).length > 0 &&
      new RegExp(`\\b(?:return|[^=!]=)\\s*${pending}\\s*;`).test(
        sample.files.find(({ name }) => name === fn.file)?.plain.slice(fn.body.start, fn.body.end) ?? '',
      ),
  );
}

const completionsDeleted = operator('pending-without-completion', 'all completions deleted', (sample) =>
  pendingCallbacks(sample).flatMap((callback) => {
    const gone = new Set(sample.catalog.completionsOf(callback.role.name));
    const calls = sample.calls.filter((call) => gone.has(call.name) && call.isStatement);
    if (calls.length === 0 || sample.calls.some((call) => gone.has(call.name) && !call.isStatement)) return [];
    return [
      {
        edits: calls.map((call) => edit(call.file, call, ';')),
        expected: pendingPlaces(sample, callback),
        // Other roles that the same functions complete pend without completion too.
        follows: sample.callbacks
          .filter(({ role }) => sample.catalog.completionsOf(role.name).every((name) => gone.has(name)))
          .map(({ fn }) => ({ rule: 'pending-without-completion', place: place(fn.file, fn) })),
      },
    ];
  }),
);

/** A role that may pend begins to, and nothing completes it. */
const pendsAtLast = operator('pending-without-completion', 'pends though nothing completes', (sample) =>
  sample.callbacks
    .filter(({ role }) => {
      const completions = sample.catalog.completionsOf(role.name);
      return (
        role.pending !== 'forbidden' &&
        completions.length > 0 &&
        !sample.calls.some(({ name }) => completions.some((one) => sample.catalog.sameFunction(one, name)))
      );
    })
    .flatMap(({ fn }) => sample.returnsOf(fn))
    .map((back) => ({
      edits: [edit(back.file, back, `return ${pending};`)],
      expected: [place(back.file, back)],
    })),
);

interface Completion {
  call: CallText;
  status: { start: number; end: number };
}

const completions = (sample: Sample): Completion[] =>
  sample.calls.flatMap((call) => {
    const index = sample.catalog.function(call.name)?.statusArgument;
    const status = index === undefined ? undefined : call.args[index];
    return status && call.isStatement ? [{ call, status }] : [];
  });

const completedPending = operator('completion-with-pending', 'completed with pending', (sample) =>
  completions(sample).map(({ call, status }) => ({
    edits: [edit(call.file, status, pending)],
    expected: [place(call.file, status)],
  })),
);

const completedThroughVariable = operator('completion-with-pending', 'completed with pending in a variable', (sample) =>
  completions(sample).map(({ call, status }) => ({
    edits: [
      edit(call.file, { start: call.start, end: call.start }, `{ NDIS_STATUS Late = ${pending}; `),
      edit(call.file, status, 'Late'),
      edit(call.file, { start: call.end, end: call.end }, ' }'),
    ],
    expected: [place(call.file, status)],
  })),
);

const completedThroughBranch = operator('completion-with-pending', 'completed with pending on one way', (sample) =>
  completions(sample).map(({ call, status }) => ({
    edits: [
      edit(
        call.file,
        { start: call.start, end: call.start },
        `{ extern LONG Busy; NDIS_STATUS Late = ${success}; if (Busy) { Late = ${pending}; } `,
      ),
      edit(call.file, status, 'Late'),
      edit(call.file, { start: call.end, end: call.end }, ' }'),
    ],
    expected: [place(call.file, status)],
  })),
);

/** The place where a callback hands its context out: `*CallMgrAfContext = Af;` */
interface ContextWrite {
  callback: CallbackText;
  statement: Place;
}

function contextWrites(sample: Sample): ContextWrite[] {
  return sample.callbacks.flatMap((callback) => {
    const { role, fn } = callback;
    const plain = sample.files.find(({ name }) => name === fn.file)?.plain ?? '';
    return (role.contextsOut ?? []).flatMap((context) => {
      const index = role.signature.params.findIndex(({ name }) => name === context);
      const own = fn.params[index]?.name;
      if (!own || role.signature.params[index]?.optional) return [];
      const writes = [...plain.slice(fn.body.start, fn.body.end).matchAll(new RegExp(`\\*${own}\\s*=[^;=]+;`, 'g'))];
      return writes.length === 1 && writes[0]
        ? [{ callback, statement: spanOf(fn.file, fn.body.start + writes[0].index, writes[0][0]) }]
        : [];
    });
  });
}

const spanOf = (file: string, start: number, text: string): Place => ({ file, start, end: start + text.length });

/** Returns behind the write that give success, by the constant or by a variable. */
const returnsAfter = (sample: Sample, { callback, statement }: ContextWrite): ReturnText[] =>
  sample.returnsOf(callback.fn).filter(({ start, value }) => start > statement.start && !isFailure(value));

const isFailure = (value: string): boolean => /^NDIS_STATUS_(?!SUCCESS$)\w+$/.test(value);

const contextDeleted = operator('out-context-unset', 'context not handed out', (sample) =>
  contextWrites(sample).flatMap((write) => {
    const returns = returnsAfter(sample, write);
    return returns.length > 0
      ? [
          {
            edits: [edit(write.statement.file, write.statement, ';')],
            expected: returns.map((back) => place(back.file, back)),
          },
        ]
      : [];
  }),
);

const successBefore = operator('out-context-unset', 'success before the context is handed out', (sample) =>
  contextWrites(sample).map(({ callback, statement }) => {
    const at = { start: statement.start, end: statement.start };
    return {
      edits: [edit(statement.file, at, `{ extern LONG Done; if (Done) { return ${success}; } } `)],
      expected: [place(statement.file, at)],
      // A lock that is held where the context is written is held at the new return too.
      follows: [{ rule: 'lock-unbalanced', place: place(callback.fn.file, callback.fn) }],
    };
  }),
);

const failureTurned = operator('out-context-unset', 'failure turned into success', (sample) =>
  contextWrites(sample).flatMap(({ callback, statement }) =>
    sample
      .returnsOf(callback.fn)
      .filter(({ start, value }) => start < statement.start && isFailure(value) && value !== pending)
      .map((back) => ({
        edits: [edit(back.file, back.valueSpan, success)],
        expected: [place(back.file, back)],
      })),
  ),
);

export const statusOperators: Operator[] = [
  ...pendingReturned,
  completionsDeleted,
  pendsAtLast,
  completedPending,
  completedThroughVariable,
  completedThroughBranch,
  contextDeleted,
  successBefore,
  failureTurned,
];
