import type { Severity } from '../../core/api.js';
import { rules } from '../../core/rules/index.js';
import { version } from '../../node/version.js';
import type { FileReport, LintResult, Reported } from '../lint.js';

const levels: Record<Severity, 'error' | 'warning' | 'note'> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** SARIF 2.1.0, one run. Places are counted in UTF-16 units, as SARIF's `utf16CodeUnits` says. */
export function sarifReport({ files }: LintResult): string {
  const driver = { name: 'ndis-lint', semanticVersion: version, version, rules: rules.map(descriptor) };
  const run = {
    tool: { driver },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { ROOT: { description: { text: 'The folder that the check was started in' } } },
    artifacts: files.map(({ path }) => ({ location: artifact(path) })),
    results: files.flatMap((file, index) => file.findings.map((finding, nth) => toResult(file, index, finding, nth))),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor({ name, summary, severity, sources }: (typeof rules)[number]) {
  return {
    id: name,
    shortDescription: { text: summary },
    ...(sources[0] !== undefined && { helpUri: sources[0] }),
    defaultConfiguration: { level: levels[severity] },
  };
}

function toResult(file: FileReport, index: number, finding: Reported, nth: number) {
  const { rule, severity, message, line, column, endLine, endColumn } = finding;
  const region = { startLine: line, startColumn: column, endLine, endColumn };
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ name }) => name === rule),
    level: levels[severity],
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: { ...artifact(file.path), index }, region } }],
    partialFingerprints: { 'ruleAndLine/v1': fingerprint(file, rule, nth) },
  };
}

/** Stays the same when the line moves: rule, text of the line, and which finding of its kind it is. */
function fingerprint({ findings, lines }: FileReport, rule: string, nth: number): string {
  const line = lines[nth] ?? '';
  const before = findings.slice(0, nth).filter((other, index) => other.rule === rule && lines[index] === line).length;
  return `${rule}:${before}:${line}`;
}

function artifact(path: string): { uri: string; uriBaseId?: string } {
  const uri = path.split('/').map(encodeURIComponent).join('/');
  if (path.startsWith('/')) return { uri: `file://${uri}` };
  if (/^[A-Za-z]:\//.test(path)) return { uri: `file:///${uri.replace('%3A', ':')}` };
  return { uri, uriBaseId: 'ROOT' };
}
