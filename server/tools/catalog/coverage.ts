import type { CatalogData, Page } from '../../src/core/catalog/schema.js';
import { join } from './join.js';
import { linePages } from './lines.js';
import { readPages } from './pages.js';
import { findRoot } from './root.js';
import { pageFiles, readSources } from './sources.js';

/** How many items of a kind there are, and how much is said about them. */
export interface Coverage {
  kind: string;
  /** In the catalog. */
  items: number;
  /** With a signature, members, values or a number: something that a header or the documentation tells. */
  facts: number;
  /** With a page of their own, or a line of description. */
  described: number;
  /** With a page that someone other than its writer has checked. */
  reviewed: number;
}

interface Item {
  name: string;
  signature?: object;
  arguments?: object;
  members?: object[];
  values?: object[];
  value?: unknown;
}

/** One row per kind of item, in the order of the catalog. `lines` are the names that one line describes. */
export function coverage(
  catalog: CatalogData,
  pages: readonly Page[],
  lines: ReadonlySet<string> = new Set(),
): Coverage[] {
  const byName = new Map(pages.map((page) => [page.name, page]));
  return Object.entries(kindsOf(catalog)).map(([kind, items]) => {
    const count = (holds: (item: Item) => boolean): number => items.filter(holds).length;
    return {
      kind,
      items: items.length,
      facts: count(hasFacts),
      described: count(({ name }) => byName.has(name) || lines.has(name)),
      reviewed: count(({ name }) => byName.get(name)?.reviewed !== undefined),
    };
  });
}

function kindsOf(catalog: CatalogData): Record<string, readonly Item[]> {
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

function hasFacts({ signature, arguments: names, members, values, value }: Item): boolean {
  return [signature, names, value].some((fact) => fact !== undefined) || Boolean(members?.length ?? values?.length);
}

/** `npm run coverage:catalog`: per kind, how much is known and said. */
export function main(): number {
  const root = findRoot();
  const { pages } = readPages(root, pageFiles(root));
  const sources = readSources(root);
  const rows = coverage(
    join(sources),
    pages.map(({ page }) => page),
    new Set(Object.keys(linePages(sources))),
  );
  console.log(row('', 'items', 'facts', 'page or line', 'reviewed'));
  for (const { kind, items, facts, described, reviewed } of rows)
    console.log(row(kind, items, part(facts, items), part(described, items), part(reviewed, items)));
  return 0;
}

const part = (count: number, of: number): string => `${count} (${of === 0 ? 100 : Math.floor((100 * count) / of)}%)`;

const row = (kind: string, ...cells: (string | number)[]): string =>
  `${kind.padEnd(16)}${cells.map((cell) => String(cell).padStart(14)).join('')}`;
