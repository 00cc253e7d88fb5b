/**
 * Some entries of every group, the same each time.
 * @param count how many of a group at most
 * @param seed any whole number; another seed, another choice
 */
export function choose<T>(entries: readonly T[], groupOf: (entry: T) => string, count: number, seed: number): T[] {
  const next = numbers(seed);
  return [...groups(entries, groupOf).values()].flatMap((group) => {
    const left = [...group];
    const taken = Math.min(count, left.length);
    return Array.from({ length: taken }, () => left.splice(Math.floor(next() * left.length), 1)[0] as T);
  });
}

export function groups<T>(entries: readonly T[], groupOf: (entry: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const entry of entries) {
    const own = found.get(groupOf(entry));
    if (own) own.push(entry);
    else found.set(groupOf(entry), [entry]);
  }
  return found;
}

/** Numbers from 0 to below 1, by a linear congruence. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
