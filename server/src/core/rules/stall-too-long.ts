import { constantNumber } from '../model/flow/functionFlow.js';
import { defineRule } from './rule.js';
import { ddi } from './sources.js';

export const stallTooLong = defineRule({
  name: 'stall-too-long',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Busy wait longer than a driver may stall the processor',
  sources: [ddi('ndis/nf-ndis-ndisstallexecution')],
  succeeds: ['NdisStallExecution_Delay'],
  fix: 'none',
  check({ file, project, catalog }, report) {
    for (const fn of file.functions) {
      for (const call of file.body(fn).calls) {
        const limit = catalog.routine(call.name)?.argumentMax;
        const argument = limit && call.args[limit.argument];
        if (!limit || !argument) continue;
        const value = /^\d+$/.test(argument.text)
          ? Number(argument.text)
          : argument.name
            ? constantNumber(argument.name, catalog, project)
            : undefined;
        if (value === undefined || value <= limit.value) continue;
        report(
          argument.span,
          `${call.name} holds the processor for ${value} ${limit.unit} here; more than ${limit.value} starves everything else on it. Wait with a timer, or sleep at PASSIVE_LEVEL.`,
        );
      }
    }
  },
});
