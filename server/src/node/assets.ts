import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Assets } from '../core/assets.js';

/** The files that the build puts beside the bundle. */
export function assetsBeside(folder: string): Assets {
  return {
    bytes: (name) => readFile(path.join(folder, name)),
    json: async (name) => JSON.parse(await readFile(path.join(folder, name), 'utf8')) as unknown,
  };
}
