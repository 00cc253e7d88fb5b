import type { HeaderRevision } from '../../../src/core/catalog/schema.js';
import type { MemberSource, StructureSource } from '../sources.js';
import type { HeaderMacro } from './tokens.js';

/** `#define NDIS_SIZEOF_X_REVISION_n RTL_SIZEOF_THROUGH_FIELD(STRUCTURE, member)`. */
export interface SizeMacro {
  name: string;
  structure: string;
  member: string;
  revision: number;
}

interface Context {
  sizes: readonly SizeMacro[];
  /** Stem of the revision constants where it is neither the structure's name nor the size constants'. */
  stem: string | undefined;
  isConstant(name: string): boolean;
  /** First NDIS version that defines a macro. */
  gate(name: string): string | undefined;
  before: StructureSource | undefined;
}

export function sizeMacros(macros: Iterable<HeaderMacro>): SizeMacro[] {
  const bodies = new Map([...macros].filter(({ params }) => !params).map(({ name, body }) => [name, body]));
  return [...bodies.keys()].flatMap((name) => {
    const revision = /^NDIS_SIZEOF_\w*_REVISION_(\d+)$/.exec(name)?.[1];
    const through = /RTL_SIZEOF_THROUGH_FIELD\s*\(\s*(?:struct\s+)?(\w+)\s*,\s*([\w.]+)\s*\)/.exec(
      resolved(name, bodies),
    );
    return revision && through
      ? [{ name, structure: through[1]!, member: through[2]!, revision: Number(revision) }]
      : [];
  });
}

/** The size of a revision may be said to be that of another one. */
function resolved(name: string, bodies: ReadonlyMap<string, string>): string {
  const body = bodies.get(name) ?? '';
  return /^NDIS_SIZEOF_\w+$/.test(body) && body !== name ? resolved(body, bodies) : body;
}

/** Revisions of a structure in order: its constants, the last member that each covers, the version that brought it. */
export function revisionsOf(structure: string, members: readonly MemberSource[], context: Context): HeaderRevision[] {
  const own = context.sizes.filter((size) => size.structure === structure && hasMember(members, size.member));
  const stems = [context.stem, structure, withPrefix(structure), ...own.map(({ name }) => stemOfSize(name))];
  const stem = stems.find((candidate) => candidate !== undefined && context.isConstant(`${candidate}_REVISION_1`));
  const revisions: HeaderRevision[] = [];
  for (let revision = 1; revision < 20; revision++) {
    const size = own.find((candidate) => candidate.revision === revision);
    const constant =
      stem !== undefined && context.isConstant(`${stem}_REVISION_${revision}`)
        ? `${stem}_REVISION_${revision}`
        : undefined;
    if (!size && !constant) break;
    const min = [size?.name, constant]
      .flatMap((name) => (name ? [context.gate(name)] : []))
      .find((gate) => gate !== undefined);
    const bytes = unchangedSize(size, context.before, members);
    revisions.push({
      revision,
      ...(constant && { revisionConstant: constant }),
      ...(size && { sizeConstant: size.name, lastMember: size.member }),
      ...(min !== undefined && { min }),
      ...(bytes && { size: bytes }),
    });
  }
  return revisions;
}

const withPrefix = (structure: string): string => (structure.startsWith('NDIS_') ? structure : `NDIS_${structure}`);

const stemOfSize = (name: string): string =>
  name
    .replace('NDIS_SIZEOF_', 'NDIS_')
    .replace(/^NDIS_NDIS_/, 'NDIS_')
    .replace(/_REVISION_\d+$/, '');

/** A few size constants of the headers name a member that the structure does not have; nobody can use them. */
const hasMember = (members: readonly MemberSource[], path: string): boolean => {
  const first = path.split('.')[0];
  return members.some(({ name, members: inner }) => name === first || (name === '' && hasMember(inner ?? [], path)));
};

/** Bytes are known from an earlier time, and hold as long as the members up to the last one are the same. */
function unchangedSize(
  size: SizeMacro | undefined,
  before: StructureSource | undefined,
  members: readonly MemberSource[],
) {
  const known = before?.revisions?.find((revision) => revision.lastMember === size?.member && revision.size);
  if (!size || !known?.size || !before) return undefined;
  const upTo = (list: readonly MemberSource[]) => {
    const end = list.findIndex(({ name }) => name === size.member.split('.')[0]);
    return JSON.stringify((end < 0 ? list : list.slice(0, end + 1)).map(shape));
  };
  return upTo(before.members) === upTo(members) ? known.size : undefined;
}

const shape = ({ name, type, bits, members }: MemberSource): unknown => [name, type, bits, members?.map(shape)];
