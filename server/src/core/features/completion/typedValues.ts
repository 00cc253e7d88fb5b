import type { Completion } from '../../api.js';
import type { Cursor } from '../cursor.js';
import type { FeatureInput } from '../feature.js';
import { memberOfExpression, typeOfExpression } from '../subject.js';
import { rank, word } from './item.js';

/** Where the type of what is assigned, compared, switched over, passed or returned says which names can stand: the values
 * of an enumeration, and OIDs. */
export function typedValues(input: FeatureInput, cursor: Cursor): Completion[] {
  const wanted = wantedAt(input, cursor);
  if (!wanted) return [];
  const enumeration = wanted.type === undefined ? undefined : input.catalog.enum(wanted.type);
  const isPointer = wanted.type?.includes('*') || enumeration?.pointerNames?.includes(wanted.type ?? '');
  if (enumeration && !isPointer)
    return enumeration.values.map((value, index) =>
      word(value.name, 'enum-member', cursor.range, { detail: enumeration.name, sortText: rank(0, index) }),
    );
  return takesOid(wanted) ? oids(input, cursor) : [];
}

/** What stands in a place: its type as written, and its name. */
interface Wanted {
  type?: string | undefined;
  name: string;
}

/** Headers write an OID as NDIS_OID, drivers also as ULONG: then the name has to tell. */
const takesOid = ({ type, name }: Wanted): boolean =>
  type === 'NDIS_OID' || (/oid$/i.test(name) && (type === undefined || /^(ULONG|UINT32|UINT|DWORD)$/.test(type)));

function wantedAt(input: FeatureInput, { place, offset }: Cursor): Wanted | undefined {
  if (place.kind === 'value') return ofExpression(input, place.target, offset);
  if (place.kind === 'comparison') return ofExpression(input, place.left, offset);
  if (place.kind === 'case') return ofExpression(input, place.subject.replace(/^\(\w+\)/, ''), offset);
  if (place.kind === 'designated-value')
    return { type: input.catalog.member(place.type, place.member)?.type, name: place.member };
  if (place.kind === 'argument') return input.catalog.routine(place.callee)?.signature?.params[place.index];
  return place.kind === 'return' ? returned(input, offset) : undefined;
}

function ofExpression(input: FeatureInput, expression: string, offset: number): Wanted | undefined {
  const name = /\w+$/.exec(expression)?.[0];
  if (name === undefined) return undefined;
  const member = memberOfExpression(input, expression, offset)?.member;
  return { type: member?.type ?? typeOfExpression(input, expression.replace(/^\*/, ''), offset), name };
}

function returned({ file }: FeatureInput, offset: number): Wanted | undefined {
  const fn = file.headAt(offset);
  return fn && { type: fn.returnType, name: fn.name };
}

/** Those that a driver is asked first, then the others. */
function oids({ catalog }: FeatureInput, { range }: Cursor): Completion[] {
  return catalog.data.oids.map((oid) =>
    word(oid.name, 'oid', range, { sortText: rank(oid.obsolete ? 4 : oid.mandatory ? 0 : 1) }),
  );
}
