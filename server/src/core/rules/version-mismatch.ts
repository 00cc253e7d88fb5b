import { isConditional } from '../model/conditions.js';
import { defineRule, type Report, type RuleInput } from './rule.js';
import { docs } from './sources.js';

export const versionMismatch = defineRule({
  name: 'version-mismatch',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Function or role type newer than the newest NDIS version that the driver is built for',
  sources: [docs('network/specifying-an-ndis-version-number')],
  succeeds: [],
  fix: 'none',
  check(input, report) {
    const newest = input.project.newestVersion;
    if (newest === undefined || input.project.isLegacy) return;
    calls(input, newest, report);
    roles(input, newest, report);
  },
});

function calls({ file, project, catalog }: RuleInput, newest: string, report: Report): void {
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
}

function roles({ file, project, catalog }: RuleInput, newest: string, report: Report): void {
  for (const { kind, type, typeSpan, item } of file.declarations) {
    const min = kind === 'role-declaration' ? catalog.roleType(type)?.versions?.min : undefined;
    if (min === undefined || project.hasVersion(min) || item.conditions.length > 0) continue;
    if (project.types.aliasOf(type) !== undefined || project.macro(type)) continue;
    report(
      typeSpan,
      `The role type ${type} came with NDIS ${min}, but this driver is built for NDIS ${newest} at most, and NDIS never calls such a callback there. Build for NDIS ${min}, or do without it.`,
    );
  }
}
