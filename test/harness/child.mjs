import { spawn } from 'node:child_process';

/**
 * Runs a command to its end.
 * @param {string} command a program on PATH (`npm` as well) or an absolute path
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, onOutput?: (text: string) => void, quiet?: boolean}} [options]
 *   `onOutput` sees everything the command writes; `quiet` keeps it from this process's own output
 * @returns {Promise<number>} exit code; 1 where a signal or a missing program ended it
 */
export function run(command, args, { cwd, env, onOutput, quiet = false } = {}) {
  // npm is a script on Windows, which only a shell starts; the harness passes no text of a user through here.
  const shell = process.platform === 'win32' && command === 'npm';
  const child = spawn(command, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
  /** @param {NodeJS.WriteStream} stream */
  const forward = (stream) => (/** @type {Buffer} */ data) => {
    onOutput?.(String(data));
    if (!quiet) stream.write(data);
  };
  child.stdout.on('data', forward(process.stdout));
  child.stderr.on('data', forward(process.stderr));
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(1);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
}
