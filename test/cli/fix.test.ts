import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { idOf } from '../../server/src/cli/fileIds.js';
import { applyFixes } from '../../server/src/cli/fix.js';
import type { Finding } from '../../server/src/core/api.js';
import type { Service } from '../../server/src/core/service.js';

let file = '';

beforeEach(() => {
  file = path.join(mkdtempSync(path.join(os.tmpdir(), 'ndis-fix ')), 'driver.c');
  writeFileSync(file, 'first\nsecond\n');
});

afterEach(() => rmSync(path.dirname(file), { recursive: true }));

/** A service that knows one file, and finds in it whatever `find` says. */
function service(find: (text: string) => Finding[], known = readFileSync(file, 'utf8')) {
  let text = known;
  const stub = {
    textOf: () => text,
    addFile: (_: string, fresh: string) => void (text = fresh),
    open: () => {},
    close: () => {},
    diagnose: () => find(text),
  };
  return { stub: stub as unknown as Service, text: () => text };
}

/** A finding whose safe fix puts a word before the text. */
function finding(message: string, word: string): Finding {
  const edits = () => [{ uri: idOf(file), start: 0, end: 0, text: word }];
  const fixes = [{ title: 'Put it there', safe: true, edits }];
  return { rule: 'some-rule', severity: 'hint', message, start: 0, end: 1, related: [], fixes };
}

test('fixes are applied until nothing is left, and written once', async () => {
  const { stub } = service((text) => (text.startsWith('xxx') ? [] : [finding(`from ${text}`, 'x')]));
  expect(await applyFixes(stub, file)).toEqual({ fixed: 3, failures: [] });
  expect(readFileSync(file, 'utf8')).toBe('xxxfirst\nsecond\n');
});

test('a fix that leaves its finding changes nothing', async () => {
  const { stub, text } = service(() => [finding('always', 'x')]);
  expect(await applyFixes(stub, file)).toEqual({ fixed: 0, failures: [] });
  expect(readFileSync(file, 'utf8')).toBe('first\nsecond\n');
  expect(text()).toBe('first\nsecond\n');
});

test('a file that changed in the meantime, or is gone, is left alone', async () => {
  const { stub } = service(() => [finding('some', 'x')], 'other');
  const { fixed, failures } = await applyFixes(stub, file);
  expect(fixed).toBe(0);
  expect(failures).toEqual([expect.stringMatching(/driver\.c cannot be mended: it was changed in the meantime$/)]);
  expect(readFileSync(file, 'utf8')).toBe('first\nsecond\n');
  const gone = service(() => [finding('some', 'x')]);
  rmSync(file);
  expect((await applyFixes(gone.stub, file)).failures).toEqual([
    expect.stringMatching(/driver\.c cannot be mended: there is no such file or folder$/),
  ]);
});
