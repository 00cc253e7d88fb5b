import type { TextEdit } from '../api.js';
import type { Catalog } from '../catalog/catalog.js';
import type { HeaderRevision } from '../catalog/schema.js';
import {
  bareValue,
  isHandedOver,
  isWhole,
  newestRevision,
  revisionNamed,
  sizeText,
  structureFills,
} from '../model/fills.js';
import type { StructureFill } from '../model/registrations.js';
import { edgeOf } from '../model/span.js';
import { insertLinesAfter, newlineOf, replace } from './edits.js';
import { defineRule, type Report, type RuleInput } from './rule.js';
import { ddi } from './sources.js';

export const objectHeader = defineRule({
  name: 'object-header',
  severity: 'error',
  since: '0.1.0',
  summary: 'NDIS_OBJECT_HEADER missing, incomplete, or of another structure',
  sources: [ddi('objectheader/ns-objectheader-ndis_object_header')],
  succeeds: [],
  fix: 'unsafe',
  check(input, report) {
    const { file, summary, project } = input;
    for (const fill of structureFills(file, summary, project)) {
      if (!fill.structure.headerMember || !fill.structure.revisions?.length) continue;
      wrongType(fill, input, report);
      wrongRevision(fill, input, report);
      wrongSize(fill, input, report);
      missing(fill, input, report);
    }
  },
});

/** The object type of every structure that has none of its own. */
const generalType = 'NDIS_OBJECT_TYPE_DEFAULT';

function wrongType(fill: StructureFill, { file, catalog }: RuleInput, report: Report): void {
  const { structure, header } = fill;
  const expected = structure.objectType;
  if (!header.type || !expected) return;
  const found = bareValue(header.type.text);
  if (found === expected || !isObjectType(found, catalog)) return;
  const text = header.type;
  // NDIS takes the general type where the context tells the structure, and working drivers rely on it.
  const general = found === generalType;
  const message = general
    ? `The header of ${structure.name} has a type of its own: write ${expected}, as its documentation asks.`
    : `${found} is the type of another structure: the header of ${structure.name} takes ${expected}, and NDIS refuses it otherwise. Write ${expected}.`;
  report(text.span, message, {
    ...(general ? { severity: 'information' } : {}),
    fixes: [fix(`Change to ${expected}`, () => [replace(file, text.span, expected)])],
  });
}

/** A constant of the object types; anything else (a macro, a variable) says nothing. */
function isObjectType(name: string, catalog: Catalog): boolean {
  return catalog.data.structures.some((structure) => structure.objectType === name);
}

function wrongRevision(fill: StructureFill, { file, catalog, project }: RuleInput, report: Report): void {
  const { structure, header } = fill;
  if (!header.revision) return;
  const { span, text } = header.revision;
  const found = bareValue(text);
  const owners = catalog.revisionsOf(found);
  if (!owners.length || owners.some((owner) => owner.structure === structure) || revisionNamed(structure, text)) return;
  const stem = found.replace(/_REVISION_\d+$/, '');
  const owner = owners.find((candidate) => candidate.structure.name === stem)?.structure.name;
  const number = owners[0]?.revision.revision;
  const same = structure.revisions?.find((revision) => revision.revision === number);
  // Constants that are named for no structure are made for several.
  if (!owner && same) return;
  const right = (same ?? newestRevision(structure, project))?.revisionConstant;
  if (!right) return;
  report(
    span,
    `${found} is a revision of ${owner ?? owners[0]?.structure.name}, not of ${structure.name}${same ? '; only its number is right' : ''}. Write ${right}.`,
    {
      ...(same ? { severity: 'hint' } : {}),
      fixes: [fix(`Change to ${right}`, () => [replace(file, span, right)])],
    },
  );
}

function wrongSize(fill: StructureFill, input: RuleInput, report: Report): void {
  const { structure, header } = fill;
  if (!header.size) return;
  const { span, text } = header.size;
  const found = bareValue(text);
  const other = otherStructure(found, fill, input.catalog);
  const declared = header.revision && revisionNamed(structure, header.revision.text);
  const revision = declared ?? newestRevision(structure, input.project);
  if (!revision) return;
  const right = sizeText(structure, revision);
  if (other) {
    report(span, `${found} is the size of ${other}, not of ${structure.name}. Write ${right}.`, {
      fixes: [fix(`Change to ${right}`, () => [replace(input.file, span, right)])],
    });
    return;
  }
  const sized = structure.revisions?.find((candidate) => candidate.sizeConstant === found);
  if (!sized || !declared || fill.branches || sized.revision >= declared.revision) return;
  report(
    span,
    `${found} is smaller than revision ${revision.revision}, which this header declares: NDIS refuses the structure. Write ${right}.`,
    {
      fixes: [fix(`Change to ${right}`, () => [replace(input.file, span, right)])],
    },
  );
}

/** The structure that a size value belongs to, when it is certainly another. */
function otherStructure(found: string, fill: StructureFill, catalog: Catalog): string | undefined {
  const { structure } = fill;
  const owners = catalog.revisionsOf(found);
  if (owners.length)
    return owners.some((owner) => owner.structure === structure) ? undefined : owners[0]?.structure.name;
  const operand = /^sizeof\s*\(?\s*(?:struct\s+)?(\w+)\s*\)?$/.exec(found)?.[1];
  const named = operand === undefined ? undefined : catalog.structure(operand);
  if (!named || operand === fill.place) return undefined;
  if (named.pointerNames?.includes(operand as string)) return `a pointer (${operand})`;
  return named === structure ? undefined : named.name;
}

function missing(fill: StructureFill, input: RuleInput, report: Report): void {
  const { structure, header } = fill;
  const { type, revision, size } = header;
  if ((type && revision && size) || !structure.objectType || !isWhole(fill, input.file)) return;
  if (fill.inFunction && !isHandedOver(fill, input.catalog)) return;
  if (fill.style === 'positional' || (!fill.handlers.length && !fill.members.size)) return;
  const absent = [!type && 'Type', !revision && 'Revision', !size && 'Size'].filter((part) => part !== false);
  const fixes =
    fill.style === 'assignment'
      ? [fix('Set the object header', () => [setHeader(fill, input)])]
      : fill.inFunction || absent.length < 3
        ? []
        : [fix('Set the object header', () => [initializeHeader(fill, input)])];
  report(
    fill.nameSpan,
    `${fill.place} reaches NDIS without ${list(absent)} in its header: NDIS cannot tell which structure it is. Set Header.Type, Header.Revision and Header.Size.`,
    { severity: 'warning', fixes },
  );
}

function list(parts: readonly string[]): string {
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : (parts[0] ?? '');
}

function fix(
  title: string,
  edits: () => TextEdit[],
): { title: string; safe: boolean; preferred: boolean; edits: () => TextEdit[] } {
  return { title, safe: false, preferred: true, edits };
}

/** Statements behind the last assignment: whatever zeroes the structure stands before it. */
function setHeader(fill: StructureFill, { file, project }: RuleInput): TextEdit {
  const { structure, header } = fill;
  const revision = declaredRevision(fill, project);
  const path = `${fill.place}.${structure.headerMember}`;
  const lines = [
    !header.type && `${path}.Type = ${structure.objectType};`,
    !header.revision && `${path}.Revision = ${revision?.revisionConstant ?? revision?.revision};`,
    !header.size && revision && `${path}.Size = ${sizeText(structure, revision)};${whySizeof(structure, revision)}`,
  ].filter((line) => typeof line === 'string');
  return insertLinesAfter(file, fill.lastStatement, lines);
}

/** The reason beside a sizeof that stands where a reader expects the constant. */
function whySizeof(structure: StructureFill['structure'], { sizeConstant, alsoCovers }: HeaderRevision): string {
  if (!structure.sizeBySizeof || !sizeConstant || !alsoCovers?.length) return '';
  return ` // ${sizeConstant} leaves out ${alsoCovers.join(', ')}`;
}

function declaredRevision(
  { structure, header }: StructureFill,
  project: RuleInput['project'],
): ReturnType<typeof newestRevision> {
  return (header.revision && revisionNamed(structure, header.revision.text)) ?? newestRevision(structure, project);
}

function initializeHeader(fill: StructureFill, { file, project }: RuleInput): TextEdit {
  const { structure } = fill;
  const revision = newestRevision(structure, project);
  const first = fill.handlers[0]?.span ?? [...fill.members.values()][0] ?? fill.span;
  const size = revision ? sizeText(structure, revision) : `sizeof(${structure.name})`;
  return replace(
    file,
    edgeOf(first, 'start'),
    `.${structure.headerMember} = { ${structure.objectType}, ${revision?.revisionConstant ?? 1}, ${size} },${newlineOf(file)}    `,
  );
}
