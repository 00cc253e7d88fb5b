import { readFileSync } from 'node:fs';

/**
 * One line of the result file: a test's end, or the end of the whole suite.
 * @typedef {{title: string, state: 'passed' | 'failed' | 'pending', error?: string}} TestEnd
 * @typedef {{finished: true}} SuiteEnd
 */

/**
 * Reads what the suite wrote while it ran. VS Code's exit code alone proves nothing: the browser workbench says 0 when
 * its extension host has died. Only tests that wrote their end count, and only in a suite that reached its own.
 * @param {string} file
 * @returns {{tests: TestEnd[], finished: boolean}}
 */
export function readResult(file) {
  const lines = readLines(file);
  return { tests: lines.filter((line) => 'state' in line), finished: lines.some((line) => 'finished' in line) };
}

/** @param {string} file */
function readLines(file) {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  } catch {
    return [];
  }
}
