import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { root } from './paths.mjs';

/** `ndis-lint` as it was built. */
export const program = path.join(root, 'dist', 'ndis-lint.js');

/** The command line in a folder of its own, which is new for each test of the file. */
export class CommandLine {
  folder = '';

  constructor() {
    beforeEach(() => {
      this.folder = mkdtempSync(path.join(os.tmpdir(), 'ndis-lint '));
    });
    afterEach(() => rmSync(this.folder, { recursive: true, force: true }));
  }

  write(name: string, content: string | Buffer): string {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  run(...args: string[]): { code: number | null; out: string; err: string } {
    return this.runIn(this.folder, ...args);
  }

  runIn(cwd: string, ...args: string[]): { code: number | null; out: string; err: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd, encoding: 'utf8' });
    return { code: status, out: stdout, err: stderr };
  }
}
