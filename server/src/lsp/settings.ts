import { type Connection, DiagnosticSeverity } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Configuration } from '../core/api.js';
import type { Service } from '../core/service.js';
import { type LintFile, lintFileName, projectsFrom, readLintFile } from '../core/settings/lintFile.js';
import { type EditorSettings, mergeSettings } from '../core/settings/merge.js';
import type { ClientAbilities } from './abilities.js';
import { folderOf, isBelow, nameOf, uriOfId } from './fileIds.js';
import { say } from './say.js';

export interface SettingsHost {
  connection: Connection;
  abilities: ClientAbilities;
  /** Ids of the workspace folders. */
  folders(): readonly string[];
  /** Text of a file on disk. */
  readText(id: string): Promise<string | undefined>;
  knownRules: ReadonlySet<string>;
}

/** What the editor's settings and the nearest `.ndislint.json` say, per folder. */
export class Settings {
  readonly #host: SettingsHost;
  /** Sent by a client that cannot be asked. */
  #sent: EditorSettings = {};
  readonly #asked = new Map<string, Promise<EditorSettings>>();
  readonly #lintFiles = new Map<string, Promise<LintFile | undefined>>();
  /** What held before a settings file broke. */
  readonly #lastGood = new Map<string, LintFile>();
  readonly #merged = new Map<string, Promise<Configuration>>();
  readonly #complained = new Set<string>();
  #inUse: Configuration | undefined;
  #projectsInUse = false;

  constructor(host: SettingsHost) {
    this.#host = host;
  }

  /** The same object as long as nothing changed. */
  for(id: string): Promise<Configuration> {
    const folder = folderOf(id);
    let merged = this.#merged.get(folder);
    if (!merged) this.#merged.set(folder, (merged = this.#merge(folder)));
    return merged;
  }

  /** Gives the service the configuration that the next question is asked under. */
  use(service: Service, configuration: Configuration): void {
    if (!this.#projectsInUse) {
      this.#projectsInUse = true;
      service.stateProjects([...this.#lastGood].flatMap(([id, settings]) => projectsFrom(settings, folderOf(id))));
    }
    if (this.#inUse === configuration) return;
    this.#inUse = configuration;
    for (const complaint of service.configure(configuration)) this.#complain(complaint);
  }

  /** The editor's settings changed; `settings` is what a client sends that cannot be asked for them. */
  editorChanged(settings: unknown): void {
    const ndis = (settings as { ndis?: unknown } | null | undefined)?.ndis;
    if (typeof ndis === 'object' && ndis !== null) this.#sent = ndis as EditorSettings;
    this.#asked.clear();
    this.#merged.clear();
  }

  /** A file was written or deleted, or a folder was deleted. @returns whether settings may be others now */
  changedOnDisk(id: string, deleted: boolean): boolean {
    const concerned = nameOf(id) === lintFileName ? [folderOf(id)] : deleted ? this.#foldersBelow(id) : [];
    for (const folder of concerned) this.#lintFiles.delete(folder);
    if (concerned.length > 0) this.#merged.clear();
    return concerned.length > 0;
  }

  /** The folder and those below it that have a settings file. */
  #foldersBelow(id: string): string[] {
    const folders = [...this.#lastGood.keys()].map(folderOf);
    return folders.filter((folder) => folder === id || isBelow(folder, id));
  }

  async #merge(folder: string): Promise<Configuration> {
    const root = this.#host.folders().find((candidate) => folder === candidate || isBelow(folder, candidate));
    const [file, editor] = await Promise.all([this.#nearestLintFile(folder, root), this.#editorSettings(root)]);
    const { configuration, complaints } = mergeSettings(file, editor, this.#host.knownRules);
    for (const complaint of complaints) this.#complain(complaint);
    return configuration;
  }

  async #nearestLintFile(folder: string, root: string | undefined): Promise<LintFile | undefined> {
    for (let at = folder; at.includes('/'); at = folderOf(at)) {
      const found = await this.#lintFile(at);
      if (found || at === root || at.endsWith('//')) return found;
    }
    return undefined;
  }

  #lintFile(folder: string): Promise<LintFile | undefined> {
    let reading = this.#lintFiles.get(folder);
    if (!reading) this.#lintFiles.set(folder, (reading = this.#readLintFile(`${folder}/${lintFileName}`)));
    return reading;
  }

  async #readLintFile(id: string): Promise<LintFile | undefined> {
    const text = await this.#host.readText(id);
    if (text === undefined) {
      if (!this.#lastGood.delete(id)) return undefined;
      this.#projectsInUse = false;
      void this.#host.connection.sendDiagnostics({ uri: uriOfId(id), diagnostics: [] });
      return undefined;
    }
    const { settings, problems } = readLintFile(text, this.#host.knownRules);
    const document = TextDocument.create(uriOfId(id), 'json', 0, text);
    void this.#host.connection.sendDiagnostics({
      uri: document.uri,
      diagnostics: problems.map(({ start, end, message }) => ({
        range: { start: document.positionAt(start), end: document.positionAt(end) },
        message: `${message}.`,
        severity: settings ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error,
        source: 'ndis',
      })),
    });
    if (!settings) this.#sayBroken(document, problems[0]);
    else {
      this.#lastGood.set(id, settings);
      this.#projectsInUse = false;
    }
    return this.#lastGood.get(id) ?? { rules: {}, projects: [] };
  }

  #sayBroken(document: TextDocument, problem: { start: number; message: string } | undefined): void {
    const line = document.positionAt(problem?.start ?? 0).line + 1;
    say(
      this.#host.connection,
      'error',
      `${nameOf(document.uri)} cannot be read, line ${line}: ${problem?.message ?? 'no settings'}. What it said before stays in force.`,
    );
  }

  #editorSettings(root: string | undefined): Promise<EditorSettings> {
    if (!this.#host.abilities.pullConfiguration) return Promise.resolve(this.#sent);
    const scope = root ?? '';
    let asked = this.#asked.get(scope);
    if (!asked) this.#asked.set(scope, (asked = this.#ask(root)));
    return asked;
  }

  async #ask(root: string | undefined): Promise<EditorSettings> {
    try {
      const item = { section: 'ndis', ...(root !== undefined && { scopeUri: uriOfId(root) }) };
      return ((await this.#host.connection.workspace.getConfiguration(item)) as EditorSettings | null) ?? {};
    } catch (error) {
      this.#host.connection.console.warn(`The client did not answer for its settings: ${String(error)}`);
      return {};
    }
  }

  #complain(complaint: string): void {
    if (this.#complained.has(complaint)) return;
    this.#complained.add(complaint);
    say(this.#host.connection, 'warning', complaint);
  }
}
