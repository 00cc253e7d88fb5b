import { squeezed } from './body.js';

/**
 * A place in memory as one text, whichever way it is written: no white space, no casts, no parentheses around names, no
 * address operator in front. `&(Adapter)->Lock`, `(PNDIS_SPIN_LOCK)&Adapter->Lock` and `&Adapter->Lock` are one.
 */
export function placeOf(expression: string): string {
  let text = squeezed(expression);
  for (;;) {
    const next = text
      .replace(/\((?:const|struct|volatile)?[A-Za-z_]\w*\*+\)(?=[\w(&*])/g, '')
      .replace(/^\(((?:P|LP)[A-Z_0-9]+)\)(?=[\w(&*])/, '')
      .replace(/(^|[^\w)\]])\(([A-Za-z_][\w.>[\]-]*)\)/g, '$1$2')
      .replace(/\(&([A-Za-z_][\w.>[\]-]*)\)->/g, '$1.')
      .replace(/\(\*([A-Za-z_][\w.>[\]-]*)\)\./g, '$1->')
      .replace(/^\((.*)\)$/, (whole, inner: string) => (isBalanced(inner) ? inner : whole))
      .replace(/^&/, '');
    if (next === text) return text;
    text = next;
  }
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (char === '(') depth++;
    else if (char === ')' && --depth < 0) return false;
  }
  return depth === 0;
}

/** The last name of a place: `Lock` of `Adapter->Queue[0].Lock`. */
export function lastNameOf(place: string): string {
  return /(\w+)(?:\[[^\]]*\])*$/.exec(place)?.[1] ?? place;
}

/** Whether the text speaks of the name, other than as a member of something. */
export function speaksOf(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1] ?? '';
    const after = text[at + name.length] ?? '';
    if (!/[\w.>]/.test(before) && !/\w/.test(after)) return true;
  }
  return false;
}
