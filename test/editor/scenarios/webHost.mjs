import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sampleDriver } from '../../harness/paths.mjs';
import { openEditor } from '../ui.mjs';

/** Everything of the repository that a packaged extension holds. */
const packaged = ['dist', 'media', 'package.nls.json', 'server/schemas', 'snippets'];

/**
 * The extension in the browser's worker, as on vscode.dev: no Node, the server in a worker, files by VS Code alone.
 * @param {import('../scenarios.mjs').Setting} setting
 * @returns {import('../scenario.mjs').Scenario}
 */
export const webHost = (setting) => ({
  name: 'in the browser alone',
  open: () => openWithoutNode(setting),
  steps: [
    [
      'the fault is marked',
      async (editor) => {
        await editor.goTo(70, 1);
        await editor.squiggle('error');
      },
    ],
    [
      'hover tells what the status means',
      async (editor) => {
        await editor.hover('NDIS_STATUS_PENDING', 'NDIS_STATUS_PENDING');
        await editor.dismiss();
      },
    ],
  ],
});

/** @param {import('../scenarios.mjs').Setting} setting */
async function openWithoutNode({ version, extension, shots }) {
  const staged = mkdtempSync(path.join(os.tmpdir(), 'ndis-web-'));
  process.once('exit', () => rmSync(staged, { recursive: true, force: true }));
  const skipped = path.join(extension, 'dist', 'test');
  for (const name of packaged) {
    cpSync(path.join(extension, name), path.join(staged, name), {
      recursive: true,
      filter: (file) => file !== skipped,
    });
  }
  const { main: _, ...manifest } = JSON.parse(readFileSync(path.join(extension, 'package.json'), 'utf8'));
  writeFileSync(path.join(staged, 'package.json'), JSON.stringify(manifest));
  return await openEditor({
    version,
    extension: staged,
    folder: sampleDriver,
    file: 'vc.c',
    shots: path.join(shots, 'web-host'),
    // With `main` the Node host would win; without it the host has still to be named.
    settings: { 'remote.extensionKind': { [`${manifest.publisher}.${manifest.name}`]: ['web'] } },
  });
}
