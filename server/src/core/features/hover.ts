import type { Hover } from '../api.js';
import type { Page, PagesData } from '../catalog/schema.js';
import { declared } from '../model/cText.js';
import type { RoleEvidence } from '../model/projectModel.js';
import type { FeatureInput, PagesLoader } from './feature.js';
import {
  annotation,
  block,
  callbackMarkdown,
  code,
  escaped,
  functionMarkdown,
  irqlText,
  memberMarkdown,
  pageLink,
  signatureBlock,
  structureMarkdown,
} from './markdown.js';
import { type Subject, subjectAt } from './subject.js';

/** Hover at the offset (absolute UTF-16): the catalog's page for whatever NDIS name the cursor is on. */
export async function hover(input: FeatureInput, offset: number, pages: PagesLoader): Promise<Hover | undefined> {
  const at = subjectAt(input, offset);
  if (!at) return undefined;
  return { start: at.start, end: at.end, markdown: subjectMarkdown(at.subject, input, await pages()) };
}

/** The Markdown for a subject; what hover shows and what completion resolves to. */
export function subjectMarkdown(subject: Subject, input: FeatureInput, pages: PagesData): string {
  const { catalog } = input;
  const page = (name: string): Page | undefined => pages[name];
  switch (subject.kind) {
    case 'callback':
      return callbackMarkdown(subject.role, page(subject.role.name), catalog);
    case 'own-callback':
      return [
        ownPlaces(subject.name, subject.evidence, input),
        callbackMarkdown(subject.role, page(subject.role.name), catalog),
      ].join('\n\n');
    case 'function':
      return functionMarkdown(subject.fn, page(subject.fn.name), catalog);
    case 'kernel': {
      const { routine } = subject;
      const irql = irqlText(routine.irql);
      return [
        routine.signature && signatureBlock(routine.signature.returns, routine.name, routine.signature.params),
        irql && `**${irql}**`,
      ]
        .filter((t) => t)
        .join('\n\n');
    }
    case 'structure':
      return structureMarkdown(subject.structure, page(subject.structure.name), catalog);
    case 'member':
      return memberHover(subject, input, pages);
    case 'status':
      return statusMarkdown(subject.status, input, page(subject.status.name));
    case 'parameter':
      return parameterMarkdown(subject, page(subject.role.name));
    case 'oid': {
      const { oid } = subject;
      const requests = oid.requestTypes?.length ? `Requests: ${oid.requestTypes.join(', ')}` : undefined;
      return [
        block(`#define ${oid.name} ${hex(oid.value)}`),
        page(oid.name)?.summary,
        requests,
        oid.structures?.length ? `Data: ${oid.structures.map(code).join(', ')}` : undefined,
        pageLink(oid.page, oid.name),
      ]
        .filter((t) => t)
        .join('\n\n');
    }
    case 'constant': {
      const { constant } = subject;
      return [
        block(
          `#define ${constant.name} ${typeof constant.value === 'number' ? hex(constant.value) : (constant.value ?? '')}`,
        ),
        page(constant.name)?.summary,
      ]
        .filter((t) => t)
        .join('\n\n');
    }
    case 'enum':
      return [
        block(
          [
            `enum ${subject.enumeration.name} {`,
            ...subject.enumeration.values.map((v) => `    ${v.name}${v.value === undefined ? '' : ` = ${v.value}`},`),
            '};',
          ].join('\n'),
        ),
        page(subject.enumeration.name)?.summary,
        page(subject.enumeration.name)?.body,
      ]
        .filter((t) => t)
        .join('\n\n');
    case 'enum-value': {
      const value = subject.enumeration.values.find((v) => v.name === subject.value);
      return [
        block(
          `${subject.value}${value?.value === undefined ? '' : ` = ${value.value}`}  // ${subject.enumeration.name}`,
        ),
        page(subject.enumeration.name)?.members?.[subject.value],
      ]
        .filter((t) => t)
        .join('\n\n');
    }
    case 'old-name':
      return `${code(subject.name)} belongs to NDIS 5.x. In NDIS 6: ${subject.porting.to.map(code).join(', ')}.${subject.porting.note ? `\n\n${subject.porting.note}` : ''}`;
  }
}

function hex(value: number | undefined): string {
  return value === undefined ? '' : `0x${(value >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
}

function memberHover(subject: Extract<Subject, { kind: 'member' }>, input: FeatureInput, pages: PagesData): string {
  const { structure, member } = subject;
  const own = memberMarkdown(structure, member, pages[structure.name]);
  const role = input.catalog.callbackForSlot(structure.name, member.name);
  return role ? [own, callbackMarkdown(role, pages[role.name], input.catalog)].join('\n\n---\n\n') : own;
}

function statusMarkdown(
  status: { name: string; value?: number; page?: string },
  input: FeatureInput,
  page: Page | undefined,
): string {
  const value = status.value === undefined ? '' : ` ((NDIS_STATUS)${hex(status.value)})`;
  const returnedBy = input.catalog.callbacksReturning(status.name).map((role) => role.documentedName ?? role.name);
  const shown = returnedBy.slice(0, 8).map(code).join(', ');
  const more = returnedBy.length > 8 ? ` and ${returnedBy.length - 8} more` : '';
  return [
    block(`#define ${status.name}${value}`),
    page?.summary,
    page?.body,
    page?.traps?.map((trap) => `- ${trap}`).join('\n'),
    returnedBy.length ? `Returned by ${shown}${more}` : undefined,
    pageLink(status.page, status.name),
  ]
    .filter((part) => part)
    .join('\n\n');
}

function parameterMarkdown(subject: Extract<Subject, { kind: 'parameter' }>, page: Page | undefined): string {
  const { role, index, name } = subject;
  const param = role.signature.params[index];
  if (!param) return '';
  const text = page?.parameters?.[param.name];
  const alias = param.name === name ? '' : ` (${code(param.name)} in the documentation)`;
  return [
    block(`${annotation(param)}${declared({ ...param, name })}`),
    `Parameter of ${code(role.documentedName ?? role.name)}${alias}`,
    text,
  ]
    .filter((t) => t)
    .join('\n\n');
}

/** Where the author's own callback is declared, defined, registered and completed. */
function ownPlaces(name: string, evidence: RoleEvidence[], input: FeatureInput): string {
  const { project } = input;
  const lines: string[] = [];
  const file = (uri: string): string => escaped(decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1)));
  for (const { fact, file: at } of project.declarations(name))
    lines.push(`Declared in ${file(at.uri)}${fact.kind === 'role-declaration' ? ` as ${code(fact.type)}` : ''}`);
  for (const { file: at } of project.functions(name)) lines.push(`Defined in ${file(at.uri)}`);
  for (const item of evidence)
    if (item.slot)
      lines.push(`Registered in ${file(item.uri)} as ${code(`${item.slot.structure.name}.${item.slot.member}`)}`);
  const completed = completedBy(evidence, input);
  if (completed.length) lines.push(`Completed by ${completed.join(', ')}`);
  const role = evidence[0]?.role;
  return `**${escaped(name)}** is this driver's ${code(role?.documentedName ?? role?.name ?? '')}\n\n${[...new Set(lines)].map((line) => `- ${line}`).join('\n')}`;
}

function completedBy(evidence: RoleEvidence[], { catalog, project }: FeatureInput): string[] {
  const role = evidence[0]?.role;
  if (!role) return [];
  const names = catalog.completionsOf(role.name).filter((name) => project.callsAny([name]));
  return names.map((name) => {
    const files = project.files
      .filter((file) => file.calls.has(name))
      .map((file) => decodeURIComponent(file.uri.slice(file.uri.lastIndexOf('/') + 1)));
    return `${code(name)} in ${files.map(escaped).join(', ')}`;
  });
}
