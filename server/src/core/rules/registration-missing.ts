import { ownCallbacks } from '../model/callbacks.js';
import { structureFills } from '../model/fills.js';
import { defineRule, type Report, type RuleInput } from './rule.js';
import { ddi } from './sources.js';

export const registrationMissing = defineRule({
  name: 'registration-missing',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Entry points filled in but never handed to NDIS, or registered and never put to use',
  sources: [ddi('ndis/nf-ndis-ndissetoptionalhandlers'), ddi('ndis/nf-ndis-ndiscmregisteraddressfamilyex')],
  succeeds: [],
  fix: 'none',
  check(input, report) {
    const { project } = input;
    if (project.isLegacy || project.isPartial) return;
    neverHanded(input, report);
    neverFilled(input, report);
  },
});

function neverHanded({ file, summary, project, catalog }: RuleInput, report: Report): void {
  for (const fill of structureFills(file, summary, project)) {
    const { registeredThrough, activatedBy, name } = fill.structure;
    if (!fill.handlers.length || !registeredThrough) continue;
    if (!project.callsAny(registeredThrough) && !project.mentions(registeredThrough)) {
      report(
        fill.nameSpan,
        `${fill.place} is filled with entry points, but nothing in this driver calls ${registeredThrough.join(' or ')}: NDIS never sees them. Register the structure.`,
      );
    } else if (activatedBy && !project.callsAny(activatedBy) && !project.mentions(activatedBy)) {
      const own = activatedBy.filter(
        (fn) => (catalog.function(fn)?.caller === 'MCM') === project.driverKinds.has('mcm'),
      );
      report(
        fill.nameSpan,
        `The entry points of ${name} are registered, but nothing in this driver calls ${own[0] ?? activatedBy[0]}: no client ever finds the call manager. Register the address family.`,
      );
    }
  }
}

/** Several callbacks of one registration structure are written, and nobody fills the structure. */
function neverFilled(input: RuleInput, report: Report): void {
  const { file, project, catalog } = input;
  if (project.driverKinds.size === 0) return;
  const filled = new Set(project.files.flatMap((other) => other.fills.map((fill) => fill.structure.name)));
  const orphans = new Map<string, ReturnType<typeof ownCallbacks>>();
  for (const callback of ownCallbacks(file, project)) {
    const slots = (callback.role.registeredIn ?? []).filter(
      (slot) => !catalog.structure(slot.structure)?.versions?.legacy,
    );
    const [slot] = slots;
    if (callback.registered || slots.length !== 1 || !slot || filled.has(slot.structure)) continue;
    if (!catalog.structure(slot.structure)?.registers) continue;
    orphans.set(slot.structure, [...(orphans.get(slot.structure) ?? []), callback]);
  }
  for (const [structure, [first, ...others]] of orphans) {
    if (!first || others.length < 2) continue;
    report(
      first.fn.nameSpan,
      `${first.fn.name} and ${others.length} more callbacks belong into ${structure}, which nothing in this driver fills: NDIS never calls them. Fill the structure and register it.`,
    );
  }
}
