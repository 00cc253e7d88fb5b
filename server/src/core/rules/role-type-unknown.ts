import { replace } from './edits.js';
import { defineRule } from './rule.js';
import { docs } from './sources.js';

export const roleTypeUnknown = defineRule({
  name: 'role-type-unknown',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Function declared with a name that is almost a role type',
  sources: [docs('devtest/declaring-functions-by-using-function-role-types-for-ndis-drivers')],
  succeeds: [],
  fix: 'unsafe',
  check({ file, project, catalog }, report) {
    for (const declaration of file.declarations) {
      if (declaration.kind !== 'role-declaration' || declaration.shared) continue;
      const { name, type, typeSpan } = declaration;
      if (
        !/^[A-Z][A-Z0-9_]+$/.test(type) ||
        catalog.find(type) ||
        project.macro(type) ||
        project.types.aliasOf(type) !== undefined ||
        project.types.isAggregate(type)
      )
        continue;
      if (!project.functions(name).length && !project.handlers(name).length) continue;
      const near = catalog.nearestRole(type);
      if (!near) continue;
      report(typeSpan, `There is no role type ${type}. The nearest is ${near}: declare ${name} with it.`, {
        fixes: [
          { title: `Change to ${near}`, safe: false, preferred: true, edits: () => [replace(file, typeSpan, near)] },
        ],
      });
    }
  },
});
