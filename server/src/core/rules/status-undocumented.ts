import { returnedStatuses } from '../model/statuses.js';
import { defineRule } from './rule.js';
import { ddi } from './sources.js';

/** NDIS_STATUS_FAILURE. */
const plainFailure = 0xc0000001;

export const statusUndocumented = defineRule({
  name: 'status-undocumented',
  severity: 'hint',
  since: '0.1.0',
  summary: 'Status that the documentation of the callback does not list',
  sources: [ddi('ndis/nc-ndis-protocol_cm_close_af')],
  succeeds: [],
  fix: 'none',
  check({ file, project, catalog }, report) {
    if (project.isLegacy) return;
    for (const { fn, role, atom, at } of returnedStatuses(file, project)) {
      const listed = [...(role.statuses ?? []), ...(role.statusesInText ?? [])];
      if (
        role.cannotFail ||
        role.otherStatuses ||
        role.pending === 'forbidden' ||
        listed.length < 2 ||
        !catalog.status(atom.name)
      )
        continue;
      const value = catalog.numberOf(atom.name);
      // Success, pending and plain failure are judged by other rules or understood everywhere.
      if (
        value === undefined ||
        value === 0 ||
        value === 0x103 ||
        value === plainFailure ||
        role.stub?.includes(atom.name) ||
        listed.some((name) => catalog.numberOf(name) === value)
      )
        continue;
      report(
        at,
        `${fn.name} returns ${atom.name}, which the documentation of ${role.documentedName ?? role.name} does not list. It lists ${listed.join(', ')}.`,
      );
    }
  },
});
