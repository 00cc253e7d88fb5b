import { foreignCompletions } from '../model/completions.js';
import { replace } from './edits.js';
import { defineRule } from './rule.js';
import { ddi } from './sources.js';

export const completionWrongFunction = defineRule({
  name: 'completion-wrong-function',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Request completed by the function of another kind of request',
  sources: [ddi('ndis/nf-ndis-ndismdirectoidrequestcomplete'), ddi('ndis/nf-ndis-ndismoidrequestcomplete')],
  succeeds: [],
  fix: 'unsafe',
  check({ file, project, catalog }, report) {
    if (project.isLegacy) return;
    for (const { fn, role, call, right } of foreignCompletions(file, project)) {
      const name = role.documentedName ?? role.name;
      const alike = catalog.function(right)?.signature?.params.length === call.args.length;
      report(
        call.nameSpan,
        `${call.name} does not complete the request of a ${name}, which ${fn.name} is: NDIS matches it with another request. Call ${right}.`,
        {
          fixes: alike
            ? [
                {
                  title: `Change to ${right}`,
                  safe: false,
                  preferred: true,
                  edits: () => [replace(file, call.nameSpan, right)],
                },
              ]
            : [],
        },
      );
    }
  },
});
