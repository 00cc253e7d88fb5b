import { columns } from '../columns.js';
import type { Verdict } from './judge.js';

/** Found, missed and noisy mutants per rule. */
export function table(rules: readonly string[], verdicts: readonly Verdict[]): string {
  const row = (name: string, own: readonly Verdict[]): string[] => [
    name,
    String(own.length),
    String(own.filter(({ found }) => found).length),
    String(own.filter(({ found }) => !found).length),
    String(own.filter(({ noise }) => noise.length > 0).length),
  ];
  return columns([
    ['rule', 'mutants', 'found', 'missed', 'noisy'],
    ...rules.map((rule) =>
      row(
        rule,
        verdicts.filter(({ mutant }) => mutant.rule === rule),
      ),
    ),
    row('all', verdicts),
  ]);
}
