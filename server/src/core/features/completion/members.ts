import type { Completion } from '../../api.js';
import type { MemberFacts, StructureFacts } from '../../catalog/schema.js';
import type { Cursor } from '../cursor.js';
import { membersOfExpression } from '../expressionTypes.js';
import type { FeatureInput } from '../feature.js';
import { requirementText } from '../markdown.js';
import { rank, word } from './item.js';

/** Members of NDIS structures behind `.` and `->`, and as designators. In a structure that the driver registers, what
 * is still unset comes first, the required before the optional. */
export function members(input: FeatureInput, cursor: Cursor): Completion[] {
  const { place } = cursor;
  if (place.kind === 'designator') {
    const structure = input.catalog.structure(place.type);
    if (!structure) return [];
    const text = input.file.text.slice(place.bodyStart, cursor.range.start);
    const set = new Set([...text.matchAll(/\.\s*(\w+)\s*=/g)].map((match) => match[1] as string));
    const inside = place.path === '' ? structure : nested(input, structure, place.path.slice(0, -1));
    return inside ? items(structure, place.path, inside.members, cursor, set) : [];
  }
  if (place.kind !== 'member') return [];
  const found = membersOfExpression(input, place.base, cursor.offset);
  if (!found) return [];
  return items(
    found.structure,
    found.path,
    found.members,
    cursor,
    setMembers(input, place.base.replace(/\s+/g, ''), cursor.offset),
  );
}

/** The members of a member: its own, or those of the structure that it is of. */
function nested(
  { catalog }: FeatureInput,
  structure: StructureFacts,
  path: string,
): { members: readonly MemberFacts[] } | undefined {
  const member = catalog.member(structure.name, path);
  return member?.members ? { members: member.members } : member && catalog.structure(member.type);
}

/** Members of the variable that the function around already assigns. */
function setMembers(input: FeatureInput, base: string, offset: number): Set<string> {
  const fn = input.file.functionAt(offset);
  const set = new Set<string>();
  if (!fn) return set;
  for (const assignment of input.file.body(fn).assignments) {
    const target = assignment.target.replace(/^\*/, '');
    if (target.startsWith(base) && /^(\.|->)/.test(target.slice(base.length)))
      set.add(
        target
          .slice(base.length)
          .replace(/^(\.|->)/, '')
          .split(/\.|->/)[0] as string,
      );
  }
  return set;
}

function items(
  structure: StructureFacts,
  path: string,
  members: readonly MemberFacts[],
  cursor: Cursor,
  set: ReadonlySet<string>,
): Completion[] {
  const registered = members.some((member) => member.role);
  return flat(members).map((member, index) =>
    word(member.name, 'member', cursor.range, {
      ...(registered ? { labelDetail: note(member, set) } : { detail: member.type }),
      sortText: rank(registered ? relevance(member, set) : 0, index),
      docs: `${structure.name}.${path}${member.name}`,
    }),
  );
}

/** Members of anonymous unions belong to the structure around them. */
function flat(list: readonly MemberFacts[]): MemberFacts[] {
  return list.flatMap((member) => (member.name ? [member] : flat(member.members ?? [])));
}

function note(member: MemberFacts, set: ReadonlySet<string>): string {
  return `  ${set.has(member.name) ? 'set' : (requirementText(member) ?? 'unset')}`;
}

function relevance(member: MemberFacts, set: ReadonlySet<string>): number {
  if (set.has(member.name)) return 5;
  return Object.values(member.requirement ?? {}).includes('required') ? 0 : 2;
}
