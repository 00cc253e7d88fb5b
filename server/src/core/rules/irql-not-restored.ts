import type { Fix, TextEdit } from '../api.js';
import type { CallFact } from '../model/body.js';
import type { FileModel } from '../model/fileModel.js';
import { IrqlAnalysis } from '../model/irql.js';
import { lockProblems } from '../model/locks.js';
import { replace } from './edits.js';
import { place } from './irqlWords.js';
import { defineRule } from './rule.js';
import { ddi } from './sources.js';

export const irqlNotRestored = defineRule({
  name: 'irql-not-restored',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Raised IRQL that is not restored, or restored from the wrong place',
  sources: [ddi('wdm/nf-wdm-keraiseirql'), ddi('wdm/nf-wdm-kereleasespinlock')],
  succeeds: ['C28157', 'C28158', 'C28166', 'C28167'],
  fix: 'unsafe',
  check({ file, summary, project }, report) {
    const analysis = IrqlAnalysis.of(file, summary, project);
    for (const problem of lockProblems(file, summary, project, analysis)) {
      if (problem.kind === 'raised') {
        const { at, implicit, raised, fn } = problem;
        report(
          at,
          `${fn.name} ${implicit ? 'ends' : 'returns'} here at the IRQL that ${raised.by} raised: its caller goes on at a level that it does not expect. Restore the IRQL on this path too.`,
          {
            related: [place(file.uri, raised.at, 'The IRQL is raised here.')],
          },
        );
      }
      if (problem.kind !== 'event') continue;
      const { kind, call, act, lock, saved } = problem.event;
      if (kind === 'wrong-irql' && lock) {
        report(
          call.span,
          `${call.name} restores the IRQL from ${act.irql}, but ${lock.by} saved it in ${lock.irql}: the thread goes on at a level of chance. Pass ${lock.irql}.`,
          {
            related: [place(file.uri, lock.at, 'The IRQL is saved here.')],
            fixes: passing(lock.irql, call, act.irql, file),
          },
        );
      }
      if (kind === 'irql-overwritten' && saved) {
        report(
          call.span,
          `${call.name} saves the IRQL in ${act.irql}, which still holds the one to go back to: the thread never comes back below DISPATCH_LEVEL. Use a variable of its own.`,
          {
            related: [place(file.uri, saved, 'The IRQL to go back to is saved here.')],
          },
        );
      }
    }
  },
});

/** Passes the variable that holds the saved IRQL, where the argument is a plain one as well. */
function passing(saved: string | undefined, call: CallFact, given: string | undefined, file: FileModel): Fix[] {
  const argument = call.args.find(({ text }) => text === given);
  if (saved === undefined || !argument || !/^\w+(?:(?:->|\.)\w+)*$/.test(saved)) return [];
  const edits = (): TextEdit[] => [replace(file, argument.span, saved)];
  return [{ title: `Pass ${saved}`, safe: false, preferred: true, edits }];
}
