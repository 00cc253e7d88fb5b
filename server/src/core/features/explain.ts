import type { Catalog } from '../catalog/catalog.js';
import type { PagesLoader } from './feature.js';
import { block, callbackMarkdown, functionMarkdown, memberMarkdown, structureMarkdown } from './markdown.js';

/** The page of an item of the interface by name: a role type, documented name, function, structure, `Structure.Member`,
 * status, OID or constant. */
export async function explainItem(name: string, catalog: Catalog, loader: PagesLoader): Promise<string | undefined> {
  const pages = await loader();
  const role = catalog.callback(name) ?? catalog.callbackByDocumentedName(name);
  if (role) return callbackMarkdown(role, pages[role.name], catalog);
  const fn = catalog.function(name);
  if (fn) return functionMarkdown(fn, pages[fn.name], catalog);
  const structure = catalog.structure(name);
  if (structure) return structureMarkdown(structure, pages[structure.name], catalog);
  const [, owner = '', memberName = ''] = /^(\w+)\.(.+)$/.exec(name) ?? [];
  const outer = catalog.structure(owner);
  const member = outer && catalog.member(owner, memberName);
  if (outer && member) return memberMarkdown(outer, member, pages[outer.name]);
  const page = pages[name];
  if (page) return [block(name), page.summary, page.body].filter((part) => part).join('\n\n');
  const value = catalog.numberOf(name);
  return value === undefined ? undefined : block(`${name} = 0x${(value >>> 0).toString(16).toUpperCase()}`);
}
