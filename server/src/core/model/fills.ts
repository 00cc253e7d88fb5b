import type { Catalog } from '../catalog/catalog.js';
import type { HeaderRevision, StructureFacts } from '../catalog/schema.js';
import type { FileModel } from './fileModel.js';
import type { ProjectModel } from './projectModel.js';
import type { StructureFill } from './registrations.js';
import { type FileSummary, fillsOf } from './summary.js';

const known = new WeakMap<FileModel, { project: ProjectModel; fills: StructureFill[] }>();

/** Fills of catalog structures in the file, with the project's types in sight. */
export function structureFills(file: FileModel, summary: FileSummary, project: ProjectModel): StructureFill[] {
  const before = known.get(file);
  if (before?.project === project) return before.fills;
  const fills = fillsOf(file, (fn) => project.scope(summary, fn, fn && file.body(fn)));
  known.set(file, { project, fills });
  return fills;
}

/** The variable is made, filled and handed to NDIS in one place, so that what is missing there is missing. */
export function isWhole(fill: StructureFill, file: FileModel): boolean {
  if (fill.partly || fill.throughPointer) return false;
  if (!fill.inFunction) return true;
  if (!file.body(fill.inFunction).locals.some((local) => local.name === fill.place)) return false;
  return (
    fill.passedTo.some((call) => file.catalog.routine(call.name)) &&
    fill.passedTo.every((call) => isReader(call.name, file.catalog))
  );
}

/** The function reads or clears the structure: NDIS itself, and whatever zeroes memory. */
function isReader(name: string, catalog: Catalog): boolean {
  return catalog.routine(name) !== undefined ? !/(Move|Copy)Memory$/i.test(name) : /zero|memset/i.test(name);
}

/** The structure's variable reaches a registration or another function of NDIS from its function. */
export function isHandedOver(fill: StructureFill, catalog: Catalog): boolean {
  return fill.passedTo.some((call) => catalog.function(call.name) && !/Memory$/.test(call.name));
}

/** The newest revision that the driver's newest NDIS version has; the newest of all where the version is not known. */
export function newestRevision(structure: StructureFacts, project: ProjectModel): HeaderRevision | undefined {
  const newest = project.newestVersion;
  const revisions = structure.revisions ?? [];
  return (
    revisions.filter((revision) => !newest || !revision.min || project.hasVersion(revision.min)).at(-1) ?? revisions[0]
  );
}

/** The revision that a header value names: by its constant, or by number. */
export function revisionNamed(structure: StructureFacts, text: string): HeaderRevision | undefined {
  const plain = bareValue(text);
  return structure.revisions?.find(
    (revision) => revision.revisionConstant === plain || String(revision.revision) === plain,
  );
}

/** A header value without parentheses and casts: `(UCHAR)NDIS_OBJECT_TYPE_DEFAULT`. */
export function bareValue(text: string): string {
  let plain = text.trim();
  for (;;) {
    const next = plain
      .replace(/^\(\s*(?:const\s+)?[A-Za-z_]\w*\s*\)\s*(?=[\w(])/, '')
      .replace(/^\(([^()]*)\)$/, '$1')
      .trim();
    if (next === plain) return plain;
    plain = next;
  }
}

/** Whether the revision covers the member (UTF-16 name); undefined where the catalog does not tell. */
export function covers(structure: StructureFacts, revision: HeaderRevision, member: string): boolean | undefined {
  if (revision.alsoCovers?.includes(member)) return true;
  const last = structure.members.findIndex((m) => m.name === revision.lastMember);
  const index = structure.members.findIndex((m) => m.name === member);
  return last < 0 || index < 0 ? undefined : index <= last;
}

/** What to write for Header.Size at a revision: the constant, or sizeof where the constant is too small. */
export function sizeText(structure: StructureFacts, revision: HeaderRevision): string {
  return structure.sizeBySizeof || !revision.sizeConstant ? `sizeof(${structure.name})` : revision.sizeConstant;
}
