/** Removes what says nothing: undefined, empty lists and empty objects. Absent means unknown. */
export function compact<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => says(field))) as T;
}

/** As T, where a field may also be given as undefined. */
export type Loose<T> = { [K in keyof T]: T[K] | undefined };

/** `compact` for fields that were looked up and perhaps not found. */
export const item = <T extends object>(value: Loose<T>): T => compact(value) as T;

function says(field: unknown): boolean {
  if (field === undefined || field === null) return false;
  if (Array.isArray(field)) return field.length > 0;
  return typeof field !== 'object' || Object.keys(field).length > 0;
}
