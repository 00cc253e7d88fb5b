/** @typedef {{passed: number, failed: number}} Counts */

const colour = /\x1b\[[0-9;]*m/g;

/**
 * Reads from a runner's output how many tests passed and failed: our own closing line `N passed, N failed`, else the
 * sums of Vitest (`Tests  1 failed | 12 passed (13)`) and Mocha (`12 passing`, `1 failing`).
 * @param {string} output
 * @returns {Counts | undefined} undefined where the output holds no sum
 */
export function countsIn(output) {
  const text = output.replace(colour, '');
  const own = [...text.matchAll(/^(\d+) passed, (\d+) failed$/gm)].map(([, passed, failed]) => ({
    passed: Number(passed),
    failed: Number(failed),
  }));
  const found = own.length > 0 ? own : [...vitestSums(text), ...mochaSums(text)];
  return found.length > 0 ? add(found) : undefined;
}

/**
 * @param {Counts[]} counts
 * @returns {Counts}
 */
export function add(counts) {
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
  };
}

/** @param {string} text */
function vitestSums(text) {
  return [...text.matchAll(/^\s*Tests\s+(.*\(\d+\))\s*$/gm)].map(([, sums = '']) => ({
    passed: numberBefore('passed', sums),
    failed: numberBefore('failed', sums),
  }));
}

/** @param {string} text */
function mochaSums(text) {
  if (!/^\s*\d+ passing\b/m.test(text)) return [];
  return [{ passed: numberBefore('passing', text), failed: numberBefore('failing', text) }];
}

/**
 * @param {string} word
 * @param {string} text
 */
function numberBefore(word, text) {
  return Number(new RegExp(`(\\d+) ${word}\\b`).exec(text)?.[1] ?? 0);
}
