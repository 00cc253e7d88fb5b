import { skippedSteps } from '../model/skippedSteps.js';
import { defineRule, type Report, type RuleInput } from './rule.js';
import { ddi, docs } from './sources.js';

export const callWithoutVc = defineRule({
  name: 'call-without-vc',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Step in the life of a call completed though the step before it is never taken',
  sources: [
    docs('network/making-a-call'),
    docs('network/indicating-an-incoming-call'),
    ddi('ndis/nf-ndis-ndiscmmakecallcomplete'),
    ddi('ndis/nc-ndis-protocol_cm_make_call'),
  ],
  succeeds: [],
  fix: 'none',
  check(input, report) {
    const { project } = input;
    if (project.isLegacy || project.isPartial) return;
    const told = neverTaken(input, report);
    skippedOnPath(input, report, told);
  },
});

/** Calls that want a step before them which nothing in the driver takes. Gives where they were reported. */
function neverTaken({ file, project, catalog }: RuleInput, report: Report): Set<unknown> {
  const told = new Set<unknown>();
  for (const fn of file.functions) {
    for (const call of file.body(fn).calls) {
      const facts = catalog.function(call.name);
      const before = facts?.onlyAfter ?? [];
      const status = facts?.statusArgument === undefined ? undefined : call.args[facts.statusArgument];
      // A call that is always refused needs no VC to carry it.
      if (!before.length || (status && catalog.numberOf(status.text.trim()) !== 0)) continue;
      if (project.callsAny(before) || project.mentions(before)) continue;
      const own = ownOf(before, { project, catalog });
      const what = status ? 'reports success here' : 'offers a call here';
      told.add(call.nameSpan);
      report(
        call.nameSpan,
        `${call.name} ${what}, but nothing in this driver calls ${own}: the call has no VC in the state that it needs. Call ${own} before.`,
      );
    }
  }
  return told;
}

function skippedOnPath(input: RuleInput, report: Report, told: ReadonlySet<unknown>): void {
  for (const { fn, role, before, at } of skippedSteps(input.file, input.project)) {
    if (told.has(at)) continue;
    const own = ownOf(before, input);
    report(
      at,
      `${fn.name} gives success for ${role.documentedName ?? role.name} on a path that never comes to ${own}: the client takes the call for made, and its VC is not active. Call ${own} before, or refuse the call.`,
    );
  }
}

/** The function of several that is for this kind of call manager. */
function ownOf(names: readonly string[], { project, catalog }: Pick<RuleInput, 'project' | 'catalog'>): string {
  const kind = project.driverKinds.has('mcm') ? 'MCM' : 'stand-alone CM';
  return names.find((name) => catalog.function(name)?.caller === kind) ?? names[0] ?? '';
}
