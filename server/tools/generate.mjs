// `npm run generate`: writes what follows from the rules and the templates into package.json and the settings schema.
// `--check` writes nothing and fails where something is out of date.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
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

/**
 * @param {readonly Rule[]} rules
 * @param {readonly string[]} templates files of snippets, relative to the root
 */
function manifest(rules, templates) {
  const value = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const { contributes } = value;
  contributes.configuration[1].properties = ruleSettings(rules);
  contributes.snippets = ['c', 'cpp'].flatMap((language) =>
    [...templates].sort().map((file) => ({ language, path: `./${file}` })),
  );
  return value;
}

/**
 * @param {readonly Rule[]} rules
 * @param {Record<string, any>} words lists and patterns of the settings
 */
function settingsSchema(rules, { driverKindNames, ndisVersionPattern }) {
  const version = { type: 'string', pattern: ndisVersionPattern };
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
            files: {
              type: 'array',
              minItems: 1,
              items: { type: 'string' },
              description: 'Files and folders, relative to this file.',
            },
            ndisVersion: {
              description:
                'NDIS versions that the driver is built for, where the sources do not tell, or tell another.',
              oneOf: [version, { type: 'array', minItems: 1, items: version }],
            },
            kinds: {
              type: 'array',
              minItems: 1,
              uniqueItems: true,
              items: { enum: driverKindNames },
              description: 'What the driver registers as, where that is not seen in the sources.',
            },
          },
        },
      },
    },
  };
}

async function main() {
  const { rules } = await loadTypeScript('server/src/core/rules/index.ts');
  const { generateTemplates } = await loadTypeScript('server/tools/templates.ts');
  const templates = generateTemplates(root);
  const outputs = {
    ...Object.fromEntries(Object.entries(templates).map(([file, text]) => [file, JSON.parse(text)])),
    'package.json': manifest(rules, Object.keys(templates)),
    'server/schemas/ndislint.schema.json': settingsSchema(
      rules,
      await loadTypeScript('server/src/core/settings/lintFile.ts'),
    ),
  };
  const stale = Object.entries(outputs).filter(([file, value]) => !isWritten(file, value));
  if (!process.argv.includes('--check')) {
    for (const [file, value] of stale) write(file, value);
  } else if (stale.length > 0) {
    console.error(`Out of date: ${stale.map(([file]) => file).join(', ')}. Run: npm run generate`);
    process.exitCode = 1;
  }
}

/**
 * @param {string} file
 * @param {unknown} value
 */
function write(file, value) {
  writeFileSync(path.join(root, file), `${JSON.stringify(value, null, 2)}\n`);
  const biome = path.join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const options = ['format', '--write', '--no-errors-on-unmatched', file];
  execFileSync(process.execPath, [biome, ...options], { cwd: root, stdio: 'ignore' });
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
