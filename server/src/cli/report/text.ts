import type { LintResult } from '../lint.js';
import type { Summary } from '../summary.js';

/** One line a finding, in the form that editors and build servers find places in. */
export function textReport({ files }: LintResult, summary: Summary): string {
  const lines = files.flatMap(({ path, findings }) =>
    findings.map(
      ({ finding: { line, column, severity, message, rule } }) =>
        `${path}:${line}:${column}: ${severity}: ${message.replace(/\s+/g, ' ')} [${rule}]`,
    ),
  );
  return [...lines, ...(lines.length > 0 ? [''] : []), total(summary)].map((line) => `${line}\n`).join('');
}

function total({ files, findings, error, warning, fixed, accepted, stale }: Summary): string {
  const parts = [
    files === 0 ? 'no NDIS file found' : `${counted(files, 'NDIS file')} checked`,
    findings === 0
      ? 'no findings'
      : `${counted(findings, 'finding')} (${counted(error, 'error')}, ${counted(warning, 'warning')})`,
  ];
  if (fixed > 0) parts.push(`${fixed} fixed`);
  if (accepted > 0) parts.push(`${accepted} accepted by the baseline`);
  if (stale > 0) parts.push(`${stale} that the baseline accepts no longer found`);
  return parts.join(', ');
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
