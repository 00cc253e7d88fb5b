import type { CallbackFacts } from '../catalog/schema.js';
import { pendingReturns } from '../model/statuses.js';
import { defineRule } from './rule.js';
import { ddi } from './sources.js';

export const pendingNotAllowed = defineRule({
  name: 'pending-not-allowed',
  severity: 'error',
  since: '0.1.0',
  summary: 'NDIS_STATUS_PENDING returned by a callback that must finish before it returns',
  sources: [ddi('ndis/nc-ndis-protocol_co_create_vc'), ddi('ndis/nc-ndis-miniport_co_create_vc')],
  succeeds: [],
  fix: 'none',
  check(input, report) {
    if (input.project.isLegacy) return;
    for (const { role, fn, at } of pendingReturns(input.file, input.project)) {
      const verdict = judge(role);
      if (!verdict) continue;
      const name = role.documentedName ?? role.name;
      const why =
        verdict === 'error'
          ? `${name} must not return NDIS_STATUS_PENDING`
          : `${name} has no completion function, and NDIS_STATUS_PENDING is none of its statuses`;
      report(
        at,
        `${fn.name} returns NDIS_STATUS_PENDING here, but ${why}: nothing can complete it later. Finish the work before returning.`,
        { severity: verdict },
      );
    }
  },
});

function judge(role: CallbackFacts): 'error' | 'warning' | undefined {
  if (role.pending === 'forbidden') return 'error';
  const listed = [...(role.statuses ?? []), ...(role.statusesInText ?? [])];
  if (role.pending === 'allowed' || role.completion || role.otherStatuses || !listed.length) return undefined;
  return listed.includes('NDIS_STATUS_PENDING') ? undefined : 'warning';
}
