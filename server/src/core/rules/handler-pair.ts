import type { MemberFacts } from '../catalog/schema.js';
import { isHandedOver, isWhole, structureFills } from '../model/fills.js';
import type { StructureFill } from '../model/registrations.js';
import { completeFill } from './completeFill.js';
import { defineRule, type RuleInput } from './rule.js';
import { ddi } from './sources.js';

export const handlerPair = defineRule({
  name: 'handler-pair',
  severity: 'warning',
  since: '0.1.0',
  summary: 'One of two entry points that belong together set without the other',
  sources: [
    ddi('ndis/ns-ndis-_ndis_filter_driver_characteristics'),
    ddi('ndis/ns-ndis-_ndis_miniport_driver_characteristics'),
  ],
  succeeds: [],
  fix: 'unsafe',
  check(input, report) {
    const { file, summary, project, catalog } = input;
    for (const fill of structureFills(file, summary, project)) {
      if (!isWhole(fill, file) || (fill.inFunction && !isHandedOver(fill, catalog))) continue;
      for (const handler of fill.handlers) {
        const other = missingPartner(fill, handler.member, input);
        if (!other) continue;
        report(
          handler.memberSpan,
          `${handler.member} is set but ${other.name} is not: the documentation asks for both or neither. Set ${other.name} as well, or leave both out.`,
          { fixes: fill.members.has(other.name) ? [] : completeFill(fill, [other], input) },
        );
      }
    }
  },
});

/** The member that the documentation ties to this one, when it is unset here. Ties under a condition say nothing. */
function missingPartner(fill: StructureFill, member: string, { catalog }: RuleInput): MemberFacts | undefined {
  if (fill.handlers.find((handler) => handler.member === member)?.value === 'NULL') return undefined;
  const role = catalog.callbackForSlot(fill.structure.name, member)?.name;
  const set = new Set(
    fill.handlers
      .filter((handler) => handler.value !== 'NULL')
      .map((handler) => catalog.callbackForSlot(fill.structure.name, handler.member)?.name),
  );
  for (const pair of catalog.data.handlerPairs) {
    if (pair.when !== undefined || pair.rule === 'call-requires') continue;
    const partner =
      pair.subject === role
        ? pair.other
        : pair.rule === 'both-or-none' && pair.other === role
          ? pair.subject
          : undefined;
    const slot =
      partner === undefined || set.has(partner)
        ? undefined
        : fill.structure.members.find((m) => m.role !== undefined && catalog.callback(m.role)?.name === partner);
    if (slot) return slot;
  }
  return undefined;
}
