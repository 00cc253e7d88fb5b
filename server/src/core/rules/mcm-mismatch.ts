import type { FunctionFacts } from '../catalog/schema.js';
import { structureFills } from '../model/fills.js';
import { replace } from './edits.js';
import { defineRule, type Report, type RuleInput } from './rule.js';
import { ddi, docs } from './sources.js';

export const mcmMismatch = defineRule({
  name: 'mcm-mismatch',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Function or handler of an MCM in a stand-alone call manager, or the reverse',
  sources: [docs('network/mcm-drivers-vs--call-managers'), ddi('ndis/ns-ndis-_ndis_miniport_co_characteristics')],
  succeeds: [],
  fix: 'safe',
  check(input, report) {
    const { project } = input;
    const kinds = project.driverKinds;
    const isMcm = kinds.has('mcm');
    if (project.isLegacy || isMcm === kinds.has('call-manager')) return;
    calls(isMcm, input, report);
    if (isMcm) handlers(input, report);
  },
});

function calls(isMcm: boolean, { file, catalog, project }: RuleInput, report: Report): void {
  for (const fn of file.functions) {
    for (const call of file.body(fn).calls) {
      const facts = catalog.function(call.name);
      const counterpart =
        facts && belongsToOther(facts, isMcm, project.driverKinds.has('client')) ? facts.counterpart : undefined;
      if (!facts || !counterpart) continue;
      const same = catalog.sameFunction(call.name, counterpart);
      const alike = agree(facts, catalog.function(counterpart));
      const here = isMcm ? 'an MCM' : 'a stand-alone call manager';
      report(
        call.nameSpan,
        same
          ? `${call.name} and ${counterpart} are one call; ${here} writes ${counterpart}.`
          : `${call.name} is for ${isMcm ? 'a stand-alone call manager or a client' : 'an MCM'}, but this driver registers as ${here}. Call ${counterpart} instead.`,
        {
          severity: same ? 'hint' : 'warning',
          fixes:
            alike || same
              ? [
                  {
                    title: `Change to ${counterpart}`,
                    safe: same,
                    preferred: true,
                    edits: () => [replace(file, call.nameSpan, counterpart)],
                  },
                ]
              : [],
        },
      );
    }
  }
}

/** The function is the other kind's. A driver that is also a client calls the client's functions rightly. */
function belongsToOther({ caller }: FunctionFacts, isMcm: boolean, isClient: boolean): boolean {
  if (!caller) return false;
  if (!isMcm) return caller === 'MCM';
  return /stand-alone/.test(caller) && !(isClient && /client/.test(caller));
}

/** Both take the same arguments in the same order. */
function agree(one: FunctionFacts, other: FunctionFacts | undefined): boolean {
  const types = (fn: FunctionFacts | undefined): string =>
    fn?.signature?.params.map((param) => param.type).join() ?? '?';
  return types(one) === types(other);
}

function handlers({ file, summary, project }: RuleInput, report: Report): void {
  for (const fill of structureFills(file, summary, project)) {
    for (const handler of fill.handlers) {
      const requirement = fill.structure.members.find((member) => member.name === handler.member)?.requirement;
      if (requirement?.mcm !== 'forbidden' || handler.value === 'NULL') continue;
      report(
        handler.memberSpan,
        `${handler.member} must stay NULL in an MCM: it creates and deletes VCs itself, through its own functions. Leave it unset.`,
        {
          fixes: [
            {
              title: 'Set it to NULL',
              safe: false,
              preferred: true,
              edits: () => [replace(file, handler.valueSpan, 'NULL')],
            },
          ],
        },
      );
    }
  }
}
