import { handleOrders } from '../model/handles.js';
import { place } from './irqlWords.js';
import { defineRule } from './rule.js';
import { ddi } from './sources.js';

export const closeCompletedWhileActive = defineRule({
  name: 'close-completed-while-active',
  severity: 'information',
  since: '0.1.0',
  summary: 'Call reported closed before its VC is deactivated',
  sources: [ddi('ndis/nc-ndis-protocol_cm_close_call'), ddi('ndis/nc-ndis-protocol_cm_deactivate_vc_complete')],
  succeeds: [],
  fix: 'none',
  check({ file, project, catalog }, report) {
    if (project.isLegacy) return;
    const orders = handleOrders(
      file,
      project,
      ({ first, then, sure }) =>
        sure && first.act === 'report-closed' && then.act === 'deactivate' && first.place === then.place,
    );
    for (const { first, then } of orders) {
      const { name, args, nameSpan } = first.call;
      const status = args[catalog.function(name)?.statusArgument ?? -1];
      if (!status || catalog.numberOf(status.text.trim()) !== 0) continue;
      report(
        nameSpan,
        `${name} reports the call on ${first.place} closed, and ${then.call.name} deactivates the VC only afterwards: the client may delete it in between, while it is active. Deactivate first, and report when that has completed.`,
        { related: [place(file.uri, then.call.span, 'The VC is deactivated here.')] },
      );
    }
  },
});
