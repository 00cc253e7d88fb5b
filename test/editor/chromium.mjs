import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findChromium } from '../harness/executables.mjs';

/**
 * Starts Chromium without a window.
 * @param {string} playwright folder of playwright-core
 * @returns {Promise<any>} playwright's Browser; its types are in the package, which is installed on demand only
 */
export async function launchChromium(playwright) {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('Chromium is needed here: install it, or name it in CHROMIUM');
  const { chromium } = (await import(pathToFileURL(path.join(playwright, 'index.js')).href)).default;
  return chromium.launch({ executablePath, headless: true, args: chromiumFlags() });
}

function chromiumFlags() {
  // The last five keep Chromium from asking servers of its own for updates while a test is measured.
  const flags = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  // Chromium's sandbox refuses to start as root, which is what most build containers run as.
  return process.getuid?.() === 0 ? ['--no-sandbox', ...flags] : flags;
}
