import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { CatalogData, PagesData } from '../../src/core/catalog/schema.js';
import { checkFacts } from './consistency.js';
import { join } from './join.js';
import { checkLines, linePages, linesOf } from './lines.js';
import { checkPages } from './pageChecks.js';
import { readPages } from './pages.js';
import { describe, type Problem } from './problems.js';
import { checkProse } from './proseChecks.js';
import { findRoot } from './root.js';
import { pageFiles, readSources } from './sources.js';

export interface Compiled {
  catalog: CatalogData;
  pages: PagesData;
  /** Facts that contradict each other or do not fit the schema: the catalog is not to be trusted. */
  problems: Problem[];
  /** Pages that do not fit the facts. */
  pageProblems: Problem[];
}

/** Joins facts, documented facts and pages below `root`. Nothing is written. */
export function compileCatalog(root: string = findRoot()): Compiled {
  const sources = readSources(root);
  const catalog = join(sources);
  const { pages, problems: unreadable } = readPages(root, pageFiles(root));
  const roles = new Set(catalog.callbacks.map(({ name }) => name));
  const ofRoles = pages.filter(({ page }) => roles.has(page.name));
  catalog.summaries = Object.fromEntries(ofRoles.map(({ page }) => [page.name, page.summary]));
  return {
    catalog,
    pages: {
      ...linePages(sources),
      ...Object.fromEntries(pages.map(({ page: { reviewed: _, ...page } }) => [page.name, page])),
    },
    problems: [...checkFacts(catalog), ...checkSchema(root, catalog)],
    pageProblems: [
      ...unreadable,
      ...checkPages(catalog, pages),
      ...checkLines(sources, catalog, pages),
      ...checkProse(catalog, [...pages, ...linesOf(sources)], new Set(Object.keys(sources.documented['other-names']))),
    ],
  };
}

function checkSchema(root: string, catalog: CatalogData): Problem[] {
  const file = 'server/catalog/catalog.schema.json';
  const schema = JSON.parse(readFileSync(path.join(root, file), 'utf8')) as object;
  const validate = new Ajv2020({ allErrors: false, allowUnionTypes: true }).compile(schema);
  if (validate(catalog)) return [];
  return (validate.errors ?? []).map((error) => ({
    file,
    message: `${error.instancePath} ${error.message ?? ''} ${JSON.stringify(error.params)}`,
  }));
}

/** `node server/tools/run.mjs catalog/compile [--strict]`: dist/catalog.json, dist/pages.json, and what is wrong. */
export function main(args: string[]): number {
  const root = findRoot();
  const { catalog, pages, problems, pageProblems } = compileCatalog(root);
  const strict = args.includes('--strict');
  for (const problem of problems) console.error(`error: ${describe(problem)}`);
  for (const problem of pageProblems) console.error(`${strict ? 'error' : 'warning'}: ${describe(problem)}`);
  if (problems.length > 0 || (strict && pageProblems.length > 0)) return 1;
  mkdirSync(path.join(root, 'dist'), { recursive: true });
  writeFileSync(path.join(root, 'dist', 'catalog.json'), JSON.stringify(catalog));
  writeFileSync(path.join(root, 'dist', 'pages.json'), JSON.stringify(pages));
  console.log(
    `${catalog.callbacks.length} callbacks, ${catalog.functions.length} functions, ${Object.keys(pages).length} pages`,
  );
  return 0;
}
