import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openEditor } from '../ui.mjs';

/**
 * Opens VS Code on a folder with one empty file of C.
 * @param {import('../scenarios.mjs').Setting} setting
 * @param {string} name of the file and of the folder for screenshots
 * @param {object} [settings] user settings
 */
export async function openEmpty(setting, name, settings = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), `ndis-${name}-`));
  try {
    writeFileSync(path.join(folder, `${name}.c`), '');
    const shots = path.join(setting.shots, name);
    return await openEditor({ ...setting, folder, file: `${name}.c`, shots, settings });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
