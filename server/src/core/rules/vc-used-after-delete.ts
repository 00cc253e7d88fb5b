import { handleOrders } from '../model/handles.js';
import { place } from './irqlWords.js';
import { defineRule } from './rule.js';
import { ddi, docs } from './sources.js';

export const vcUsedAfterDelete = defineRule({
  name: 'vc-used-after-delete',
  severity: 'warning',
  since: '0.1.0',
  summary: 'VC used after it was deleted on the same path',
  sources: [ddi('ndis/nf-ndis-ndismcmdeletevc'), docs('network/deleting-a-vc')],
  succeeds: [],
  fix: 'none',
  check({ file, project }, report) {
    if (project.isLegacy) return;
    const orders = handleOrders(file, project, ({ first, then, sure }) => {
      if (first.act !== 'delete' || first.place !== then.place || !first.outcomes.has('success')) return false;
      return sure || !first.outcomes.has('failure');
    });
    for (const { first, then } of orders) {
      report(
        then.call.nameSpan,
        `${then.call.name} is given ${then.place}, which ${first.call.name} has deleted on the way here: the handle is no longer valid when that returns. Delete the VC last.`,
        { related: [place(file.uri, first.call.span, 'The VC is deleted here.')] },
      );
    }
  },
});
