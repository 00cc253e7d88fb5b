import type { Range } from '../api.js';
import type { Catalog } from '../catalog/catalog.js';
import type { Item, SyntaxFile } from '../syntax/ast.js';
import { type BodyFacts, readBody } from './body.js';
import {
  type DeclarationFact,
  type FunctionDeclarationFact,
  type FunctionFact,
  type HeadFact,
  readItem,
  type VariableFact,
} from './declarations.js';
import { isHeaderName } from './headerName.js';
import { absolute } from './span.js';

const itemFacts = new WeakMap<Item, DeclarationFact[]>();
const bodyFacts = new WeakMap<Item, BodyFacts>();

/** One file in full depth: what it declares and what its functions do. Facts are cached by item, so that building the
 * model again after an edit costs what the edit touched. */
export class FileModel {
  readonly facts: readonly DeclarationFact[];
  readonly functions: readonly FunctionFact[];
  readonly declarations: readonly FunctionDeclarationFact[];
  readonly variables: readonly VariableFact[];

  readonly uri: string;
  readonly text: string;
  readonly syntax: SyntaxFile;
  readonly catalog: Catalog;

  constructor(uri: string, text: string, syntax: SyntaxFile, catalog: Catalog) {
    this.uri = uri;
    this.text = text;
    this.syntax = syntax;
    this.catalog = catalog;
    this.facts = syntax.items.flatMap(factsOf);
    this.functions = this.facts.filter((fact) => fact.kind === 'function');
    this.declarations = this.facts.filter(
      (fact): fact is FunctionDeclarationFact => fact.kind === 'role-declaration' || fact.kind === 'prototype',
    );
    this.variables = this.facts.filter((fact) => fact.kind === 'variable');
  }

  body(fn: FunctionFact): BodyFacts {
    let facts = bodyFacts.get(fn.item);
    if (!facts) bodyFacts.set(fn.item, (facts = readBody(fn.item, fn.body)));
    return facts;
  }

  /** The function whose text holds the offset (absolute UTF-16). */
  functionAt(offset: number): FunctionFact | undefined {
    return this.functions.find((fn) => inside(absolute(fn.span), offset));
  }

  /** The same, and the head of a function that cannot be read to its end, as while it is being typed. */
  headAt(offset: number): FunctionFact | HeadFact | undefined {
    return this.functionAt(offset) ?? this.halfFunctionAt(offset);
  }

  private halfFunctionAt(offset: number): HeadFact | undefined {
    const item = this.syntax.items.findLast(({ start, hidden }) => start <= offset && !hidden);
    return item && factsOf(item).find((fact) => fact.kind === 'head');
  }

  functionNamed(name: string): FunctionFact | undefined {
    return this.functions.find((fn) => fn.name === name);
  }

  /** The offset is in a comment or a literal. */
  isQuoted(offset: number): boolean {
    const comment = lastBefore(this.syntax.comments, offset);
    if (comment && offset <= commentEnd(this.text, comment)) return true;
    const literal = lastBefore(this.syntax.literals, offset);
    return literal !== undefined && offset <= literalEnd(this.text, literal);
  }

  /** The offset is in text that conditional compilation hides. */
  isHidden(offset: number): boolean {
    return this.syntax.hidden.some((range) => range.start <= offset && offset < range.end);
  }

  isHeader(): boolean {
    return isHeaderName(this.uri);
  }
}

/** The last of the ranges, in order, that begins before the offset. */
function lastBefore(ranges: readonly Range[], offset: number): Range | undefined {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle] as Range).start < offset) low = middle + 1;
    else high = middle;
  }
  return ranges[low - 1];
}

/** A line comment still holds the offset right behind its last character; a closed block comment does not. */
function commentEnd(text: string, comment: Range): number {
  const closed = text.startsWith('/*', comment.start) && text.slice(comment.end - 2, comment.end) === '*/';
  return closed ? comment.end - 1 : comment.end;
}

/** A literal without its closing quote, as while it is being typed, still holds the offset behind its last character. */
function literalEnd(text: string, { start, end }: Range): number {
  const [, open = '', rest = ''] = /^\w*(["'<])([^]*)$/.exec(text.slice(start, end)) ?? [];
  const close = open === '<' ? '>' : open;
  const closed = rest.endsWith(close) && !/(^|[^\\])(\\\\)*\\.$/.test(rest);
  return closed ? end - 1 : end;
}

function inside(range: Range, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}

function factsOf(item: Item): DeclarationFact[] {
  let facts = itemFacts.get(item);
  if (!facts) itemFacts.set(item, (facts = readItem(item)));
  return facts;
}
