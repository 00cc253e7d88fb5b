import { returnedStatuses } from '../model/statuses.js';
import { defineRule } from './rule.js';
import { ddi } from './sources.js';

export const statusNotAllowed = defineRule({
  name: 'status-not-allowed',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Failure returned by a callback that cannot fail',
  sources: [ddi('ndis/nc-ndis-miniport_pause'), ddi('ndis/nc-ndis-filter_pause')],
  succeeds: ['MiniportPause_Return'],
  fix: 'none',
  check({ file, project, catalog }, report) {
    if (project.isLegacy) return;
    for (const { fn, role, atom, at } of returnedStatuses(file, project)) {
      if (!role.cannotFail || !catalog.status(atom.name)) continue;
      const value = catalog.numberOf(atom.name);
      if (value === 0 || value === 0x103) continue;
      report(
        at,
        `${fn.name} returns ${atom.name} here, but ${role.documentedName ?? role.name} cannot fail: NDIS goes on as if it had succeeded. Return NDIS_STATUS_SUCCESS, or NDIS_STATUS_PENDING and complete later.`,
      );
    }
  },
});
