import type { Verdict } from './judge.js';

/** Lines of columns, the first to the left, the others to the right. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map((row) =>
      row.map((cell, at) => (at ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))).join('  '),
    )
    .join('\n');
}

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
