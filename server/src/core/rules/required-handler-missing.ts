import type { DriverKind, MemberFacts } from '../catalog/schema.js';
import { isHandedOver, isWhole, structureFills } from '../model/fills.js';
import type { StructureFill } from '../model/registrations.js';
import { completeFill } from './completeFill.js';
import { defineRule, type RuleInput } from './rule.js';
import { ddi } from './sources.js';

export const requiredHandlerMissing = defineRule({
  name: 'required-handler-missing',
  severity: 'error',
  since: '0.1.0',
  summary: 'Registration without an entry point that NDIS requires',
  sources: [
    ddi('ndis/ns-ndis-_ndis_co_call_manager_optional_handlers'),
    ddi('ndis/ns-ndis-_ndis_co_client_optional_handlers'),
  ],
  succeeds: [],
  fix: 'unsafe',
  check(input, report) {
    const { file, summary, project, catalog } = input;
    for (const fill of structureFills(file, summary, project)) {
      if (!fill.handlers.length || !fill.structure.registers) continue;
      for (const handler of fill.handlers.filter(
        (setting) => setting.value === 'NULL' && isRequired(memberOf(fill, setting.member), project.driverKinds),
      )) {
        report(
          handler.valueSpan,
          `${handler.member} is NULL, but ${fill.structure.name} requires it: NDIS refuses the registration or calls through NULL. Supply a function, one that refuses if need be.`,
          {},
        );
      }
      if (!isWhole(fill, file) || (fill.inFunction && !isHandedOver(fill, catalog)) || setElsewhere(fill, input))
        continue;
      const missing = fill.structure.members.filter(
        (member) => isRequired(member, project.driverKinds) && !fill.members.has(member.name),
      );
      if (!missing.length) continue;
      report(
        fill.nameSpan,
        `${fill.place} registers without ${names(missing)}, which ${fill.structure.name} requires: NDIS refuses the registration or calls through NULL. Register ${missing.length === 1 ? 'it' : 'them'}, if only to refuse.`,
        { fixes: completeFill(fill, missing, input) },
      );
    }
  },
});

function memberOf(fill: StructureFill, name: string): MemberFacts | undefined {
  return fill.structure.members.find((member) => member.name === name);
}

/** Required for every driver, or for a kind that this driver is. */
function isRequired(member: MemberFacts | undefined, kinds: ReadonlySet<DriverKind>): boolean {
  const requirement = member?.role ? member.requirement : undefined;
  if (!requirement) return false;
  if (requirement.any === 'required') return true;
  const own = [...kinds].filter((kind) => requirement[kind] !== undefined);
  return own.length > 0 && own.every((kind) => requirement[kind] === 'required');
}

/** Another function of the file fills the same structure type: the rest may be there. */
function setElsewhere(fill: StructureFill, { file, summary, project }: RuleInput): boolean {
  return structureFills(file, summary, project).some(
    (other) =>
      other !== fill &&
      other.structure === fill.structure &&
      other.place === fill.place &&
      other.inFunction !== fill.inFunction &&
      !fill.inFunction,
  );
}

function names(missing: readonly MemberFacts[]): string {
  const shown = missing.slice(0, 3).map((member) => member.name);
  return missing.length > 3 ? `${shown.join(', ')} and ${missing.length - 3} more` : shown.join(', ');
}
