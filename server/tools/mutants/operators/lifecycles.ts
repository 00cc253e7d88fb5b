import type { FunctionFacts, HandleAct } from '../../../src/core/catalog/schema.js';
import { edit, type Operator, operator, place } from '../mutant.js';
import type { Sample } from '../sample.js';
import { atStart, callText, turn } from './calls.js';

/** Steps in the life of VCs, calls, SAPs and address families, taken out of order. */

const success = 'NDIS_STATUS_SUCCESS';
const failure = 'NDIS_STATUS_FAILURE';

/** A call that does the act, in words of the sample's kind of driver; undefined where that driver makes no such call. */
function callOf(sample: Sample, act: HandleAct['act'], handle: string): string | undefined {
  const routine = sample.catalog.data.functions.find(
    (one) => one.handleAct?.act === act && isFor(one, sample) && one.signature,
  );
  const args = routine?.signature?.params.map(({ type }, index) => {
    if (index === routine.handleAct?.argument) return handle;
    if (type === 'NDIS_STATUS') return success;
    return /\*|HANDLE|^P[A-Z]/.test(type) ? 'NULL' : '0';
  });
  return args && `${routine?.name}(${args.join(', ')})`;
}

function isFor({ caller }: FunctionFacts, { kinds, calls, catalog }: Sample): boolean {
  if (calls.some(({ name }) => catalog.function(name)?.caller === 'MCM')) return caller === 'MCM';
  return kinds.has('client') ? /client/.test(caller ?? '') : /stand-alone/.test(caller ?? '');
}

/** Both acts on one VC, as statements; `first` may test its result. */
type Order = (first: string, then: string) => string;

const inTurn: Order = (first, then) => `{ extern NDIS_HANDLE Late; (void)${first}; (void)${then}; }`;
const afterSuccess: Record<string, Order> = {
  'where it succeeded': (first, then) =>
    `{ extern NDIS_HANDLE Late; NDIS_STATUS Done = ${first}; if (Done == ${success}) { (void)${then}; } }`,
  'where it has not failed': (first, then) =>
    `{ extern NDIS_HANDLE Late; NDIS_STATUS Done; Done = ${first}; if (NT_SUCCESS(Done)) { (void)${then}; } }`,
  'in a case': (first, then) =>
    `{ extern NDIS_HANDLE Late; switch (${first}) { case ${success}: (void)${then}; break; default: break; } }`,
};

function ordered(
  rule: string,
  name: string,
  acts: [HandleAct['act'], HandleAct['act']],
  order: Order,
  handles: [string, string] = ['Late', 'Late'],
): Operator {
  return operator(rule, name, (sample) => {
    const [first, then] = acts.map((act, index) => callOf(sample, act, handles[index] ?? 'Late'));
    if (!first || !then) return [];
    // Procedures give nothing that could be dropped.
    const text = order(first, then).replaceAll(/\(void\)(?=\w+CloseCallComplete|NdisMCmDeleteVc)/g, '');
    return sample.callbacks.map(({ fn }) => {
      const put = atStart(fn, text);
      return { edits: [put.edit], expected: [put.place] };
    });
  });
}

const created = operator('vc-not-created-here', 'no VC created', (sample) => {
  const deletes = sample.calls.filter(({ name }) => sample.catalog.function(name)?.creatorOnly);
  const creators = new Set(deletes.flatMap(({ name }) => sample.catalog.function(name)?.creatorOnly ?? []));
  const creates = sample.calls.filter(({ name }) => creators.has(name));
  if (!deletes.length || !creates.length || creates.some(({ isStatement }) => isStatement)) return [];
  return [
    {
      edits: creates.map((call) => edit(call.file, call, 'NDIS_STATUS_RESOURCES')),
      expected: deletes.map((call) => place(call.file, call.nameSpan)),
    },
  ];
});

/** Ways to give a failure as the argument of a statement. */
const failing: Record<string, [before: string, argument: string, after: string]> = {
  directly: ['', failure, ''],
  'through a variable': [`{ NDIS_STATUS Late = ${failure}; `, 'Late', ' }'],
  'on one way': [`{ extern LONG Busy; NDIS_STATUS Late = ${success}; if (Busy) { Late = ${failure}; } `, 'Late', ' }'],
};

const completedWithFailure = Object.entries(failing).map(([way, [before, argument, after]]) =>
  operator('completion-with-failure', `failed ${way}`, (sample) =>
    sample.calls.flatMap((call) => {
      const { statusMustBe, statusArgument } = sample.catalog.function(call.name) ?? {};
      const status = statusArgument === undefined ? undefined : call.args[statusArgument];
      if (!statusMustBe || !status || !call.isStatement) return [];
      return [
        {
          edits: [
            edit(call.file, { start: call.start, end: call.start }, before),
            edit(call.file, status, argument),
            edit(call.file, { start: call.end, end: call.end }, after),
          ],
          expected: [place(call.file, status)],
        },
      ];
    }),
  ),
);

const successTooSoon = operator('call-without-vc', 'success before the activation', (sample) =>
  sample.callbacks
    .filter(({ role }) => role.onlyAfter)
    .map(({ fn }) => {
      const put = atStart(fn, `{ extern LONG Busy; if (Busy) { return ${success}; } }`);
      return { edits: [put.edit], expected: [put.place] };
    }),
);

/** Samples are no filters: none of the entry points exists. */
const unanswered = operator('call-without-handler', 'call without its entry point', (sample) => {
  const routines = sample.catalog.data.handlerPairs
    .filter(({ rule, when }) => rule === 'call-requires' && when === undefined)
    .flatMap(({ subject }) => sample.catalog.function(subject) ?? []);
  return sample.callbacks.flatMap(({ fn }, index) => {
    const routine = turn(routines, index);
    if (!routine) return [];
    const put = atStart(fn, callText(routine));
    return [{ edits: [put.edit], expected: [put.place] }];
  });
});

export const lifecycleOperators: Operator[] = [
  ...Object.entries(afterSuccess).flatMap(([way, order]) => [
    ordered('vc-deleted-while-active', `deleted ${way}`, ['activate', 'delete'], order),
    ordered('vc-deleted-with-call', `deleted ${way}`, ['make-call', 'delete'], order),
  ]),
  ordered('vc-deleted-with-call', 'deleted behind the close', ['close-call', 'delete'], inTurn),
  ordered('close-completed-while-active', 'reported before the deactivation', ['report-closed', 'deactivate'], inTurn),
  ...(['deactivate', 'close-call', 'delete'] as const).map((act) =>
    ordered('vc-used-after-delete', `${act} behind the deletion`, ['delete', act], inTurn),
  ),
  ...(['deregister-sap', 'close-call'] as const).map((act) =>
    ordered('af-closed-too-early', `closed before ${act}`, ['close-af', act], inTurn, ['Late->Af', 'Late->Other']),
  ),
  created,
  ...completedWithFailure,
  successTooSoon,
  unanswered,
];
