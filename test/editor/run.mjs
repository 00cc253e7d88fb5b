// Runs the editor suite (test/editor/suite/*.test.ts) in a real VS Code. `--oldest` takes the oldest one supported.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { root, sampleDriver } from '../harness/paths.mjs';
import { chooseHost } from './host.mjs';
import { readResult } from './result.mjs';

const suiteFolder = path.join(root, 'test', 'editor', 'suite');
const bundle = path.join(root, 'dist', 'test', 'suite.cjs');

async function bundleSuite() {
  const files = readdirSync(suiteFolder).filter((name) => name.endsWith('.test.ts'));
  const imports = files.sort().map((name) => `import('./${name}')`);
  const contents = `import { runSuite } from './index.ts';
    export const run = () => runSuite(() => Promise.all([${imports.join()}]));`;
  await build({
    stdin: { contents, resolveDir: suiteFolder, loader: 'ts' },
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}

/**
 * @param {import('./host.mjs').Desktop | import('./host.mjs').Browser} host
 * @param {string} scratch empty folder for this run alone
 * @returns {Promise<string>} the result file
 */
async function runIn(host, scratch) {
  const result = path.join(scratch, 'result.jsonl');
  const launcher = path.join(root, 'test', 'editor', 'code-in-browser.mjs');
  const options = {
    vscodeExecutablePath: host.kind === 'desktop' ? host.executable : launcher,
    extensionDevelopmentPath: root,
    extensionTestsPath: bundle,
    launchArgs: [
      sampleDriver,
      `--user-data-dir=${path.join(scratch, 'user')}`,
      `--extensions-dir=${path.join(scratch, 'extensions')}`,
    ],
    extensionTestsEnv: {
      NDIS_TEST_RESULT: result,
      ...(host.kind === 'browser' && { NDIS_WORKBENCH: JSON.stringify(host.workbench) }),
    },
  };
  // The result file decides; a failed test makes VS Code's exit code 1 as well, which would end the report here.
  await runTests(options).catch((error) => console.log(String(error.message)));
  return result;
}

/** @param {ReturnType<typeof readResult>} result */
function report({ tests, finished }) {
  const count = (/** @type {string} */ state) => tests.filter((test) => test.state === state).length;
  for (const { title, state, error } of tests) console.log(`  ${state} ${title}${error ? `\n${error}` : ''}`);
  if (!finished) console.log('  failed: the suite did not reach its end; the extension host or VS Code ended before');
  const failed = count('failed') + (finished ? 0 : 1);
  console.log(`${count('passed')} passed, ${failed} failed`);
  return finished && failed === 0 && count('passed') > 0;
}

async function main() {
  const host = await chooseHost(process.argv.includes('--oldest') ? 'oldest' : 'current');
  await bundleSuite();
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'ndis-suite-'));
  try {
    if (!report(readResult(await runIn(host, scratch)))) process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

await main();
