import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Driver } from '../harness/core.js';
import { sampleDriver } from '../harness/paths.mjs';

const names = readdirSync(sampleDriver).filter((name) => /\.(c|h)$/.test(name));
const texts = names.map((name) => [name, readFileSync(path.join(sampleDriver, name), 'utf8')] as const);

/** Asks for everything at the offset (UTF-16) of the first file. */
async function ask(files: [string, string][], offset: number): Promise<void> {
  const [[name = '', text = ''] = [], ...others] = files;
  const driver = new Driver({
    [name]: `${text.slice(0, offset)}$0${text.slice(offset)}`,
    ...Object.fromEntries(others),
  });
  driver.completions();
  driver.actions();
  driver.definitions();
  driver.references();
  await driver.hover();
  await driver.signatureHelp();
  expect(driver.failures).toEqual([]);
}

it.each(texts)('no place in %s makes a feature or a rule throw', async (name, text) => {
  for (let offset = 7; offset <= text.length; offset += 997) await ask([[name, text]], offset);
});

it.each(texts)('nor where %s has been typed that far', async (name, text) => {
  for (let length = 13; length <= text.length; length += 1499) await ask([[name, text.slice(0, length)]], length);
});
