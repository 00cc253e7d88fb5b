import { defineRule } from './rule.js';
import { ddi, docs } from './sources.js';

export const callWithoutVc = defineRule({
  name: 'call-without-vc',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Step in the life of a call completed though the step before it is never taken',
  sources: [docs('network/making-a-call'), ddi('ndis/nf-ndis-ndiscmmakecallcomplete')],
  succeeds: [],
  fix: 'none',
  check({ file, project, catalog }, report) {
    if (project.isLegacy || project.unresolvedIncludes) return;
    for (const fn of file.functions) {
      for (const call of file.body(fn).calls) {
        const facts = catalog.function(call.name);
        const before = facts?.onlyAfter ?? [];
        const status = facts?.statusArgument === undefined ? undefined : call.args[facts.statusArgument];
        // A call that is always refused needs no VC to carry it.
        if (!before.length || (status && catalog.numberOf(status.text.trim()) !== 0)) continue;
        if (project.callsAny(before) || project.mentions(before)) continue;
        const kind = project.driverKinds.has('mcm') ? 'MCM' : 'stand-alone CM';
        const own = before.find((name) => catalog.function(name)?.caller === kind) ?? before[0];
        report(
          call.nameSpan,
          `${call.name} reports success here, but nothing in this driver calls ${own}: the call has no VC in the state that it needs. Call ${own} before.`,
        );
      }
    }
  },
});
