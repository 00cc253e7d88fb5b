import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dist, root } from './bundles.mjs';
import { loadTypeScript } from './loadTypeScript.mjs';

/** Folders whose change calls for new assets. */
export const assetSources = ['server/catalog', 'server/src/core/rules', 'server/tools/catalog', 'snippets'];

const wasm = [
  'web-tree-sitter/web-tree-sitter.wasm',
  'tree-sitter-c/tree-sitter-c.wasm',
  'tree-sitter-cpp/tree-sitter-cpp.wasm',
];

/** Writes everything in dist/ that is not a bundle: grammars, catalog, prose, rule pages, templates. */
export async function writeAssets() {
  mkdirSync(dist, { recursive: true });
  for (const file of wasm) copyFileSync(path.join(root, 'node_modules', file), path.join(dist, path.basename(file)));
  const { compileCatalog } = await loadTypeScript('server/tools/catalog/compile.ts');
  const { catalog, pages, problems, pageProblems } = compileCatalog(root);
  const wrong = [...problems, ...pageProblems].map(({ file, message }) => `${file}: ${message}`);
  if (wrong.length > 0) throw new Error(`The catalog does not hold together:\n${wrong.join('\n')}`);
  writeJson('catalog.json', catalog);
  writeJson('pages.json', pages);
  writeJson('rules.json', rulePages());
  writeJson('templates.json', templates());
}

/** @param {string} name @param {unknown} value */
function writeJson(name, value) {
  writeFileSync(path.join(dist, name), JSON.stringify(value));
}

/** Rule pages in Markdown, by rule name, without the marks that the tests read. */
function rulePages() {
  const folder = path.join(root, 'server/src/core/rules');
  const files = readdirSync(folder).filter((file) => file.endsWith('.md'));
  return Object.fromEntries(
    files.sort().map((file) => [path.basename(file, '.md'), asRead(readFileSync(path.join(folder, file), 'utf8'))]),
  );
}

/** The snippet files that VS Code is given too, by file name without ending. */
function templates() {
  const folder = path.join(root, 'snippets');
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.code-snippets')) : [];
  return Object.fromEntries(
    files
      .sort()
      .map((file) => [
        path.basename(file, '.code-snippets'),
        JSON.parse(readFileSync(path.join(folder, file), 'utf8')),
      ]),
  );
}

/**
 * A rule's page as people read it: without the marks and notes by which the tests run it.
 * @param {string} page
 */
function asRead(page) {
  return page.replace(/[«»]/g, '').replace(/[ \t]*\/\/ ~.*$/gm, '');
}
