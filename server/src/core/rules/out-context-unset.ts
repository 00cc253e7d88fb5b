import { ownCallbacks } from '../model/callbacks.js';
import { FlowAnalysis } from '../model/flow/functionFlow.js';
import { signatureProblems } from '../model/signatures.js';
import { successWithout } from '../model/statuses.js';
import { defineRule } from './rule.js';
import { ddi } from './sources.js';

export const outContextUnset = defineRule({
  name: 'out-context-unset',
  severity: 'warning',
  since: '0.1.0',
  summary: 'NDIS_STATUS_SUCCESS returned without handing out the context that NDIS expects',
  sources: [ddi('ndis/nc-ndis-protocol_cm_open_af'), ddi('ndis/nc-ndis-protocol_co_create_vc')],
  succeeds: [],
  fix: 'none',
  check({ file, project }, report) {
    if (project.isLegacy) return;
    const flows = new FlowAnalysis(file, project);
    for (const { fn, role } of ownCallbacks(file, project)) {
      // Where the parameters are wrong, this is not the context's parameter.
      if (role.contextsOut && signatureProblems(fn, role, project).some(({ kind }) => kind !== 'return')) continue;
      for (const expected of role.contextsOut ?? []) {
        const index = role.signature.params.findIndex((param) => param.name === expected);
        const name = fn.params[index]?.name;
        if (!name || role.signature.params[index]?.optional) continue;
        for (const at of successWithout(name, fn, flows)) {
          report(
            at,
            `${fn.name} returns NDIS_STATUS_SUCCESS here without having set *${name}: NDIS will hand whatever lies there to the driver's later callbacks. Store the context in *${name} first.`,
          );
        }
      }
    }
  },
});
