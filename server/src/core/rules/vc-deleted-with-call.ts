import { handleOrders } from '../model/handles.js';
import { place } from './irqlWords.js';
import { defineRule } from './rule.js';
import { ddi, docs } from './sources.js';

export const vcDeletedWithCall = defineRule({
  name: 'vc-deleted-with-call',
  severity: 'warning',
  since: '0.1.0',
  summary: 'VC deleted while a call stands on it or is still being closed',
  sources: [ddi('ndis/nf-ndis-ndiscodeletevc'), ddi('ndis/nf-ndis-ndisclclosecall'), docs('network/deleting-a-vc')],
  succeeds: [],
  fix: 'none',
  check({ file, project, catalog }, report) {
    if (project.isLegacy) return;
    const orders = handleOrders(file, project, ({ first, then }) => {
      if (then.act !== 'delete' || first.place !== then.place) return false;
      const stands = first.act === 'make-call' && !first.outcomes.has('failure');
      return stands || (first.act === 'close-call' && first.outcomes.has('pending'));
    });
    for (const { first, then } of orders) {
      const { name, span } = first.call;
      const end = catalog.function(name)?.pair ?? 'the close';
      const [why, what] =
        first.act === 'make-call'
          ? [
              `still carries the call that ${name} made`,
              `Close the call with ${end}, and delete the VC when that has completed`,
            ]
          : [
              `may still carry the call: ${name} answers NDIS_STATUS_PENDING while the call manager works`,
              'Delete the VC in the callback that reports the call closed',
            ];
      report(then.call.nameSpan, `${then.call.name} deletes ${then.place}, which ${why}. ${what}.`, {
        related: [
          place(file.uri, span, first.act === 'make-call' ? 'The call is made here.' : 'The call is closed here.'),
        ],
      });
    }
  },
});
