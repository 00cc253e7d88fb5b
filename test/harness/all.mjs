// `npm test`: makes the clone ready, runs every step of the table and closes with the sum of all their tests.
import { run } from './child.mjs';
import { add, countsIn } from './counts.mjs';
import { root } from './paths.mjs';
import { prepare } from './prepare.mjs';
import { tools } from './tools.mjs';

/**
 * A step's output tells how many tests passed and failed (counts.mjs reads it); a step that tells nothing has failed,
 * unless `tests` is false because it has none to count.
 * @typedef {object} Step
 * @property {string} name
 * @property {string} command
 * @property {string[]} args
 * @property {(keyof typeof tools)[]} [needs]
 * @property {false} [tests]
 */

/** @type {Step[]} */
const steps = [
  { name: 'check', command: 'npm', args: ['run', '--silent', 'check'] },
  { name: 'editor suite', command: 'node', args: ['test/editor/run.mjs'], needs: ['editor'] },
  {
    name: 'editor suite, oldest VS Code',
    command: 'node',
    args: ['test/editor/run.mjs', '--oldest'],
    needs: ['editor'],
  },
  { name: 'keyboard and mouse', command: 'node', args: ['test/editor/scenarios.mjs'], needs: ['chromium'] },
];

/** @typedef {{step: Step, counts: import('./counts.mjs').Counts, note: string}} Outcome */

/**
 * @param {Step} step
 * @returns {Promise<Outcome>}
 */
async function runStep(step) {
  const missing = (step.needs ?? []).filter((name) => !tools[name].present());
  if (missing.length > 0) return withoutTools(step, missing);
  console.log(`\n=== ${step.name}`);
  let output = '';
  const code = await run(step.command, step.args, { cwd: root, onOutput: (text) => (output += text) });
  return judge(step, code, countsIn(output));
}

/**
 * @param {Step} step
 * @param {number} code exit code
 * @param {import('./counts.mjs').Counts | undefined} counts
 * @returns {Outcome}
 */
function judge(step, code, counts) {
  const { passed, failed } = counts ?? { passed: 0, failed: 0 };
  if (code !== 0 && failed === 0) return { step, counts: { passed, failed: 1 }, note: `ended with ${code}` };
  if (passed + failed === 0 && step.tests !== false)
    return { step, counts: { passed, failed: 1 }, note: 'ran no test' };
  return { step, counts: { passed, failed }, note: '' };
}

/**
 * A build server must run everything; a developer may lack a tool, but should see what was left out.
 * @param {Step} step
 * @param {(keyof typeof tools)[]} missing
 * @returns {Outcome}
 */
function withoutTools(step, missing) {
  const failed = process.env.CI ? 1 : 0;
  const note = `NOT RUN: it needs ${missing.map((name) => tools[name].about).join(' and ')}`;
  console.error(`\n=== ${step.name}\n${note}`);
  return { step, counts: { passed: 0, failed }, note };
}

/** @param {Outcome[]} outcomes */
function report(outcomes) {
  console.log('');
  for (const { step, counts, note } of outcomes) {
    console.log(`${step.name}: ${counts.passed} passed, ${counts.failed} failed${note && ` (${note})`}`);
  }
  const { passed, failed } = add(outcomes.map(({ counts }) => counts));
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0;
}

await prepare();
/** @type {Outcome[]} */
const outcomes = [];
for (const step of steps) outcomes.push(await runStep(step));
if (!report(outcomes)) process.exitCode = 1;
