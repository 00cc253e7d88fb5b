/** A type as the facts write it: what it is made of, and the arrays behind it. */
export interface TypeText {
  /** `struct _X *`, `const UCHAR *`, `NDIS_HANDLE` */
  stem: string;
  /** `[6]` or nothing */
  arrays: string;
}

export function readType(type: string): TypeText {
  const bracket = type.indexOf('[');
  return bracket < 0
    ? { stem: type.trim(), arrays: '' }
    : { stem: type.slice(0, bracket).trim(), arrays: type.slice(bracket) };
}

/** A declaration of `name`: arrays go behind the name. */
export function declare(type: string, name: string): string {
  const { stem, arrays } = readType(type);
  return `${stem}${stem.endsWith('*') ? '' : ' '}${name}${arrays}`;
}

const notTypes = new Set([
  'const',
  'volatile',
  'void',
  'unsigned',
  'signed',
  'int',
  'char',
  'short',
  'long',
  '__int64',
]);

/** The typedef names that a type mentions; a struct, union or enum tag needs no typedef. */
export function namesIn(type: string): string[] {
  const { stem } = readType(type);
  return [...stem.replace(/\b(?:struct|union|enum)\s+\w+/g, '').matchAll(/\b[A-Za-z_]\w*/g)]
    .map(([name]) => name)
    .filter((name) => !notTypes.has(name));
}

/** The typedef name whose definition must stand before a member of this type, or undefined for a pointer. */
export function completeName(type: string): string | undefined {
  return readType(type).stem.endsWith('*') ? undefined : namesIn(type)[0];
}
