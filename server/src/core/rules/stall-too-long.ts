import { constantValue } from '../model/constants.js';
import { FlowAnalysis } from '../model/flow/functionFlow.js';
import { meantCalls } from '../model/meantCalls.js';
import { defineRule, type RuleInput } from './rule.js';
import { ddi } from './sources.js';

export const stallTooLong = defineRule({
  name: 'stall-too-long',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Busy wait longer than a driver may stall the processor',
  sources: [ddi('ndis/nf-ndis-ndisstallexecution')],
  succeeds: ['NdisStallExecution_Delay'],
  fix: 'none',
  check(input, report) {
    const { file, project, catalog } = input;
    for (const fn of file.functions) {
      for (const call of file.body(fn).calls) {
        for (const meant of meantCalls(call, project)) {
          const limit = catalog.routine(meant.name)?.argumentMax;
          const argument = limit && meant.args[limit.argument];
          if (!limit || !argument) continue;
          const value = constantValue(argument.text, project) ?? longestKept(fn, call, limit.argument, input);
          if (value === undefined || value <= limit.value) continue;
          report(
            argument.span,
            `${meant.name} holds the processor for ${value} ${limit.unit} here; more than ${limit.value} starves everything else on it. Wait with a timer, or sleep at PASSIVE_LEVEL.`,
          );
        }
      }
    }
  },
});

/** The largest constant that a variable given to the call holds there on some path. */
function longestKept(
  fn: RuleInput['file']['functions'][number],
  call: ReturnType<RuleInput['file']['body']>['calls'][number],
  index: number,
  { file, project }: RuleInput,
): number | undefined {
  if (!/^\w+$/.test(call.args[index]?.text ?? '')) return undefined;
  const flow = new FlowAnalysis(file, project).of(fn);
  const points = flow.complete ? flow.calls.filter((point) => point.call === call) : [];
  const values = points.flatMap(({ args }) => [...(args[index]?.atoms.values() ?? [])]);
  const numbers = values.filter(({ tested }) => !tested).map(({ name }) => constantValue(name, project) ?? 0);
  return numbers.length ? Math.max(...numbers) : undefined;
}
