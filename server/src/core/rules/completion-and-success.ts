import { completedReturns, completedTwice } from '../model/completions.js';
import { defineRule } from './rule.js';
import { ddi } from './sources.js';

export const completionAndSuccess = defineRule({
  name: 'completion-and-success',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Request completed by call and again by the returned status, or completed twice',
  sources: [ddi('ndis/nf-ndis-ndismoidrequestcomplete'), ddi('ndis/nc-ndis-miniport_oid_request')],
  succeeds: ['DoubleComplete', 'NdisOidDoubleComplete'],
  fix: 'none',
  check({ file, project }, report) {
    if (project.isLegacy) return;
    for (const { fn, call, at, status } of completedReturns(file, project)) {
      report(
        at,
        `${fn.name} has completed the request with ${call} on the way here, and ${status} completes it a second time. Return NDIS_STATUS_PENDING after completing, or do not complete.`,
      );
    }
    for (const { fn, call } of completedTwice(file, project)) {
      report(
        call.nameSpan,
        `${call.name} completes a request that ${fn.name} has already completed on the way here: NDIS frees or reuses it after the first. Complete it once.`,
      );
    }
  },
});
