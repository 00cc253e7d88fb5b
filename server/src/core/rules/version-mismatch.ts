import { isConditional } from '../model/conditions.js';
import { defineRule } from './rule.js';
import { docs } from './sources.js';

export const versionMismatch = defineRule({
  name: 'version-mismatch',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Function newer than the newest NDIS version that the driver is built for',
  sources: [docs('network/specifying-an-ndis-version-number')],
  succeeds: [],
  fix: 'none',
  check({ file, project, catalog }, report) {
    const newest = project.newestVersion;
    if (newest === undefined || project.isLegacy) return;
    for (const fn of file.functions) {
      for (const call of file.body(fn).calls) {
        const min = catalog.function(call.name)?.versions?.min;
        if (
          min === undefined ||
          project.hasVersion(min) ||
          project.functions(call.name).length ||
          project.macro(call.name) ||
          // A source for several versions asks for the version around the call.
          isConditional(fn, call.node)
        )
          continue;
        report(
          call.nameSpan,
          `${call.name} came with NDIS ${min}, but this driver is built for NDIS ${newest} at most. Build for NDIS ${min}, or do without it.`,
        );
      }
    }
  },
});
