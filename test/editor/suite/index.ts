import { appendFileSync } from 'node:fs';
import type MochaModule from 'mocha';

/** Variable that names the file for the results; one JSON object a line, written as each test ends. */
const resultFile = process.env.NDIS_TEST_RESULT ?? '';

/**
 * Runs the editor suite inside VS Code's extension host.
 * @param loadTests evaluates the test files, once Mocha's `suite` and `test` are global
 */
export async function runSuite(loadTests: () => Promise<unknown>): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ ui: 'tdd', timeout: 20_000, reporter: reporterInto(resultFile) });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await loadTests();
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  record({ finished: true });
  if (failures > 0) throw new Error(`${failures} failed`);
}

function record(line: object): void {
  appendFileSync(resultFile, `${JSON.stringify(line)}\n`);
}

/** The extension host's console reaches the terminal late, filtered or never: results take a file of their own. */
function reporterInto(file: string): MochaModule.ReporterConstructor {
  if (!file) throw new Error('NDIS_TEST_RESULT names no file');
  return class {
    constructor(runner: MochaModule.Runner) {
      const end = (state: string) => (test: MochaModule.Test, error?: Error) =>
        record({ title: test.fullTitle(), state, error: error && (error.stack ?? String(error)) });
      runner.on('pass', end('passed'));
      runner.on('fail', end('failed'));
      runner.on('pending', end('pending'));
    }
  } as unknown as MochaModule.ReporterConstructor;
}
