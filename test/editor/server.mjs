import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const startLimitMs = 60_000;
const stopLimitMs = 3_000;

/** What would move, ask or download while a test or the demo runs, switched off. */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'git.enabled': false,
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'window.confirmBeforeClose': 'never',
};

/**
 * A running VS Code server.
 * @typedef {object} Server
 * @property {string} authority host and port
 * @property {() => Promise<void>} stop ends it and deletes its data
 */

/**
 * Starts the VS Code server of an installed browser workbench with empty data of its own.
 * @param {import('./install.mjs').Workbench} workbench
 * @param {{env?: NodeJS.ProcessEnv, log?: (text: string) => void, port?: number, settings?: object}} [options]
 *   `env` reaches the extension host; `port` 0 takes a free one; `settings` are added to the quiet ones
 * @returns {Promise<Server>}
 */
export async function startServer(workbench, { env = {}, log = () => {}, port = 0, settings = {} } = {}) {
  const data = mkdtempSync(path.join(os.tmpdir(), 'ndis-vscode-'));
  const user = path.join(data, 'data', 'User');
  mkdirSync(user, { recursive: true });
  writeFileSync(path.join(user, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }));
  const child = spawn(workbench.node, serverArguments(workbench, data, port), {
    cwd: workbench.server,
    // The server puts its sockets into XDG_RUNTIME_DIR and finds other servers' ones there.
    env: { ...withoutEditorVariables(process.env), XDG_RUNTIME_DIR: data, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const stop = async () => {
    process.removeListener('exit', kill);
    await end(child);
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    return { authority: `127.0.0.1:${await portOf(child, log)}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {import('./install.mjs').Workbench} workbench
 * @param {string} data
 * @param {number} port
 */
function serverArguments(workbench, data, port) {
  return [
    // code-server's own entry wants native modules; the VS Code server inside does not.
    path.join(workbench.server, 'out', 'server-main.js'),
    ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token', '--accept-server-license-terms'],
    // Without the smoke-test driver VS Code 1.139 ignores an extension in development, and says nothing.
    ...['--enable-smoke-test-driver', '--disable-workspace-trust', '--telemetry-level', 'off'],
    ...['--server-data-dir', data, '--user-data-dir', path.join(data, 'data')],
    ...['--extensions-dir', path.join(data, 'extensions')],
  ];
}

/**
 * The variables a surrounding VS Code sets make the server believe that it is a part of that one.
 * @param {NodeJS.ProcessEnv} env
 */
function withoutEditorVariables(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(VSCODE|ELECTRON)_/.test(name)));
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {(text: string) => void} log
 * @returns {Promise<number>} the port the server listens on
 */
function portOf(child, log) {
  let output = '';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`VS Code's server said no port in ${startLimitMs} ms:\n${output}`)),
      startLimitMs,
    );
    /** @param {Buffer} data */
    const read = (data) => {
      log(String(data));
      output = (output + String(data)).slice(-20_000);
      const found = /Extension host agent listening on (\d+)/.exec(output);
      if (found) resolve(Number(found[1]));
      if (found) clearTimeout(timer);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`VS Code's server ended with ${code}:\n${output}`));
    });
  });
}

/** @param {import('node:child_process').ChildProcess} child */
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
  await gone;
  clearTimeout(timer);
}

/**
 * Address of the workbench in a browser.
 * @param {Server} server
 * @param {object} what absolute paths
 * @param {string | undefined} [what.folder]
 * @param {string | undefined} [what.file] shown in the editor
 * @param {string} what.extension the extension in development
 * @param {string} [what.tests] the test bundle to run
 */
export function workbenchUrl(server, { folder, file, extension, tests }) {
  const remote = (/** @type {string} */ target) => `vscode-remote://${server.authority}${encodeURI(target)}`;
  const payload = [
    ['extensionDevelopmentPath', remote(extension)],
    ...(tests ? [['extensionTestsPath', remote(tests)]] : []),
    ...(file ? [['openFile', remote(file)]] : []),
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ];
  const query = new URLSearchParams(folder ? { folder } : { ew: 'true' });
  query.set('payload', JSON.stringify(payload));
  return `http://${server.authority}/?${query}`;
}
