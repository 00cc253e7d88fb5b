import { foreignCompletions, isNeverCompleted } from '../model/completions.js';
import { pendingReturns } from '../model/statuses.js';
import { defineRule } from './rule.js';
import { ddi } from './sources.js';

export const pendingWithoutCompletion = defineRule({
  name: 'pending-without-completion',
  severity: 'warning',
  since: '0.1.0',
  summary: 'NDIS_STATUS_PENDING returned, and nothing in the driver completes the request',
  sources: [ddi('ndis/nc-ndis-protocol_cm_close_af'), ddi('ndis/nf-ndis-ndiscmcloseaddressfamilycomplete')],
  succeeds: [],
  fix: 'none',
  check({ file, project, catalog }, report) {
    // A header or a file out of sight may hold the call.
    if (project.isLegacy || project.isPartial) return;
    // Completed by the function of another request: a rule of its own says so.
    const wrong = new Set(foreignCompletions(file, project).map(({ fn }) => fn));
    for (const { role, fn, at } of pendingReturns(file, project)) {
      if (wrong.has(fn) || !isNeverCompleted(role, project)) continue;
      const kind = project.driverKinds.has('mcm') ? 'mcm' : undefined;
      const [first = ''] = catalog.completionsOf(role.name, kind);
      report(
        at,
        `${fn.name} returns NDIS_STATUS_PENDING, but nothing in this driver calls ${first}: NDIS waits for it forever. Call ${first} once the work is done.`,
      );
    }
  },
});
