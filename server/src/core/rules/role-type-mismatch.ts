import type { CallbackFacts } from '../catalog/schema.js';
import type { RoleEvidence } from '../model/projectModel.js';
import { absolute } from '../model/span.js';
import { replace } from './edits.js';
import { defineRule } from './rule.js';
import { docs } from './sources.js';

export const roleTypeMismatch = defineRule({
  name: 'role-type-mismatch',
  severity: 'error',
  since: '0.1.0',
  summary: 'Callback declared with the role type of another handler',
  sources: [docs('devtest/declaring-functions-by-using-function-role-types-for-ndis-drivers')],
  succeeds: ['C28024', 'C28165'],
  fix: 'unsafe',
  check({ file, project, catalog }, report) {
    if (project.isLegacy) return;
    for (const declaration of file.declarations) {
      const declared = declaration.kind === 'role-declaration' ? catalog.roleType(declaration.type) : undefined;
      if (!declared) continue;
      const registered = project.rolesOf(declaration.name).filter((evidence) => evidence.by === 'registration');
      const expected = theOther(declared, registered);
      if (!expected) continue;
      const { role, slot, uri, span } = expected;
      report(
        declaration.typeSpan,
        `${declaration.name} is declared as ${declared.name} but registered in ${slot?.structure.name}.${slot?.member}, which takes ${role.name}. Declare it as ${role.name}, or register it elsewhere.`,
        {
          related: [{ uri, ...absolute(span), message: `${declaration.name} is registered here` }],
          fixes: declaration.shared
            ? []
            : [
                {
                  title: `Change the declaration to ${role.name}`,
                  safe: false,
                  preferred: true,
                  edits: () => [replace(file, declaration.typeSpan, role.name)],
                },
              ],
        },
      );
    }
  },
});

/** The registration whose role differs, when all registrations agree on one. */
function theOther(declared: CallbackFacts, registered: readonly RoleEvidence[]): RoleEvidence | undefined {
  const [first] = registered;
  if (!first || registered.some((evidence) => evidence.role !== first.role)) return undefined;
  return first.role === declared ? undefined : first;
}
