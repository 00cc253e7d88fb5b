import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { defaultConfiguration } from '../../server/src/core/configuration.js';
import { ruleNames } from '../../server/src/core/ruleInfo.js';
import { mergeSettings } from '../../server/src/core/settings/merge.js';
import { root } from '../harness/paths.mjs';

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const manifest = JSON.parse(read('package.json'));
const [general, rules] = manifest.contributes.configuration as { properties: Record<string, { default: unknown }> }[];

/** Flat `ndis.a.b` settings as an editor sends them: nested below `ndis`. */
function nested(settings: Record<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(settings)) {
    const [first = '', ...rest] = name.replace(/^ndis\./, '').split('.');
    if (rest.length === 0) result[first] = value;
    else result[first] = { ...(result[first] as object | undefined), [rest.join('.')]: value };
  }
  return result;
}

test('every rule has its setting, and no setting is without a rule', () => {
  expect(Object.keys(rules?.properties ?? {})).toEqual(ruleNames.map((name) => `ndis.rules.${name}`));
});

test('the defaults of the manifest are those of the server', () => {
  const all = { ...general?.properties, ...rules?.properties };
  const defaults = nested(Object.fromEntries(Object.entries(all).map(([name, setting]) => [name, setting.default])));
  const { configuration, complaints } = mergeSettings(undefined, defaults, new Set(ruleNames));
  expect(configuration).toEqual(defaultConfiguration);
  expect(complaints).toEqual([]);
});

test('every setting of the manifest changes something in the server', () => {
  const silent = ['ndis.trace.server'];
  for (const [name, { default: value }] of Object.entries(general?.properties ?? {})) {
    if (silent.includes(name)) continue;
    const other = typeof value === 'boolean' ? !value : 'strict';
    const { configuration } = mergeSettings(undefined, nested({ [name]: other }), new Set(ruleNames));
    expect(configuration, name).not.toEqual(defaultConfiguration);
  }
});

test('every command of the manifest is registered, and none besides', () => {
  const contributed = manifest.contributes.commands.map(({ command }: { command: string }) => command);
  const registered = [...read('client/src/stub.ts').matchAll(/command\('([\w.]+)'/g)].map(([, name]) => name);
  expect(contributed).toEqual(registered);
});

test('every text of the manifest is written', () => {
  const texts = JSON.parse(read('package.nls.json'));
  const used = [...read('package.json').matchAll(/"%([\w.]+)%"/g)].map(([, key = '']) => key);
  expect(Object.keys(texts).sort()).toEqual([...new Set(used)].sort());
});

test('the stub that every C file loads stays small', () => {
  for (const stub of ['client.js', 'client.web.js']) {
    expect(statSync(path.join(root, 'dist', stub)).size).toBeLessThanOrEqual(20 * 1024);
  }
});

test('what the package names is there', () => {
  const named = [manifest.main, manifest.browser, manifest.icon, ...Object.values(manifest.bin)] as string[];
  const snippets = manifest.contributes.snippets.map((one: { path: string }) => one.path);
  for (const file of [...named, ...snippets]) expect(existsSync(path.join(root, file)), file).toBe(true);
});
