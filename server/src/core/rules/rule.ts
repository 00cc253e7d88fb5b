import type { Fix, RelatedPlace, Severity } from '../api.js';
import type { Catalog } from '../catalog/catalog.js';
import type { FileModel } from '../model/fileModel.js';
import type { ProjectModel } from '../model/projectModel.js';
import type { Span } from '../model/span.js';
import type { FileSummary } from '../model/summary.js';
import type { SuppressionUse } from './suppressions.js';

/** What a rule may ask. Everything is already understood: a rule never sees the syntax tree. */
export interface RuleInput {
  readonly file: FileModel;
  readonly summary: FileSummary;
  readonly project: ProjectModel;
  readonly catalog: Catalog;
  /** Suppressions of the file, and what they have silenced; empty except for rules that run after the others. */
  readonly suppressions: readonly SuppressionUse[];
  readonly ruleNames: ReadonlySet<string>;
  /** Names of the rules that are not switched off. */
  readonly running: ReadonlySet<string>;
  /** `strict` asks for more than the code base itself shows to want. */
  readonly preset: 'recommended' | 'strict';
}

export interface ReportOptions {
  /** Where it differs from the rule's own. */
  severity?: Severity;
  tag?: 'deprecated' | 'unnecessary';
  related?: RelatedPlace[];
  fixes?: Fix[];
}

export type Report = (at: Span, message: string, options?: ReportOptions) => void;

/** One thing that can be wrong in a driver. The page beside the rule (`<name>.md`) is its documentation and its test. */
export interface Rule {
  /** Kebab case, says what was found, equals the file name, never reused. */
  readonly name: string;
  readonly severity: Severity;
  /** One line, no full stop. */
  readonly summary: string;
  readonly since: string;
  /** Addresses of the DDI pages the rule stands on. */
  readonly sources: readonly string[];
  /** Names of the checks it succeeds: SDV rules, C28xxx numbers, CodeQL ids. C28xxx suppressions count for it. */
  readonly succeeds: readonly string[];
  readonly fix: 'none' | 'safe' | 'unsafe';
  /** It judges what the others found, and so runs last. */
  readonly afterOthers?: true;
  check(input: RuleInput, report: Report): void;
}

export const defineRule = (rule: Rule): Rule => rule;
