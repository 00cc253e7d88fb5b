/** Two independent 32-bit hashes of a text, so that sets of texts can be told apart by the XOR of their members' hashes:
 * adding and removing a member costs one step, whatever the size of the set. */
export interface Hash {
  readonly a: number;
  readonly b: number;
}

export const noHash: Hash = { a: 0, b: 0 };

const known = new Map<string, Hash>();
const maxKnown = 20_000;

export function hashOf(text: string): Hash {
  let hash = known.get(text);
  if (hash) return hash;
  if (known.size > maxKnown) known.clear();
  hash = { a: mixed(text, 0x811c9dc5), b: mixed(text, 0x2f0b4c47) };
  known.set(text, hash);
  return hash;
}

function mixed(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** The set with the member added, or removed where it is in. */
export function toggled(set: Hash, member: Hash): Hash {
  return { a: set.a ^ member.a, b: set.b ^ member.b };
}

/** A number for the set: 53 bits, so that different sets of one function have different numbers. */
export function numberOf(set: Hash): number {
  return (set.a >>> 0) * 0x20_0000 + (set.b & 0x1f_ffff);
}
