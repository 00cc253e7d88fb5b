import type { FileSummary } from '../model/summary.js';
import { mayDeclare } from './kitHeaders.js';
import { folderOf, isBelow, nameOf, parentOf, sameFileKey } from './paths.js';
import type { ProjectFile } from './projectFile.js';

/** A driver stated by hand: files and folders by id. */
export interface StatedProject {
  name: string;
  files: string[];
}

/** The files that one file is judged with. */
export interface ProjectFiles {
  /** Project file or folder, for people. */
  name: string;
  files: FileSummary[];
  definitions: ReadonlyMap<string, string>;
  /** A quoted include of the file, or of a header it includes, leads to no known file. */
  unresolvedIncludes: boolean;
  /** It could not be told which driver the file belongs to: it stands alone. */
  ambiguous: boolean;
}

/** Where Windows enters every driver. */
const entryPoint = 'DriverEntry';

/** Groups the files of a workspace into drivers: as stated by hand, as project files list them, else the folder subtree
 * around the code that registers the driver. Headers reached by quoted includes belong to it wherever they are. */
export class Projects {
  private readonly byKey = new Map<string, FileSummary>();
  private readonly byFolder = new Map<string, FileSummary[]>();
  private readonly byName = new Map<string, FileSummary[]>();
  /** Folders where a driver begins. */
  private readonly entries = new Set<string>();
  private readonly registering = new Set<string>();
  private readonly stated: readonly StatedProject[];
  private readonly projectFiles: ReadonlyMap<string, ProjectFile>;
  private members: { project: ProjectFile; files: Set<FileSummary> }[] | undefined;

  constructor(
    files: Iterable<FileSummary>,
    projectFiles: ReadonlyMap<string, ProjectFile>,
    stated: readonly StatedProject[],
  ) {
    this.stated = stated;
    this.projectFiles = projectFiles;
    for (const file of files) {
      this.byKey.set(sameFileKey(file.uri), file);
      add(this.byFolder, folderOf(file.uri), file);
      add(this.byName, nameOf(file.uri).toLowerCase(), file);
      if (file.functions.has(entryPoint)) this.entries.add(folderOf(file.uri));
      if (registers(file)) this.registering.add(folderOf(file.uri));
    }
  }

  /** Puts a new summary of a file in the place of its old one. False where the change may move files between drivers:
   * then the grouping has to be made again. */
  replace(old: FileSummary, fresh: FileSummary): boolean {
    if (this.byKey.get(sameFileKey(old.uri)) !== old || groupingKey(old) !== groupingKey(fresh)) return false;
    this.byKey.set(sameFileKey(fresh.uri), fresh);
    exchange(this.byFolder.get(folderOf(fresh.uri)), old, fresh);
    exchange(this.byName.get(nameOf(fresh.uri).toLowerCase()), old, fresh);
    for (const { files } of this.members ?? []) if (files.delete(old)) files.add(fresh);
    return true;
  }

  /** The drivers that the file is part of; never empty. */
  of(file: FileSummary): ProjectFiles[] {
    const stated = this.stated.filter((project) => project.files.some((id) => holds(id, file.uri)));
    if (stated.length) return stated.map((project) => this.statedProject(project, file));
    const listed = this.listing().filter(({ files }) => files.has(file));
    if (listed.length)
      return listed.map(({ project, files }) =>
        this.complete(project.name, file, files, this.definitionsOf(project), false),
      );
    return [this.folderProject(file)];
  }

  private statedProject(project: StatedProject, file: FileSummary): ProjectFiles {
    const files = [...this.byKey.values()].filter((other) => project.files.some((id) => holds(id, other.uri)));
    return this.complete(project.name, file, new Set(files), this.definitionsBeside(files), false);
  }

  private folderProject(file: FileSummary): ProjectFiles {
    const root = this.rootOf(folderOf(file.uri));
    const inFolder = root === undefined ? (this.byFolder.get(folderOf(file.uri)) ?? []) : this.below(root);
    const name = nameOf(root ?? folderOf(file.uri)) || '/';
    return this.complete(
      name,
      file,
      new Set([file, ...inFolder]),
      this.definitionsBeside(inFolder),
      root === undefined,
    );
  }

  private complete(
    name: string,
    file: FileSummary,
    start: ReadonlySet<FileSummary>,
    definitions: ReadonlyMap<string, string>,
    ambiguous: boolean,
  ): ProjectFiles {
    const files = new Set<FileSummary>([file, ...start]);
    const missing = this.addIncluded(files);
    return { name, files: [...files], definitions, unresolvedIncludes: this.reaches(file, missing), ambiguous };
  }

  /** The files of each project file that lists any, with the headers that these include. */
  private listing(): { project: ProjectFile; files: Set<FileSummary> }[] {
    this.members ??= [...this.projectFiles.values()]
      .filter((project) => !project.definitionsOnly)
      .map((project) => {
        const listed = project.files.map((id) => this.byKey.get(sameFileKey(id))).filter((file) => file !== undefined);
        const files = new Set(listed);
        this.addIncluded(files);
        return { project, files };
      })
      .filter(({ files }) => files.size > 0);
    return this.members;
  }

  private definitionsOf(project: ProjectFile): Map<string, string> {
    const definitions = new Map(project.definitions);
    for (const id of project.imports) {
      const imported = this.projectFiles.get(sameFileKey(id));
      for (const [name, value] of imported?.definitions ?? []) if (!definitions.has(name)) definitions.set(name, value);
    }
    return definitions;
  }

  /** Definitions of compilation databases that build one of the files. */
  private definitionsBeside(files: readonly FileSummary[]): Map<string, string> {
    const keys = new Set(files.map((file) => sameFileKey(file.uri)));
    const definitions = new Map<string, string>();
    for (const project of this.projectFiles.values()) {
      if (!project.definitionsOnly || !project.files.some((id) => keys.has(sameFileKey(id)))) continue;
      for (const [name, value] of project.definitions) definitions.set(name, value);
    }
    return definitions;
  }

  /** The driver's folder: the nearest whose subtree begins exactly one driver. */
  private rootOf(folder: string): string | undefined {
    for (let at: string | undefined = folder; at !== undefined; at = parentOf(at)) {
      const drivers = this.driversBelow(at);
      if (drivers.length === 1 || drivers.includes(at)) return at;
      if (drivers.length > 1) return undefined;
    }
    return undefined;
  }

  private driversBelow(folder: string): string[] {
    const below = (folders: ReadonlySet<string>): string[] => [...folders].filter((other) => isBelow(other, folder));
    const entries = below(this.entries);
    return entries.length ? entries : below(this.registering);
  }

  /** Files in the subtree that no project file claims for another driver. */
  private below(root: string): FileSummary[] {
    const claimed = new Set(
      this.listing().flatMap(({ files }) => [...files].filter((file) => !/\.h\w*$/i.test(file.uri))),
    );
    const files: FileSummary[] = [];
    for (const [folder, list] of this.byFolder)
      if (isBelow(folder, root)) files.push(...list.filter((file) => !claimed.has(file)));
    return files;
  }

  /** Adds what the files include, and gives those with an include that leads nowhere. */
  private addIncluded(files: Set<FileSummary>): Set<FileSummary> {
    const missing = new Set<FileSummary>();
    for (const file of files) {
      for (const path of file.includes) {
        const found = this.resolve(file, path);
        if (found) files.add(found);
        else if (mayDeclare(path)) missing.add(file);
      }
    }
    return missing;
  }

  private reaches(file: FileSummary, missing: ReadonlySet<FileSummary>): boolean {
    const seen = new Set<FileSummary>([file]);
    for (const at of seen) {
      if (missing.has(at)) return true;
      for (const path of at.includes) {
        const found = this.resolve(at, path);
        if (found) seen.add(found);
      }
    }
    return false;
  }

  /** The known file that a quoted include most likely means: same folder first, then the longest common path. */
  private resolve(from: FileSummary, path: string): FileSummary | undefined {
    const candidates = this.byName.get(nameOf(path).toLowerCase()) ?? [];
    const folder = folderOf(from.uri);
    let best: FileSummary | undefined;
    for (const candidate of candidates) {
      if (folderOf(candidate.uri) === folder) return candidate;
      if (!best || commonLength(candidate.uri, folder) > commonLength(best.uri, folder)) best = candidate;
    }
    return best;
  }
}

/** The stated id is the file, or a folder above it. */
function holds(id: string, uri: string): boolean {
  return sameFileKey(uri) === sameFileKey(id) || sameFileKey(uri).startsWith(`${sameFileKey(id).replace(/\/$/, '')}/`);
}

function registers(file: FileSummary): boolean {
  return file.fills.some((fill) => fill.structure.registers !== undefined && fill.handlers.length > 0);
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Everything of a file that decides which driver it belongs to. */
function groupingKey(file: FileSummary): string {
  return [file.functions.has(entryPoint), registers(file), ...file.includes].join('\n');
}

function exchange<T>(list: T[] | undefined, old: T, fresh: T): void {
  const at = list?.indexOf(old) ?? -1;
  if (list && at >= 0) list[at] = fresh;
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
