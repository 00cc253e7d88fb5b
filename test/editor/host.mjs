// Decides which VS Code a run uses: an installed desktop one, else a downloaded one, else the browser workbench.
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { hasDisplay, isExecutable, onPath } from '../harness/executables.mjs';
import { editorCache } from '../harness/paths.mjs';
import { installWorkbench } from './install.mjs';
import { versions } from './versions.mjs';

/**
 * @typedef {{kind: 'desktop', executable: string}} Desktop
 * @typedef {{kind: 'browser', workbench: import('./install.mjs').Workbench}} Browser
 */

const downloadLimitMs = 15_000;

/**
 * NDIS_VSCODE overrules the choice: a path names the desktop VS Code, `browser` asks for the browser workbench.
 * @param {keyof typeof versions} [version] `oldest` never takes the installed VS Code, which is a newer one
 * @returns {Promise<Desktop | Browser>}
 */
export async function chooseHost(version = 'current') {
  const wanted = process.env.NDIS_VSCODE;
  if (wanted && wanted !== 'browser') return desktop(namedExecutable(wanted));
  if (wanted !== 'browser' && hasDisplay()) {
    const executable = (version === 'current' && installedExecutable()) || (await download(version));
    if (executable) return desktop(executable);
  }
  return { kind: 'browser', workbench: await installWorkbench(version) };
}

/**
 * @param {string} executable
 * @returns {Desktop}
 */
function desktop(executable) {
  return { kind: 'desktop', executable };
}

/** @param {string} file */
function namedExecutable(file) {
  if (!isExecutable(file)) throw new Error(`NDIS_VSCODE names ${file}, which is no executable`);
  return editorBehind(path.resolve(file));
}

function installedExecutable() {
  const command = onPath(['code']);
  return command && editorBehind(command);
}

/**
 * The `code` command starts the editor and ends at once, so nothing could be waited for: this finds the editor.
 * @param {string} command
 */
function editorBehind(command) {
  const bin = path.dirname(realpathSync(command));
  const candidates = [
    path.join(bin, '..', 'code'), // Linux: bin/code beside code
    path.join(bin, '..', 'Code.exe'), // Windows: bin/code.cmd beside Code.exe
    path.join(bin, '..', '..', '..', 'MacOS', 'Electron'), // macOS: Contents/Resources/app/bin/code
  ];
  return (path.basename(bin) === 'bin' && candidates.find(existsSync)) || command;
}

/**
 * @param {keyof typeof versions} version
 * @returns {Promise<string | undefined>} undefined where there is no download
 */
async function download(version) {
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  try {
    return await downloadAndUnzipVSCode({
      version: versions[version].vscode,
      cachePath: editorCache,
      timeout: downloadLimitMs,
    });
  } catch (error) {
    console.log(
      `VS Code is not to be downloaded (${/** @type {Error} */ (error).message}): taking the browser workbench`,
    );
    return undefined;
  }
}
