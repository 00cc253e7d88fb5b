// `npm run build`: everything in dist/. `--production` for the package, `--watch` to go on building.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, rmSync, watch } from 'node:fs';
import path from 'node:path';
import { build, context } from 'esbuild';
import { assetSources, writeAssets } from './assets.mjs';
import { bundles, dist, root } from './bundles.mjs';

const production = process.argv.includes('--production');

/** @returns {import('esbuild').BuildOptions[]} */
function options() {
  return bundles().map((bundle) => ({ ...bundle, ...(production && { minify: true, sourcemap: false }) }));
}

async function buildOnce() {
  if (production) removeMaps();
  await Promise.all([...options().map((bundle) => build(bundle)), writeAssets()]);
  for (const program of ['server.js', 'ndis-lint.js']) chmodSync(path.join(dist, program), 0o755);
}

/** Maps of an earlier build would stand beside bundles that they do not belong to. */
function removeMaps() {
  const files = existsSync(dist) ? readdirSync(dist) : [];
  for (const file of files.filter((name) => name.endsWith('.map'))) rmSync(path.join(dist, file));
}

async function buildOnChange() {
  for (const bundle of options()) await (await context(bundle)).watch();
  watchAssets();
  const types = [path.join('node_modules', 'typescript', 'bin', 'tsc'), '-b', '--watch', '--preserveWatchOutput'];
  const checker = spawn(process.execPath, types, { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => checker.kill() && process.exit());
}

function watchAssets() {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void writeAssets().catch((error) => console.error(String(error))), 100);
  };
  for (const folder of assetSources.map((source) => path.join(root, source)).filter((source) => existsSync(source))) {
    watch(folder, { recursive: true }, soon);
  }
}

await buildOnce();
if (process.argv.includes('--watch')) await buildOnChange();
