import type { FileSummary } from './summary.js';

/** The files that one file is judged with. */
export interface ProjectFiles {
  /** Folder or project file, for people. */
  name: string;
  files: FileSummary[];
  /** A quoted include of the file, or of a header it includes, leads to no known file. */
  unresolvedIncludes: boolean;
  /** It could not be told which driver the file belongs to: it stands alone. */
  ambiguous: boolean;
}

/** Groups the files of a workspace into drivers. Without project files a driver is the folder subtree around the code
 * that registers it; headers reached by quoted includes belong to it wherever they are. */
export class Projects {
  private readonly byFolder = new Map<string, FileSummary[]>();
  private readonly byName = new Map<string, FileSummary[]>();
  /** Folders where a driver begins. */
  private readonly entries = new Set<string>();
  private readonly registering = new Set<string>();
  private readonly markers = new Set<string>();

  constructor(files: Iterable<FileSummary>, projectFiles: Iterable<string> = []) {
    for (const file of files) {
      add(this.byFolder, folderOf(file.uri), file);
      add(this.byName, baseName(file.uri).toLowerCase(), file);
      if (file.functions.has(entryPoint)) this.entries.add(folderOf(file.uri));
      if (registers(file)) this.registering.add(folderOf(file.uri));
    }
    for (const uri of projectFiles) this.markers.add(folderOf(uri));
  }

  of(file: FileSummary): ProjectFiles {
    const root = this.rootOf(folderOf(file.uri));
    const inFolder = root === undefined ? (this.byFolder.get(folderOf(file.uri)) ?? [file]) : this.below(root);
    const files = new Set<FileSummary>([file, ...inFolder]);
    const { missing } = this.addIncluded(files);
    return {
      name: baseName(root ?? folderOf(file.uri)) || '/',
      files: [...files],
      unresolvedIncludes: missing.has(file) || this.reaches(file, missing),
      ambiguous: root === undefined,
    };
  }

  /** The driver's folder: the nearest with a project file, else the nearest whose subtree registers exactly one driver. */
  private rootOf(folder: string): string | undefined {
    for (let at: string | undefined = folder; at !== undefined; at = parentOf(at)) {
      if (this.markers.has(at)) return at;
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

  private below(root: string): FileSummary[] {
    const files: FileSummary[] = [];
    for (const [folder, list] of this.byFolder) {
      if (isBelow(folder, root) && !this.hasOwnMarker(folder, root)) files.push(...list);
    }
    return files;
  }

  /** A folder below the root that a nearer project file claims. */
  private hasOwnMarker(folder: string, root: string): boolean {
    for (let at: string | undefined = folder; at !== undefined && at !== root; at = parentOf(at)) if (this.markers.has(at)) return true;
    return false;
  }

  private addIncluded(files: Set<FileSummary>): { missing: Set<FileSummary> } {
    const missing = new Set<FileSummary>();
    for (const file of files) {
      for (const path of file.includes) {
        const found = this.resolve(file, path);
        if (found) files.add(found);
        else missing.add(file);
      }
    }
    return { missing };
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
    const candidates = this.byName.get(baseName(path).toLowerCase()) ?? [];
    const folder = folderOf(from.uri);
    let best: FileSummary | undefined;
    for (const candidate of candidates) {
      if (folderOf(candidate.uri) === folder) return candidate;
      if (!best || commonLength(candidate.uri, folder) > commonLength(best.uri, folder)) best = candidate;
    }
    return best;
  }
}

/** Where Windows enters every driver. */
const entryPoint = 'DriverEntry';

function registers(file: FileSummary): boolean {
  return file.fills.some((fill) => fill.structure.registers !== undefined && fill.handlers.length > 0);
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

export function folderOf(uri: string): string {
  return uri.slice(0, Math.max(0, uri.replace(/\\/g, '/').lastIndexOf('/')));
}

function parentOf(folder: string): string | undefined {
  const at = folder.lastIndexOf('/');
  return at > 0 && !folder.endsWith(':/') && !folder.endsWith('//') ? folder.slice(0, at) : undefined;
}

export function baseName(path: string): string {
  return path.slice(path.replace(/\\/g, '/').lastIndexOf('/') + 1);
}

function isBelow(folder: string, root: string): boolean {
  return folder === root || folder.startsWith(`${root}/`);
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
