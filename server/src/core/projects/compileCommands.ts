import type { BuildFile, Target } from './buildFile.js';
import { folderOf, resolve, sameFileKey } from './paths.js';
import { definitionsIn, wordsOf } from './words.js';

interface Entry {
  file: string;
  definitions: Map<string, string>;
  /** Name of what the file is built into, where the path of the object file tells it. */
  target: string | undefined;
}

/** Reads a compilation database: definitions of each file, and what it is built into where its generator says so. */
export function readCompileCommands(id: string, text: string): BuildFile | undefined {
  const entries = entriesOf(id, text);
  if (!entries) return undefined;
  const targets = targetsOf(id, entries);
  const fileDefinitions = new Map<string, Map<string, string>>();
  for (const { file, definitions } of entries) {
    const known = fileDefinitions.get(sameFileKey(file));
    fileDefinitions.set(sameFileKey(file), known ? new Map([...known, ...definitions]) : definitions);
  }
  return { id, targets: () => targets, linked: () => [], fileDefinitions };
}

function entriesOf(id: string, text: string): Entry[] | undefined {
  let entries: unknown;
  try {
    entries = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(entries)) return undefined;
  return (entries as unknown[]).flatMap((entry) => {
    const read = readEntry(entry, folderOf(id));
    return read ? [read] : [];
  });
}

function readEntry(entry: unknown, folder: string): Entry | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { file, directory, command, arguments: list, output } = entry as Record<string, unknown>;
  if (typeof file !== 'string') return undefined;
  const base = typeof directory === 'string' ? resolve(folder, directory) : folder;
  const words = Array.isArray(list) ? list.map(String) : typeof command === 'string' ? wordsOf(command) : [];
  return {
    file: resolve(base, file),
    definitions: definitionsIn(words),
    target: targetIn([...(typeof output === 'string' ? [output] : []), ...words]),
  };
}

/** CMake puts the objects of a target into `CMakeFiles/<target>.dir`, Meson into `<target>.p`. */
function targetIn(words: readonly string[]): string | undefined {
  for (const word of words) {
    const name = /(?:^|[\\/]|^[-/]Fo)CMakeFiles[\\/]([^\\/]+)\.dir[\\/]|([^\\/]+)\.p[\\/][^\\/]+\.o(?:bj)?$/.exec(word);
    if (name) return name[1] ?? name[2]?.replace(/^[-/]Fo/, '');
  }
  return undefined;
}

/** One target per name. Where some file's is not told, nothing is: its definitions are all that is known. */
function targetsOf(id: string, entries: readonly Entry[]): Target[] {
  const byName = new Map<string, Entry[]>();
  for (const entry of entries) {
    if (entry.target === undefined) return [];
    byName.set(entry.target, [...(byName.get(entry.target) ?? []), entry]);
  }
  return [...byName].map(([name, list]) => ({
    id,
    name,
    files: list.map(({ file }) => [file]),
    without: [],
    definitions: new Map(list.flatMap(({ definitions }) => [...definitions])),
    references: [],
    libraries: [],
    output: name.toLowerCase(),
    isLibrary: false,
    isProgram: false,
    isGuess: true,
  }));
}
