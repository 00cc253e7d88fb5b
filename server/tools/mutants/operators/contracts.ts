import type { CallbackFacts, MemberFacts } from '../../../src/core/catalog/schema.js';
import { atLeast } from '../../../src/core/catalog/versions.js';
import type { CallText, MemberSetting, ReturnText } from '../code.js';
import { edit, type Operator, operator, type Place, place } from '../mutant.js';
import type { CallbackText, Sample } from '../sample.js';
import { atStart, callText, insertion, turn } from './calls.js';

/** Faults against what a callback or a function asks of those who write or call it. */

const textsOfTag: Record<string, string> = { 'tag 0': '0', 'string as tag': '"Smpl"' };

const tags = Object.entries(textsOfTag).map(([name, text]) =>
  operator('pool-tag', name, (sample) =>
    sample.calls.flatMap((call) => {
      const params = sample.catalog.routine(call.name)?.signature?.params ?? [];
      const tag = call.args[params.findIndex(({ name, type }) => /^(?:Pool)?Tag$/.test(name) && type === 'ULONG')];
      return tag ? [{ edits: [edit(call.file, tag, text)], expected: [place(call.file, tag)] }] : [];
    }),
  ),
);

const stall = operator('stall-too-long', 'longer than the limit', (sample) =>
  sample.catalog.data.functions.flatMap((routine) => {
    const { argumentMax: limit, name } = routine;
    if (!limit) return [];
    return sample.callbacks.map(({ fn }, index) => {
      const put = atStart(fn, `${name}(${limit.value + 1 + index});`);
      return { edits: [put.edit], expected: [put.place] };
    });
  }),
);

/** A handler whose partner the structure can hold and does not. */
const unpaired = operator('handler-pair', 'handler set without its partner', (sample) =>
  sample.variables.flatMap((variable) => {
    const { structure, settings, fn, name } = variable;
    const last = settings.at(-1);
    const roleOf = ({ role }: MemberFacts): string | undefined => role && sample.catalog.callback(role)?.name;
    const isSet = (member: MemberFacts): boolean => settings.some((setting) => setting.member === member.name);
    if (!last) return [];
    return sample.catalog.data.handlerPairs
      .filter(({ rule, when }) => rule !== 'call-requires' && when === undefined)
      .flatMap(({ subject, other }) => {
        const own = structure.members.find((member) => roleOf(member) === subject);
        const partner = structure.members.find((member) => roleOf(member) === other);
        if (!own || !partner || isSet(own) || isSet(partner)) return [];
        const put = insertion(last.file, last.end, `    ${name}.${own.name} = ${fn.name}Further;\n`);
        // The member may lie beyond the revision that the header declares.
        return [{ edits: [put.edit], expected: [put.place], follows: [{ rule: 'revision-size' }] }];
      });
  }),
);

/** A callback that completed its request says so a second time. */
const completedAndReturned = operator('completion-and-success', 'success returned after completing', (sample) =>
  sample.callbacks.flatMap(({ fn, role }) => {
    const completions = new Set(sample.catalog.completionsOf(role.name));
    const calls = sample.calls.filter((call) => call.fn === fn && completions.has(call.name));
    return sample
      .returnsOf(fn)
      .filter(({ value, start }) => value === 'NDIS_STATUS_PENDING' && calls.some((call) => call.end < start))
      .map((back) => ({
        edits: [edit(back.file, back.valueSpan, 'NDIS_STATUS_SUCCESS')],
        expected: [place(back.file, back)],
        follows: [{ rule: 'out-context-unset' }],
      }));
  }),
);

/** Returns of callbacks that were given a request and make no completion call, with a call that would complete it. */
function returning(sample: Sample): { back: ReturnText; completion: string }[] {
  return sample.callbacks.flatMap((callback) => {
    const own = sample.catalog.completionsOf(callback.role.name);
    const completion = ownCompletion(sample, callback);
    if (!completion || sample.calls.some((call) => call.fn === callback.fn && own.includes(call.name))) return [];
    return sample
      .returnsOf(callback.fn)
      .filter(({ value }) => /^NDIS_STATUS_(?!PENDING$)\w+$/.test(value))
      .map((back) => ({ back, completion }));
  });
}

/** The completion of the very request that the callback was given a pointer to. */
function ownCompletion(sample: Sample, callback: CallbackText): string | undefined {
  const { catalog, kinds } = sample;
  const [name = ''] = catalog.completionsOf(callback.role.name, kinds.has('mcm') ? 'mcm' : undefined);
  return completionBy(name, sample, callback);
}

/** A call of the completion function with the request that the callback was given. */
function completionBy(name: string, { catalog }: Sample, { fn, role }: CallbackText): string | undefined {
  const at = role.signature.params.findIndex(({ type }) => /^P\w+_REQUEST$/.test(type));
  const request = fn.params[at]?.name;
  const { signature } = catalog.function(name) ?? {};
  if (request === undefined || !signature) return undefined;
  const args = signature.params.map(({ type }) => {
    if (type === role.signature.params[at]?.type) return request;
    return type === 'NDIS_STATUS' ? 'NDIS_STATUS_SUCCESS' : 'NULL';
  });
  return args.includes(request) ? `${name}(${args.join(', ')});` : undefined;
}

const completedBefore = operator('completion-and-success', 'completed before the return', (sample) =>
  returning(sample).map(({ back, completion }) => ({
    edits: [edit(back.file, back, `{ ${completion} ${sample.slice(back.file, back)} }`)],
    expected: [place(back.file, back)],
  })),
);

const completedTwice = operator('completion-and-success', 'completed twice', (sample) =>
  returning(sample).map(({ back, completion }) => ({
    edits: [edit(back.file, back, `{ ${completion} ${completion} return NDIS_STATUS_PENDING; }`)],
    expected: [place(back.file, back)],
  })),
);

/** The first completion function of other requests that takes what the callback was given. */
function foreignCompletion(sample: Sample, callback: CallbackText): string | undefined {
  const foreign = sample.catalog.data.functions.filter(
    ({ completes, versions }) => completes?.length && !completes.includes(callback.role.name) && !versions?.legacy,
  );
  for (const { name } of foreign) {
    const call = completionBy(name, sample, callback);
    if (call) return call;
  }
  return undefined;
}

const completedOtherwise = operator('completion-wrong-function', "completed by another request's function", (sample) =>
  sample.callbacks.flatMap((callback) => {
    const call = ownCompletion(sample, callback) && foreignCompletion(sample, callback);
    if (!call) return [];
    const put = atStart(callback.fn, call);
    const follows = [...besides, 'pending-without-completion'].map((rule) => ({ rule }));
    return [{ edits: [put.edit], expected: [put.place], follows }];
  }),
);

const failed = operator('status-not-allowed', 'failure of a callback that cannot fail', (sample) =>
  returnsWhere(sample, ({ cannotFail }) => cannotFail === true, 'NDIS_STATUS_FAILURE'),
);

const unlisted = operator('status-undocumented', 'status that is not listed', (sample) =>
  returnsWhere(sample, (role) => (role.statuses?.length ?? 0) > 1 && isClosed(role), 'NDIS_STATUS_BUFFER_OVERFLOW'),
);

function isClosed(role: CallbackFacts): boolean {
  const listed = [...(role.statuses ?? []), ...(role.statusesInText ?? [])];
  return (
    !role.otherStatuses &&
    !role.cannotFail &&
    role.pending !== 'forbidden' &&
    !listed.includes('NDIS_STATUS_BUFFER_OVERFLOW')
  );
}

function returnsWhere(
  sample: Sample,
  test: (role: CallbackFacts) => boolean,
  status: string,
): ReturnType<Operator['mutate']> {
  return sample.callbacks
    .filter(({ role }) => role.signature.returns === 'NDIS_STATUS' && test(role))
    .flatMap(({ fn }) => sample.returnsOf(fn))
    .map((back) => ({
      edits: [edit(back.file, back.valueSpan, status)],
      expected: [place(back.file, back)],
      follows: [],
    }));
}

/** Samples with a build that says for which version. */
const isVersioned = (sample: Sample): boolean => [...sample.texts.keys()].some((file) => !/\.[ch]$/.test(file));

const tooNew = operator('version-mismatch', 'function of a later version', (sample) =>
  inserted(
    sample,
    isVersioned(sample) ? sample.catalog.data.functions.filter(({ versions }) => isLater(versions?.min)) : [],
  ),
);

const roleTooNew = operator('version-mismatch', 'role type of a later version', (sample) => {
  const roles = sample.catalog.data.callbacks.filter(
    ({ name, versions }) => isLater(versions?.min) && sample.catalog.roleType(name),
  );
  return sample.declarations.flatMap(({ file, start }, index) => {
    const role = isVersioned(sample) ? turn(roles, index) : undefined;
    if (!role) return [];
    const put = insertion(file, start, `${role.name} SampleLate; `);
    return [{ edits: [put.edit], expected: [put.place] }];
  });
});

/** Every sample is built for a version that has the replacement. */
const isSuperseded = (from: string | undefined): boolean => from !== undefined && !atLeast(from, '6.1');

const isLater = (min: string | undefined): boolean => min !== undefined && atLeast(min, '6.31');

const outdated = operator('deprecated-api', 'function that was replaced', (sample) =>
  inserted(
    sample,
    sample.catalog.data.functions.filter(
      ({ name, versions }) =>
        (versions?.replacement?.length && (versions.legacy || isSuperseded(versions.supersededFrom))) ||
        (versions?.legacy && sample.catalog.porting(name).some(({ to }) => to.length > 0)),
    ),
  ),
);

type Routines = Sample['catalog']['data']['functions'];

/** One of the routines in each callback, in turn. What else is wrong with the call there is let pass. */
function inserted(sample: Sample, routines: Routines): ReturnType<Operator['mutate']> {
  return sample.callbacks.flatMap(({ fn }, index) => {
    const routine = turn(routines, index);
    if (!routine) return [];
    const put = atStart(fn, routine.signature ? callText(routine) : `${routine.name}();`);
    const follows = besides.map((rule) => ({ rule, place: put.place }));
    return [{ edits: [put.edit], expected: [put.place], follows }];
  });
}

/** What a call that stands anywhere may also be reported for. */
const besides = [
  'acquired-not-released',
  'call-forbidden-here',
  'deprecated-api',
  'irql-contract-broken',
  'irql-may-be-too-high',
  'irql-too-high',
  'irql-too-low',
  'mcm-mismatch',
  'version-mismatch',
  'wait-at-dispatch',
  'completion-wrong-function',
  'completion-with-pending',
  'call-without-vc',
];

const outOfPlace = operator('call-forbidden-here', 'function of another callback', (sample) =>
  sample.callbacks.flatMap(({ fn, role }, index) => {
    const foreign = sample.catalog.data.functions.filter(
      ({ callOnlyFrom, signature, versions }) =>
        signature &&
        !versions?.legacy &&
        callOnlyFrom?.length &&
        callOnlyFrom.every((name) => sample.catalog.roleFits(name, role.name) === false),
    );
    const routine = turn(foreign, index);
    if (!routine) return [];
    const put = atStart(fn, callText(routine));
    return [{ edits: [put.edit], expected: [put.place], follows: besides.map((rule) => ({ rule, place: put.place })) }];
  }),
);

const otherClass = operator('function-class-conflict', 'class of another role', (sample) =>
  sample.callbacks.flatMap(({ fn, role, declaration }, index) => {
    const other = turn(sample.callbacks, index + 3)?.role;
    if (!other || !declaration || sample.catalog.roleFits(other.name, role.name)) return [];
    const put = insertion(fn.file, fn.start, `_Function_class_(${other.name})\n`);
    return [{ edits: [put.edit], expected: [put.place] }];
  }),
);

/** Every call of the function is gone; what it gave back is success. */
const withoutCalls = (calls: readonly CallText[]): ReturnType<Operator['mutate']>[number]['edits'] =>
  calls.map((call) => edit(call.file, call, call.isStatement ? ';' : 'NDIS_STATUS_SUCCESS'));

const neverCalled = operator('must-call', 'call that is due deleted', (sample) =>
  sample.callbacks.flatMap(({ fn, role, slots }) =>
    (role.mustCall ?? []).flatMap((name) => {
      const calls = sample.calls.filter((call) => call.name === name);
      if (calls.length === 0 || slots.length === 0) return [];
      return [
        {
          edits: withoutCalls(calls),
          expected: [place(fn.file, fn.nameSpan)],
          // Another callback may owe the same call; what it closes stays open.
          follows: [{ rule: 'must-call' }, { rule: 'acquired-not-released' }],
        },
      ];
    }),
  ),
);

const neverRegistered = operator('registration-missing', 'structure filled but not handed over', (sample) =>
  sample.variables.flatMap(({ structure, settings, file, nameSpan }) => {
    const through = structure.registeredThrough ?? [];
    const calls = sample.calls.filter(({ name }) => through.includes(name));
    if (calls.length === 0 || !settings.some(({ member }) => isHandler(sample, structure.name, member))) return [];
    return [
      {
        edits: withoutCalls(calls),
        expected: [place(file, nameSpan)],
        // The same call hands over other structures; what it opened needs no closing.
        follows: [{ rule: 'registration-missing' }, { rule: 'must-call' }],
      },
    ];
  }),
);

const isHandler = (sample: Sample, structure: string, member: MemberSetting['member']): boolean =>
  sample.catalog.callbackForSlot(structure, member) !== undefined;

/** Calls whose result goes into a variable, and the text that puts it there. */
const dropped = operator('result-ignored', 'result dropped', (sample) =>
  sample.calls.flatMap((call) => {
    const before = sample.texts.get(call.file)?.slice(call.fn.body.start, call.start) ?? '';
    const assignment = /\b\w+ = $/.exec(before)?.[0];
    const isDeclaration = /\w[ *]+\w+ = $/.test(before);
    const facts = sample.catalog.function(call.name);
    if (!assignment || isDeclaration || !facts?.mustInspectResult) return [];
    const target: Place = { file: call.file, start: call.start - assignment.length, end: call.start };
    return [{ edits: [edit(call.file, target, '')], expected: [place(call.file, call.nameSpan)] }];
  }),
);

const neverReleased = operator('acquired-not-released', 'all releases deleted', (sample) =>
  [...new Set(sample.calls.map(({ name }) => name))].flatMap((name) => {
    const releases = sample.catalog.releasesOf(name);
    const calls = sample.calls.filter((call) => releases.includes(call.name));
    const isLock = sample.catalog.irqlAct(name) ?? sample.catalog.routine(name)?.tags?.includes('allocates');
    if (calls.length === 0 || isLock || sample.catalog.function(name) === undefined) return [];
    return [
      {
        edits: withoutCalls(calls),
        expected: sample.calls.filter((call) => call.name === name).map((call) => place(call.file, call.nameSpan)),
        follows: [{ rule: 'must-call' }, { rule: 'acquired-not-released' }],
      },
    ];
  }),
);

export const contractOperators: Operator[] = [
  ...tags,
  stall,
  unpaired,
  completedAndReturned,
  completedBefore,
  completedTwice,
  completedOtherwise,
  failed,
  unlisted,
  tooNew,
  roleTooNew,
  outdated,
  outOfPlace,
  otherClass,
  neverCalled,
  neverRegistered,
  dropped,
  neverReleased,
];
