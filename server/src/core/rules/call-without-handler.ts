import type { ProjectModel } from '../model/projectModel.js';
import { defineRule } from './rule.js';
import { ddi } from './sources.js';

export const callWithoutHandler = defineRule({
  name: 'call-without-handler',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Function called whose answer goes to an entry point that the driver does not have',
  sources: [
    ddi('ndis/nc-ndis-filter_send_net_buffer_lists_complete'),
    ddi('ndis/nc-ndis-filter_return_net_buffer_lists'),
    ddi('ndis/nc-ndis-filter_oid_request_complete'),
  ],
  succeeds: [],
  fix: 'none',
  check({ file, project, catalog }, report) {
    if (project.isLegacy || project.unresolvedIncludes || !project.driverKinds.size) return;
    for (const fn of file.functions) {
      for (const call of file.body(fn).calls) {
        const pair = catalog.data.handlerPairs.find(
          ({ rule, subject, when }) => rule === 'call-requires' && subject === call.name && when === undefined,
        );
        if (!pair || project.functions(call.name).length || hasRole(pair.other, project)) continue;
        const handler = catalog.callback(pair.other)?.documentedName ?? pair.other;
        report(
          call.nameSpan,
          `${call.name} has its answer come to ${handler}, and this driver neither declares nor registers one: what is handed over here never comes back. Write ${handler} and register it.`,
        );
      }
    }
  },
});

/** Some function of the project is declared or registered for the role. */
function hasRole(name: string, { files, catalog }: ProjectModel): boolean {
  const role = catalog.callback(name);
  return files.some(
    ({ handlers, declarations }) =>
      [...handlers.values()].some((facts) => facts.some((fact) => fact.role === role)) ||
      [...declarations.values()].some((facts) =>
        facts.some(({ kind, type }) => kind === 'role-declaration' && catalog.roleType(type) === role),
      ),
  );
}
