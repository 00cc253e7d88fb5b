// Runs scenarios of keyboard and mouse one after the other and reports each of their steps.

/**
 * One thing a user does and sees. Steps of a scenario run in order, on the same editor; after a failed one the rest of
 * its scenario is skipped, because it stands on what the failed one should have done.
 * @typedef {[name: string, act: (editor: import('./ui.mjs').Editor) => Promise<void>]} Step
 * @typedef {{name: string, open: () => Promise<import('./ui.mjs').Editor>, steps: Step[]}} Scenario
 */

/**
 * @param {Scenario[]} scenarios
 * @returns {Promise<boolean>} whether all of them passed
 */
export async function runScenarios(scenarios) {
  const sum = { passed: 0, failed: 0 };
  for (const scenario of scenarios) {
    console.log(scenario.name);
    const { passed, failed } = await runScenario(scenario);
    sum.passed += passed;
    sum.failed += failed;
  }
  console.log(`${sum.passed} passed, ${sum.failed} failed`);
  return sum.failed === 0 && sum.passed > 0;
}

/** @param {Scenario} scenario */
async function runScenario({ open, steps }) {
  let passed = 0;
  let editor;
  let doing = 'open the editor';
  const began = Date.now();
  try {
    editor = await open();
    for (const [name, act] of steps) {
      doing = name;
      await act(editor);
      await editor.shot(`${passed + 1}-${name.replace(/\W+/g, '-')}`);
      passed++;
      console.log(`  passed ${name} (${Date.now() - began} ms)`);
    }
    return { passed, failed: 0 };
  } catch (error) {
    console.log(`  failed ${doing}\n${/** @type {Error} */ (error).stack}`);
    await editor?.shot(`failed-${doing.replace(/\W+/g, '-')}`).catch(() => {});
    return { passed, failed: 1 };
  } finally {
    await editor?.close();
  }
}
