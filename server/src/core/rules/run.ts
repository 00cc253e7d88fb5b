import type { Configuration, Finding, RuleFailure, Severity } from '../api.js';
import type { Catalog } from '../catalog/catalog.js';
import type { FileModel } from '../model/fileModel.js';
import type { ProjectModel } from '../model/projectModel.js';
import { absolute } from '../model/span.js';
import type { FileSummary } from '../model/summary.js';
import { LineIndex } from '../text/lineIndex.js';
import { readSuppressions, type Suppression } from '../text/suppression.js';
import type { Rule } from './rule.js';

export interface RunOptions {
  file: FileModel;
  summary: FileSummary;
  project: ProjectModel;
  catalog: Catalog;
  configuration: Configuration;
  rules: readonly Rule[];
  onFailure(failure: RuleFailure): void;
}

/** Runs the rules over one file. Findings in hidden branches and suppressed ones are left out; a rule that throws is
 * reported and skipped. */
export function runRules(options: RunOptions): Finding[] {
  const findings = options.rules.flatMap((rule) => runRule(rule, options));
  if (!findings.length) return findings;
  const lines = new LineIndex(options.file.text);
  const suppressions = readSuppressions(options.file.text, options.file.syntax);
  const seen = new Set<string>();
  return findings
    .filter((finding) => !options.file.isHidden(finding.start))
    .filter((finding) => !suppressions.some((suppression) => silences(suppression, finding, lines, options.rules)))
    .filter((finding) => first(seen, `${finding.rule}:${finding.start}:${finding.end}:${finding.message}`))
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

function first(seen: Set<string>, key: string): boolean {
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

function runRule(rule: Rule, options: RunOptions): Finding[] {
  const { file, summary, project, catalog, configuration } = options;
  const setting = configuration.severity[rule.name] ?? rule.severity;
  if (setting === 'off') return [];
  const forced = configuration.severity[rule.name] as Severity | undefined;
  const findings: Finding[] = [];
  try {
    rule.check({ file, summary, project, catalog, preset: configuration.preset }, (at, message, more = {}) => {
      const finding: Finding = {
        rule: rule.name,
        severity: forced ?? more.severity ?? rule.severity,
        message,
        related: more.related ?? [],
        fixes: more.fixes ?? [],
        ...absolute(at),
      };
      if (more.tag) finding.tag = more.tag;
      findings.push(finding);
    });
  } catch (error) {
    options.onFailure({
      rule: rule.name,
      uri: file.uri,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
    return [];
  }
  return findings;
}

function silences(suppression: Suppression, finding: Finding, lines: LineIndex, rules: readonly Rule[]): boolean {
  const { line } = lines.positionAt(finding.start);
  if (line < suppression.fromLine || line > suppression.toLine) return false;
  if (suppression.all || suppression.rules.includes(finding.rule)) return true;
  const succeeds = rules.find((rule) => rule.name === finding.rule)?.succeeds ?? [];
  return suppression.rules.some((name) => succeeds.includes(name) || succeeds.includes(`C${name}`));
}
