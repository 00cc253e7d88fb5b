import type { FunctionFacts } from '../catalog/schema.js';
import type { CallFact } from '../model/body.js';
import { uncheckedUses } from '../model/unchecked.js';
import { defineRule } from './rule.js';
import { ddi } from './sources.js';

export const resultIgnored = defineRule({
  name: 'result-ignored',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Result dropped of a function whose result decides how to go on',
  sources: [ddi('ndis/nf-ndis-ndisclclosecall'), ddi('ndis/nf-ndis-ndiscloseadapterex')],
  succeeds: ['C28193'],
  fix: 'none',
  check({ file, project, catalog }, report) {
    for (const fn of file.functions) {
      for (const { call, at } of uncheckedUses(fn, file)) {
        if (project.functions(call.name).length || project.macro(call.name)) continue;
        report(
          at,
          `What ${call.name} gave is used here, and nothing has tested it: where memory is short it is NULL, and the system stops. Test it first.`,
        );
      }
      const { calls } = file.body(fn);
      for (const call of calls) {
        if (!call.isStatement || project.functions(call.name).length || project.macro(call.name)) continue;
        const facts = catalog.function(call.name);
        if (!facts?.mustInspectResult || !facts.signature || cannotFail(call, calls, facts)) continue;
        const pends = facts.statuses?.includes('NDIS_STATUS_PENDING');
        const why = pends
          ? 'only NDIS_STATUS_PENDING means that its completion callback will run'
          : 'it may have failed';
        report(
          call.nameSpan,
          `The result of ${call.name} is dropped here, but ${why}. Test it, or write (void) before the call where it cannot matter.`,
        );
      }
    }
  },
});

/** An earlier call on the same object has left room for this one. */
function cannotFail(
  { node, args }: CallFact,
  calls: readonly CallFact[],
  { succeedsAfter = [] }: FunctionFacts,
): boolean {
  return calls.some(
    (other) =>
      other.node.start < node.start && succeedsAfter.includes(other.name) && other.args[0]?.text === args[0]?.text,
  );
}
