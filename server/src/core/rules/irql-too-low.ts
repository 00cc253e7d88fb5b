import { IrqlAnalysis } from '../model/irql.js';
import { levelName } from '../model/irqlLevels.js';
import { levelPlace, levelsText } from './irqlWords.js';
import { defineRule } from './rule.js';
import { ddi } from './sources.js';

export const irqlTooLow = defineRule({
  name: 'irql-too-low',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Call that needs DISPATCH_LEVEL made where the IRQL is lower',
  sources: [ddi('ndis/nf-ndis-ndisdpracquirespinlock')],
  succeeds: ['C28120', 'C28122', 'IrqlTooLow'],
  fix: 'none',
  check({ file, summary, project, catalog }, report) {
    for (const found of IrqlAnalysis.of(file, summary, project).misplacedCalls) {
      const { call, limit, levels } = found;
      // What a release without a lock lacks is the lock.
      if (found.verdict !== 'too-low' || catalog.irqlAct(call.name)?.act === 'release') continue;
      report(
        call.nameSpan,
        `${call.name} needs ${levelName(limit.min)}, but here the IRQL is ${levelsText(levels)}. Raise the IRQL first, or call the form that does it.`,
        { related: levelPlace(found, file.uri) },
      );
    }
  },
});
