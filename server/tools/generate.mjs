// `npm run generate`: writes what follows from the rules and the templates into package.json and the settings schema.
// `--check` writes nothing and fails where something is out of date.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './bundles.mjs';
import { loadTypeScript } from './loadTypeScript.mjs';

/** @typedef {{ name: string, severity: string, summary: string }} Rule */

const severities = ['off', 'hint', 'information', 'warning', 'error'];
const presets = ['recommended', 'strict'];

/** @param {readonly Rule[]} rules */
function ruleSettings(rules) {
  return Object.fromEntries(
    rules.map(({ name, severity, summary }) => [
      `ndis.rules.${name}`,
      {
        type: 'string',
        enum: ['default', ...severities],
        default: 'default',
        scope: 'resource',
        markdownDescription: `${summary}. By itself: ${severity}.`,
      },
    ]),
  );
}

/** @param {readonly Rule[]} rules */
function manifest(rules) {
  const value = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const { contributes } = value;
  contributes.configuration[1].properties = ruleSettings(rules);
  contributes.snippets = ['c', 'cpp'].flatMap((language) =>
    readdirSync(path.join(root, 'snippets'))
      .filter((file) => file.endsWith('.code-snippets'))
      .sort()
      .map((file) => ({ language, path: `./snippets/${file}` })),
  );
  return value;
}

/** @param {readonly Rule[]} rules */
function settingsSchema(rules) {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Settings of NDIS Driver Tools',
    description: 'Holds for the folder of the file and what is below; the nearest one counts.',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      preset: { enum: presets, description: 'strict asks for more than the code base itself shows to want.' },
      rules: {
        type: 'object',
        additionalProperties: false,
        description: 'Severity per rule.',
        properties: Object.fromEntries(
          rules.map(({ name, severity, summary }) => [
            name,
            { enum: severities, description: `${summary}. By itself: ${severity}.` },
          ]),
        ),
      },
      projects: {
        type: 'array',
        description: 'Driver projects that the build files do not tell.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['name', 'files'],
          properties: {
            name: { type: 'string' },
            files: { type: 'array', minItems: 1, items: { type: 'string' } },
          },
        },
      },
    },
  };
}

async function main() {
  const { rules } = await loadTypeScript('server/src/core/rules/index.ts');
  const outputs = { 'package.json': manifest(rules), 'server/schemas/ndislint.schema.json': settingsSchema(rules) };
  const stale = Object.entries(outputs).filter(([file, value]) => !isWritten(file, value));
  if (!process.argv.includes('--check')) {
    for (const [file, value] of stale) writeFileSync(path.join(root, file), `${JSON.stringify(value, null, 2)}\n`);
  } else if (stale.length > 0) {
    console.error(`Out of date: ${stale.map(([file]) => file).join(', ')}. Run: npm run generate`);
    process.exitCode = 1;
  }
}

/**
 * Compares values, not text: the formatter may lay the file out as it likes.
 * @param {string} file
 * @param {unknown} value
 */
function isWritten(file, value) {
  try {
    return JSON.stringify(JSON.parse(readFileSync(path.join(root, file), 'utf8'))) === JSON.stringify(value);
  } catch {
    return false;
  }
}

await main();
