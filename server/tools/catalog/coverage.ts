import type { CatalogData, Page } from '../../src/core/catalog/schema.js';
import { join } from './join.js';
import { readPages } from './pages.js';
import { findRoot } from './root.js';
import { pageFiles, readSources } from './sources.js';

/** How much of one kind of item is described. */
export interface Coverage {
  kind: string;
  /** Items with facts. */
  items: number;
  /** Of these, items with a page. */
  pages: number;
  /** Of these, items whose page was checked by someone other than its writer. */
  reviewed: number;
}

/** One row per kind of item that a page can have, in the order of the catalog. */
export function coverage(catalog: CatalogData, pages: Page[]): Coverage[] {
  const byName = new Map(pages.map((page) => [page.name, page]));
  return Object.entries(kindsOf(catalog)).map(([kind, items]) => {
    const described = items.flatMap(({ name }) => byName.get(name) ?? []);
    return {
      kind,
      items: items.length,
      pages: described.length,
      reviewed: described.filter(({ reviewed }) => reviewed).length,
    };
  });
}

function kindsOf(catalog: CatalogData): Record<string, { name: string }[]> {
  return {
    callbacks: catalog.callbacks,
    functions: catalog.functions.filter(({ kind }) => kind === 'function'),
    macros: catalog.functions.filter(({ kind }) => kind === 'macro'),
    structures: catalog.structures,
    enumerations: catalog.enums,
    statuses: catalog.statuses,
    OIDs: catalog.oids,
    constants: catalog.constants,
    'kernel routines': catalog.kernel,
  };
}

/** `node server/tools/run.mjs catalog/coverage`: per kind, how many items have facts, a page, and a reviewed page. */
export function main(): number {
  const root = findRoot();
  const { pages } = readPages(root, pageFiles(root));
  const rows = coverage(
    join(readSources(root)),
    pages.map(({ page }) => page),
  );
  console.log(row('kind', 'facts', 'page', 'reviewed'));
  for (const { kind, items, pages: described, reviewed } of rows) console.log(row(kind, items, described, reviewed));
  return 0;
}

const row = (kind: string, ...cells: (string | number)[]): string =>
  kind.padEnd(16) + cells.map((cell) => String(cell).padStart(9)).join('');
