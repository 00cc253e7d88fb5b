import { IrqlAnalysis } from '../model/irql.js';
import { because, levelPlace, levelsText } from './irqlWords.js';
import { defineRule } from './rule.js';
import { ddi } from './sources.js';

export const waitAtDispatch = defineRule({
  name: 'wait-at-dispatch',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Wait at DISPATCH_LEVEL or above',
  sources: [ddi('ndis/nf-ndis-ndiswaitevent'), ddi('ndis/nf-ndis-ndismsleep')],
  succeeds: ['Irql_Synch_Function'],
  fix: 'none',
  check({ file, summary, project, catalog }, report) {
    for (const found of IrqlAnalysis.of(file, summary, project).misplacedCalls) {
      const { call, levels } = found;
      if (found.verdict !== 'too-high' || !catalog.routine(found.routine)?.tags?.includes('waits')) continue;
      report(
        call.nameSpan,
        `${call.name} waits, but here the IRQL is ${levelsText(levels)}: ${because(found)}. A thread that waits above APC_LEVEL never runs again; release the lock first, or wait in a work item.`,
        { related: levelPlace(found, file.uri) },
      );
    }
  },
});
