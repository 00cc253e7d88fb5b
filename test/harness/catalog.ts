import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Catalog } from '../../server/src/core/catalog/catalog.js';
import type { CatalogData, PagesData } from '../../server/src/core/catalog/schema.js';
import { root } from './paths.mjs';

const sources = ['server/catalog', 'server/tools/catalog', 'server/src/core/catalog/schema.ts'];

/** The built catalog where it is younger than all that goes into it, else one compiled for the occasion: reading what
 * was built is a hundred times faster, and most test files need the catalog. */
async function load(): Promise<{ catalog: CatalogData; pages: PagesData }> {
  const built = ['catalog.json', 'pages.json'].map((name) => path.join(root, 'dist', name));
  const newest = Math.max(...sources.map((source) => changed(path.join(root, source))));
  if (built.every((file) => changed(file) > newest)) {
    const [catalog, pages] = built.map((file) => JSON.parse(readFileSync(file, 'utf8')) as unknown);
    return { catalog: catalog as CatalogData, pages: pages as PagesData };
  }
  const { compileCatalog } = await import('../../server/tools/catalog/compile.js');
  return compileCatalog(root);
}

/** Latest change of a file or of anything below a folder, in milliseconds since 1970; 0 where there is no such file. */
function changed(file: string): number {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return stat?.mtimeMs ?? 0;
  return Math.max(stat.mtimeMs, ...readdirSync(file).map((name) => changed(path.join(file, name))));
}

const loaded = await load();

export const catalog = new Catalog(loaded.catalog);

export const { pages } = loaded;
