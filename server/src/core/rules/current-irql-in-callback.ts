import type { Catalog } from '../catalog/catalog.js';
import type { CallbackFacts } from '../catalog/schema.js';
import { ownCallbacks } from '../model/callbacks.js';
import { contains } from '../model/span.js';
import { defineRule } from './rule.js';
import { ddi } from './sources.js';

export const currentIrqlInCallback = defineRule({
  name: 'current-irql-in-callback',
  severity: 'hint',
  since: '0.1.0',
  summary: 'Current IRQL read in a callback that NDIS tells it by a flag',
  sources: [ddi('ndis/nc-ndis-miniport_send_net_buffer_lists'), ddi('ndis/nc-ndis-protocol_receive_net_buffer_lists')],
  succeeds: ['Flags_Irql'],
  fix: 'none',
  check({ file, project, catalog }, report) {
    if (project.isLegacy) return;
    for (const { fn, role } of ownCallbacks(file, project)) {
      const flag = dispatchFlag(role, catalog);
      const name = flag && fn.params[flag.index]?.name;
      if (!flag || !name) continue;
      const { calls } = file.body(fn);
      const statements = calls.filter((call) => /assert|assume|verify/i.test(call.name));
      for (const call of calls) {
        if (catalog.irqlAct(call.name)?.act !== 'read' || statements.some((one) => contains(one.span, call.span)))
          continue;
        report(
          call.span,
          `${call.name} asks the processor for what ${name} tells: NDIS sets ${flag.constant} when it calls at DISPATCH_LEVEL. Test the flag instead, and pass it on to what the callback calls.`,
        );
      }
    }
  },
});

/** The flags parameter of the role, and the constant in it that tells DISPATCH_LEVEL: SendFlags has
 * NDIS_SEND_FLAGS_DISPATCH_LEVEL. */
function dispatchFlag(role: CallbackFacts, catalog: Catalog): { index: number; constant: string } | undefined {
  for (const [index, { name }] of role.signature.params.entries()) {
    const constant = `NDIS_${name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()}_DISPATCH_LEVEL`;
    if (/Flags$/.test(name) && catalog.constant(constant)) return { index, constant };
  }
  return undefined;
}
