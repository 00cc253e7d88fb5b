import type { Catalog } from '../catalog/catalog.js';
import { networkPage } from '../catalog/networkPage.js';
import type {
  ConstantFacts,
  EnumFacts,
  HeaderRevision,
  OidFacts,
  Page,
  PortingFacts,
  StatusFacts,
  StructureFacts,
} from '../catalog/schema.js';
import { block, closing, code, joined, pageLink, section } from './markdown.js';

/** Markdown for what stands for a number, and for names that NDIS has left behind. */

/** 32 bits in hexadecimal, as the headers write statuses and OIDs. */
export function hex(value: number | undefined): string {
  return value === undefined ? '' : `0x${(value >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
}

export function oidMarkdown(oid: OidFacts, page: Page | undefined): string {
  return joined([
    block(`#define ${oid.name} ${hex(oid.value)}`),
    page?.summary,
    oid.requestTypes?.length ? `Requests: ${oid.requestTypes.join(', ')}` : undefined,
    oid.mustSucceed ? 'A driver must not fail it' : undefined,
    oid.structures?.length ? `Data: ${oid.structures.map(code).join(', ')}` : undefined,
    page?.body,
    pageLink(oid.page && networkPage(oid.name), oid.name),
  ]);
}

export function constantMarkdown(constant: ConstantFacts, page: Page | undefined): string {
  const value = typeof constant.value === 'number' ? hex(constant.value) : (constant.value ?? '');
  return joined([block(`#define ${constant.name} ${value}`), page?.summary]);
}

export function statusMarkdown(status: StatusFacts, catalog: Catalog, page: Page | undefined): string {
  const value = status.value === undefined ? '' : ` ((NDIS_STATUS)${hex(status.value)})`;
  const returnedBy = catalog.callbacksReturning(status.name).map((role) => role.documentedName ?? role.name);
  const shown = returnedBy.slice(0, 8).map(code).join(', ');
  const more = returnedBy.length > 8 ? ` and ${returnedBy.length - 8} more` : '';
  return joined([
    block(`#define ${status.name}${value}`),
    page?.summary,
    page?.body,
    page?.traps?.map((trap) => `- ${trap}`).join('\n'),
    returnedBy.length ? `Returned by ${shown}${more}` : undefined,
    pageLink(status.page && networkPage(status.name), status.name),
  ]);
}

export function enumMarkdown(type: EnumFacts, page: Page | undefined): string {
  const values = type.values.map((v) => `    ${v.name}${v.value === undefined ? '' : ` = ${v.value}`},`);
  return joined([
    page?.summary,
    block([`enum ${type.name} {`, ...values, '};'].join('\n')),
    page?.body,
    section('Values', page?.members),
    ...closing(page),
    pageLink(type.page, type.name),
  ]);
}

/** What the value means; where nothing says it, what its type is for. */
export function enumValueMarkdown(type: EnumFacts, name: string, page: Page | undefined): string {
  const { value, min } = type.values.find((v) => v.name === name) ?? {};
  return joined([
    block(`${name}${value === undefined ? '' : ` = ${value}`}  // ${type.name}`),
    page?.members?.[name] ?? (page && `${code(type.name)}: ${page.summary}`),
    min && `Since NDIS ${min}`,
  ]);
}

/** What a revision or size constant says about the structures that it serves: members covered, version, size. */
export function revisionMarkdown(
  name: string,
  of: readonly { structure: StructureFacts; revision: HeaderRevision }[],
  page: Page | undefined,
): string {
  const first = of[0]?.revision;
  const isSize = first?.sizeConstant === name;
  const parts = of.map(({ structure, revision }) =>
    [
      `${isSize ? 'Size' : 'Revision'} ${isSize ? 'of revision ' : ''}${revision.revision} of ${code(structure.name)}`,
      revision.lastMember && `Members up to ${code(revision.lastMember)}`,
      revision.alsoCovers && `Also ${revision.alsoCovers.map(code).join(', ')}`,
      revision.size?.x64 !== undefined && `${revision.size.x64} bytes in x64, ${revision.size.x86 ?? '?'} in x86`,
      counterpart(revision, isSize),
      revision.min && `Since NDIS ${revision.min}`,
    ]
      .filter((line) => line)
      .join('  \n'),
  );
  return joined([
    block(isSize ? `#define ${name}` : `#define ${name} ${first?.revision ?? ''}`),
    page?.summary,
    ...parts,
  ]);
}

function counterpart({ revisionConstant, sizeConstant }: HeaderRevision, isSize: boolean): string | undefined {
  const other = isSize ? revisionConstant : sizeConstant;
  return other && `Goes with ${code(other)}`;
}

/** Names for a number in the source: statuses and OIDs with that value. */
export function numberMarkdown(
  value: number,
  statuses: readonly StatusFacts[],
  oids: readonly OidFacts[],
  pageOf: (name: string) => Page | undefined,
): string {
  const named = [...statuses, ...oids].map(({ name }) => {
    const summary = pageOf(name)?.summary;
    return summary ? `${code(name)}: ${summary}` : code(name);
  });
  return joined([block(hex(value)), named.join('  \n')]);
}

/** What became of a name in later versions of NDIS; empty where it is a name of today. */
export function portingMarkdown(name: string, entries: readonly PortingFacts[]): string {
  const newer = entries.filter(({ from }) => from.includes(name));
  if (newer.length === 0) return '';
  const to = [...new Set(newer.flatMap((entry) => entry.to))].map(code);
  const old = newer.every(({ kind }) => kind === 'superseded')
    ? `${code(name)} is superseded.`
    : `${code(name)} belongs to NDIS 5.x.`;
  const now = to.length ? ` Now: ${to.join(', ')}.` : ' Nothing takes its place.';
  const notes = [...new Set(newer.flatMap(({ note }) => (note ? [`- ${note}`] : [])))];
  return joined([`${old}${now}`, notes.join('\n')]);
}
