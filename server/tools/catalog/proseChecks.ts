import { Catalog } from '../../src/core/catalog/catalog.js';
import type { CatalogData, MemberFacts, Page, Signature } from '../../src/core/catalog/schema.js';
import type { PageFile } from './pages.js';
import type { Problem } from './problems.js';

/** Words that can only be names of the interface. */
const nameLike =
  /\b(?:Ndis[A-Z]\w+|P?NDIS_\w+|P?NET_BUFFER\w*|OID_\w+|(?:Miniport|Protocol|Filter|NetAdapter)[A-Z]\w+|[A-Z]\w+Handler)\b/g;

const link = /\]\(([^)\s]*)\)/g;

/**
 * What running text names must exist: a name of the interface, of a parameter or member of it, or what several of its
 * names begin with. A name that only other sources have may be told where sources disagree, and anywhere when it is in
 * `elsewhere`, where what ends in an underscore stands for all that begin so.
 */
export function checkProse(catalog: CatalogData, pages: PageFile[], elsewhere: ReadonlySet<string>): Problem[] {
  const known = new KnownNames(catalog);
  const families = [...elsewhere].filter((name) => name.endsWith('_'));
  const isElsewhere = (name: string) => elsewhere.has(name) || families.some((family) => name.startsWith(family));
  return pages.flatMap(({ file, page }) => {
    const disputed = (page.follow ?? []).join(' ');
    const strange = namesIn(page).filter((name) => !known.has(name) && !isElsewhere(name) && !disputed.includes(name));
    const broken = linksIn(page).filter((target) => !target.startsWith('https://learn.microsoft.com/'));
    return [
      ...strange.map((name) => ({ file, message: `the text names ${name}, which the catalog does not have` })),
      ...broken.map((target) => ({ file, message: `a link leads to ${target || 'nothing'}` })),
    ];
  });
}

const namesIn = (page: Page): string[] => [...new Set(textsOf(page).flatMap((text) => text.match(nameLike) ?? []))];

const linksIn = (page: Page): string[] =>
  textsOf(page).flatMap((text) => [...text.matchAll(link)].map((match) => match[1] as string));

function textsOf({ summary, step, returns, replacement, body, parameters, statuses, members, traps }: Page): string[] {
  const maps = [parameters, statuses, members].flatMap((map) => Object.values(map ?? {}));
  // A value that is no text is a fault of form, which the reading of pages reports.
  return [summary, step, returns, replacement, body, ...maps, ...(traps ?? [])].filter(
    (text) => typeof text === 'string',
  );
}

class KnownNames {
  readonly #catalog: Catalog;
  readonly #parts = new Set<string>();
  readonly #sorted: readonly string[];

  constructor(data: CatalogData) {
    this.#catalog = new Catalog(data);
    for (const { members } of data.structures) this.#addMembers(members);
    for (const { signature } of [...data.callbacks, ...data.kernelRoles, ...data.kernel]) this.#addSignature(signature);
    for (const { signature, arguments: names = [] } of data.functions) {
      this.#addSignature(signature);
      for (const name of names) this.#parts.add(name);
    }
    for (const { from, to } of data.porting) for (const name of [...from, ...to]) this.#parts.add(name);
    this.#sorted = this.#catalog.allNames();
  }

  has(name: string): boolean {
    const [singular, stem] = [name.replace(/s$/, ''), name.replace(/_[nx]?$/i, '')];
    return this.#isName(name) || this.#isName(singular) || this.#begins(stem);
  }

  #isName(name: string): boolean {
    return this.#catalog.find(name) !== undefined || this.#parts.has(name) || this.#sorted.includes(name);
  }

  /** `OID_SWITCH_NIC` stands for all that go on after it. */
  #begins(stem: string): boolean {
    return this.#catalog.allNames(`${stem}_`).length > 1;
  }

  #addMembers(members: readonly MemberFacts[]): void {
    for (const { name, members: inner = [] } of members) {
      this.#parts.add(name);
      this.#addMembers(inner);
    }
  }

  #addSignature(signature: Signature | undefined): void {
    for (const { name } of signature?.params ?? []) this.#parts.add(name);
  }
}
