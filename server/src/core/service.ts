import type {
  CodeAction,
  CompletionAnswer,
  Configuration,
  FileStatus,
  Finding,
  Hover,
  Location,
  RuleFailure,
  SignatureAnswer,
} from './api.js';
import type { Catalog } from './catalog/catalog.js';
import { compareVersions } from './catalog/versions.js';
import { defaultConfiguration, mergeConfiguration } from './configuration.js';
import { codeActions } from './features/codeActions.js';
import { completion } from './features/completion/completion.js';
import { explainItem } from './features/explain.js';
import type { FeatureInput, PagesLoader } from './features/feature.js';
import { hover } from './features/hover.js';
import { definition, references } from './features/links.js';
import { signatureHelp } from './features/signatureHelp.js';
import { type TemplateFiles, templates } from './features/templates.js';
import type { StatedProject } from './projects/stated.js';
import { rules } from './rules/index.js';
import { RuleTimes } from './rules/ruleTimes.js';
import { runRules } from './rules/run.js';
import type { SyntaxParser } from './syntax/parser.js';
import { LineIndex } from './text/lineIndex.js';
import { Workspace } from './workspace.js';

export interface ServiceOptions {
  catalog: Catalog;
  /** Prose, read when first asked for. */
  pages: PagesLoader;
  parser: SyntaxParser;
  /** Rule pages in Markdown, by rule name. */
  rulePages?: () => Promise<Record<string, string>>;
  /** Whole-driver templates: the parsed JSON of VS Code snippet files, by file name. */
  templates?: TemplateFiles;
  /** Milliseconds since some moment. With it, a rule that takes too long in a file is left out there. */
  now?: () => number;
  /** Called once for each rule that throws or takes too long. */
  onRuleFailure?: (failure: RuleFailure) => void;
}

/** The façade of the core: files go in, findings and answers come out. Offsets are absolute UTF-16 offsets into the text
 * last given for the file. Nothing here throws because of what a file contains. */
export class Service {
  private readonly workspace: Workspace;
  private readonly catalog: Catalog;
  private current: Configuration = defaultConfiguration;
  private readonly failed = new Set<string>();
  private readonly lines = new Map<string, { text: string; index: LineIndex }>();

  private readonly times: RuleTimes | undefined;
  private readonly options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.options = options;
    this.catalog = options.catalog;
    this.workspace = new Workspace(options.catalog, options.parser);
    this.times = options.now && new RuleTimes(options.now);
  }

  get configuration(): Configuration {
    return this.current;
  }

  /** Takes settings over the defaults; gives complaints in plain words for what it cannot use. */
  configure(settings: Partial<Configuration>): string[] {
    const { configuration, complaints } = mergeConfiguration(
      settings,
      rules.map((rule) => rule.name),
    );
    this.current = configuration;
    return complaints;
  }

  open(uri: string, languageId: string, text: string): void {
    this.workspace.open(uri, languageId, text);
  }

  change(uri: string, text: string): void {
    this.workspace.change(uri, text);
  }

  close(uri: string): void {
    this.workspace.close(uri);
    this.lines.delete(uri);
    this.times?.forget(uri);
  }

  /** Takes in a file of the workspace: sources, headers, and the project files that group them. */
  addFile(uri: string, text: string): void {
    this.workspace.addFile(uri, text);
  }

  /** Ids of files that the known project files import or refer to, or list for a driver, and that nobody has taken in. */
  wantedFiles(): string[] {
    return this.workspace.wantedFiles();
  }

  /** Says that the files of a folder have all been taken in: memory that only served that is given back. */
  settled(): void {
    this.workspace.settled();
  }

  removeFile(uri: string): void {
    this.workspace.removeFile(uri);
  }

  isNdisFile(uri: string): boolean {
    return this.workspace.isNdis(uri);
  }

  status(uri: string): FileStatus {
    const projects = this.workspace.projects(uri);
    if (!projects.length || !this.workspace.isNdis(uri))
      return { ndis: false, projects: [], driverKinds: [], ndisVersions: [], projectFiles: 0 };
    return {
      ndis: true,
      projects: projects.map(({ name }) => name),
      driverKinds: [...new Set(projects.flatMap(({ driverKinds }) => [...driverKinds]))],
      ndisVersions: [...new Set(projects.flatMap(({ versions }) => versions))].sort(compareVersions),
      projectFiles: new Set(projects.flatMap(({ files }) => files)).size,
    };
  }

  /** Findings of every rule in the open file, suppressions applied, in the order of the text. */
  diagnose(uri: string): Finding[] {
    const input = this.input(uri);
    if (!input) return [];
    const [first, ...others] = this.workspace.projects(uri).map((project) => this.findings({ ...input, project }));
    // A file that several drivers share is only wrong where it is wrong in each of them.
    return (first ?? []).filter((finding) =>
      others.every((list) => list.some((other) => other.rule === finding.rule && other.start === finding.start)),
    );
  }

  private findings(input: FeatureInput): Finding[] {
    return runRules({ ...input, rules, times: this.times, onFailure: (failure) => this.fail(failure) });
  }

  /** Drivers as a settings file states them, by file id; they win over project files and folders. */
  stateProjects(projects: readonly StatedProject[]): void {
    this.workspace.stateProjects(projects);
  }

  /** Other open files whose findings an edit in this one may change. */
  related(uri: string): string[] {
    const project = this.workspace.project(uri);
    const files = new Set(project?.files.map((file) => file.uri));
    return this.workspace.openFiles().filter((other) => other !== uri && files.has(other));
  }

  /** `typedCharacter` is what made the editor ask, where it was not the author. */
  completion(uri: string, offset: number, typedCharacter?: string): CompletionAnswer {
    const input = this.input(uri);
    const whole =
      this.options.templates && typedCharacter !== ' '
        ? templates(this.workspace.model(uri), input !== undefined, offset, this.options.templates)
        : [];
    const answer = input ? completion(input, offset, typedCharacter) : { items: [], incomplete: false };
    return { items: [...answer.items, ...whole], incomplete: answer.incomplete };
  }

  /** Documentation of a completion, in Markdown, from the name in its `docs`. */
  resolveCompletion(docs: string): Promise<string | undefined> {
    return explainItem(docs, this.catalog, this.options.pages);
  }

  async hover(uri: string, offset: number): Promise<Hover | undefined> {
    const input = this.input(uri);
    return input && hover(input, offset, this.options.pages);
  }

  async signatureHelp(uri: string, offset: number): Promise<SignatureAnswer | undefined> {
    const input = this.input(uri);
    return input && signatureHelp(input, offset, this.options.pages);
  }

  codeActions(uri: string, start: number, end: number): CodeAction[] {
    const input = this.input(uri);
    return input ? codeActions(input.file, this.diagnose(uri), start, end) : [];
  }

  definition(uri: string, offset: number): Location[] {
    const input = this.input(uri);
    return input ? definition(input, offset) : [];
  }

  references(uri: string, offset: number): Location[] {
    const input = this.input(uri);
    return input ? references(input, offset) : [];
  }

  /** The page of a rule or of an item of the interface, in Markdown. */
  async explain(name: string): Promise<string | undefined> {
    const page = (await this.options.rulePages?.())?.[name];
    return page ?? explainItem(name, this.catalog, this.options.pages);
  }

  textOf(uri: string): string | undefined {
    return this.workspace.model(uri)?.text ?? this.workspace.textOf(uri);
  }

  lineStarts(uri: string): LineIndex {
    const text = this.textOf(uri) ?? '';
    const known = this.lines.get(uri);
    if (known?.text === text) return known.index;
    const index = new LineIndex(text);
    this.lines.set(uri, { text, index });
    return index;
  }

  private input(uri: string): FeatureInput | undefined {
    const file = this.workspace.model(uri);
    const summary = this.workspace.summaryOf(uri);
    const project = this.workspace.project(uri);
    if (!file || !summary || !project || !this.workspace.isNdis(uri)) return undefined;
    return { file, summary, project, catalog: this.catalog, configuration: this.current };
  }

  private fail(failure: RuleFailure): void {
    if (this.failed.has(failure.rule)) return;
    this.failed.add(failure.rule);
    this.options.onRuleFailure?.(failure);
  }
}
