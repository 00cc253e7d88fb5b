import type { Completion } from '../../api.js';
import type { Catalog } from '../../catalog/catalog.js';
import type { EnumFacts } from '../../catalog/schema.js';
import type { Cursor } from '../cursor.js';
import type { FeatureInput } from '../feature.js';
import { rank, word } from './item.js';
import { type Wanted, wantedAt } from './wanted.js';

/** Where the type of what is assigned, compared, switched over, passed or returned says which names can stand: the values
 * of an enumeration, and OIDs. */
export function typedValues(input: FeatureInput, cursor: Cursor): Completion[] {
  const wanted = wantedAt(input, cursor);
  if (!wanted) return [];
  const enumeration = enumOf(input.catalog, wanted.type);
  const isPointer = wanted.type?.includes('*') || enumeration?.pointerNames?.includes(wanted.type ?? '');
  if (enumeration && !isPointer)
    return enumeration.values.map((value, index) =>
      word(value.name, 'enum-member', cursor.range, { detail: enumeration.name, sortText: rank(0, index) }),
    );
  return takesOid(wanted) ? oids(input, cursor, requestOf(cursor.place)) : [];
}

/** The enumeration that the type is, also by another name. */
const enumOf = (catalog: Catalog, type = ''): EnumFacts | undefined =>
  catalog.enum(type) ?? catalog.enum(catalog.underlyingType(type) ?? '');

/** Headers write an OID as NDIS_OID, drivers also as ULONG: then the name has to tell. */
const takesOid = ({ type, name }: Wanted): boolean =>
  type === 'NDIS_OID' || (/oid$/i.test(name) && (type === undefined || /^(ULONG|UINT32|UINT|DWORD)$/.test(type)));

/** The kind of request whose data holds the OID: `set` for `Request->DATA.SET_INFORMATION.Oid`. */
function requestOf(place: Cursor['place']): string | undefined {
  const expression =
    'subject' in place ? place.subject : 'left' in place ? place.left : 'target' in place ? place.target : '';
  return /\b(QUERY|SET|METHOD)_INFORMATION\b/.exec(expression)?.[1]?.toLowerCase();
}

/** Those that such a request can name and that a driver is asked most, then the others. */
function oids({ catalog }: FeatureInput, { range }: Cursor, request: string | undefined): Completion[] {
  return catalog.data.oids.map((oid) => {
    const strange = request !== undefined && oid.requestTypes && !oid.requestTypes.includes(request);
    return word(oid.name, 'oid', range, { sortText: rank(oid.obsolete ? 4 : strange ? 2 : oid.mandatory ? 0 : 1) });
  });
}
