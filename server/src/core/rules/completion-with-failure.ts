import { statusArguments } from '../model/statuses.js';
import { replace } from './edits.js';
import { defineRule } from './rule.js';
import { ddi } from './sources.js';

export const completionWithFailure = defineRule({
  name: 'completion-with-failure',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Failure given to a completion function that only takes success',
  sources: [
    ddi('ndis/nf-ndis-ndiscmcloseaddressfamilycomplete'),
    ddi('ndis/nf-ndis-ndiscmderegistersapcomplete'),
    ddi('ndis/nf-ndis-ndismcmcloseaddressfamilycomplete'),
    ddi('ndis/nf-ndis-ndismcmderegistersapcomplete'),
  ],
  succeeds: [],
  fix: 'unsafe',
  check({ file, project, catalog }, report) {
    if (project.isLegacy) return;
    const reported = new Set<number>();
    for (const { call, argument, value } of statusArguments(file, project)) {
      const only = catalog.function(call.name)?.statusMustBe;
      const failure = [...value.atoms.values()].find(({ name, tested }) => {
        const number = catalog.status(name)?.value;
        return !tested && number !== undefined && number >= 0xc0000000;
      });
      if (!only || !failure || reported.has(argument.start)) continue;
      reported.add(argument.start);
      const isWritten = failure.origin.anchor === argument.anchor && failure.origin.start === argument.start;
      report(
        argument,
        `${call.name} is given ${failure.name}, but takes only ${only}: what it ends is gone for the client either way. Finish the cleanup and complete with ${only}.`,
        isWritten
          ? {
              fixes: [
                {
                  title: `Change to ${only}`,
                  safe: false,
                  preferred: true,
                  edits: () => [replace(file, argument, only)],
                },
              ],
            }
          : {},
      );
    }
  },
});
