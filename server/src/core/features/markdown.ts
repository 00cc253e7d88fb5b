import type { Catalog } from '../catalog/catalog.js';
import type {
  CallbackFacts,
  DriverKind,
  FunctionFacts,
  Irql,
  IrqlRange,
  MemberFacts,
  Page,
  Parameter,
  StructureFacts,
} from '../catalog/schema.js';
import { declared } from '../model/cText.js';

/** Turns catalog entries into Markdown. Nothing here comes from the workspace except through `escaped`. */

const ddiRoot = 'https://learn.microsoft.com/windows-hardware/drivers/ddi/';

/** Escapes workspace text for Markdown. */
export function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!<>|~]/g, '\\$&');
}

export function code(text: string): string {
  return `\`${text.replace(/`/g, '')}\``;
}

export function block(text: string): string {
  return `\`\`\`c\n${text.replace(/```/g, '')}\n\`\`\``;
}

/** `IRQL <= DISPATCH_LEVEL`; undefined where it is not known. */
export function irqlText(range: IrqlRange | undefined): string | undefined {
  if (!range?.max && !range?.min) return undefined;
  const { min, max } = range;
  if (max && min === max) return `IRQL = ${max}`;
  if (max) return min && min !== 'PASSIVE_LEVEL' ? `${min} <= IRQL <= ${max}` : lowest(max);
  return `IRQL >= ${min}`;
}

function lowest(max: Irql): string {
  return max === 'PASSIVE_LEVEL' ? `IRQL = ${max}` : `IRQL <= ${max}`;
}

export function pageLink(page: string | undefined, name: string): string | undefined {
  return page ? `[${name} on Microsoft Learn](${ddiRoot}${page})` : undefined;
}

/** The annotation of a parameter and a space; nothing where the parameter has none. */
export function annotation({ sal, direction, optional }: Parameter): string {
  if (sal) return `${sal} `;
  return direction ? `_${{ in: 'In', out: 'Out', inout: 'Inout' }[direction]}_${optional ? 'opt_ ' : ' '}` : '';
}

/** `PROTOCOL_CM_CLOSE_AF(…)` as C. */
export function signatureBlock(returns: string, name: string, params: readonly Parameter[]): string {
  if (!params.length) return block(`${returns} ${name}(VOID);`);
  const lines = params.map(
    (param, index) => `    ${annotation(param)}${declared(param)}${index < params.length - 1 ? ',' : ''}`,
  );
  return block([`${returns} ${name}(`, ...lines, ');'].join('\n'));
}

const kindNames: Record<DriverKind | 'any', string> = {
  any: '',
  miniport: 'miniport',
  protocol: 'protocol driver',
  filter: 'filter',
  'call-manager': 'call manager',
  mcm: 'MCM',
  client: 'client',
  'co-miniport': 'connection-oriented miniport',
}; // prettier-ignore

export function requirementText(member: MemberFacts | undefined): string | undefined {
  const entries = Object.entries(member?.requirement ?? {}) as [DriverKind | 'any', string][];
  if (!entries.length) return undefined;
  return entries
    .map(([kind, requirement]) => (kind === 'any' ? requirement : `${requirement} for a ${kindNames[kind]}`))
    .join(', ');
}

/** The lines at a glance over a callback: IRQL, requirement, completion. */
function callbackGlance(role: CallbackFacts, catalog: Catalog): string[] {
  const lines: string[] = [];
  const irql = irqlText(role.irql ?? role.headerIrql);
  const slots = (role.registeredIn ?? []).filter((slot) => !catalog.structure(slot.structure)?.versions?.legacy);
  const requirement = slots
    .map((slot) => requirementText(catalog.member(slot.structure, slot.member)))
    .find((text) => text);
  const glance = [irql, requirement].filter((text) => text !== undefined);
  if (glance.length) lines.push(`**${glance.join(' · ')}**`);
  for (const slot of slots) lines.push(`Registered in ${code(`${slot.structure}.${slot.member}`)}`);
  const completion = completionText(role);
  if (completion) lines.push(completion);
  if (role.pair) lines.push(`Pair: ${code(catalog.callback(role.pair)?.documentedName ?? role.pair)}`);
  return lines;
}

function completionText(role: CallbackFacts): string | undefined {
  if (role.pending === 'forbidden') return `Must not return ${code('NDIS_STATUS_PENDING')}`;
  const { completion } = role;
  if (!completion) return undefined;
  const parts = [
    completion.any?.map(code).join(', '),
    completion.standAlone && `${completion.standAlone.map(code).join(', ')} (stand-alone call manager)`,
    completion.mcm && `${completion.mcm.map(code).join(', ')} (MCM)`,
  ].filter((part) => part);
  return parts.length ? `After ${code('NDIS_STATUS_PENDING')}: ${parts.join(' or ')}` : undefined;
}

/** Purpose, contract and traps of a callback. */
export function callbackMarkdown(role: CallbackFacts, page: Page | undefined, catalog: Catalog): string {
  const title = role.documentedName ?? role.name;
  const parts = [
    page?.summary ?? catalog.summary(role.name),
    callbackGlance(role, catalog).join('  \n'),
    signatureBlock(role.signature.returns, title, role.signature.params),
    page?.step && `*${page.step}*`,
    page?.body,
    section('Parameters', page?.parameters),
    statusSection(page, [...(role.statuses ?? []), ...(role.statusesInText ?? [])]),
    ...closing(page),
    versionLine(role),
    pageLink(role.page, title),
  ];
  return joined(parts);
}

export function functionMarkdown(fn: FunctionFacts, page: Page | undefined, catalog: Catalog): string {
  const irql = irqlText(fn.irql ?? fn.headerIrql);
  const completes = (fn.completes ?? []).map((role) => code(catalog.callback(role)?.documentedName ?? role));
  const parts = [
    fn.signature
      ? signatureBlock(fn.signature.returns, fn.name, fn.signature.params)
      : block(`#define ${fn.name}(${(fn.arguments ?? []).join(', ')})`),
    page?.summary,
    [
      irql && `**${irql}**`,
      completes.length ? `Completes ${completes.join(', ')}` : '',
      fn.expandsTo ? `Macro over ${code(fn.expandsTo)}` : '',
      fn.counterpart ? `Counterpart: ${code(fn.counterpart)}` : '',
    ]
      .filter((line) => line)
      .join('  \n'),
    page?.step && `*${page.step}*`,
    page?.body,
    section('Parameters', page?.parameters),
    page?.returns && `**Returns** ${page.returns}`,
    statusSection(page, fn.statuses ?? []),
    ...closing(page),
    versionLine(fn),
    pageLink(fn.page, fn.name),
  ];
  return joined(parts);
}

export function structureMarkdown(structure: StructureFacts, page: Page | undefined): string {
  const header = structure.revisions?.at(-1);
  const parts = [
    page?.summary,
    structure.objectType && header
      ? `Header: ${[structure.objectType, header.revisionConstant, header.sizeConstant]
          .filter((t) => t)
          .map((t) => code(t as string))
          .join(', ')}`
      : undefined,
    block([`${structure.kind} ${structure.name} {`, ...memberLines(structure.members), '};'].join('\n')),
    page?.body,
    section('Members', page?.members),
    ...closing(page),
    versionLine(structure),
    pageLink(structure.page, structure.name),
  ];
  return joined(parts);
}

/** Members as C declares them, those of nested structures and unions indented. */
function memberLines(members: readonly MemberFacts[], indent = '    '): string[] {
  return members.flatMap((member) =>
    member.members
      ? [
          `${indent}${member.type} {`,
          ...memberLines(member.members, `${indent}    `),
          `${indent}}${member.name && ' '}${member.name};`,
        ]
      : [`${indent}${declared(member).trimEnd()}${member.bits === undefined ? '' : ` : ${member.bits}`};`],
  );
}

export function memberMarkdown(structure: StructureFacts, member: MemberFacts, page: Page | undefined): string {
  const parts = [
    block(`${memberLines([member], '').join('\n')}  // ${structure.name}`),
    memberText(structure, member, page),
    requirementText(member) && `**${requirementText(member)}**`,
    member.min ? `Since NDIS ${member.min}` : undefined,
  ];
  return joined(parts);
}

/** What the page says of the member, by as much of its path as the page needs to tell namesakes apart. Where it says
 * nothing, what the structure is for; a handler has a page of its own. */
function memberText(structure: StructureFacts, member: MemberFacts, page: Page | undefined): string | undefined {
  const path = pathTo(member, structure.members) ?? [member.name];
  const own = path.flatMap((_, from) => page?.members?.[path.slice(from).join('.')] ?? []).at(0);
  if (own !== undefined || member.role) return own;
  return page && `${code(structure.name)}: ${page.summary}`;
}

/** The names on the way to the member through nested structures, its own last. */
function pathTo(member: MemberFacts, members: readonly MemberFacts[]): string[] | undefined {
  for (const one of members) {
    const own = one.name ? [one.name] : [];
    if (one === member) return own;
    const inner = one.members && pathTo(member, one.members);
    if (inner) return [...own, ...inner];
  }
  return undefined;
}

function versionLine(item: {
  versions?: { min?: string; supersededFrom?: string; replacement?: string[]; legacy?: true };
}): string | undefined {
  const { versions } = item;
  if (!versions) return undefined;
  if (versions.legacy)
    return `NDIS 5.x only${versions.replacement ? `; now ${versions.replacement.map(code).join(', ')}` : ''}`;
  const superseded = versions.supersededFrom
    ? `superseded from ${versions.supersededFrom}${versions.replacement ? ` by ${versions.replacement.map(code).join(', ')}` : ''}`
    : '';
  return [versions.min && `Since NDIS ${versions.min}`, superseded].filter((text) => text).join(', ') || undefined;
}

export function section(title: string, entries: Record<string, string> | undefined): string | undefined {
  const lines = Object.entries(entries ?? {}).map(([name, text]) => `- ${code(name)}: ${text}`);
  return lines.length ? `**${title}**\n${lines.join('\n')}` : undefined;
}

function statusSection(page: Page | undefined, statuses: readonly string[]): string | undefined {
  if (page?.statuses) return section('Statuses', page.statuses);
  return statuses.length ? `**Statuses** ${statuses.map(code).join(', ')}` : undefined;
}

export function closing(page: Page | undefined): (string | undefined)[] {
  return [
    page?.traps?.length ? `**Traps**\n${page.traps.map((trap) => `- ${trap}`).join('\n')}` : undefined,
    page?.follow?.length
      ? `**Where the sources disagree**\n${page.follow.map((line) => `- ${line}`).join('\n')}`
      : undefined,
    page?.replacement ? `**Use instead** ${page.replacement}` : undefined,
  ];
}

/** Parts with a line between them, without those that say nothing. */
export function joined(parts: (string | undefined)[]): string {
  return parts.filter((part) => part).join('\n\n');
}
