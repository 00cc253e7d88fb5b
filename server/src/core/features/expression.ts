/** C expressions read from plain text, so that they hold in half-typed code. Comments and literals are blanked before. */

/** What an expression that ends in members begins with. */
export type Root =
  | { kind: 'variable'; name: string }
  /** `((TYPE *)x)`: the type as written. */
  | { kind: 'cast'; type: string }
  | { kind: 'call'; callee: string; args: string[] };

/** `Adapter->Lists[0].Head`: where it begins, and the members that it goes through. How often a pointer is followed says
 * nothing about which structure it is, so that `*`, `&` and subscripts are left out. */
export interface Path {
  root: Root;
  members: string[];
}

const wordBehind = /(?<!\w)[A-Za-z_]\w*$/;

/** Words that stand before a parenthesis without calling anything. */
const noCallee = /^(if|while|for|switch|return|sizeof|case|else|do)$/;

/** The expression of names, members, calls, casts in parentheses and subscripts that the text ends in; empty where it
 * ends in something else. */
export function expressionBehind(text: string): string {
  let at = text.trimEnd().length;
  const end = at;
  while (at > 0) {
    const primary = primaryStart(text, at);
    if (primary === undefined) return '';
    at = primary;
    const before = text.slice(0, at).trimEnd();
    const link = before.endsWith('->') ? 2 : before.endsWith('.') ? 1 : 0;
    if (!link) break;
    at = before.slice(0, -link).trimEnd().length;
  }
  return text.slice(at, end);
}

/** Where the name, parenthesis or call that ends at `end` begins, subscripts included. */
function primaryStart(text: string, end: number): number | undefined {
  let at = end;
  while (text[at - 1] === ']') {
    const open = openerOf(text, at - 1);
    if (open === undefined) return undefined;
    at = text.slice(0, open).trimEnd().length;
  }
  if (text[at - 1] !== ')') {
    const word = wordBehind.exec(text.slice(0, at))?.[0];
    return word === undefined || noCallee.test(word) ? undefined : at - word.length;
  }
  const open = openerOf(text, at - 1);
  if (open === undefined) return undefined;
  const before = text.slice(0, open).trimEnd();
  const callee = wordBehind.exec(before)?.[0];
  return callee === undefined || noCallee.test(callee) ? open : before.length - callee.length;
}

/** Where the bracket stands that the one at `close` closes. */
function openerOf(text: string, close: number): number | undefined {
  let depth = 0;
  for (let at = close; at >= 0; at--) {
    const char = text[at];
    if (char === ')' || char === ']') depth++;
    else if ((char === '(' || char === '[') && --depth === 0) return at;
    else if (char === ';' || char === '{' || char === '}') return undefined;
  }
  return undefined;
}

/** Where the bracket stands that closes the one at `open`. */
function closerOf(text: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const char = text[at];
    if (char === '(' || char === '[') depth++;
    else if ((char === ')' || char === ']') && --depth === 0) return at;
  }
  return undefined;
}

/** Reads an expression; undefined where it is none that leads from a name, a cast or a call to members. */
export function readPath(expression: string): Path | undefined {
  const text = expression.trim().replace(/^[*&!\s]+/, '');
  if (!text.startsWith('(')) return namedPath(text);
  const close = closerOf(text, 0);
  if (close === undefined) return undefined;
  const inner = text.slice(1, close).trim();
  const rest = text.slice(close + 1).trim();
  if (rest === '' || /^(\.|->|\[)/.test(rest)) return withMembers(readPath(assigned(inner)), rest);
  return isType(inner) ? { root: { kind: 'cast', type: inner }, members: [] } : undefined;
}

const isType = (text: string): boolean => /^[A-Za-z_][\w\s]*[*\s]*$/.test(text);

/** `Status` of `Status = Call(…)`. */
const assigned = (text: string): string => /^([\w.>\s-]*\w)\s*=(?!=)/.exec(text)?.[1] ?? text;

function namedPath(text: string): Path | undefined {
  const name = /^[A-Za-z_]\w*/.exec(text)?.[0];
  if (name === undefined) return undefined;
  const rest = text.slice(name.length).trim();
  if (!rest.startsWith('(')) return withMembers({ root: { kind: 'variable', name }, members: [] }, rest);
  const close = closerOf(rest, 0);
  if (close === undefined) return undefined;
  const args = splitArguments(rest.slice(1, close));
  return withMembers({ root: { kind: 'call', callee: name, args }, members: [] }, rest.slice(close + 1).trim());
}

/** The path with the members behind it; undefined where something else stands there. */
function withMembers(path: Path | undefined, behind: string): Path | undefined {
  let rest = behind;
  const members: string[] = [];
  while (path && rest !== '') {
    const member = /^(?:\.|->)\s*([A-Za-z_]\w*)\s*/.exec(rest);
    const close = rest.startsWith('[') ? closerOf(rest, 0) : undefined;
    if (member) members.push(member[1] as string);
    else if (close === undefined) return undefined;
    rest = rest.slice(member ? member[0].length : (close ?? 0) + 1).trim();
  }
  return path && { root: path.root, members: [...path.members, ...members] };
}

function splitArguments(text: string): string[] {
  const args: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) depth--;
    else if (char === ',' && depth === 0) {
      args.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  return [...args, text.slice(from).trim()];
}
