/**
 * What the core says to whoever asks: plain data, no LSP, no VS Code. All offsets are absolute UTF-16 offsets into the
 * text of the file that `uri` names; ranges are half-open.
 */

export interface Range {
  start: number;
  end: number;
}

export interface Location extends Range {
  uri: string;
}

export interface TextEdit extends Range {
  uri: string;
  text: string;
}

/** error: NDIS rejects it or the system stops; warning: very likely a bug; information: contract not shown to hold;
 * hint: a better form exists. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

export type SeveritySetting = Severity | 'off';

export interface RelatedPlace extends Location {
  message: string;
}

export interface Fix {
  title: string;
  /** May be applied in bulk without looking. */
  safe: boolean;
  /** The one to take when only one key is pressed. */
  preferred?: boolean;
  /** Computed when the fix is asked for. */
  edits(): TextEdit[];
}

export interface Finding extends Range {
  rule: string;
  severity: Severity;
  message: string;
  /** The finding marks code as obsolete or unused rather than wrong. */
  tag?: 'deprecated' | 'unnecessary';
  related: RelatedPlace[];
  fixes: Fix[];
}

/** A rule that threw or took too long: skipped for this file and named once. */
export interface RuleFailure {
  rule: string;
  uri: string;
  error: string;
}

export type CompletionKind =
  | 'skeleton'
  | 'template'
  | 'callback'
  | 'function'
  | 'macro'
  | 'structure'
  | 'member'
  | 'status'
  | 'constant'
  | 'oid'
  | 'enum-member'
  | 'type'
  | 'rule';

export interface Completion {
  label: string;
  kind: CompletionKind;
  /** Short text right of the label. */
  detail?: string;
  /** Text after the label, such as a parameter list. */
  labelDetail?: string;
  filterText?: string;
  sortText?: string;
  /** What is replaced. */
  replace: Range;
  /** VS Code snippet syntax when `snippet` is set, plain otherwise. */
  insert: string;
  /** The same without placeholders, for clients that cannot take snippets. */
  plain: string;
  snippet: boolean;
  deprecated?: boolean;
  preselect?: boolean;
  /** Other places to change when it is accepted. */
  additional?: TextEdit[];
  /** Inserts a call whose arguments are to be filled. */
  call?: boolean;
  /** Enough to find the documentation again on resolve: a catalog name. */
  docs?: string;
}

export interface CompletionAnswer {
  items: Completion[];
  /** Typing on may bring others. */
  incomplete: boolean;
}

/** Markdown from catalog text and escaped workspace text only. */
export interface Hover extends Range {
  markdown: string;
}

export interface SignatureAnswer {
  label: string;
  /** Offsets of each parameter inside `label`, with its documentation in Markdown. */
  parameters: { start: number; end: number; documentation?: string }[];
  documentation?: string;
  active: number;
}

export interface CodeAction {
  title: string;
  kind: 'quickfix' | 'source.fixAll.ndis' | 'refactor';
  preferred?: boolean;
  /** Findings this action mends. */
  findings: Finding[];
  edits(): TextEdit[];
  /** A client command instead of edits: explain a rule. */
  command?: { title: string; command: string; arguments: unknown[] };
}

/** Rules, presets and limits as settings give them. Unknown rule names are reported by `configure`. */
export interface Configuration {
  /** Per rule name. */
  severity: Record<string, SeveritySetting>;
  preset: 'recommended' | 'strict';
  completion: { skeletons: boolean; annotations: boolean; headerComment: boolean };
  hover: { documentation: boolean };
}

/** What a file is, for the status item. */
export interface FileStatus {
  /** The file takes part: it is an NDIS file. */
  ndis: boolean;
  /** Names of the drivers that it is part of. */
  projects: string[];
  /** Of all these drivers together, as the rest. */
  driverKinds: string[];
  ndisVersions: string[];
  projectFiles: number;
}
