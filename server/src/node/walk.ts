import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { isProjectFile } from '../core/projects/projectFile.js';
import { isSkippedFolder } from '../core/projects/skipped.js';
import { isKitFile } from '../core/settings/kits.js';
import { lintFileName } from '../core/settings/lintFile.js';

const sourceName = /\.(?:c|cc|cpp|cxx|h|hh|hpp|hxx|inl)$/i;

export const isSourceName = (name: string): boolean => sourceName.test(name);

/**
 * Sources, headers, project files and settings files below a folder, in the order of their names; links are not
 * followed, so that no loop is walked. Folders that cannot be read count as empty.
 * @param depth levels of folders to go down; 0 is the folder alone
 */
export async function walk(folder: string, depth: number): Promise<string[]> {
  const files: string[] = [];
  const folders: string[] = [];
  for (const entry of await entries(folder)) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory() && depth > 0 && isWalked(entry.name, file)) folders.push(file);
    else if (entry.isFile() && isWanted(entry.name)) files.push(file);
  }
  for (const below of folders) files.push(...(await walk(below, depth - 1)));
  return files;
}

const isWanted = (name: string) => sourceName.test(name) || isProjectFile(`/${name}`) || name === lintFileName;

const isWalked = (name: string, file: string) => !isSkippedFolder(name) && !isKitFile(`${file}/`);

async function entries(folder: string): Promise<Dirent[]> {
  try {
    const found = await readdir(folder, { withFileTypes: true });
    return found.sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch {
    return [];
  }
}
