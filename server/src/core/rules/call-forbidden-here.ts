import { ownCallbacks } from '../model/callbacks.js';
import { defineRule } from './rule.js';
import { ddi } from './sources.js';

export const callForbiddenHere = defineRule({
  name: 'call-forbidden-here',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Function called from a callback that must not call it',
  sources: [ddi('ndis/nf-ndis-ndissetoptionalhandlers'), ddi('ndis/nf-ndis-ndisfderegisterfilterdriver')],
  succeeds: ['NdisFDeregisterFilterDriver'],
  fix: 'none',
  check({ file, project, catalog }, report) {
    if (project.isLegacy) return;
    for (const { fn, role } of ownCallbacks(file, project)) {
      for (const call of file.body(fn).calls) {
        const allowed = catalog.function(call.name)?.callOnlyFrom;
        // A helper may be reached from the right place: only a call in the callback itself is certain.
        if (
          !allowed ||
          allowed.some((name) => catalog.roleFits(name, role.name) === true || catalog.callback(name) === role)
        )
          continue;
        const places = allowed.map((name) => catalog.callback(name)?.documentedName ?? name).join(' or ');
        report(
          call.nameSpan,
          `${call.name} belongs into ${places}, not into ${role.documentedName ?? role.name}, which ${fn.name} is. Move the call.`,
        );
      }
    }
  },
});
