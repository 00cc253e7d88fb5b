import { type Operator, operator } from '../mutant.js';
import type { CallbackText, Sample } from '../sample.js';
import { atStart } from './calls.js';

/** Requests that a driver must not fail, failed. */

const failure = 'NDIS_STATUS_FAILURE';

/** Ways to fail a request for one OID, `subject` being the OID that was asked for. */
const ways: Record<string, (subject: string, oid: string) => string> = {
  'in a comparison': (subject, oid) => `if (${subject} == ${oid}) { return ${failure}; }`,
  'in a case': (subject, oid) => `switch (${subject}) { case ${oid}: return ${failure}; default: break; }`,
  'through variables': (subject, oid) =>
    `{ NDIS_OID Asked = ${subject}; NDIS_STATUS Late = NDIS_STATUS_SUCCESS; extern LONG Busy; if (Asked == ${oid} && Busy) { Late = ${failure}; } if (Late != NDIS_STATUS_SUCCESS) { return Late; } }`,
};

/** The OIDs that the callback must not fail, each with the expression that it is asked for by. */
function asked({ catalog }: Sample, { role, fn }: CallbackText): { oid: string; subject: string }[] {
  const at = role.signature.params.findIndex(({ type }) => /^P\w+_OID_REQUEST$/.test(type));
  const request = fn.params[at]?.name;
  if (request === undefined) return [];
  return catalog.data.oids.flatMap(({ name, mustSucceed, requestTypes }) =>
    mustSucceed?.by.includes(role.name)
      ? [{ oid: name, subject: `${request}->DATA.${(requestTypes?.[0] ?? 'set').toUpperCase()}_INFORMATION.Oid` }]
      : [],
  );
}

export const oidOperators: Operator[] = Object.entries(ways).map(([way, text]) =>
  operator('must-succeed-oid', `failed ${way}`, (sample) =>
    sample.callbacks.flatMap((callback) =>
      asked(sample, callback).map(({ oid, subject }) => {
        const put = atStart(callback.fn, text(subject, oid));
        return { edits: [put.edit], expected: [put.place] };
      }),
    ),
  ),
);
