// `npm run demo [-- PATH]`: opens VS Code with the extension in development on a sample driver, or on a folder or file
// of the user's. Builds what has to be built first, and stays until Ctrl+C or until VS Code is closed.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root, sampleDriver } from '../harness/paths.mjs';
import { prepare } from '../harness/prepare.mjs';
import { chooseHost } from './host.mjs';
import { quietSettings, startServer, workbenchUrl } from './server.mjs';

/** @typedef {{folder: string, file: string | undefined}} Place what to open; absolute paths */

/**
 * @param {string | undefined} given the user's own path, which is opened in place
 * @param {string} scratch takes a copy of the sample, so that trying it out does not change the repository
 * @returns {Place}
 */
function placeToOpen(given, scratch) {
  if (!given) {
    const copy = path.join(scratch, path.basename(sampleDriver));
    cpSync(sampleDriver, copy, { recursive: true });
    return { folder: copy, file: firstSource(copy) };
  }
  // npm runs scripts in the repository's root and keeps the user's own folder in INIT_CWD.
  const target = path.resolve(process.env.INIT_CWD ?? '', given);
  if (!existsSync(target)) throw new Error(`there is no ${target}`);
  if (statSync(target).isFile()) return { folder: path.dirname(target), file: target };
  return { folder: target, file: firstSource(target) };
}

/**
 * The extension starts with the first C or C++ document, so one is opened at once.
 * @param {string} folder
 */
function firstSource(folder) {
  const name = readdirSync(folder)
    .sort()
    .find((entry) => /\.(c|cpp)$/i.test(entry));
  return name && path.join(folder, name);
}

/**
 * @param {string} executable
 * @param {Place} place
 * @param {string} scratch takes the profile: a VS Code that is open already would swallow the window otherwise
 * @returns {Promise<void>} when VS Code has been closed
 */
async function openDesktop(executable, { folder, file }, scratch) {
  const user = path.join(scratch, 'user');
  mkdirSync(path.join(user, 'User'), { recursive: true });
  writeFileSync(path.join(user, 'User', 'settings.json'), JSON.stringify(quietSettings));
  const profile = [`--user-data-dir=${user}`, `--extensions-dir=${path.join(scratch, 'extensions')}`];
  const flags = [
    `--extensionDevelopmentPath=${root}`,
    ...profile,
    '--disable-workspace-trust',
    '--skip-welcome',
    '--new-window',
  ];
  const child = spawn(executable, [...flags, folder, ...(file ? [file] : [])], { stdio: 'ignore' });
  console.log(`VS Code is open on ${folder}. Ctrl+C closes it.`);
  const closed = new Promise((resolve, reject) => {
    child.once('exit', resolve);
    child.once('error', reject);
  });
  await Promise.race([closed, interrupt()]);
  child.kill();
}

/**
 * @param {import('./install.mjs').Workbench} workbench
 * @param {Place} place
 */
async function openInBrowser(workbench, place) {
  const server = await startServer(workbench);
  const interrupted = interrupt();
  console.log(`VS Code is ready on ${place.folder}. Open this address in a browser; Ctrl+C ends it.`);
  console.log(`\n${workbenchUrl(server, { ...place, extension: root })}\n`);
  await interrupted;
  await server.stop();
}

/** @returns {Promise<void>} */
function interrupt() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => resolve());
  });
}

async function main() {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'ndis-demo-'));
  try {
    const place = placeToOpen(process.argv[2], scratch);
    await prepare();
    const host = await chooseHost();
    if (host.kind === 'desktop') await openDesktop(host.executable, place, scratch);
    else await openInBrowser(host.workbench, place);
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

await main().catch((error) => {
  console.error(String(error.message));
  process.exitCode = 1;
});
