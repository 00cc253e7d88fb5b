import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './bundles.mjs';

/**
 * Bundles a TypeScript module of this repository and loads it, so that tools run on a Node that reads no TypeScript.
 * @param {string} file relative to the root
 * @returns {Promise<Record<string, any>>} its exports
 */
export async function loadTypeScript(file) {
  const outfile = path.join(root, '.cache', 'tools', file.replace(/[\\/]/g, '-').replace(/\.ts$/, '.mjs'));
  await build({
    absWorkingDir: root,
    entryPoints: [file],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  // A fresh address each time: a watcher loads the same module again after it changed.
  return import(`${pathToFileURL(outfile).href}?${Date.now()}`);
}
