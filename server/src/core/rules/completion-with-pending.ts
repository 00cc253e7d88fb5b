import { pendingKey, statusArguments } from '../model/statuses.js';
import { defineRule } from './rule.js';
import { ddi } from './sources.js';

export const completionWithPending = defineRule({
  name: 'completion-with-pending',
  severity: 'error',
  since: '0.1.0',
  summary: 'Completion function given NDIS_STATUS_PENDING',
  sources: [ddi('ndis/nf-ndis-ndismoidrequestcomplete'), ddi('ndis/nf-ndis-ndiscmopenaddressfamilycomplete')],
  succeeds: ['NdisOidComplete'],
  fix: 'none',
  check({ file, project }, report) {
    for (const { call, argument, value } of statusArguments(file, project)) {
      const pending = value.atoms.get(pendingKey);
      if (!pending) continue;
      report(
        argument,
        `${call.name} completes the request, but the status that it is given here can be NDIS_STATUS_PENDING, which says that it goes on. Pass the final status.`,
      );
    }
  },
});
