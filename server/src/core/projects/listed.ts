import type { FileSummary } from '../model/summary.js';
import type { Target } from './buildFile.js';
import { commonLength, type FileIndex } from './fileIndex.js';
import { sameFileKey } from './paths.js';

/** A driver as build files list it: its own files, and those of the libraries that it links. */
export interface ListedDriver {
  readonly name: string;
  /** Known files, headers that they include not among them. */
  readonly files: ReadonlySet<FileSummary>;
  readonly definitions: ReadonlyMap<string, string>;
  /** Something of it is out of sight: a listed source or an own library that is not known, or who links the library. */
  readonly isPartial: boolean;
  /** Told by a compilation database, or of a program: it counts where nothing else tells. */
  readonly isGuess: boolean;
}

/** Where Windows enters every driver. */
export const entryPoint = 'DriverEntry';

/** The drivers among the targets. */
export function listedDrivers(targets: readonly Target[], index: FileIndex): ListedDriver[] {
  const built = linkedParts(targets).map(([target, ...linked]) => driverOf(target, linked, index, target.isLibrary));
  return [...built, ...guessed(targets, index)].filter(({ files }) => files.size > 0);
}

/** Each target with the libraries that it links. A library stands by itself only where no target links it. */
export function linkedParts(targets: readonly Target[]): [Target, ...Target[]][] {
  const certain = targets.filter((target) => !target.isGuess);
  const links = new Links(certain);
  const linked = new Set(certain.filter(({ isLibrary }) => !isLibrary).flatMap((target) => links.of(target)));
  return certain.filter((target) => !linked.has(target)).map((target) => [target, ...links.of(target)]);
}

/** Targets of one compilation database: those without an entry point may be linked to any that has one. */
function guessed(targets: readonly Target[], index: FileIndex): ListedDriver[] {
  const databases = new Set(targets.filter(({ isGuess }) => isGuess).map(({ id }) => id));
  return [...databases].flatMap((database) => {
    const list = targets.filter(({ id }) => id === database);
    const enters = (target: Target): boolean =>
      [...filesOf(target, index)].some((file) => file.functions.has(entryPoint));
    const libraries = list.filter((target) => !enters(target));
    return list.filter(enters).map((target) => driverOf(target, libraries, index, false));
  });
}

function driverOf(target: Target, linked: readonly Target[], index: FileIndex, isPartial: boolean): ListedDriver {
  const parts = [target, ...linked];
  return {
    name: target.name,
    files: new Set(parts.flatMap((part) => [...filesOf(part, index)])),
    definitions: new Map([...linked, target].flatMap(({ definitions }) => [...definitions])),
    isPartial: isPartial || parts.some((part) => isMissing(part, index) || linksUnknown(part, linked)),
    isGuess: target.isGuess === true || target.isProgram,
  };
}

function filesOf(target: Target, index: FileIndex): Set<FileSummary> {
  const files = new Set(target.files.flatMap((ids) => ids.flatMap((id) => index.matching(id))));
  for (const id of target.without) for (const file of index.matching(id)) files.delete(file);
  return files;
}

/** A source is listed that is not known. Headers are looked for where they are included. */
function isMissing(target: Target, index: FileIndex): boolean {
  const left = new Set(target.without.map(sameFileKey));
  return target.files.some((ids) =>
    ids.every((id) => !/[*?]|\.h\w*$/i.test(id) && !left.has(sameFileKey(id)) && !index.get(id)),
  );
}

const linksUnknown = ({ libraries }: Target, linked: readonly Target[]): boolean =>
  libraries.some(({ name, isOwn }) => isOwn && !linked.some(({ output }) => output === name));

/** Which targets link which libraries, by reference to the project or by the name of the library file. */
class Links {
  private readonly libraries: readonly Target[];

  constructor(targets: readonly Target[]) {
    this.libraries = targets.filter(({ isLibrary }) => isLibrary);
  }

  /** The libraries of the target, those that its libraries link among them. */
  of(target: Target): Target[] {
    const found = new Set<Target>();
    const waiting = [target];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      for (const library of this.direct(next)) {
        if (library === target || found.has(library)) continue;
        found.add(library);
        waiting.push(library);
      }
    }
    return [...found];
  }

  private direct(target: Target): Target[] {
    const references = new Set(target.references.map(sameFileKey));
    const byReference = this.libraries.filter(({ id }) => references.has(sameFileKey(id)));
    return [...byReference, ...target.libraries.flatMap(({ name }) => this.named(name, target) ?? [])];
  }

  /** Of libraries with the same name the nearest one. */
  private named(name: string, from: Target): Target | undefined {
    return this.libraries
      .filter(({ output }) => output === name)
      .sort((a, b) => commonLength(b.id, from.id) - commonLength(a.id, from.id))[0];
  }
}
