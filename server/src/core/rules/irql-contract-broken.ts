import { IrqlAnalysis } from '../model/irql.js';
import { levelName } from '../model/irqlLevels.js';
import { enteredBecause, levelPlace, limitText } from './irqlWords.js';
import { defineRule } from './rule.js';
import { ddi, docs } from './sources.js';

export const irqlContractBroken = defineRule({
  name: 'irql-contract-broken',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Call that the IRQL of the callback does not allow',
  sources: [docs('kernel/managing-hardware-priorities'), ddi('ndis/nc-ndis-protocol_cm_close_af')],
  succeeds: ['C28118', 'C28121'],
  fix: 'none',
  check({ file, summary, project, catalog }, report) {
    for (const found of IrqlAnalysis.of(file, summary, project).misplacedCalls) {
      const { call, limit, reach, by, fn } = found;
      if (found.verdict !== 'contract-broken' || catalog.routine(found.routine)?.tags?.includes('paged')) continue;
      report(
        call.nameSpan,
        `${call.name} may be called ${limitText(limit)}, but the code can run at ${levelName(reach)} here: ${enteredBecause(by, fn.name, reach)}. Hand the work to a work item, or do without the call.`,
        { related: levelPlace(found, file.uri) },
      );
    }
  },
});
