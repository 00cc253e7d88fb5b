import type { Fix, TextEdit } from '../api.js';
import type { FileModel } from '../model/fileModel.js';
import { absolute, type Span } from '../model/span.js';
import { returnedStatuses } from '../model/statuses.js';
import { replace } from './edits.js';
import { defineRule } from './rule.js';
import { ddi } from './sources.js';

const success = 'NDIS_STATUS_SUCCESS';

export const statusNotAllowed = defineRule({
  name: 'status-not-allowed',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Failure returned by a callback that cannot fail',
  sources: [ddi('ndis/nc-ndis-miniport_pause'), ddi('ndis/nc-ndis-filter_pause')],
  succeeds: ['MiniportPause_Return'],
  fix: 'unsafe',
  check({ file, project, catalog }, report) {
    if (project.isLegacy) return;
    for (const { fn, role, atom, at } of returnedStatuses(file, project)) {
      if (!role.cannotFail || !catalog.status(atom.name)) continue;
      const value = catalog.numberOf(atom.name);
      if (value === 0 || value === 0x103) continue;
      report(
        at,
        `${fn.name} returns ${atom.name} here, but ${role.documentedName ?? role.name} cannot fail: NDIS goes on as if it had succeeded. Return ${success}, or NDIS_STATUS_PENDING and complete later.`,
        { fixes: succeeding(at, atom.name, file) },
      );
    }
  },
});

/** Success in place of the failure, where the status stands there as written. */
function succeeding(at: Span, status: string, file: FileModel): Fix[] {
  const { start, end } = absolute(at);
  if (file.text.slice(start, end) !== status) return [];
  const edits = (): TextEdit[] => [replace(file, at, success)];
  return [{ title: `Change to ${success}`, safe: false, preferred: true, edits }];
}
