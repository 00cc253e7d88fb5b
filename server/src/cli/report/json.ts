import type { LintResult } from '../lint.js';
import type { Summary } from '../summary.js';

/** `{"files":[{"path","findings":[…]}],"summary":{…}}`, every NDIS file listed. */
export function jsonReport({ files }: LintResult, summary: Summary): string {
  const listed = files.map(({ path, findings }) => ({ path, findings: findings.map(({ finding }) => finding) }));
  return `${JSON.stringify({ files: listed, summary }, null, 2)}\n`;
}
