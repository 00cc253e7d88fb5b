#!/usr/bin/env node
// Takes the place of the desktop VS Code executable: reads the flags that @vscode/test-electron passes and runs the
// extension's tests in the browser workbench, in Chromium without a window.
//
// NDIS_WORKBENCH holds the installed workbench as JSON; NDIS_VERBOSE shows what server, workbench and
// the tests' own console say: much of it is the workbench's talk about itself, and no result depends on it.
import { parseArgs } from 'node:util';
import { launchChromium } from './chromium.mjs';
import { startServer, workbenchUrl } from './server.mjs';

const limitMs = 5 * 60_000;
const verbose = Boolean(process.env.NDIS_VERBOSE);
/** @type {(() => Promise<void> | undefined)[]} */
const cleanups = [];
let ending = false;

/** @param {number} code */
async function finish(code) {
  if (ending) return;
  ending = true;
  setTimeout(() => process.exit(code), 8_000).unref();
  for (const cleanup of cleanups.reverse()) await cleanup()?.catch(() => {});
  process.exit(code);
}

/**
 * @param {string} reason
 * @param {number} code
 */
function fail(reason, code) {
  if (!ending) console.error(reason);
  void finish(code);
}

function readFlags() {
  const option = /** @type {const} */ ({ type: 'string' });
  const { values, positionals } = parseArgs({
    options: { extensionDevelopmentPath: option, extensionTestsPath: option },
    strict: false, // the flags for a desktop window mean nothing here
    allowPositionals: true,
  });
  return {
    extension: String(values.extensionDevelopmentPath),
    tests: String(values.extensionTestsPath),
    folder: positionals[0],
  };
}

function endWithTheRunner() {
  const runner = process.ppid;
  setInterval(() => process.ppid !== runner && void finish(130), 1_000).unref();
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void finish(130));
}

/** @param {any} page */
async function listen(page) {
  page.on('crash', () => fail('the workbench page crashed', 70));
  page.on('pageerror', (/** @type {Error} */ error) => verbose && console.error(error));
  // Both functions have to be there before the workbench loads.
  await page.exposeFunction('codeAutomationLog', (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
    if (verbose) console.error(type, ...args);
  });
  await page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => void finish(code));
}

async function main() {
  endWithTheRunner();
  const workbench = JSON.parse(process.env.NDIS_WORKBENCH ?? '');
  const server = await startServer(workbench, { log: (text) => verbose && process.stderr.write(text) });
  cleanups.push(server.stop);
  const browser = await launchChromium(workbench.playwright);
  cleanups.push(() => browser.close());
  browser.on('disconnected', () => fail('Chromium went away', 70));
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await listen(page);
  setTimeout(() => fail(`the tests did not end in ${limitMs / 1000} s`, 124), limitMs).unref();
  await page.goto(workbenchUrl(server, readFlags()));
}

main().catch((error) => fail(String(error.stack ?? error), 70));
