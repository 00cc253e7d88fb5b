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
    afterEach(() => {
      this.denied = [];
      rmSync(this.folder, { recursive: true, force: true });
    });
  }

  write(name: string, content: string | Buffer): string {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  /** Files, by base name, that the program may not read or write: `read:a.c`. */
  denied: string[] = [];

  run(...args: string[]): { code: number | null; out: string; err: string } {
    return this.runIn(this.folder, ...args);
  }

  runIn(cwd: string, ...args: string[]): { code: number | null; out: string; err: string } {
    const before = this.denied.length > 0 ? ['--require', path.join(root, 'test', 'harness', 'deniedFiles.cjs')] : [];
    const { status, stdout, stderr } = spawnSync(process.execPath, [...before, program, ...args], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, NDIS_TEST_DENIED: this.denied.join() },
    });
    return { code: status, out: stdout, err: stderr };
  }
}
