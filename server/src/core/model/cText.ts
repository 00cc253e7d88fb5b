import type { Parameter } from '../catalog/schema.js';

/** `NDIS_HANDLE Context`, `UCHAR Address[6]`, `PVOID *Table`: a parameter or member as C declares it. */
export function declared({ name, type }: Pick<Parameter, 'name' | 'type'>): string {
  const array = /^(.*?)\s*(\[[^\]]*\])$/.exec(type);
  if (array) return `${array[1]} ${name}${array[2]}`;
  return type.endsWith('*') ? `${type}${name}` : `${type} ${name}`;
}
