import type { FileSummary } from '../model/summary.js';
import type { BuildFile, Target } from './buildFile.js';
import { FileIndex, matcher } from './fileIndex.js';
import { mayDeclare } from './kitHeaders.js';
import { entryPoint, type ListedDriver, listedDrivers } from './listed.js';
import { folderOf, isBelow, nameOf, parentOf, sameFileKey } from './paths.js';
import type { StatedProject } from './stated.js';

/** The files that one file is judged with. */
export interface ProjectFiles {
  /** Project file or folder, for people. */
  name: string;
  files: FileSummary[];
  definitions: ReadonlyMap<string, string>;
  /** A quoted include of the file, or of a header it includes, leads to no known file: declarations may be out of sight. */
  unresolvedIncludes: boolean;
  /** Code of the driver may be out of sight: a source or a library that build files list. */
  isPartial: boolean;
  /** It could not be told which driver the file belongs to: it stands alone. */
  ambiguous: boolean;
  /** What is stated of the driver by hand. */
  stated?: StatedProject;
}

/** What the grouping is made of. */
export interface ProjectSources {
  readonly files: Iterable<FileSummary>;
  readonly buildFiles: readonly BuildFile[];
  readonly targets: readonly Target[];
  readonly stated: readonly StatedProject[];
}

/** Groups the files of a workspace into drivers: as stated by hand, as project files list them, else the folder subtree
 * around the code that registers the driver. Headers reached by quoted includes belong to it wherever they are. */
export class Projects {
  private readonly index: FileIndex;
  /** Folders where a driver begins. */
  private readonly entries = new Set<string>();
  private readonly registering = new Set<string>();
  private readonly sources: ProjectSources;
  private members: { driver: ListedDriver; files: Set<FileSummary> }[] | undefined;

  constructor(sources: ProjectSources) {
    this.sources = sources;
    this.index = new FileIndex(sources.files);
    for (const file of this.index.all) {
      if (file.functions.has(entryPoint)) this.entries.add(folderOf(file.uri));
      if (registers(file)) this.registering.add(folderOf(file.uri));
    }
  }

  /** Puts a new summary of a file in the place of its old one. False where the change may move files between drivers:
   * then the grouping has to be made again. */
  replace(old: FileSummary, fresh: FileSummary): boolean {
    if (groupingKey(old) !== groupingKey(fresh) || !this.index.replace(old, fresh)) return false;
    for (const { files } of this.members ?? []) if (files.delete(old)) files.add(fresh);
    return true;
  }

  /** The drivers that the file is part of; never empty. */
  of(file: FileSummary): ProjectFiles[] {
    const stated = this.sources.stated.filter((project) => project.files.some((id) => holds(id, file.uri)));
    if (stated.length) return stated.map((project) => this.statedProject(project, file));
    const listed = this.listing().filter(({ files }) => files.has(file));
    const certain = listed.filter(({ driver }) => !driver.isGuess);
    if (listed.length) return (certain.length ? certain : listed).map((member) => this.listedProject(member, file));
    return [this.folderProject(file)];
  }

  private listedProject({ driver, files }: { driver: ListedDriver; files: Set<FileSummary> }, file: FileSummary) {
    const definitions = new Map([...this.definitionsBeside(files), ...driver.definitions]);
    return { ...this.complete(driver.name, file, files, definitions), isPartial: driver.isPartial };
  }

  private statedProject(project: StatedProject, file: FileSummary): ProjectFiles {
    const files = new Set([...this.index.all].filter((other) => project.files.some((id) => holds(id, other.uri))));
    const definitions = new Map([...this.definitionsBeside(files), ...this.definitionsWithin(files)]);
    return { ...this.complete(project.name, file, files, definitions), stated: project };
  }

  private folderProject(file: FileSummary): ProjectFiles {
    const root = this.rootOf(folderOf(file.uri));
    const files = new Set(root === undefined ? this.index.in(folderOf(file.uri)) : this.below(root));
    const name = nameOf(root ?? folderOf(file.uri)) || '/';
    return {
      ...this.complete(name, file, files, this.definitionsBeside(files)),
      ambiguous: root === undefined,
    };
  }

  private complete(
    name: string,
    file: FileSummary,
    start: ReadonlySet<FileSummary>,
    definitions: ReadonlyMap<string, string>,
  ): ProjectFiles {
    const files = new Set<FileSummary>([file, ...start]);
    const missing = this.addIncluded(files);
    return {
      name,
      files: [...files],
      definitions,
      unresolvedIncludes: this.reaches(file, missing),
      isPartial: false,
      ambiguous: false,
    };
  }

  /** The files of each driver that build files list, with the headers that these include. */
  private listing(): { driver: ListedDriver; files: Set<FileSummary> }[] {
    this.members ??= listedDrivers(this.sources.targets, this.index).map((driver) => {
      const files = new Set(driver.files);
      this.addIncluded(files);
      return { driver, files };
    });
    return this.members;
  }

  /** Definitions that compilation databases tell of the files. */
  private definitionsBeside(files: ReadonlySet<FileSummary>): Map<string, string> {
    const definitions = new Map<string, string>();
    for (const { fileDefinitions } of this.sources.buildFiles) {
      if (!fileDefinitions) continue;
      for (const file of files)
        for (const [name, value] of fileDefinitions.get(sameFileKey(file.uri)) ?? []) definitions.set(name, value);
    }
    return definitions;
  }

  /** Definitions of the listed drivers whose sources all are among the files. */
  private definitionsWithin(files: ReadonlySet<FileSummary>): Map<string, string> {
    const within = this.listing().filter(({ driver }) =>
      [...driver.files].every((file) => files.has(file) || isHeader(file)),
    );
    return new Map(within.flatMap(({ driver }) => [...driver.definitions]));
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
    const claimed = new Set(this.listing().flatMap(({ files }) => [...files].filter((file) => !isHeader(file))));
    return this.index.below(root).filter((file) => !claimed.has(file));
  }

  /** Adds what the files include, and gives those with an include that leads nowhere. */
  private addIncluded(files: Set<FileSummary>): Set<FileSummary> {
    const missing = new Set<FileSummary>();
    for (const file of files) {
      for (const path of file.includes) {
        const found = this.index.included(file, path);
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
        const found = this.index.included(at, path);
        if (found) seen.add(found);
      }
    }
    return false;
  }
}

const isHeader = ({ uri }: FileSummary): boolean => /\.h\w*$/i.test(uri);

/** The stated id is the file, or a folder above it, or stands for it by `*`. */
function holds(id: string, uri: string): boolean {
  if (/[*?]/.test(id)) return matcher(id).test(uri);
  return sameFileKey(uri) === sameFileKey(id) || sameFileKey(uri).startsWith(`${sameFileKey(id).replace(/\/$/, '')}/`);
}

function registers(file: FileSummary): boolean {
  return file.fills.some((fill) => fill.structure.registers !== undefined && fill.handlers.length > 0);
}

/** Everything of a file that decides which driver it belongs to. */
function groupingKey(file: FileSummary): string {
  return [file.functions.has(entryPoint), registers(file), ...file.includes].join('\n');
}
