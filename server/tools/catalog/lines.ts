import type { CatalogData, Page, PagesData } from '../../src/core/catalog/schema.js';
import type { PageFile } from './pages.js';
import type { Problem } from './problems.js';
import type { Described, Items, Sources } from './sources.js';

/** Documented facts whose items may be described in one line instead of a page. */
const kinds = ['functions', 'structures', 'enums', 'statuses', 'oids', 'constants'] as const;

/** Pages of one line each, for what has no other; of an enumeration also what its values mean. Prose stays out of the
 * catalog itself, which is read at every start. */
export function linePages(sources: Sources): PagesData {
  return Object.fromEntries(linesOf(sources).map(({ page }) => [page.name, page]));
}

/** A line says more than nothing in the space that a list of completions has, of names that exist, where no page does. */
export function checkLines(sources: Sources, catalog: CatalogData, pages: readonly PageFile[]): Problem[] {
  const written = new Set(pages.map(({ page }) => page.name));
  const values = new Map(catalog.enums.map((type) => [type.name, new Set(type.values.map(({ name }) => name))]));
  return linesOf(sources).flatMap(({ file, page: { name, summary, members = {} } }) => {
    const strange = Object.keys(members).filter((value) => !values.get(name)?.has(value));
    const long = [summary, ...Object.values(members)].filter((line) => line.length > 150);
    const messages = [
      ...strange.map((value) => `${name} has no value ${value}`),
      ...long.map((line) => `a line of ${name} has ${line.length} characters; 150 are allowed`),
      ...(written.has(name) ? [`${name} has a page, which hides its line`] : []),
    ];
    return messages.map((message) => ({ file, message }));
  });
}

/** Every line as the page that it becomes, with the file that it stands in. */
export function linesOf({ documented }: Sources): PageFile[] {
  return kinds.flatMap((kind) => {
    const items: Items<Described> = documented[kind];
    return Object.entries(items).flatMap(([name, { line, values }]) => {
      if (line === undefined) return [];
      const page: Page = { name, summary: line, ...(values && { members: values }) };
      return [{ file: `server/catalog/documented/${kind}.json`, page }];
    });
  });
}
