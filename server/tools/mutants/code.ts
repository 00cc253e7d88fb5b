import type { Catalog } from '../../src/core/catalog/catalog.js';
import type { CallbackFacts, StructureFacts } from '../../src/core/catalog/schema.js';
import { plainText } from '../recovery/regex.js';

/**
 * What can be broken in a driver's source, found by patterns over its text. It shares no code with the parser and the
 * model, so that what these do not see is broken all the same. Offsets are UTF-16, ranges half-open.
 */

export interface TextSpan {
  start: number;
  end: number;
}

export interface ParameterText extends TextSpan {
  type: string;
  name: string;
}

export interface FunctionText extends TextSpan {
  file: string;
  name: string;
  nameSpan: TextSpan;
  /** Return type without `static`. */
  returns: TextSpan;
  /** Between the parentheses. */
  paramsSpan: TextSpan;
  params: ParameterText[];
  /** Between the braces. */
  body: TextSpan;
  /** The line with `_Use_decl_annotations_`. */
  annotation?: TextSpan;
}

/** `ROLE Name;` */
export interface RoleDeclaration extends TextSpan {
  file: string;
  name: string;
  typeSpan: TextSpan;
  role: CallbackFacts;
}

/** `Variable.Member = Value;` for a local variable of a catalog structure. */
export interface MemberSetting extends TextSpan {
  file: string;
  variable: StructureVariable;
  member: string;
  /** Type, Revision or Size of the object header. */
  part?: string;
  memberSpan: TextSpan;
  value: string;
  valueSpan: TextSpan;
}

/** A local variable of a catalog structure, with what is set in it. */
export interface StructureVariable {
  file: string;
  fn: FunctionText;
  name: string;
  /** The declarator. */
  nameSpan: TextSpan;
  structure: StructureFacts;
  settings: MemberSetting[];
}

export interface CallText extends TextSpan {
  file: string;
  fn: FunctionText;
  name: string;
  nameSpan: TextSpan;
  args: TextSpan[];
  /** The call is a whole statement; `end` then stands behind its semicolon. */
  isStatement: boolean;
}

export interface ReturnText extends TextSpan {
  file: string;
  fn: FunctionText;
  value: string;
  valueSpan: TextSpan;
}

/** One file, read by patterns. */
export class CodeFile {
  readonly name: string;
  readonly text: string;
  /** The text with comments and literals blanked. */
  readonly plain: string;
  readonly functions: FunctionText[];
  readonly declarations: RoleDeclaration[];
  readonly variables: StructureVariable[];
  readonly calls: CallText[];
  readonly returns: ReturnText[];

  constructor(name: string, text: string, catalog: Catalog) {
    this.name = name;
    this.text = text;
    this.plain = plainText(text);
    this.functions = findFunctions(name, this.plain);
    this.declarations = findDeclarations(name, this.plain, catalog);
    this.variables = this.functions.flatMap((fn) => findVariables(name, fn, this.plain, catalog));
    this.calls = this.functions.flatMap((fn) => findCalls(name, fn, this.plain, catalog));
    this.returns = this.functions.flatMap((fn) => findReturns(name, fn, this.plain));
  }
}

const functionHead =
  /^(_Use_decl_annotations_[ \t]*\r?\n)?(?:static\s+)?((?!return\b|else\b|typedef\b|static\b)[A-Za-z_]\w*(?:[ \t]*\*|[ \t]+[A-Za-z_]\w*)*?)[ \t\r\n*]+([A-Za-z_]\w*)[ \t]*\(([^(){};]*)\)[ \t]*\r?\n\{/gm;

function findFunctions(file: string, plain: string): FunctionText[] {
  return [...plain.matchAll(functionHead)].flatMap((match) => {
    const [all, annotation = '', returns = '', name = '', list = ''] = match;
    const start = match.index;
    const open = start + all.length;
    const end = plain.indexOf('\n}', open);
    if (end < 0) return [];
    const nameAt = start + all.search(new RegExp(`\\b${name}[ \\t]*\\(`));
    const paramsAt = plain.indexOf('(', nameAt) + 1;
    const returnsAt = start + all.indexOf(returns, annotation.length);
    const fn: FunctionText = {
      file,
      name,
      start,
      end: end + 2,
      nameSpan: { start: nameAt, end: nameAt + name.length },
      returns: { start: returnsAt, end: returnsAt + returns.length },
      paramsSpan: { start: paramsAt, end: paramsAt + list.length },
      params: parameters(list, paramsAt),
      body: { start: open, end: end + 1 },
    };
    if (annotation) fn.annotation = { start, end: start + annotation.length };
    return [fn];
  });
}

function parameters(list: string, offset: number): ParameterText[] {
  if (/^\s*(?:VOID|void)?\s*$/.test(list)) return [];
  let at = offset;
  return list.split(',').map((piece) => {
    const start = at + piece.search(/\S/);
    at += piece.length + 1;
    const text = piece.trim();
    const name = /\w+$/.exec(text)?.[0] ?? '';
    return { start, end: start + text.length, name, type: text.slice(0, text.length - name.length).trim() };
  });
}

function findDeclarations(file: string, plain: string, catalog: Catalog): RoleDeclaration[] {
  return [...plain.matchAll(/^((?:static )?)([A-Z]\w+)[ \t]+(\w+);/gm)].flatMap((match) => {
    const [all, isStatic = '', type = '', name = ''] = match;
    const role = catalog.roleType(type);
    if (!role) return [];
    const typeAt = match.index + isStatic.length;
    return [
      {
        file,
        name,
        role,
        start: match.index,
        end: match.index + all.length,
        typeSpan: { start: typeAt, end: typeAt + type.length },
      },
    ];
  });
}

function findVariables(file: string, fn: FunctionText, plain: string, catalog: Catalog): StructureVariable[] {
  const body = plain.slice(fn.body.start, fn.body.end);
  return [...body.matchAll(/^[ \t]+([A-Z]\w+)[ \t]+(\w+)(?:[ \t]*=[ \t]*\{[^{};]*\})?;/gm)].flatMap((match) => {
    const [all, type = '', name = ''] = match;
    const structure = catalog.structure(type);
    if (!structure || structure.pointerNames?.includes(type)) return [];
    const at = fn.body.start + match.index + all.indexOf(name, all.indexOf(type) + type.length);
    const variable: StructureVariable = {
      file,
      fn,
      name,
      nameSpan: { start: at, end: at + name.length },
      structure,
      settings: [],
    };
    variable.settings = findSettings(variable, body);
    return [variable];
  });
}

function findSettings(variable: StructureVariable, body: string): MemberSetting[] {
  const { file, fn, name, structure } = variable;
  const pattern = new RegExp(`^[ \\t]*${name}\\.(\\w+)(?:\\.(\\w+))?[ \\t]*=[ \\t]*([^=;][^;]*);[ \\t]*\\r?\\n`, 'gm');
  return [...body.matchAll(pattern)].map((match) => {
    const [all, member = '', part, value = ''] = match;
    const start = fn.body.start + match.index;
    const memberAt = start + all.indexOf('.') + 1;
    const valueAt = start + all.indexOf(value, all.indexOf('='));
    return {
      file,
      variable,
      member,
      ...(part !== undefined && member === structure.headerMember ? { part } : {}),
      value,
      start,
      end: start + all.length,
      memberSpan: { start: memberAt, end: memberAt + member.length },
      valueSpan: { start: valueAt, end: valueAt + value.length },
    };
  });
}

function findCalls(file: string, fn: FunctionText, plain: string, catalog: Catalog): CallText[] {
  const body = plain.slice(fn.body.start, fn.body.end);
  return [...body.matchAll(/\b([A-Za-z_]\w*)[ \t]*\(/g)].flatMap((match) => {
    const name = match[1] as string;
    if (!catalog.routine(name)) return [];
    const start = fn.body.start + match.index;
    const args = argumentsAt(plain, start + match[0].length);
    const close = (args.at(-1)?.end ?? start + match[0].length) + 1;
    const before = plain.slice(fn.body.start, start);
    const semicolon = /^\s*;/.exec(plain.slice(close))?.[0].length;
    const isStatement = semicolon !== undefined && /(?:[;{}:]|\*\/)\s*$/.test(before.trimEnd() || '{');
    return [
      {
        file,
        fn,
        name,
        start,
        end: isStatement ? close + semicolon : close,
        nameSpan: { start, end: start + name.length },
        args: args.filter(({ start, end }) => plain.slice(start, end).trim() !== ''),
        isStatement,
      },
    ];
  });
}

/** Arguments from behind the opening parenthesis; the last one ends where the closing parenthesis stands. */
function argumentsAt(plain: string, from: number): TextSpan[] {
  const spans: TextSpan[] = [];
  let start = from;
  let depth = 0;
  for (let at = from; at < plain.length; at++) {
    const letter = plain[at];
    if (letter === '(') depth++;
    else if (letter === ')' && depth-- === 0) {
      spans.push({ start, end: at });
      return spans.map((span) => trim(span, plain, span === spans.at(-1)));
    } else if (letter === ',' && depth === 0) {
      spans.push({ start, end: at });
      start = at + 1;
    }
  }
  return spans;
}

/** Leading white space does not belong to an argument; trailing only to the last. */
function trim({ start, end }: TextSpan, plain: string, isLast: boolean): TextSpan {
  const text = plain.slice(start, end);
  const lead = text.length - text.trimStart().length;
  return { start: start + lead, end: isLast ? end : start + text.trimEnd().length };
}

function findReturns(file: string, fn: FunctionText, plain: string): ReturnText[] {
  const body = plain.slice(fn.body.start, fn.body.end);
  return [...body.matchAll(/\breturn\b[ \t]*\(?([^;]*?)\)?[ \t]*;/g)].map((match) => {
    const start = fn.body.start + match.index;
    const value = match[1] as string;
    const at = start + match[0].indexOf(value, 'return'.length);
    return { file, fn, value, start, end: start + match[0].length, valueSpan: { start: at, end: at + value.length } };
  });
}
