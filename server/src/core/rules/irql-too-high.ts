import { IrqlAnalysis } from '../model/irql.js';
import { because, levelPlace, levelsText, limitText } from './irqlWords.js';
import { defineRule } from './rule.js';
import { docs } from './sources.js';

export const irqlTooHigh = defineRule({
  name: 'irql-too-high',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Call at an IRQL above the limit of the called function',
  sources: [docs('kernel/managing-hardware-priorities'), docs('network/irql-for-ndis-driver-functions')],
  succeeds: ['C28118', 'C28121', 'C28120'],
  fix: 'none',
  check({ file, summary, project, catalog }, report) {
    for (const found of IrqlAnalysis.of(file, summary, project).misplacedCalls) {
      const { call, limit, levels } = found;
      const tags = catalog.routine(call.name)?.tags ?? [];
      if (found.verdict !== 'too-high' || tags.includes('waits') || tags.includes('paged')) continue;
      report(
        call.nameSpan,
        `${call.name} may be called ${limitText(limit)}, but here the IRQL is ${levelsText(levels)}: ${because(found)}. Make the call where the IRQL is low enough, or hand the work to a work item.`,
        { related: levelPlace(found, file.uri) },
      );
    }
  },
});
