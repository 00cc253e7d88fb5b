import { createHash } from 'node:crypto';
import type { Severity } from '../../core/api.js';
import { rules } from '../../core/rules/index.js';
import { version } from '../../node/version.js';
import type { Checked, FileReport, LintResult, ReportedFix } from '../lint.js';
import type { Place } from './place.js';

const levels: Record<Severity, 'error' | 'warning' | 'note'> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** What a report tells beside the findings. */
export interface SarifContext {
  /** Page of each rule in Markdown. */
  pages: ReadonlyMap<string, string>;
  /** What went wrong, in words. */
  failures: readonly string[];
}

/** SARIF 2.1.0, one run. Places are counted in UTF-16 units, as SARIF's `utf16CodeUnits` says. */
export function sarifReport({ files }: LintResult, { pages, failures }: SarifContext): string {
  const driver = {
    name: 'ndis-lint',
    semanticVersion: version,
    version,
    rules: rules.map((rule) => descriptor(rule, pages.get(rule.name))),
  };
  const run = {
    tool: { driver },
    invocations: [
      {
        executionSuccessful: failures.length === 0,
        toolExecutionNotifications: failures.map((text) => ({ level: 'error', message: { text } })),
      },
    ],
    columnKind: 'utf16CodeUnits',
    newlineSequences: ['\r\n', '\n', '\r'],
    originalUriBaseIds: { ROOT: { description: { text: 'The folder that the check was started in' } } },
    artifacts: files.map(({ path }) => ({ location: artifact(path) })),
    results: files.flatMap((file, index) => file.findings.map((checked, nth) => toResult(file, index, checked, nth))),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor({ name, summary, severity, sources, succeeds }: (typeof rules)[number], page: string | undefined) {
  const why = page && whyOf(page);
  return {
    id: name,
    shortDescription: { text: `${summary}.` },
    ...(why && { fullDescription: { text: why } }),
    ...(page && { help: { text: why || summary, markdown: page } }),
    ...(sources[0] !== undefined && { helpUri: sources[0] }),
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ['ndis', ...succeeds] },
  };
}

/** The first paragraph of a page. */
const whyOf = (page: string): string => (page.split(/\n\s*\n/)[1] ?? '').replace(/\s+/g, ' ').trim();

function toResult(file: FileReport, index: number, { finding, related, fixes }: Checked, nth: number) {
  const { rule, severity, message } = finding;
  const location = { ...artifact(file.path), index };
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ name }) => name === rule),
    level: levels[severity],
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: location, region: region(finding) } }],
    partialFingerprints: { 'ruleAndLine/v1': fingerprint(file, nth) },
    ...(related.length > 0 && {
      relatedLocations: related.map((place, id) => ({
        id,
        physicalLocation: { artifactLocation: artifact(place.path), region: region(place) },
        message: { text: place.message },
      })),
    }),
    ...(fixes.length > 0 && { fixes: fixes.map(toFix) }),
  };
}

function toFix({ title, changes }: ReportedFix) {
  const paths = [...new Set(changes.map(({ path }) => path))];
  return {
    description: { text: title },
    artifactChanges: paths.map((path) => ({
      artifactLocation: artifact(path),
      replacements: changes
        .filter((change) => change.path === path)
        .map((change) => ({ deletedRegion: region(change), insertedContent: { text: change.text } })),
    })),
  };
}

const region = ({ line, column, endLine, endColumn }: Place) => ({
  startLine: line,
  startColumn: column,
  endLine,
  endColumn,
});

/** Stays the same when the line moves: rule, text of the line, and which finding of its kind it is. */
function fingerprint({ findings }: FileReport, nth: number): string {
  const own = keyOf(findings[nth] as Checked);
  const before = findings.slice(0, nth).filter((other) => keyOf(other) === own).length;
  return `${createHash('sha256').update(own).digest('hex').slice(0, 32)}:${before + 1}`;
}

const keyOf = ({ finding, line }: Checked): string => `${finding.rule}\n${line.replace(/\s+/g, ' ')}`;

function artifact(path: string): { uri: string; uriBaseId?: string } {
  // A name may hold half a character, which no URI can.
  const uri = Buffer.from(path).toString().split('/').map(encodeURIComponent).join('/');
  if (path.startsWith('/')) return { uri: `file://${uri}` };
  if (/^[A-Za-z]:\//.test(path)) return { uri: `file:///${uri.replace('%3A', ':')}` };
  return { uri, uriBaseId: 'ROOT' };
}
