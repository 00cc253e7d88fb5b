import type { Connection, WorkspaceFolder } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Location, TextEdit } from '../core/api.js';
import { ruleNames } from '../core/ruleInfo.js';
import type { Service } from '../core/service.js';
import { decode } from '../core/text/decode.js';
import type { ClientAbilities } from './abilities.js';
import { Diagnostics } from './diagnostics.js';
import { type DocumentListener, Documents } from './documents.js';
import type { Environment, Files } from './environment.js';
import { fileId, uriOfId } from './fileIds.js';
import { filesOfClient } from './remoteFiles.js';
import { say } from './say.js';
import { Settings } from './settings.js';
import { WorkspaceFiles } from './workspaceFiles.js';

/** Everything that lasts from `initialize` to `exit`. */
export class Session implements DocumentListener {
  readonly connection: Connection;
  readonly environment: Environment;
  readonly abilities: ClientAbilities;
  readonly documents = new Documents(this);
  readonly settings: Settings;
  readonly diagnostics: Diagnostics;
  readonly workspace: WorkspaceFiles;
  /** Messages handled so far; work that may wait looks whether it still grows. */
  messages = 0;
  readonly #loading: Promise<Service | undefined>;
  #service: Service | undefined;
  #folders: readonly string[];
  readonly #clientFiles: Files | undefined;

  constructor(
    connection: Connection,
    environment: Environment,
    abilities: ClientAbilities,
    folders: readonly WorkspaceFolder[],
    loading: Promise<Service>,
  ) {
    this.connection = connection;
    this.environment = environment;
    this.abilities = abilities;
    this.#folders = foldersById(folders);
    this.#clientFiles = abilities.servesFiles ? filesOfClient(connection) : undefined;
    this.settings = new Settings({
      connection,
      abilities,
      folders: () => this.#folders,
      readText: (id) => this.readText(id),
      knownRules: new Set(ruleNames),
    });
    this.workspace = new WorkspaceFiles({
      connection,
      clock: environment.clock,
      progress: abilities.progress,
      service: () => this.#loaded(),
      folders: () => this.#folders,
      filesFor: (id) => this.#filesFor(id),
      filesChanged: () => this.diagnostics.allChanged(),
      releaseMemory: () => environment.releaseMemory?.(),
    });
    this.diagnostics = new Diagnostics(this);
    this.#loading = loading.then(
      (service) => this.#start(service),
      (error: unknown) => this.#cannotStart(error),
    );
  }

  /**
   * Asks the service about an open document, under the settings that hold for it.
   * @returns undefined where the document is not open or the service could not be loaded
   */
  async ask<T>(
    uri: string,
    question: (service: Service, document: TextDocument, id: string) => T,
  ): Promise<Awaited<T> | undefined> {
    const id = fileId(uri);
    const service = await this.#loading;
    if (!service || !this.documents.byId(id)) return undefined;
    const configuration = await this.settings.for(id);
    const document = this.documents.byId(id);
    if (!document) return undefined;
    this.settings.use(service, configuration);
    return await question(service, document, id);
  }

  /** The service, once it is loaded; undefined where it could not be. */
  get service(): Promise<Service | undefined> {
    return this.#loading;
  }

  setFolders(added: readonly WorkspaceFolder[], removed: readonly WorkspaceFolder[]): void {
    const gone = new Set(foldersById(removed));
    this.#folders = [...this.#folders.filter((folder) => !gone.has(folder)), ...foldersById(added)];
    this.settings.editorChanged(undefined);
  }

  opened(id: string, document: TextDocument): void {
    if (!this.#service) return;
    this.#service.open(id, document.languageId, document.getText());
    this.#background(this.workspace.opened(id));
    this.diagnostics.changed(id);
  }

  changed(id: string, document: TextDocument): void {
    if (!this.#service) return;
    this.#service.change(id, document.getText());
    this.workspace.changed(id);
    this.diagnostics.changed(id);
  }

  closed(id: string): void {
    this.diagnostics.closed(id);
    if (!this.#service) return;
    this.#service.close(id);
    this.#background(this.workspace.closed(id));
  }

  /** Text to find positions in: the open document, or the file as it stands on disk. */
  async textDocument(id: string): Promise<TextDocument | undefined> {
    const known = this.textDocumentNow(id);
    if (known) return known;
    const text = await this.readText(id);
    return text === undefined ? undefined : TextDocument.create(uriOfId(id), 'c', 0, text);
  }

  /** The same without looking at the disk. */
  textDocumentNow(id: string): TextDocument | undefined {
    const open = this.documents.byId(id);
    if (open) return open;
    const text = this.#service?.textOf(id);
    return text === undefined ? undefined : TextDocument.create(uriOfId(id), 'c', 0, text);
  }

  async readText(id: string): Promise<string | undefined> {
    const bytes = await this.#filesFor(id)?.read(uriOfId(id));
    return bytes && decode(bytes);
  }

  /** Places or edits with the texts they point into, those left out whose file cannot be read. */
  async withTexts<T extends Location | TextEdit>(
    places: readonly T[],
  ): Promise<{ place: T; document: TextDocument }[]> {
    const ids = [...new Set(places.map((place) => place.uri))];
    const documents = new Map(await Promise.all(ids.map(async (id) => [id, await this.textDocument(id)] as const)));
    return places.flatMap((place) => {
      const document = documents.get(place.uri);
      return document ? [{ place, document }] : [];
    });
  }

  #filesFor(id: string): Files | undefined {
    return this.environment.files.reaches(uriOfId(id)) ? this.environment.files : this.#clientFiles;
  }

  #loaded(): Service {
    if (!this.#service) throw new Error('The service is not loaded');
    return this.#service;
  }

  #start(service: Service): Service {
    this.#service = service;
    for (const [id, document] of this.documents.entries()) this.opened(id, document);
    return service;
  }

  #cannotStart(error: unknown): undefined {
    const reason = error instanceof Error ? error.message : String(error);
    this.connection.console.error(`Loading failed: ${reason}`);
    say(this.connection, 'error', `NDIS Driver Tools cannot start, its files are incomplete: ${reason}`);
    return undefined;
  }

  #background(work: Promise<void>): void {
    work.catch((error: unknown) => this.connection.console.error(String(error)));
  }
}

const foldersById = (folders: readonly WorkspaceFolder[]) => folders.map(({ uri }) => fileId(uri).replace(/\/$/, ''));
