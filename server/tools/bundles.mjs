import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
export const dist = path.join(root, 'dist');

const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const treeSitter = path.join(root, 'node_modules', 'web-tree-sitter');

/** @type {import('esbuild').BuildOptions} */
const shared = {
  absWorkingDir: root,
  bundle: true,
  sourcemap: 'linked',
  target: 'es2023',
  logLevel: 'warning',
  define: { PACKAGE_VERSION: JSON.stringify(version) },
};

/** @type {import('esbuild').BuildOptions} */
const node = {
  ...shared,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // The ESM file finds itself by import.meta.url, which a CommonJS bundle empties.
  alias: { 'web-tree-sitter': path.join(treeSitter, 'web-tree-sitter.cjs') },
};

/** @type {import('esbuild').BuildOptions} */
const browser = { ...shared, platform: 'browser', conditions: ['browser'] };

/**
 * Every bundle of the extension and of the command line.
 * @returns {import('esbuild').BuildOptions[]}
 */
export function bundles() {
  /** @type {import('esbuild').BuildOptions[]} */
  const all = [
    {
      ...node,
      entryPoints: { client: 'client/src/node/activate.ts' },
      external: ['vscode', './client-main.js'],
    },
    { ...node, entryPoints: { 'client-main': 'client/src/node/main.ts' }, external: ['vscode'] },
    { ...node, entryPoints: { server: 'server/src/node/main.ts' }, banner: { js: '#!/usr/bin/env node' } },
    { ...node, entryPoints: { 'ndis-lint': 'server/src/cli/main.ts' }, banner: { js: '#!/usr/bin/env node' } },
    {
      ...browser,
      format: 'cjs',
      entryPoints: { 'client.web': 'client/src/browser/activate.ts' },
      external: ['vscode'],
    },
    {
      ...browser,
      format: 'cjs',
      entryPoints: { 'client-main.web': 'client/src/browser/main.ts' },
      external: ['vscode'],
    },
    {
      ...browser,
      format: 'iife',
      entryPoints: { 'server.web': 'server/src/browser/main.ts' },
      alias: { 'web-tree-sitter': path.join(treeSitter, 'web-tree-sitter.js') },
      // A worker started from a Blob has no address to find files by; the wasm is handed over as bytes.
      define: { ...browser.define, 'import.meta.url': '"file:///server.web.js"' },
    },
  ];
  return all.map((options) => ({ ...options, outdir: dist }));
}
