import path from 'node:path';
import type {
  CallbackFacts,
  CatalogData,
  EnumFacts,
  FunctionFacts,
  MemberFacts,
  Page,
  StructureFacts,
} from '../../src/core/catalog/schema.js';
import type { PageFile } from './pages.js';
import type { Problem } from './problems.js';

type Subject = CallbackFacts | FunctionFacts | StructureFacts | EnumFacts | { kind: 'other'; name: string };

/** What pages say must fit the facts: no page without an item, no name that the item does not have. */
export function checkPages(catalog: CatalogData, pages: PageFile[]): Problem[] {
  const subjects = subjectsOf(catalog);
  const seen = new Map<string, string>();
  return pages.flatMap(({ file, page }) => {
    const subject = subjects.get(page.name);
    const messages = subject
      ? [...nameProblems(file, subject), ...contentProblems(page, subject)]
      : [`${page.name} is not in the catalog`];
    const other = seen.get(page.name);
    if (other) messages.push(`${page.name} has a page already: ${other}`);
    seen.set(page.name, file);
    return messages.map((message) => ({ file, message }));
  });
}

function subjectsOf(catalog: CatalogData): Map<string, Subject> {
  const others = [...catalog.statuses, ...catalog.oids, ...catalog.constants, ...catalog.kernel];
  const subjects = new Map<string, Subject>(others.map(({ name }) => [name, { kind: 'other', name }]));
  for (const known of [
    ...catalog.enums,
    ...catalog.kernelRoles,
    ...catalog.structures,
    ...catalog.functions,
    ...catalog.callbacks,
  ]) {
    subjects.set(known.name, known);
  }
  return subjects;
}

/** Readers look for a page by its file name. A role with several documented names may have any. */
function nameProblems(file: string, subject: Subject): string[] {
  if (subject.kind === 'callback' && subject.otherNames) return [];
  const expected = (subject.kind === 'callback' && subject.documentedName) || subject.name;
  const found = path.posix.basename(file, '.md');
  return found === expected ? [] : [`the file should be called ${expected}.md`];
}

function contentProblems(page: Page, subject: Subject): string[] {
  const parameters = 'signature' in subject && subject.signature ? subject.signature.params.map((p) => p.name) : [];
  const untyped = 'arguments' in subject ? (subject.arguments ?? []) : [];
  const values = 'values' in subject ? subject.values.map(({ name }) => name) : [];
  const members = 'members' in subject ? subject.members.flatMap(memberNames) : values;
  return [
    ...unknown(page.parameters, new Set([...parameters, ...untyped]), 'parameter'),
    ...unknown(page.members, new Set(members), 'member'),
    ...statusProblems(page, subject),
  ];
}

const unknown = (said: Record<string, string> | undefined, own: Set<string>, what: string): string[] =>
  Object.keys(said ?? {})
    .filter((name) => !own.has(name))
    .map((name) => `no ${what} ${name}`);

/** Members of nested structures are named alone or by their path. */
function memberNames({ name, members }: MemberFacts): string[] {
  const inner = (members ?? []).flatMap(memberNames);
  return [name, ...inner, ...(name ? inner.map((below) => `${name}.${below}`) : [])];
}

/** Every documented status has its meaning on the page, or a line of `follow` says why not; none is there that nothing
 * documents. */
function statusProblems(page: Page, subject: Subject): string[] {
  if (subject.kind !== 'callback' && subject.kind !== 'function' && subject.kind !== 'macro') return [];
  const inText = subject.kind === 'callback' ? (subject.statusesInText ?? []) : [];
  const documented = [...(subject.statuses ?? []), ...inText];
  // A function without a documented list may still have its statuses explained.
  if (documented.length === 0 && subject.kind !== 'callback') return [];
  const said = Object.keys(page.statuses ?? {});
  const leftOut = (page.follow ?? []).join(' ');
  return [
    ...documented
      .filter((status) => !said.includes(status) && !leftOut.includes(status))
      .map((status) => `${status} is documented and not on the page`),
    ...said
      .filter((status) => status.startsWith('NDIS_STATUS_') && !documented.includes(status))
      .map((status) => `${status} is on the page and not in the documented facts`),
  ];
}
