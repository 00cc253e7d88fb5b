import type { Fix, RelatedPlace, TextEdit } from '../api.js';
import type { CallFact } from '../model/body.js';
import type { FileModel } from '../model/fileModel.js';
import type { IrqlEvent } from '../model/flow/irqlEffect.js';
import { IrqlAnalysis } from '../model/irql.js';
import { type LockProblem, lockProblems } from '../model/locks.js';
import { replace } from './edits.js';
import { place } from './irqlWords.js';
import { defineRule, type Report } from './rule.js';
import { ddi } from './sources.js';

export const lockUnbalanced = defineRule({
  name: 'lock-unbalanced',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Lock that is not released, not held, or acquired twice on a path',
  sources: [ddi('ndis/nf-ndis-ndisacquirespinlock'), ddi('ndis/nf-ndis-ndisdprreleasespinlock')],
  succeeds: ['SpinLock', 'SpinLockBalanced', 'SpinLockDpr', 'SpinLockDprRelease', 'SpinlockRelease'],
  fix: 'unsafe',
  check({ file, summary, project }, report) {
    const analysis = IrqlAnalysis.of(file, summary, project);
    for (const problem of lockProblems(file, summary, project, analysis)) {
      if (problem.kind === 'held') held(problem, file.uri, report);
      else if (problem.kind === 'event') happened(problem.event, file, report);
    }
  },
});

function held({ at, implicit, lock, fn }: LockProblem & { kind: 'held' }, uri: string, report: Report): void {
  const where = implicit ? 'ends' : 'returns';
  report(
    at,
    `${fn.name} ${where} here with ${lock.place || 'the lock'} held: whoever wants it next waits forever. Release it on this path too.`,
    {
      related: [acquired(lock.at, uri)],
    },
  );
}

const acquired = (at: Parameters<typeof place>[1], uri: string): RelatedPlace =>
  place(uri, at, 'The lock is acquired here.');

function happened({ kind, call, act, lock }: IrqlEvent, file: FileModel, report: Report): void {
  const name = act.place || 'the lock';
  const related = lock ? [acquired(lock.at, file.uri)] : [];
  if (kind === 'release-unheld') {
    report(
      call.span,
      `${call.name} releases ${name}, which is not held here: that corrupts the lock, or lets another owner's go. Remove the call, or acquire the lock first.`,
      { related },
    );
  } else if (kind === 'double-acquire') {
    report(
      call.span,
      `${call.name} acquires ${name}, which is held here already: a spin lock waits for itself forever. Release it first, or do without this call.`,
      { related },
    );
  } else if (kind === 'mixed-forms' && lock) {
    const dpr = lock.form === 'stays';
    const why = dpr
      ? 'did not save the IRQL that this call restores'
      : 'raised the IRQL, and this call does not lower it again';
    report(
      call.span,
      `${call.name} does not go with ${lock.by}, which acquired ${name}: it ${why}. Release the lock with the counterpart of ${lock.by}.`,
      { related, fixes: counterpart(call, lock.by, file) },
    );
  }
}

/** The release whose name goes with that of the acquire; both take nothing but the lock. */
function counterpart(call: CallFact, acquire: string, file: FileModel): Fix[] {
  const name = acquire.replace('Acquire', 'Release');
  if (file.catalog.irqlAct(name)?.act !== 'release') return [];
  const edits = (): TextEdit[] => [replace(file, call.nameSpan, name)];
  return [{ title: `Release with ${name}`, safe: false, preferred: true, edits }];
}
