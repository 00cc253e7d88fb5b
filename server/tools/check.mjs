// `npm run check`: the whole gate, without network. Everything that can run side by side does.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { root } from './bundles.mjs';

/** @param {string} name path below node_modules, or a tool of this folder */
const script = (name) =>
  name.startsWith('.') ? path.join(root, 'server', 'tools', name) : path.join(root, 'node_modules', name);

/** Steps of one row run after each other, rows run at the same time. */
const rows = [
  [
    ['types', script('typescript/bin/tsc'), '-b'],
    [
      'lint',
      script('eslint/bin/eslint.js'),
      '.',
      '--cache',
      '--cache-location',
      '.cache/eslint/',
      '--cache-strategy',
      'content',
    ],
  ],
  [
    ['format', script('@biomejs/biome/bin/biome'), 'ci', '--colors=off', '.'],
    ['build', script('./build.mjs')],
    ['generated files', script('./generate.mjs'), '--check'],
    ['tests', script('vitest/vitest.mjs'), 'run', '--reporter=dot'],
  ],
];

/**
 * @param {string[]} step name, script, arguments
 * @returns {Promise<boolean>} true where it passed; its output is shown only where it failed
 */
async function run([name = '', ...args]) {
  const began = Date.now();
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  /** @type {Buffer[]} */
  const output = [];
  child.stdout.on('data', (data) => output.push(data));
  child.stderr.on('data', (data) => output.push(data));
  const code = await new Promise((resolve) => child.once('close', resolve));
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  // The tests' own count is read by whoever runs the whole.
  if (code !== 0 || name === 'tests') console.log(Buffer.concat(output).toString());
  return code === 0;
}

const results = await Promise.all(
  rows.map(async (row) => {
    const passed = [];
    for (const step of row) passed.push(await run(step));
    return passed;
  }),
);
if (results.flat().includes(false)) process.exitCode = 1;
