import { IrqlAnalysis } from '../model/irql.js';
import { because, levelPlace, levelsText, limitText } from './irqlWords.js';
import { defineRule } from './rule.js';
import { ddi, docs } from './sources.js';

export const irqlTooHigh = defineRule({
  name: 'irql-too-high',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Call at an IRQL above the limit of the called function',
  sources: [docs('kernel/managing-hardware-priorities'), ddi('ndis/nf-ndis-ndisopenconfigurationex')],
  succeeds: [
    'C28118',
    'C28121',
    'C28123',
    'IrqlTooHigh',
    'Irql_CallManager_Function',
    'Irql_Connection_Function',
    'Irql_Filter_Driver_Function',
    'Irql_Gather_DMA_Function',
    'Irql_IM_Function',
    'Irql_Interfaces_Function',
    'Irql_Interrupt_Function',
    'Irql_IrqlSetting_Function',
    'Irql_MCM_Function',
    'Irql_MCO_Function',
    'Irql_Miniport_Driver_Function',
    'Irql_Miscellaneous_Function',
    'Irql_NetBuffer_Function',
    'Irql_OID_Function',
    'Irql_Protocol_Driver_Function',
    'Irql_SendRcv_Function',
    'Irql_StatusIndication_Function',
    'Irql_Synch_Function',
    'Irql_Timer_Function',
  ],
  fix: 'none',
  check({ file, summary, project, catalog }, report) {
    for (const found of IrqlAnalysis.of(file, summary, project).misplacedCalls) {
      const { call, limit, levels } = found;
      const tags = catalog.routine(found.routine)?.tags ?? [];
      if (found.verdict !== 'too-high' || tags.includes('waits') || tags.includes('paged')) continue;
      report(
        call.nameSpan,
        `${call.name} may be called ${limitText(limit)}, but here the IRQL is ${levelsText(levels)}: ${because(found)}. Make the call where the IRQL is low enough, or hand the work to a work item.`,
        { related: levelPlace(found, file.uri) },
      );
    }
  },
});
