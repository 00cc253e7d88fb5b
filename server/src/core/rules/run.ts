import type { Configuration, Finding, RuleFailure, Severity } from '../api.js';
import type { Catalog } from '../catalog/catalog.js';
import type { FileModel } from '../model/fileModel.js';
import type { ProjectModel } from '../model/projectModel.js';
import { absolute } from '../model/span.js';
import type { FileSummary } from '../model/summary.js';
import type { Rule, RuleInput } from './rule.js';
import type { RuleTimes } from './ruleTimes.js';
import { Suppressions, type SuppressionUse } from './suppressions.js';

export interface RunOptions {
  file: FileModel;
  summary: FileSummary;
  project: ProjectModel;
  catalog: Catalog;
  configuration: Configuration;
  rules: readonly Rule[];
  onFailure(failure: RuleFailure): void;
  /** Absent where nobody waits for the findings: then no rule is too slow. */
  times?: RuleTimes | undefined;
}

/** Runs the rules over one file. Findings in hidden branches and suppressed ones are left out; a rule that throws
 * or takes too long is reported and skipped. */
export function runRules(options: RunOptions): Finding[] {
  const { file, rules, configuration } = options;
  const isOn = (rule: Rule): boolean =>
    (configuration.severity[rule.name] ?? rule.severity) !== 'off' && !options.times?.isSkipped(file.uri, rule.name);
  const running = rules.filter(isOn);
  const suppressions = new Suppressions(file, rules);
  const names = {
    ruleNames: new Set(rules.map((rule) => rule.name)),
    running: new Set(running.map((rule) => rule.name)),
  };
  const run = (list: readonly Rule[], uses: readonly SuppressionUse[]): Finding[] =>
    list
      .flatMap((rule) => runRule(rule, options, { ...names, suppressions: uses }))
      .filter((finding) => !file.isHidden(finding.start) && !suppressions.silence(finding.rule, finding.start));
  const findings = run(
    running.filter((rule) => !rule.afterOthers),
    [],
  );
  findings.push(
    ...run(
      running.filter((rule) => rule.afterOthers),
      suppressions.uses,
    ),
  );
  const seen = new Set<string>();
  return findings
    .filter((finding) => first(seen, `${finding.rule}:${finding.start}:${finding.end}:${finding.message}`))
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

function first(seen: Set<string>, key: string): boolean {
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

function runRule(
  rule: Rule,
  options: RunOptions,
  run: Pick<RuleInput, 'suppressions' | 'ruleNames' | 'running'>,
): Finding[] {
  const { file, summary, project, catalog, configuration } = options;
  const forced = configuration.severity[rule.name] as Severity | undefined;
  const findings: Finding[] = [];
  const fail = (error: string): void => options.onFailure({ rule: rule.name, uri: file.uri, error });
  const check = (): void =>
    rule.check({ file, summary, project, catalog, preset: configuration.preset, ...run }, (at, message, more = {}) => {
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
  try {
    const took = options.times ? options.times.measure(file.uri, rule.name, check) : check();
    if (took !== undefined) fail(`it took ${Math.round(took)} ms and is left out in this file until it is closed`);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    fail(text);
    return [];
  }
  return findings;
}
