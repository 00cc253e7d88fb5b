import { ownCallbacks } from '../model/callbacks.js';
import { defineRule } from './rule.js';
import { ddi } from './sources.js';

export const mustCall = defineRule({
  name: 'must-call',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Callback whose contract demands a call that nothing in the driver makes',
  sources: [ddi('ndis/nc-ndis-miniport_initialize'), ddi('ndis/nc-ndis-protocol_unbind_adapter_ex')],
  succeeds: [],
  fix: 'none',
  check({ file, project }, report) {
    if (project.isLegacy || project.isPartial) return;
    for (const { fn, role, registered } of ownCallbacks(file, project)) {
      if (!registered) continue;
      for (const name of role.mustCall ?? []) {
        if (project.callsAny([name]) || project.mentions([name])) continue;
        report(
          fn.nameSpan,
          `${role.documentedName ?? role.name} has to call ${name}, and nothing in this driver does. Call it in ${fn.name} or in what it sets off.`,
        );
      }
    }
  },
});
