import { findChromium, hasDisplay, onPath } from './executables.mjs';

const workbench = () => process.platform !== 'win32' && findChromium() !== undefined;

/**
 * What a step may need beyond Node and the npm packages, and whether this machine has it.
 * @satisfies {Record<string, {about: string, present: () => boolean}>}
 */
export const tools = {
  clang: { about: 'clang on PATH', present: () => onPath(['clang']) !== undefined },
  chromium: { about: 'Chromium or Chrome (CHROMIUM names its path), on Linux or macOS', present: workbench },
  editor: { about: 'VS Code on a desktop, or Chromium', present: () => hasDisplay() || workbench() },
};
