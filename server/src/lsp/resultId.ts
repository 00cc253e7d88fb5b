/** A short name for a list of diagnostics that is the same for the same list (FNV-1a over its JSON, and its length). */
export function resultId(items: readonly object[]): string {
  const text = JSON.stringify(items);
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return `${text.length.toString(36)}.${(hash >>> 0).toString(36)}`;
}
