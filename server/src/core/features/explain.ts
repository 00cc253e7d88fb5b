import type { Catalog } from '../catalog/catalog.js';
import type { PagesLoader } from './feature.js';
import { namedMarkdown } from './hover.js';
import { memberMarkdown } from './markdown.js';
import { catalogSubject } from './subject.js';

/** The page of an item of the interface by name: a role type, documented name, function, structure, `Structure.Member`,
 * status, OID or constant. */
export async function explainItem(name: string, catalog: Catalog, loader: PagesLoader): Promise<string | undefined> {
  const pages = await loader();
  const subject = catalogSubject(catalog, name);
  if (subject) return namedMarkdown(name, subject, catalog, pages);
  const [, owner = '', path = ''] = /^(\w+)\.(.+)$/.exec(name) ?? [];
  const structure = catalog.structure(owner);
  const member = structure && catalog.member(owner, path);
  return structure && member && memberMarkdown(structure, member, pages[structure.name]);
}
