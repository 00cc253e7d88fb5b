import { execFileSync, fork, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../harness/paths.mjs';
import { faultyCallManager, faultyRules, planted } from '../harness/samples.js';

/** The npm package as others get it: packed, and unpacked far from this repository and its node_modules. */
let folder = '';
let bin: Record<string, string> = {};

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'ndis-package '));
  const options = { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' } as const;
  const target = process.platform === 'win32' ? `"${folder}"` : folder;
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', target], options);
  const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  execFileSync('tar', ['-xzf', `${name}-${version}.tgz`], { cwd: folder });
  ({ bin } = JSON.parse(readFileSync(path.join(folder, 'package', 'package.json'), 'utf8')));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const programOf = (name: string): string => path.join(folder, 'package', bin[name] ?? '');

const run = (name: string, ...args: string[]) =>
  spawnSync(process.execPath, [programOf(name), ...args], { cwd: folder, encoding: 'utf8' });

test('ndis-lint works from it', () => {
  writeFileSync(path.join(folder, 'driver.c'), faultyCallManager);
  const { status, stdout, stderr } = run('ndis-lint', '--format', 'json', 'driver.c');
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  const [{ findings }] = (JSON.parse(stdout) as { files: [{ findings: { rule: string }[] }] }).files;
  expect(planted(findings, ({ rule }) => rule).map(({ rule }) => rule)).toEqual(faultyRules);
  expect(run('ndis-lint', 'explain', 'pool-tag').stdout).toMatch(/^# pool-tag\n/);
  expect(run('ndis-lint', 'explain', 'ProtocolCmCloseAf').stdout).toContain('CmCloseAfHandler');
  expect(readFileSync(programOf('ndis-lint'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
});

test('the language server works from it, over the channel between Node processes', async () => {
  expect(run('ndis-language-server', '--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(readFileSync(programOf('ndis-language-server'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  const server = fork(programOf('ndis-language-server'), ['--node-ipc'], { cwd: folder, silent: true });
  const sent: { id?: number; method?: string; params?: { diagnostics: { code: string }[] } }[] = [];
  const next = (test: (message: (typeof sent)[number]) => boolean) =>
    new Promise<(typeof sent)[number]>((resolve) =>
      server.on('message', (message: (typeof sent)[number]) => test(message) && resolve(message)),
    );
  const send = (message: object) => server.send({ jsonrpc: '2.0', ...message });
  const initialized = next(({ id }) => id === 1);
  send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
  expect(await initialized).toHaveProperty('result.capabilities.hoverProvider', true);
  const published = next(({ method }) => method === 'textDocument/publishDiagnostics');
  send({ method: 'initialized', params: {} });
  const textDocument = { uri: 'file:///driver/driver.c', languageId: 'c', version: 1, text: faultyCallManager };
  send({ method: 'textDocument/didOpen', params: { textDocument } });
  const { params } = await published;
  expect(planted(params?.diagnostics ?? [], ({ code }) => code).map(({ code }) => code)).toEqual(faultyRules);
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const down = next(({ id }) => id === 2);
  send({ id: 2, method: 'shutdown' });
  await down;
  send({ method: 'exit' });
  expect(await ended).toBe(0);
});
