import type { BuildFile, Target } from './buildFile.js';
import { linkedParts } from './listed.js';
import { folderOf, isBelow, parentOf, sameFileKey } from './paths.js';
import { isProjectFile, readProjectFile } from './projectFile.js';

/** Levels of folders above a build file from which it may draw files in. */
const levelsUp = 4;

/** The build files that are known, and what they build. */
export class BuildFiles {
  private readonly byKey = new Map<string, BuildFile>();
  private built: readonly Target[] | undefined;

  get all(): readonly BuildFile[] {
    return [...this.byKey.values()];
  }

  get targets(): readonly Target[] {
    return (this.built ??= [...this.byKey.values()].flatMap((file) => file.targets(this.find)));
  }

  /** Takes a file in. One that cannot be read leaves what it said before in force, and gives false. */
  add(id: string, text: string): boolean {
    const file = readProjectFile(id, text);
    if (!file) return false;
    this.byKey.set(sameFileKey(id), file);
    this.built = undefined;
    return true;
  }

  remove(id: string): boolean {
    this.built = undefined;
    return this.byKey.delete(sameFileKey(id));
  }

  /** Ids of the files that these build files import or refer to, and of those that drivers list, near them: a path from
   * elsewhere in the system is not worth reading.
   * @param matters true for files that make what lists them a driver */
  wanted(matters: (id: string) => boolean): string[] {
    const linked = [...this.byKey.values()].flatMap((file) =>
      file.linked(this.find).map((id) => ({ id, from: file.id })),
    );
    const drivers = linkedParts(this.targets).filter((parts) => parts.some(({ files }) => files.flat().some(matters)));
    const listed = drivers.flat().flatMap(({ id: from, files }) => files.flat().map((id) => ({ id, from })));
    const near = [...linked, ...listed].filter(
      ({ id, from }) => worthReading(id) && isBelow(id, reach(from)) && !this.byKey.has(sameFileKey(id)),
    );
    return [...new Set(near.map(({ id }) => id))];
  }

  private readonly find = (id: string): BuildFile | undefined => this.byKey.get(sameFileKey(id));
}

const worthReading = (id: string): boolean =>
  !/[*?]/.test(id) && (isProjectFile(id) || /\.(?:c|cc|cpp|cxx|h|hh|hpp|hxx|inl)$/i.test(id));

function reach(id: string): string {
  let folder = folderOf(id);
  for (let level = 0; level < levelsUp; level++) folder = parentOf(folder) ?? folder;
  return folder;
}
