// Makes a fresh clone ready to run: packages installed, extension built. Nothing to do costs a few milliseconds.
// Runs before any package is installed, so it may import nothing but Node's own modules.
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from './child.mjs';
import { root } from './paths.mjs';

const buildInputs = ['client', 'server', 'snippets', 'package.json', 'package-lock.json'];
const buildOutputs = ['dist/client.js', 'dist/server.js', 'dist/catalog.json'];
/** Its time of change is the moment the last finished build began. */
const buildStamp = path.join(root, 'dist', '.built');

/** Installs and builds what is missing or older than its source. */
export async function prepare() {
  if (packagesAreStale()) await npm('installing the packages', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  if (!buildIsStale()) return;
  const began = new Date();
  await npm('building the extension', ['run', '--silent', 'build']);
  mkdirSync(path.dirname(buildStamp), { recursive: true });
  writeFileSync(buildStamp, '');
  utimesSync(buildStamp, began, began);
}

function packagesAreStale() {
  // npm writes this file at the end of an install, so a broken-off install counts as missing.
  return changed(path.join(root, 'node_modules', '.package-lock.json')) < changed(path.join(root, 'package-lock.json'));
}

function buildIsStale() {
  if (buildOutputs.some((output) => !existsSync(path.join(root, output)))) return true;
  return Math.max(...buildInputs.map((input) => newest(path.join(root, input)))) > changed(buildStamp);
}

/**
 * Latest change of a file or of anything below a folder; folders count too, because a deletion shows only there.
 * @param {string} file
 * @returns {number} milliseconds since 1970
 */
function newest(file) {
  const own = changed(file);
  if (own === 0 || !statSync(file).isDirectory()) return own;
  const entries = readdirSync(file).filter((name) => name !== 'node_modules');
  return Math.max(own, ...entries.map((name) => newest(path.join(file, name))));
}

/**
 * @param {string} file
 * @returns {number} milliseconds since 1970; 0 where there is no such file
 */
function changed(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/**
 * @param {string} what
 * @param {string[]} args
 */
async function npm(what, args) {
  console.log(`${what} (npm ${args.join(' ')})`);
  const code = await run('npm', args, { cwd: root });
  if (code !== 0) throw new Error(`${what} failed: npm ${args.join(' ')} ended with ${code}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await prepare();
