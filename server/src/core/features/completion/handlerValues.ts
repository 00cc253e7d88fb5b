import type { Completion, Range } from '../../api.js';
import type { CallbackFacts, StructureFacts } from '../../catalog/schema.js';
import { freshName, sharedPrefix } from '../../generate/names.js';
import type { Cursor } from '../cursor.js';
import { structureOfExpression } from '../expressionTypes.js';
import type { FeatureInput } from '../feature.js';
import { rank, word } from './item.js';

/** Behind `X.CmCloseAfHandler =`: the functions that can serve, the name that the driver would give one, and NULL where
 * the member may stay empty. Behind a header member: its constants. */
export function handlerValues(input: FeatureInput, cursor: Cursor): Completion[] {
  const target = targetOf(input, cursor);
  if (!target) return [];
  const role = input.catalog.callbackForSlot(target.structure.name, target.member);
  if (role) return functionsFor(input, cursor.range, role, target);
  return headerValues(input, target, cursor.range);
}

interface Target {
  structure: StructureFacts;
  member: string;
}

function targetOf(input: FeatureInput, cursor: Cursor): Target | undefined {
  const { place } = cursor;
  if (place.kind === 'designated-value') {
    const structure = input.catalog.structure(place.type);
    return structure && { structure, member: place.member };
  }
  if (place.kind !== 'value') return undefined;
  const [, outer, member] = lastMember.exec(place.target) ?? [];
  if (outer === undefined || member === undefined) return undefined;
  const structure = structureOfExpression(input, outer, cursor.offset);
  if (structure?.members.some((m) => m.name === member))
    return headerTarget(input, outer, member, cursor) ?? { structure, member };
  return headerTarget(input, outer, member, cursor) ?? slotAlone(input, member);
}

/** What an expression ends in: the part before it, and its last member. */
const lastMember = /^(.*\S)\s*(?:\.|->)\s*(\w+)$/s;

/** `X.Header.Type`: the member is of NDIS_OBJECT_HEADER, the structure that matters is the one around. */
function headerTarget(input: FeatureInput, outer: string, member: string, cursor: Cursor): Target | undefined {
  const match = lastMember.exec(outer);
  const structure = match ? structureOfExpression(input, match[1] as string, cursor.offset) : undefined;
  if (!structure || !match || structure.headerMember !== match[2]) return undefined;
  return { structure, member: `${structure.headerMember}.${member}` };
}

function slotAlone({ catalog }: FeatureInput, member: string): Target | undefined {
  const slots = catalog.slotsNamed(member);
  const structure = slots.length === 1 && slots[0] ? catalog.structure(slots[0].structure) : undefined;
  return structure && { structure, member };
}

function functionsFor(input: FeatureInput, range: Range, role: CallbackFacts, target: Target): Completion[] {
  const items: Completion[] = [];
  for (const file of input.project.files) {
    const inReach = ({ isStatic }: { isStatic: boolean }): boolean => !isStatic || file.uri === input.file.uri;
    for (const [name, fn] of file.functions) {
      if (!inReach(fn)) continue;
      const own = input.project.roleOf(name);
      const fits = own
        ? own === role
        : fn.params.length === role.signature.params.length &&
          /^void$/i.test(fn.returnType) === /^void$/i.test(role.signature.returns);
      if (fits)
        items.push(
          word(name, 'function', range, {
            detail: own ? role.name : 'same shape',
            sortText: rank(own ? 0 : 2),
            docs: role.name,
            preselect: own !== undefined,
          }),
        );
    }
    for (const [name, declarations] of file.declarations) {
      if (declarations.some(inReach) && input.project.roleOf(name) === role)
        items.push(
          word(name, 'function', range, { detail: role.name, sortText: rank(0), docs: role.name, preselect: true }),
        );
    }
  }
  const suggested = freshName(sharedPrefix(input.project), role, input.project);
  items.push(
    word(suggested, 'callback', range, { detail: 'name for a new callback', sortText: rank(1), docs: role.name }),
  );
  if (!isRequired(target)) items.push(word('NULL', 'constant', range, { sortText: rank(4), docs: role.name }));
  return items;
}

function isRequired({ structure, member }: Target): boolean {
  return structure.members.find(({ name }) => name === member)?.requirement?.any === 'required';
}

function headerValues({ catalog }: FeatureInput, { structure, member }: Target, range: Range): Completion[] {
  const isHeader = structure === catalog.objectHeader();
  const part = isHeader ? member : member.split('.')[1];
  const revisions = [...(structure.revisions ?? [])].reverse();
  const constants = (names: readonly (string | undefined)[], relevance = 0): Completion[] =>
    names
      .filter((name) => name !== undefined)
      .map((name, index) => word(name, 'constant', range, { sortText: rank(relevance, index) }));
  if (part === 'Type') return constants(structure.objectType ? [structure.objectType] : catalog.objectTypes());
  if (part === 'Revision') return constants(revisions.map((revision) => revision.revisionConstant));
  if (part !== 'Size') return [];
  if (isHeader) return [];
  const size = word(`sizeof(${structure.name})`, 'constant', range, {
    sortText: rank(structure.sizeBySizeof ? 0 : 1),
    docs: structure.name,
  });
  const sizes = revisions.map((revision) => revision.sizeConstant);
  return [size, ...constants(sizes, structure.sizeBySizeof ? 1 : 0)];
}
