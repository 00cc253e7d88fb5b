import {
  branchConditions,
  conditionGroups,
  type Directive,
  directivesOf,
  directiveText,
} from '../../../src/core/text/directives.js';
import { Kind, lex, type Tokens, tokenText } from '../../../src/core/text/lexer.js';
import { Word } from '../../../src/core/text/words.js';

/** A token of a header with the preprocessor conditions that it stands under, outermost first. */
export interface HeaderToken {
  readonly text: string;
  readonly word: boolean;
  /** Word class of the lexer, for words. */
  readonly cls: number;
  /** UTF-16 offsets in the file. */
  readonly start: number;
  readonly end: number;
  readonly conditions: readonly string[];
}

export interface HeaderMacro {
  readonly name: string;
  /** Parameter names, for a function-like macro. */
  readonly params?: readonly string[];
  readonly body: string;
  readonly conditions: readonly string[];
}

/** A header as tokens and macros. */
export interface Header {
  /** File name, `ndis.h`. */
  readonly name: string;
  readonly text: string;
  readonly tokens: readonly HeaderToken[];
  readonly macros: readonly HeaderMacro[];
}

/** Words that decorate a declaration and say nothing about its type. */
const decorations = new Set([
  'EXTERN_C_START',
  'EXTERN_C_END',
  'POINTER_ALIGNMENT',
  'UNALIGNED',
  'DECLSPEC_IMPORT',
  'NTAPI_INLINE',
  '_DECL_HAL_KE_IMPORT',
]);

/** Every library of the kernel has a word of its own for importing: NTPSHEDAPI, NT_RTL_COMPRESS_API. */
const isDecoration = (text: string): boolean => decorations.has(text) || /^NT[A-Z_]*API$/.test(text);

export function readHeader(name: string, text: string): Header {
  const tokens = lex(text, false);
  const directives = directivesOf(tokens);
  const groups = conditionGroups(tokens, directives);
  const byToken = new Map(directives.map((directive) => [directive.token, directive]));
  const stack: { conditions: string[]; ends: number; branches: Map<number, string[]> }[] = [];
  const found: HeaderToken[] = [];
  const macros: HeaderMacro[] = [];
  let conditions: readonly string[] = [];
  for (let index = 0; index < tokens.count; index++) {
    const directive = byToken.get(index);
    if (!directive) {
      found.push(headerToken(tokens, index, conditions));
      continue;
    }
    const macro = directive.name === 'define' ? readMacro(tokens, directive, conditions) : undefined;
    if (macro) macros.push(macro);
    const group = groups.get(index);
    if (group) {
      const branches = new Map(
        group.branches.map((branch, at) => [branch.directive.token, branchConditions(group, at)]),
      );
      stack.push({ conditions: group.guard ? [] : branches.get(index)!, ends: group.end.token, branches });
    } else {
      const open = stack.at(-1);
      if (open?.ends === index) stack.pop();
      else if (open?.branches.has(index)) open.conditions = open.branches.get(index)!;
      else continue;
    }
    conditions = stack.flatMap((level) => level.conditions);
  }
  return { name, text, tokens: found, macros };
}

function headerToken(tokens: Tokens, index: number, conditions: readonly string[]): HeaderToken {
  const text = tokenText(tokens, index);
  const word = tokens.kind[index] === Kind.Identifier;
  const cls = word ? (isDecoration(text) ? Word.Modifier : tokens.cls[index]!) : 0;
  return { text, word, cls, start: tokens.start[index]!, end: tokens.end[index]!, conditions };
}

function readMacro(tokens: Tokens, directive: Directive, conditions: readonly string[]): HeaderMacro | undefined {
  const definition = /^(\w+)(?:\(([^)]*)\))?\s*(.*)$/s.exec(directiveText(tokens, directive));
  if (!definition) return undefined;
  const [, name = '', params, body = ''] = definition;
  const names = params?.split(',').map((parameter) => parameter.trim());
  return {
    name,
    ...(names && { params: names.filter((parameter) => parameter !== '') }),
    body: body.trim(),
    conditions,
  };
}
