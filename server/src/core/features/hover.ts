import type { Hover } from '../api.js';
import type { Catalog } from '../catalog/catalog.js';
import type { KernelFacts, Page, PagesData } from '../catalog/schema.js';
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
  joined,
  memberMarkdown,
  signatureBlock,
  structureMarkdown,
} from './markdown.js';
import { type Subject, subjectAt } from './subject.js';
import {
  constantMarkdown,
  enumMarkdown,
  enumValueMarkdown,
  numberMarkdown,
  oidMarkdown,
  portingMarkdown,
  revisionMarkdown,
  statusMarkdown,
} from './valueMarkdown.js';

/** Hover at the offset (absolute UTF-16): the catalog's page for whatever NDIS name the cursor is on. */
export async function hover(input: FeatureInput, offset: number, pages: PagesLoader): Promise<Hover | undefined> {
  const at = subjectAt(input, offset);
  if (!at) return undefined;
  const { subject, start, end } = at;
  const prose = input.configuration.hover.documentation ? await pages() : {};
  if (subject.kind !== 'own-callback') {
    const name = input.file.text.slice(start, end);
    return { start, end, markdown: namedMarkdown(name, subject, input.catalog, prose) };
  }
  const parts = [ownPlaces(subject.name, subject.evidence, input), subjectMarkdown(subject, input.catalog, prose)];
  return { start, end, markdown: parts.join('\n\n') };
}

/** The Markdown for a name and what it stands for, and what became of the name where NDIS has left it behind. */
export function namedMarkdown(name: string, subject: Subject, catalog: Catalog, pages: PagesData): string {
  const own = subjectMarkdown(subject, catalog, pages);
  if (subject.kind === 'old-name' || subject.kind === 'member' || subject.kind === 'parameter') return own;
  return joined([portingMarkdown(name, catalog.porting(name)), own]);
}

/** The Markdown for a subject; what hover shows and what completion resolves to. */
export function subjectMarkdown(subject: Subject, catalog: Catalog, pages: PagesData): string {
  const page = (name: string): Page | undefined => pages[name];
  switch (subject.kind) {
    case 'callback':
    case 'own-callback':
      return callbackMarkdown(subject.role, page(subject.role.name), catalog);
    case 'function':
      return functionMarkdown(subject.fn, page(subject.fn.name), catalog);
    case 'kernel':
      return kernelMarkdown(subject.routine, page(subject.routine.name));
    case 'structure':
      return structureMarkdown(subject.structure, page(subject.structure.name));
    case 'member':
      return memberHover(subject, catalog, pages);
    case 'status':
      return statusMarkdown(subject.status, catalog, page(subject.status.name));
    case 'parameter':
      return parameterMarkdown(subject, page(subject.role.name));
    case 'oid':
      return oidMarkdown(subject.oid, page(subject.oid.name));
    case 'constant':
      return constantMarkdown(subject.constant, page(subject.constant.name));
    case 'revision':
      return revisionMarkdown(subject.name, subject.of, page(subject.name));
    case 'enum':
      return enumMarkdown(subject.enumeration, page(subject.enumeration.name));
    case 'enum-value':
      return enumValueMarkdown(subject.enumeration, subject.value, page(subject.enumeration.name));
    case 'type':
      return block(`typedef ${declared({ name: subject.name, type: subject.underlying })};`);
    case 'number':
      return numberMarkdown(subject.value, subject.statuses, subject.oids, page);
    case 'old-name':
      return portingMarkdown(subject.name, subject.porting);
  }
}

function kernelMarkdown(routine: KernelFacts, page: Page | undefined): string {
  const irql = irqlText(routine.irql);
  const { name, signature, arguments: names = [] } = routine;
  return joined([
    signature
      ? signatureBlock(signature.returns, name, signature.params)
      : block(`#define ${name}(${names.join(', ')})`),
    page?.summary,
    irql && `**${irql}**`,
    routine.expandsTo ? `Macro over ${code(routine.expandsTo)}` : undefined,
    page?.body,
  ]);
}

function memberHover(subject: Extract<Subject, { kind: 'member' }>, catalog: Catalog, pages: PagesData): string {
  const { structure, member } = subject;
  const own = memberMarkdown(structure, member, pages[structure.name]);
  const role = catalog.callbackForSlot(structure.name, member.name);
  return role ? [own, callbackMarkdown(role, pages[role.name], catalog)].join('\n\n---\n\n') : own;
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
