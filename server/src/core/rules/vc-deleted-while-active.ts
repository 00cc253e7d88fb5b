import { handleOrders } from '../model/handles.js';
import { place } from './irqlWords.js';
import { defineRule } from './rule.js';
import { ddi, docs } from './sources.js';

export const vcDeletedWhileActive = defineRule({
  name: 'vc-deleted-while-active',
  severity: 'warning',
  since: '0.1.0',
  summary: 'VC deleted on a path that has activated and not deactivated it',
  sources: [ddi('ndis/nf-ndis-ndiscodeletevc'), ddi('ndis/nf-ndis-ndismcmdeletevc'), docs('network/deleting-a-vc')],
  succeeds: [],
  fix: 'none',
  check({ file, project, catalog }, report) {
    if (project.isLegacy) return;
    const orders = handleOrders(
      file,
      project,
      ({ first, then }) =>
        first.act === 'activate' &&
        then.act === 'delete' &&
        first.place === then.place &&
        !first.outcomes.has('failure'),
    );
    for (const { first, then } of orders) {
      const end = catalog.function(first.call.name)?.pair ?? 'the deactivation';
      report(
        then.call.nameSpan,
        `${then.call.name} deletes ${then.place}, which ${first.call.name} has activated on the way here: NDIS refuses to delete an active VC. Call ${end}, and delete the VC when that has completed.`,
        { related: [place(file.uri, first.call.span, 'The VC is activated here.')] },
      );
    }
  },
});
