import { readFileSync } from 'node:fs';
import path from 'node:path';
import type {
  CodeAction,
  Completion,
  Configuration,
  FileStatus,
  Finding,
  Hover,
  Location,
  RuleFailure,
  SignatureAnswer,
} from '../../server/src/core/api.js';
import type { TemplateFiles } from '../../server/src/core/features/templates.js';
import type { StatedProject } from '../../server/src/core/projects/stated.js';
import { rules } from '../../server/src/core/rules/index.js';
import { Service } from '../../server/src/core/service.js';
import { createParser } from '../../server/src/core/syntax/parser.js';
import { catalog, pages } from './catalog.js';
import { type Fixture, readFixture, withEdits, withMarks } from './fixture.js';
import { root } from './paths.mjs';

export { catalog, pages };

const wasm = (file: string): Buffer => readFileSync(path.join(root, 'node_modules', file));

const parser = await createParser({
  runtime: wasm('web-tree-sitter/web-tree-sitter.wasm'),
  c: wasm('tree-sitter-c/tree-sitter-c.wasm'),
  cpp: wasm('tree-sitter-cpp/tree-sitter-cpp.wasm'),
});

const folder = 'file:///driver/';

export interface DriverOptions extends Partial<Configuration> {
  /** Only this rule runs. */
  only?: string;
  /** Whole-driver templates, as the snippet files hold them. */
  templates?: TemplateFiles;
  /** Clock that rules are timed by. */
  now?: () => number;
}

/** Severity settings that leave one rule on. */
function alone(only: string): Configuration['severity'] {
  return Object.fromEntries(rules.filter(({ name }) => name !== only).map(({ name }) => [name, 'off' as const]));
}

/**
 * A small driver under test: marked-up files in one folder, all of them open. The first file is the one that questions
 * are about. This is the only place in the tests that talks to the service.
 */
export class Driver {
  readonly failures: RuleFailure[] = [];
  private readonly service: Service;
  private readonly files = new Map<string, Fixture>();
  private readonly main: string;

  constructor(files: string | Record<string, string>, { only, templates, now, ...configuration }: DriverOptions = {}) {
    const named = typeof files === 'string' ? { 'driver.c': files } : files;
    this.main = Object.keys(named)[0] as string;
    this.service = new Service({
      catalog,
      parser,
      pages: async () => pages,
      onRuleFailure: (failure) => this.failures.push(failure),
      ...(templates ? { templates } : {}),
      ...(now ? { now } : {}),
    });
    this.service.configure({ ...configuration, ...(only === undefined ? {} : { severity: alone(only) }) });
    const fixtures = Object.entries(named).map(([name, source]) => [name, readFixture(source)] as const);
    // Indexed first, as a workspace is, so that every file knows the others when it is opened.
    for (const [name, { text }] of fixtures) this.service.addFile(folder + name, text);
    for (const [name, fixture] of fixtures) this.put(name, fixture);
  }

  get names(): string[] {
    return [...this.files.keys()];
  }

  fixture(name: string = this.main): Fixture {
    const fixture = this.files.get(name);
    if (!fixture) throw new Error(`The fixture has no file ${name}.`);
    return fixture;
  }

  isNdisFile(name: string = this.main): boolean {
    return this.service.isNdisFile(folder + name);
  }

  /** States drivers by hand; files and folders as the fixtures name them. */
  stateProjects(projects: readonly StatedProject[]): void {
    const placed = projects.map((project) => ({ ...project, files: project.files.map((file) => folder + file) }));
    this.service.stateProjects(placed);
  }

  status(name: string = this.main): FileStatus {
    return this.service.status(folder + name);
  }

  findings(name: string = this.main): Finding[] {
    return isSource(name) ? this.service.diagnose(folder + name) : [];
  }

  /** The text of a file with marks around what is reported in it. */
  marked(name: string = this.main): string {
    return withMarks(this.fixture(name).text, this.findings(name));
  }

  completions(): Completion[] {
    return this.service.completion(folder + this.main, this.cursor()).items;
  }

  labels(): string[] {
    return sorted(this.completions()).map(({ label }) => label);
  }

  documentation(item: Completion): Promise<string | undefined> {
    return this.service.resolveCompletion(item.docs ?? '');
  }

  /** The main file after the completion with this label was taken, by a client without snippets. */
  accepted(label: string, kind?: string): string {
    const item = this.completions().find((one) => one.label === label && (kind === undefined || one.kind === kind));
    if (!item) throw new Error(`There is no completion ${label}.`);
    return withEdits(this.fixture().text, [{ ...item.replace, text: item.plain }]);
  }

  hover(): Promise<Hover | undefined> {
    return this.service.hover(folder + this.main, this.cursor());
  }

  signatureHelp(): Promise<SignatureAnswer | undefined> {
    return this.service.signatureHelp(folder + this.main, this.cursor());
  }

  /** Definitions from the cursor, as `file: text of the line`, ranges marked. */
  definitions(): string[] {
    return this.service.definition(folder + this.main, this.cursor()).map((at) => this.place(at));
  }

  references(): string[] {
    return this.service.references(folder + this.main, this.cursor()).map((at) => this.place(at));
  }

  /** Code actions at the cursor, or in the first mark. */
  actions(name: string = this.main): CodeAction[] {
    const { cursor, marks } = this.fixture(name);
    const [mark] = marks;
    return this.service.codeActions(folder + name, cursor ?? mark?.start ?? 0, cursor ?? mark?.end ?? 0);
  }

  /** Applies edits, as an editor would, and takes the new text in. */
  apply(edits: ReturnType<CodeAction['edits']>): void {
    for (const name of this.names) {
      const own = edits.filter(({ uri }) => uri === folder + name);
      if (own.length > 0) this.change(name, withEdits(this.fixture(name).text, own));
    }
    const strange = edits.find(({ uri }) => !this.files.has(uri.slice(folder.length)));
    if (strange) throw new Error(`An edit goes to ${strange.uri}, which the driver does not have.`);
  }

  change(name: string, text: string): void {
    this.files.set(name, { text, marks: [], messages: [] });
    if (isSource(name)) this.service.change(folder + name, text);
  }

  /** The editor closes the file: what counts is the text on disk. */
  close(name: string): void {
    this.service.close(folder + name);
  }

  /** Writes the file on disk, outside the editor. */
  write(name: string, text: string): void {
    this.service.addFile(folder + name, text);
  }

  private put(name: string, fixture: Fixture): void {
    this.files.set(name, fixture);
    if (isSource(name)) this.service.open(folder + name, /\.(c|h)$/.test(name) ? 'c' : 'cpp', fixture.text);
  }

  private cursor(): number {
    const { cursor } = this.fixture();
    if (cursor === undefined) throw new Error('The fixture has no $0.');
    return cursor;
  }

  private place({ uri, start, end }: Location): string {
    const name = uri.slice(folder.length);
    const { text } = this.fixture(name);
    const from = text.lastIndexOf('\n', start - 1) + 1;
    const to = text.indexOf('\n', end);
    const line = text.slice(from, to < 0 ? undefined : to);
    return `${name}: ${withMarks(line, [{ start: start - from, end: end - from }]).trim()}`;
  }
}

const isSource = (name: string): boolean => /\.(c|cpp|cc|h|hpp)$/.test(name);

/** As an editor shows them. */
export function sorted(items: readonly Completion[]): Completion[] {
  const key = ({ sortText, label }: Completion): string => `${sortText ?? label}\n${label}`;
  return [...items].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
