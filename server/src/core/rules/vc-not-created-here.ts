import { defineRule } from './rule.js';
import { ddi, docs } from './sources.js';

export const vcNotCreatedHere = defineRule({
  name: 'vc-not-created-here',
  severity: 'warning',
  since: '0.1.0',
  summary: 'VC deleted by a driver that creates none',
  sources: [ddi('ndis/nf-ndis-ndismcmdeletevc'), ddi('ndis/nf-ndis-ndiscodeletevc'), docs('network/deleting-a-vc')],
  succeeds: [],
  fix: 'none',
  check({ file, project, catalog }, report) {
    if (project.isLegacy || project.isPartial || !project.driverKinds.size) return;
    for (const fn of file.functions) {
      for (const call of file.body(fn).calls) {
        const creators = catalog.function(call.name)?.creatorOnly ?? [];
        // A creator of the other kind of call manager is another rule's matter.
        const all = creators.flatMap((name) => [name, catalog.function(name)?.counterpart ?? name]);
        if (!creators.length || project.callsAny(all) || project.mentions(all)) continue;
        report(
          call.nameSpan,
          `${call.name} is for the driver that created the VC, and nothing in this driver calls ${creators.join(' or ')}: the VC belongs to the other side, which deletes it. Leave it to its creator.`,
        );
      }
    }
  },
});
