import type { Catalog } from '../catalog/catalog.js';

/** Where names of types lead: the catalog, and what the project declares. */
export interface TypeScope {
  /** Type that a typedef name stands for; undefined where the name is no known typedef. */
  aliasOf(name: string): string | undefined;
  /** The name is a structure, union or enumeration that is known. */
  isAggregate(name: string): boolean;
}

/** A type reduced to what decides compatibility. */
export interface CanonicalType {
  base: string;
  pointers: number;
  /** The base was followed to a C type or a known aggregate. */
  known: boolean;
}

/** Typedefs of ntdef.h and basetsd.h: they belong to C on Windows, not to NDIS. With them the status type of NDIS, which
 * ndis/types.h makes an int. */
const windowsTypes: Readonly<Record<string, string>> = {
  VOID: 'void',
  CHAR: 'char',
  CCHAR: 'char',
  UCHAR: 'unsigned char',
  BYTE: 'unsigned char',
  BOOLEAN: 'unsigned char',
  SHORT: 'short',
  USHORT: 'unsigned short',
  WORD: 'unsigned short',
  WCHAR: 'wchar_t',
  INT: 'int',
  UINT: 'unsigned int',
  BOOL: 'int',
  LONG: 'long',
  ULONG: 'unsigned long',
  DWORD: 'unsigned long',
  NTSTATUS: 'long',
  KIRQL: 'unsigned char',
  LONGLONG: 'long long',
  ULONGLONG: 'unsigned long long',
  LONG64: 'long long',
  ULONG64: 'unsigned long long',
  UINT8: 'unsigned char',
  UINT16: 'unsigned short',
  UINT32: 'unsigned int',
  UINT64: 'unsigned long long',
  INT8: 'signed char',
  INT16: 'short',
  INT32: 'int',
  INT64: 'long long',
  LONG32: 'int',
  ULONG32: 'unsigned int',
  ULONG_PTR: 'uintptr',
  LONG_PTR: 'intptr',
  SIZE_T: 'uintptr',
  KAFFINITY: 'uintptr',
  CCSTR: 'char *',
  PVOID: 'void *',
  PCHAR: 'char *',
  PUCHAR: 'unsigned char *',
  PBOOLEAN: 'unsigned char *',
  PSHORT: 'short *',
  PUSHORT: 'unsigned short *',
  PINT: 'int *',
  PUINT: 'unsigned int *',
  PLONG: 'long *',
  PULONG: 'unsigned long *',
  PULONGLONG: 'unsigned long long *',
  PWSTR: 'wchar_t *',
  PCWSTR: 'wchar_t *',
  PSTR: 'char *',
  HANDLE: 'void *',
  NDIS_STATUS: 'int',
  PNDIS_STATUS: 'int *',
}; // prettier-ignore

const primitive =
  /^(void|bool|_Bool|wchar_t|float|double|uintptr|intptr|(un)?signed( (char|short|int|long( long)?))?|char|signed char|short|int|long( long)?)$/;

/** Reduces a type as written to its canonical form. */
export function canonical(written: string, scope: TypeScope): CanonicalType {
  let pointers = 0;
  let base = written;
  for (let steps = 0; steps < 12; steps++) {
    const parts = split(base);
    pointers += parts.pointers;
    base = parts.base;
    if (primitive.test(base)) return { base, pointers, known: true };
    const next = windowsTypes[base] ?? scope.aliasOf(base);
    if (next === undefined || next === base) break;
    base = next;
  }
  return { base, pointers, known: scope.isAggregate(base) };
}

interface TypeParts {
  base: string;
  pointers: number;
}

/** The few type texts of drivers come again at every keystroke. */
const parted = new Map<string, TypeParts>();
const maxParted = 4000;

function split(type: string): TypeParts {
  let parts = parted.get(type);
  if (parts) return parts;
  if (parted.size >= maxParted) parted.clear();
  parted.set(type, (parts = partsOf(type)));
  return parts;
}

function partsOf(type: string): TypeParts {
  const plain = type.replace(
    /\b(const|volatile|CONST|struct|union|enum|class|__unaligned|UNALIGNED|far|FAR|restrict)\b/g,
    ' ',
  );
  const pointers = (plain.match(/[*[]/g) ?? []).length;
  const base = plain
    .replace(/\[[^\]]*\]|[*&]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return { base: normalInteger(base), pointers };
}

function normalInteger(base: string): string {
  if (base === 'unsigned') return 'unsigned int';
  return base.replace(/\b(long|short) int\b/, '$1').replace(/\bunsigned (long|short) int\b/, 'unsigned $1');
}

/** Whether two types as written are the same; undefined when one of them leads to a name that is not known. */
export function sameType(a: string, b: string, scope: TypeScope): boolean | undefined {
  if (a === b) return true;
  const left = canonical(a, scope);
  const right = canonical(b, scope);
  if (left.base === right.base && left.pointers === right.pointers) return true;
  if (!left.known || !right.known) return undefined;
  return false;
}

/** The scope of the catalog alone. */
export function catalogScope(catalog: Catalog): TypeScope {
  return {
    aliasOf: (name) => catalog.underlyingType(name) ?? pointerAlias(catalog, name),
    isAggregate: (name) => catalog.structure(name) !== undefined || catalog.enum(name) !== undefined,
  };
}

/** `PNDIS_OID_REQUEST` is a pointer to its structure; tag names lead to the structure's own name. */
function pointerAlias(catalog: Catalog, name: string): string | undefined {
  const aggregate = catalog.structure(name) ?? catalog.enum(name);
  if (!aggregate || aggregate.name === name) return undefined;
  return aggregate.pointerNames?.includes(name) ? `${aggregate.name} *` : aggregate.name;
}
