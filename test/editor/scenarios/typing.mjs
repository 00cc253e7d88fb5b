import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openEditor } from '../ui.mjs';

/**
 * The editor itself: what is typed is shown, and is on disk after saving and not before.
 * @param {import('../scenarios.mjs').Setting} setting
 * @returns {import('../scenario.mjs').Scenario}
 */
export const typing = (setting) => ({
  name: 'typing and saving',
  open: () => openEmpty(setting),
  steps: [
    [
      'type',
      async (editor) => {
        await editor.goToEnd();
        await editor.type('int answer = 42;');
        await editor.line('int answer = 42;');
        if (editor.saved() !== '') throw new Error('saved before it was asked for');
      },
    ],
    ['save', (editor) => editor.save('int answer = 42;')],
  ],
});

/** @param {import('../scenarios.mjs').Setting} setting */
async function openEmpty(setting) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'ndis-typing-'));
  try {
    writeFileSync(path.join(folder, 'empty.c'), '');
    return await openEditor({ ...setting, folder, file: 'empty.c', shots: path.join(setting.shots, 'typing') });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
