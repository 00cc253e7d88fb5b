import { setImmediate } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Clock, Environment, Files } from '../lsp/environment.js';
import { assetsBeside } from './assets.js';
import { releaseMemory } from './memory.js';
import { readRegular } from './readRegular.js';
import { version } from './version.js';
import { walk } from './walk.js';

const clock: Clock = {
  now: () => performance.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
  turn: () => setImmediate(),
};

const files: Files = {
  reaches: (uri) => uri.startsWith('file:'),
  async list(folder, depth) {
    const path = toPath(folder);
    return path === undefined ? [] : (await walk(path, depth)).map((file) => pathToFileURL(file).href);
  },
  async read(uri) {
    const path = toPath(uri);
    return path === undefined ? undefined : await readRegular(path);
  },
};

/** A `file:` URI may name another machine or a place that this system cannot have. */
function toPath(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

/** @param folder where the bundle stands */
export const nodeEnvironment = (folder: string): Environment => ({
  version,
  assets: assetsBeside(folder),
  files,
  clock,
  releaseMemory,
});
