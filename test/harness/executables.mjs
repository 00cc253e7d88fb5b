import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/**
 * The first of `names` that stands on PATH.
 * @param {string[]} names file names without Windows' extension
 * @returns {string | undefined} absolute path
 */
export function onPath(names) {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  const candidates = names.flatMap((name) =>
    folders.flatMap((folder) => suffixes.map((suffix) => path.join(folder, name + suffix))),
  );
  return candidates.find(isExecutable);
}

/** @param {string} file */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const chromiumNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const chromiumElsewhere = [
  '/usr/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * Chromium or Chrome: the one CHROMIUM names, else the first one installed.
 * @returns {string | undefined} absolute path
 */
export function findChromium() {
  const named = process.env.CHROMIUM;
  if (named) return isExecutable(named) ? path.resolve(named) : undefined;
  return onPath(chromiumNames) ?? chromiumElsewhere.find(isExecutable);
}

/** Whether desktop VS Code can open a window; macOS and Windows always have a place for one. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
