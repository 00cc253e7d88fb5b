import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Folders of the core in the order in which they may know each other: each one those before it. */
const coreLayers = ['text', 'syntax', 'catalog', 'model', 'projects', 'rules', 'features'];

/**
 * Imports that a folder of the core may not make: anything of a later layer.
 * @param {string} folder
 */
function laterThan(folder) {
  const forbidden = [...coreLayers.slice(coreLayers.indexOf(folder) + 1), 'settings', 'service.js'];
  return forbidden.map((name) => `**/${name}${name.includes('.') ? '' : '/**'}`);
}

/**
 * @param {string[]} files
 * @param {string[]} group import patterns that these files may not use
 * @param {string} message
 */
const forbid = (files, group, message) => ({
  files,
  rules: { 'no-restricted-imports': /** @type {const} */ (['error', { patterns: [{ group, message }] }]) },
});

const withoutEnvironment = ['node:*', 'vscode', 'vscode-*', 'vscode-*/**'];

export default defineConfig(
  { ignores: ['dist/**', '.cache/**', '.vscode-test/**', 'test/fixtures/**', 'snippets/**'] },
  {
    files: ['**/*.ts', '**/*.mjs'],
    extends: [tseslint.configs.recommendedTypeCheckedOnly],
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['*.mjs', '*.ts'] } } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/require-await': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
      'no-fallthrough': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  { files: ['**/*.mjs', 'server/tools/**', 'server/src/cli/**', 'test/**'], rules: { 'no-console': 'off' } },
  {
    // JSON that a program reads is `any` until it is checked; scripts and tests check by failing.
    files: ['**/*.mjs', 'test/**', 'server/tools/**'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  forbid(['server/src/core/**'], withoutEnvironment, 'The core does no input or output and knows no editor.'),
  ...coreLayers.map((folder) =>
    forbid(
      [`server/src/core/${folder}/**`],
      [...withoutEnvironment, ...laterThan(folder)],
      'Imports in the core point back: text, syntax, catalog, model, projects, rules, features.',
    ),
  ),
  forbid(
    ['server/src/lsp/**'],
    ['node:*', 'vscode', 'vscode-languageclient/**', '**/node/**', '**/browser/**', '**/cli/**'],
    'The protocol layer runs in Node and in a worker.',
  ),
  forbid(
    ['server/src/browser/**'],
    ['node:*', 'vscode', 'vscode-languageclient/**', '**/node/**', '**/cli/**'],
    'A worker has no Node.',
  ),
  forbid(
    ['server/src/node/**'],
    ['vscode', 'vscode-languageclient/**', '**/browser/**'],
    'The server knows no editor.',
  ),
  forbid(
    ['server/src/cli/**'],
    ['vscode', 'vscode-*', '**/lsp/**', '**/browser/**'],
    'The command line needs no protocol.',
  ),
  forbid(['client/**'], ['**/server/**'], 'The client knows the server by its protocol alone.'),
);
