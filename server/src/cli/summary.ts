import type { Severity } from '../core/api.js';
import type { LintResult } from './lint.js';
import { severities } from './options.js';

export interface Summary {
  /** NDIS files that were checked. */
  files: number;
  findings: number;
  error: number;
  warning: number;
  information: number;
  hint: number;
  /** Findings mended by --fix. */
  fixed: number;
  /** Findings that the baseline accepts. */
  accepted: number;
  /** Findings that the baseline accepts in the checked files and that are no longer there. */
  stale: number;
}

export function summarize({ files, fixed }: LintResult, baseline: { accepted: number; stale: number }): Summary {
  const all = files.flatMap(({ findings }) => findings.map(({ finding }) => finding));
  const count = (severity: Severity) => all.filter((finding) => finding.severity === severity).length;
  return {
    files: files.length,
    findings: all.length,
    error: count('error'),
    warning: count('warning'),
    information: count('information'),
    hint: count('hint'),
    fixed,
    ...baseline,
  };
}

/** True where a finding is at least as grave as asked. */
export function fails({ files }: LintResult, failOn: Severity): boolean {
  const grave = severities.slice(0, severities.indexOf(failOn) + 1);
  return files.some(({ findings }) => findings.some(({ finding }) => grave.includes(finding.severity)));
}
