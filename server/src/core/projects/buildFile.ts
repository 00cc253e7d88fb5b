/** One of the things that are built: a driver, or a library that drivers link. */
export interface Target {
  /** Id of the build file that tells it. */
  readonly id: string;
  /** For people: the name of the project file, or of the folder. */
  readonly name: string;
  /** Its sources and headers, each with the ids that it may have; `*`, `?` and `**` stand for whatever is there. */
  readonly files: readonly (readonly string[])[];
  /** Of these, the ones that are not built. */
  readonly without: readonly string[];
  /** Name to value; the value is empty where there is none. */
  readonly definitions: ReadonlyMap<string, string>;
  /** Ids of the build files whose libraries it links. */
  readonly references: readonly string[];
  /** The library files that it links. */
  readonly libraries: readonly LinkedLibrary[];
  /** Name of the file that it is built into, in lower case and without its ending. */
  readonly output: string;
  /** Other targets link it; by itself it is no driver. */
  readonly isLibrary: boolean;
  /** It runs as a process of its own: no driver, though it may share sources with one. */
  readonly isProgram: boolean;
  /** Told by a compilation database, which knows nothing of what is linked. */
  readonly isGuess?: true;
}

/** A library file by its name in lower case, without its ending. */
export interface LinkedLibrary {
  readonly name: string;
  /** It is told by a path near the build file: the driver's own code, not a part of a kit. */
  readonly isOwn: boolean;
}

/** The build files that are known, by id. */
export type FindBuildFile = (id: string) => BuildFile | undefined;

/** A build file as it was read. What it tells may depend on the files that it imports. */
export interface BuildFile {
  readonly id: string;
  /** What is built; nothing for a file that is only there to be imported. */
  targets(find: FindBuildFile): Target[];
  /** Ids of build files that it imports or refers to. */
  linked(find: FindBuildFile): string[];
  /** Definitions of single files, by the key of the file. */
  readonly fileDefinitions?: ReadonlyMap<string, ReadonlyMap<string, string>>;
}
