import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { marksProject } from '../core/projects/marker.js';
import { isKitFile } from '../core/settings/kits.js';
import { decode } from '../core/text/decode.js';
import { isSourceName, walk } from '../node/walk.js';
import { idOf } from './fileIds.js';
import { UsageError } from './usage.js';

/** What is checked, and what is read beside it because it belongs to the same drivers. */
export interface Sources {
  /** Absolute paths to check, each once. */
  checked: string[];
  /** Absolute paths of everything to read, `checked` among them. */
  known: string[];
}

/** Levels of folders above a path in which its project file is looked for. */
const levelsUp = 3;
const deepest = 64;
/** Levels below the folder of a single file that are read where no project file says what belongs together. */
const levelsBeside = 1;

/** @param paths files and folders as the user names them */
export async function findSources(paths: readonly string[]): Promise<Sources> {
  const checked = new Set<string>();
  const known = new Set<string>();
  for (const given of paths) {
    const file = path.resolve(given);
    const isFolder = await kindOf(given, file);
    const found = isFolder ? (await walk(file, deepest)).filter((name) => isSourceName(name)) : [file];
    for (const source of found) if (!isKitFile(source)) checked.add(source);
    const around = isFolder
      ? await projectAround(file, deepest)
      : await projectAround(path.dirname(file), levelsBeside);
    for (const other of around) known.add(other);
  }
  for (const source of checked) known.add(source);
  return { checked: [...checked], known: [...known] };
}

async function kindOf(given: string, file: string): Promise<boolean> {
  try {
    const { isDirectory, isFile } = await stat(file).then((found) => ({
      isDirectory: found.isDirectory(),
      isFile: found.isFile(),
    }));
    if (!isDirectory && !isFile) throw new UsageError(`${given} is neither a file nor a folder`);
    return isDirectory;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${given}: ${reason(error)}`);
  }
}

/**
 * Files below the nearest folder that holds a project file, or below the folder itself.
 * @param depth levels to go down where there is no project file
 */
async function projectAround(folder: string, depth: number): Promise<string[]> {
  for (let at = folder, level = 0; level <= levelsUp; at = path.dirname(at), level++) {
    const here = await walk(at, 0);
    if (here.some((file) => marksProject(idOf(file)))) return walk(at, deepest);
  }
  return walk(folder, depth);
}

/** Decoded text of a file. */
export async function readText(file: string): Promise<string> {
  return decode(await readFile(file));
}

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'access is not permitted',
  EPERM: 'access is not permitted',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is no folder',
  ELOOP: 'its links lead in a circle',
  EROFS: 'the disk cannot be written to',
};

/** A file system error in words for the user. */
export function reason(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return reasons[code ?? ''] ?? message ?? String(error);
}
