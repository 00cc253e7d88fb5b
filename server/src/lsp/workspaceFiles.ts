import type { Connection } from 'vscode-languageserver';
import { marksProject } from '../core/projects/marker.js';
import { isProjectFile } from '../core/projects/projectFile.js';
import { isSkippedFolder } from '../core/projects/skipped.js';
import type { Service } from '../core/service.js';
import { isKitFile } from '../core/settings/kits.js';
import { lintFileName } from '../core/settings/lintFile.js';
import { decode } from '../core/text/decode.js';
import type { Clock, Files } from './environment.js';
import { fileId, folderOf, isBelow, nameOf, resolvePath, uriOfId } from './fileIds.js';
import { type Progress, startProgress } from './progress.js';

export interface WorkspaceHost {
  connection: Connection;
  clock: Clock;
  /** Client can show progress. */
  progress: boolean;
  service(): Service;
  folders(): readonly string[];
  filesFor(id: string): Files | undefined;
  /** Something that findings may depend on was read. */
  filesChanged(): void;
  releaseMemory(): Promise<void> | undefined;
}

/** Longest work between two answers to the client, in milliseconds. */
const slice = 20;
/** Bytes past which a file is not read: generated tables, not a driver's source. */
const largestFile = 4 << 20;
const largestProjectFile = 32 << 20;
const readAhead = 16;
/** Files after which it pays to give memory back, which holds up answers for some 50 ms. */
const manyFiles = 200;
/** Longest wait of the first findings for the files beside the one opened, in milliseconds. */
const patience = 2000;
/** Levels of folders above a source in which its project file is looked for. */
const levelsUp = 3;

/** Rounds of project files that name further ones, at most. */
const rounds = 8;

const quotedInclude = /^[ \t]*#[ \t]*include[ \t]*"([^"\n]+)"/gm;
/** Says no more than "worth reading"; the service decides what is an NDIS file. */
const ndisHint = /\bndis\.h\b|\bNdis[A-Z]|\bNDIS_|\bNET_BUFFER_LIST\b|\b(?:MINIPORT|PROTOCOL|FILTER|CM)_[A-Z]/i;

/**
 * Reads the sources that belong to the drivers being worked on: first the files beside an opened NDIS file, then the
 * rest of its workspace folder, in slices between which requests are answered.
 */
export class WorkspaceFiles {
  readonly #host: WorkspaceHost;
  readonly #near = new Map<string, Promise<void>>();
  readonly #whole = new Map<string, Promise<void>>();
  readonly #added = new Set<string>();
  readonly #lookedUp = new Set<string>();
  #folders: Set<string> | undefined;
  #sliceBegan = 0;

  constructor(host: WorkspaceHost) {
    this.#host = host;
  }

  /** Resolves when the files beside an opened NDIS file are read, or after a while. */
  near(id: string): Promise<void> {
    const reading = this.#near.get(folderOf(id));
    if (!reading) return Promise.resolve();
    let stop = () => {};
    const timeout = new Promise<void>((resolve) => (stop = this.#host.clock.after(patience, resolve)));
    return Promise.race([reading, timeout]).finally(stop);
  }

  /** A document is open: reads what stands around it, if it is an NDIS file. */
  async opened(id: string): Promise<void> {
    const service = this.#host.service();
    if (!service.isNdisFile(id)) await this.#readHeaders(id);
    if (service.isNdisFile(id)) this.#readAround(id);
  }

  /** A document changed; only its first NDIS name makes a difference. */
  changed(id: string): void {
    if (!this.#near.has(folderOf(id)) && this.#host.service().isNdisFile(id)) this.#readAround(id);
  }

  /** A document was closed: what counts now is the file on disk. */
  async closed(id: string): Promise<void> {
    if (this.#added.has(id)) await this.#add(id);
  }

  /**
   * A file was written, created or deleted outside the editor; a deleted folder may be all that is told of its files.
   * @returns whether anything is known otherwise than before
   */
  async changedOnDisk(id: string, deleted: boolean): Promise<boolean> {
    if (deleted) return this.#forget(id);
    if (!this.#isWatched(id)) return false;
    // What cannot be read any more is gone, whatever the client calls it.
    if (!(await this.#add(id))) return this.#forget(id);
    if (isProjectFile(id)) await this.#readListed();
    return true;
  }

  #forget(id: string): boolean {
    const gone = this.#added.has(id) ? [id] : [];
    if (gone.length === 0 && this.#foldersOfAdded().has(id))
      gone.push(...[...this.#added].filter((other) => isBelow(other, id)));
    for (const one of gone) {
      this.#added.delete(one);
      this.#host.service().removeFile(one);
    }
    return gone.length > 0;
  }

  /** Every folder above a file that was added, made anew after one more was. */
  #foldersOfAdded(): ReadonlySet<string> {
    if (!this.#folders) {
      this.#folders = new Set();
      for (const id of this.#added)
        for (let at = folderOf(id); at !== '' && !this.#folders.has(at); at = folderOf(at)) this.#folders.add(at);
    }
    return this.#folders;
  }

  #isWatched(id: string): boolean {
    if (this.#added.has(id)) return true;
    return [...this.#near.keys(), ...this.#whole.keys()].some(
      (folder) => isBelow(id, folder) && !folderOf(id.slice(folder.length)).split('/').some(isSkippedFolder),
    );
  }

  /** A file is an NDIS file too when a quoted header of its folder is: reads those that it includes. */
  async #readHeaders(id: string): Promise<void> {
    const waiting = [id];
    for (let next = waiting.shift(); next !== undefined && this.#lookedUp.size < 1000; next = waiting.shift()) {
      const text = this.#host.service().textOf(next) ?? '';
      for (const [, path = ''] of text.matchAll(quotedInclude)) {
        const header = resolvePath(folderOf(next), path);
        if (this.#lookedUp.has(header)) continue;
        this.#lookedUp.add(header);
        if (await this.#add(header)) waiting.push(header);
      }
    }
  }

  #readAround(id: string): void {
    const folder = folderOf(id);
    if (this.#near.has(folder)) return;
    this.#near.set(folder, this.#guard(this.#readNear(folder)));
    const root = this.#host.folders().find((candidate) => isBelow(id, candidate));
    if (root === undefined || this.#whole.has(root)) return;
    this.#whole.set(root, this.#guard(Promise.resolve(this.#near.get(folder)).then(() => this.#readWhole(root))));
  }

  async #guard(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#host.connection.console.error(`Reading the workspace: ${String(error)}`);
    }
    this.#host.filesChanged();
  }

  async #readNear(folder: string): Promise<void> {
    const { top, deep } = await this.#projectFolder(folder);
    const ids = await this.#list(top, deep ? 6 : 0);
    await this.#addAll(ids.slice(0, 2000), () => {});
    await this.#readListed();
  }

  /** Files that project files list or import from elsewhere, such as a folder that several drivers share. */
  async #readListed(): Promise<void> {
    for (let round = 0; round < rounds; round++) {
      const wanted = this.#host.service().wantedFiles();
      const fresh = wanted.filter((id) => !this.#lookedUp.has(id) && !isKitFile(id)).slice(0, 2000);
      if (fresh.length === 0) return;
      for (const id of fresh) this.#lookedUp.add(id);
      await this.#addAll(fresh, () => {});
    }
  }

  /** The nearest folder that holds a project file, a few levels up at most; failing it, the folder alone. */
  async #projectFolder(folder: string): Promise<{ top: string; deep: boolean }> {
    const root = this.#host.folders().find((candidate) => folder === candidate || isBelow(folder, candidate));
    for (let at = folder, level = 0; level <= levelsUp && at.includes('/'); at = folderOf(at), level++) {
      const ids = await this.#list(at, 0);
      if (ids.some(marksProject)) return { top: at, deep: root !== undefined };
      if (at === root || root === undefined) break;
    }
    return { top: folder, deep: root !== undefined };
  }

  async #readWhole(root: string): Promise<void> {
    const ids = (await this.#list(root, 32)).filter((id) => !this.#added.has(id));
    const progress = this.#host.progress
      ? startProgress(this.#host.connection, this.#host.clock, 'Reading driver sources')
      : undefined;
    try {
      await this.#addAllThatMatter(ids, progress);
      await this.#readListed();
    } finally {
      progress?.end();
      await this.#settle(ids.length);
    }
  }

  async #settle(files: number): Promise<void> {
    this.#host.service().settled();
    if (files >= manyFiles) await this.#host.releaseMemory();
  }

  async #list(folder: string, depth: number): Promise<string[]> {
    const uris = await this.#host.filesFor(folder)?.list(uriOfId(folder), depth);
    return (uris ?? []).map(fileId);
  }

  async #addAll(ids: string[], step: (done: number) => void): Promise<void> {
    for (let from = 0; from < ids.length; from += readAhead) {
      const texts = await Promise.all(ids.slice(from, from + readAhead).map((id) => this.#read(id)));
      for (const [index, text] of texts.entries()) {
        const id = ids[from + index];
        if (id !== undefined && text !== undefined) await this.#take(id, text);
      }
      step(Math.min(ids.length, from + readAhead));
    }
  }

  /** Folder by folder, leaving out folders in which no file names anything of NDIS. */
  async #addAllThatMatter(ids: string[], progress: Progress | undefined): Promise<void> {
    let done = 0;
    for (const group of byFolder(ids)) {
      progress?.report(done, ids.length);
      done += group.length;
      if (await this.#matters(group)) await this.#addAll(group, () => {});
      await this.#pause();
    }
  }

  async #matters(group: string[]): Promise<boolean> {
    for (const id of group) {
      if (isProjectFile(id) || ndisHint.test((await this.#read(id)) ?? '')) return true;
      await this.#pause();
    }
    return false;
  }

  async #add(id: string): Promise<boolean> {
    const text = await this.#read(id);
    if (text === undefined) return false;
    await this.#take(id, text);
    return true;
  }

  async #take(id: string, text: string): Promise<void> {
    this.#host.service().addFile(id, text);
    if (!this.#added.has(id)) this.#folders = undefined;
    this.#added.add(id);
    await this.#pause();
  }

  async #read(id: string): Promise<string | undefined> {
    if (nameOf(id) === lintFileName) return undefined;
    const bytes = await this.#host.filesFor(id)?.read(uriOfId(id));
    if (!bytes || bytes.length > (isProjectFile(id) ? largestProjectFile : largestFile)) return undefined;
    return decode(bytes);
  }

  /** Lets waiting requests be answered once a slice is used up. */
  async #pause(): Promise<void> {
    if (this.#host.clock.now() - this.#sliceBegan < slice) return;
    await this.#host.clock.turn();
    this.#sliceBegan = this.#host.clock.now();
  }
}

function byFolder(ids: string[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const id of ids) {
    const group = groups.get(folderOf(id));
    if (group) group.push(id);
    else groups.set(folderOf(id), [id]);
  }
  return [...groups.values()];
}
