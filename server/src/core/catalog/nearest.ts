/**
 * The candidate that a misspelt name most likely means: at most a quarter of its letters wrong, or the same words with
 * one of them shortened (REGISTER for REG) or in another order. Undefined when nothing is near, or when two are equally near.
 */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Infinity;
  let tied = false;
  for (const candidate of candidates) {
    const limit = Math.min(bestDistance, Math.floor(Math.max(name.length, candidate.length) / 4));
    const letters = editDistance(name, candidate, limit);
    const sameWords = wordsAgree(name, candidate) || wordsMoved(name, candidate);
    const distance = sameWords ? Math.min(letters, shortened) : letters;
    if (distance > limit || distance > bestDistance) continue;
    tied = distance === bestDistance;
    if (!tied) best = candidate;
    bestDistance = distance;
  }
  return tied || bestDistance === 0 ? undefined : best;
}

/** What a shortened or moved word counts: more than one wrong letter, less than two. */
const shortened = 1.5;

/** PROTOCOL_CM_REGISTER_SAP and PROTOCOL_CM_REG_SAP: word by word one begins with the other. */
function wordsAgree(left: string, right: string): boolean {
  const [ours, theirs] = [left.split('_'), right.split('_')];
  return (
    left !== right &&
    ours.length === theirs.length &&
    ours.every((word, at) => word.startsWith(theirs[at]!) || (word !== '' && theirs[at]!.startsWith(word)))
  );
}

/** PROTOCOL_CM_MODIFY_CALL_QOS and PROTOCOL_CM_MODIFY_QOS_CALL: the same words in another order. */
function wordsMoved(left: string, right: string): boolean {
  const inOrder = (name: string): string => name.split('_').sort().join('_');
  return left !== right && left.length === right.length && inOrder(left) === inOrder(right);
}

/** Letters to insert, delete, replace or swap with their neighbour. Gives up above `limit`. */
export function editDistance(left: string, right: string, limit = Infinity): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      let cost = Math.min(previous[column]! + 1, current[column - 1]! + 1, previous[column - 1]! + (same ? 0 : 1));
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped && row > 1 && column > 1) cost = Math.min(cost, beforePrevious[column - 2]! + 1);
      current.push(cost);
    }
    if (Math.min(...current) > limit) return limit + 1;
    [beforePrevious, previous] = [previous, current];
  }
  return previous[right.length]!;
}
