import { IrqlAnalysis } from '../model/irql.js';
import { levelPlace, levelsText, limitText } from './irqlWords.js';
import { defineRule } from './rule.js';
import { docs } from './sources.js';

export const irqlMayBeTooHigh = defineRule({
  name: 'irql-may-be-too-high',
  severity: 'information',
  since: '0.1.0',
  summary: 'Call that some paths reach above the limit of the called function',
  sources: [docs('kernel/managing-hardware-priorities')],
  succeeds: [],
  fix: 'none',
  check({ file, summary, project }, report) {
    for (const found of IrqlAnalysis.of(file, summary, project).misplacedCalls) {
      const { call, limit, levels } = found;
      if (found.verdict !== 'may-be-too-high') continue;
      report(
        call.nameSpan,
        `${call.name} may be called ${limitText(limit)}, but one path comes here at ${levelsText(levels)}. Make sure that it is not taken, or move the call.`,
        { related: levelPlace(found, file.uri) },
      );
    }
  },
});
