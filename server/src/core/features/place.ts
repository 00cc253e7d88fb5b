import { expressionBehind } from './expression.js';

/** What can stand where the text ends. */
export type Place =
  | { kind: 'file' }
  /** Behind `base.` or `base->`; the base is empty where it is no expression that can be read. */
  | { kind: 'member'; base: string }
  /** Behind `target =`. */
  | { kind: 'value'; target: string }
  /** Behind `.` in a braced initializer of `type`; `path` leads to the nested member whose own members go on: `Header.`,
   * mostly empty. */
  | { kind: 'designator'; type: string; path: string; bodyStart: number }
  /** Behind `.member =` in a braced initializer of `type`; a member of a nested one by its path, `Header.Type`. */
  | { kind: 'designated-value'; type: string; member: string }
  /** An element of an array of `type` that is being initialized. */
  | { kind: 'element'; type: string }
  | { kind: 'return' }
  /** `open` is where the brace of the switch stands, from the end of the text. */
  | { kind: 'case'; subject: string; open: number }
  /** Behind `left ==` or `left !=`. */
  | { kind: 'comparison'; left: string }
  /** Behind `base[`. */
  | { kind: 'index'; base: string }
  | { kind: 'argument'; callee: string; index: number }
  /** Where a statement or an expression of another kind can stand. */
  | { kind: 'code' };

/** Expressions before the cursor are read this far back, in UTF-16 units. */
export const longestExpression = 400;

/** A cast and an address operator, which a value can begin with. */
const valueStart = /(?:\([\w\s*]+\)\s*)?&?\s*$/;

/** What can stand behind the text, whose comments and literals are blanked. */
export function placeOf(before: string): Place {
  const around = enclosing(before);
  const tail = before.slice(-longestExpression);
  const inside = around.kind === 'initializer' ? placeInInitializer(tail, around) : undefined;
  if (inside) return inside;
  const plain = tail.trimEnd();
  const link = /(->|\.)$/.exec(plain)?.[0];
  if (link) return { kind: 'member', base: expressionBehind(plain.slice(0, -link.length)) };
  if (around.kind === 'file') return { kind: 'file' };
  return (
    valuePlace(choiceStart(tail), before) ??
    (plain.endsWith('[') ? { kind: 'index', base: expressionBehind(plain.slice(0, -1)) } : argumentPlace(before))
  );
}

function placeInInitializer(tail: string, { type, path, at, array }: Initializer): Place | undefined {
  const next = /[{,]\s*\.((?:\s*\w+\s*\.)*)\s*$/.exec(tail);
  if (next) return { kind: 'designator', type, path: path + squeeze(next[1]), bodyStart: at };
  const set = /[{,]\s*\.\s*(\w+(?:\s*\.\s*\w+)*)\s*=\s*(?:\([\w\s*]+\)\s*)?&?\s*$/.exec(tail);
  if (set) return { kind: 'designated-value', type, member: path + squeeze(set[1]) };
  return array && /[{,]\s*$/.test(tail) ? { kind: 'element', type } : undefined;
}

/** Where a value is returned, compared, switched over or assigned. */
function valuePlace(tail: string, before: string): Place | undefined {
  const start = tail.replace(valueStart, '').trimEnd();
  if (/(^|\W)return\s*\(?\s*$/.test(tail)) return { kind: 'return' };
  if (/(^|\W)case\s+$/.test(tail)) return { kind: 'case', ...switchAround(before) };
  if (/[!=]=$/.test(start)) {
    const left = expressionBehind(start.slice(0, -2));
    return left ? { kind: 'comparison', left } : undefined;
  }
  if (!/(^|[^=!<>+*/%&|^-])=$/.test(start)) return undefined;
  const target = expressionBehind(start.slice(0, -1));
  return target ? { kind: 'value', target } : undefined;
}

/** `Status = ` of `Status = Ready ? NDIS_STATUS_SUCCESS : `: both branches of a choice stand for its value. */
function choiceStart(tail: string): string {
  if (!/[?:]\s*$/.test(tail)) return tail;
  const statement = tail.slice(Math.max(...[';', '{', '}'].map((end) => tail.lastIndexOf(end))) + 1);
  if (!statement.includes('?')) return tail;
  const condition = statement.slice(0, statement.indexOf('?'));
  const returned = /^\s*return\b/.exec(condition)?.[0];
  if (returned) return `${returned} `;
  return /^((?:[^=!<>]|->)*[^=!<>+*/%&|^-]=)(?!=)/.exec(condition)?.[1] ?? tail;
}

function argumentPlace(before: string): Place {
  const call = callAround(before);
  return call ? { kind: 'argument', callee: call.callee, index: call.index } : { kind: 'code' };
}

const squeeze = (text: string | undefined): string => (text ?? '').replace(/\s+/g, '');

/** A braced initializer: `at` is where its innermost brace stands, `path` the member that it is for, with a dot behind;
 * `array` where the innermost brace holds the elements of one. */
interface Initializer {
  kind: 'initializer';
  type: string;
  path: string;
  at: number;
  array: boolean;
}

type Enclosing = { kind: 'file' } | { kind: 'code' } | Initializer;

const nestedInitializer = /[{,]\s*\.\s*(\w+(?:\s*\.\s*\w+)*)\s*=\s*$/;
const variableInitializer = /(\w+)\s+\**\w+\s*(\[[^\]]*\])?\s*=\s*$/;
/** `(NDIS_OID_REQUEST){`, but not `if (Ready) {`. */
const compoundLiteral = /(?:[=,(&?:]|\breturn)\s*\(\s*(?:struct\s+)?(\w+)\s*(\[[^\]]*\])?\s*\)\s*$/;

/** What kind of braces hold the end of the text. */
function enclosing(before: string): Enclosing {
  let depth = 0;
  let path = '';
  let innermost: number | undefined;
  for (let at = before.length - 1; at >= 0; at--) {
    const char = before[at];
    if (char === '}') depth++;
    // A brace in column 0 closes or opens a definition: nothing further up matters.
    if (char === '}' && depth === 1 && (at === 0 || before[at - 1] === '\n')) return { kind: 'file' };
    if (char !== '{' || depth-- > 0) continue;
    const head = before.slice(Math.max(0, at - 300), at);
    if (/extern\s+"?\s*C?\s*"?\s*$/.test(head) || /namespace\s*\w*\s*$/.test(head)) {
      depth = 0;
      continue;
    }
    const nested = nestedInitializer.exec(head);
    if (nested) {
      path = `${squeeze(nested[1])}.${path}`;
      innermost ??= at;
      depth = 0;
      continue;
    }
    const found = variableInitializer.exec(head) ?? compoundLiteral.exec(head);
    if (!found) return { kind: 'code' };
    const array = found[2] !== undefined && innermost === undefined;
    return { kind: 'initializer', type: found[1] as string, path, at: innermost ?? at, array };
  }
  return { kind: 'file' };
}

/** What the switch around the end of the text decides by, empty where there is none, and how far back its brace is. */
function switchAround(before: string): { subject: string; open: number } {
  let depth = 0;
  for (let at = before.length - 1; at >= 0; at--) {
    if (before[at] === '}' && ++depth === 1 && before[at - 1] === '\n') break;
    if (before[at] !== '{' || depth-- > 0) continue;
    depth = 0;
    const head = before.slice(Math.max(0, at - longestExpression), at);
    const subject = /\bswitch\s*\(((?:[^;{}])*)\)\s*$/.exec(head)?.[1];
    if (subject !== undefined) return { subject: subject.trim(), open: before.length - at };
  }
  return { subject: '', open: 0 };
}

/** The call whose argument list the end of the text is in: callee and index of the argument, from 0. */
export function callAround(before: string): { callee: string; index: number; open: number } | undefined {
  let depth = 0;
  let index = 0;
  const limit = Math.max(0, before.length - 8000);
  for (let at = before.length - 1; at >= limit; at--) {
    const char = before[at];
    if (char === ')' || char === ']' || char === '}') depth++;
    else if (char === ';') {
      if (depth <= 0) return undefined;
    } else if (char === '[' || char === '{') {
      if (depth-- === 0) return undefined;
    } else if (char === ',' && depth === 0) index++;
    else if (char === '(' && depth-- === 0) {
      const callee = /(\w+)\s*$/.exec(before.slice(0, at))?.[1];
      if (!callee || /^(if|while|for|switch|return|sizeof)$/.test(callee)) {
        // A parenthesis of an expression: the call, if any, is further out.
        depth = 0;
        index = 0;
        if (callee) return undefined;
        continue;
      }
      return { callee, index, open: at };
    }
  }
  return undefined;
}
