import type { FunctionTag } from '../catalog/schema.js';
import { defineRule } from './rule.js';
import { docs } from './sources.js';

/** Locks and levels are judged path by path, by rules of their own. */
const elsewhere: ReadonlySet<FunctionTag> = new Set<FunctionTag>(['acquires-spin-lock', 'raises-irql']);

export const acquiredNotReleased = defineRule({
  name: 'acquired-not-released',
  severity: 'information',
  since: '0.1.0',
  summary: 'Resource acquired, and nothing in the driver ever releases one of its kind',
  sources: [docs('network/ndis-drivers')],
  succeeds: ['Init_RegisterSG', 'Init_DeRegisterInterrupt', 'Init_MiniportDriver', 'Init_NdisAllocateIoWorkItem'],
  fix: 'none',
  check({ file, project, catalog }, report) {
    if (project.isLegacy || project.isPartial || !project.driverKinds.size) return;
    for (const fn of file.functions) {
      for (const call of file.body(fn).calls) {
        const facts = catalog.function(call.name);
        const releases = facts && !facts.tags?.some((tag) => elsewhere.has(tag)) ? catalog.releasesOf(call.name) : [];
        // A release of the other kind of call manager is another rule's matter.
        const all = releases.flatMap((name) => [name, catalog.function(name)?.counterpart ?? name]);
        if (!releases.length || project.callsAny(all) || project.mentions(all) || project.functions(call.name).length)
          continue;
        report(
          call.nameSpan,
          `${call.name} takes a resource, and nothing in this driver calls ${releases.join(' or ')}: it is lost when the driver stops or unloads. Release it where the matching teardown runs.`,
        );
      }
    }
  },
});
