import type { Catalog } from '../catalog/catalog.js';
import type { CallbackFacts, StructureFacts } from '../catalog/schema.js';
import type { CallFact } from './body.js';
import { type CallPlaces, callPlacesOf } from './callPlaces.js';
import type { AliasFact, FunctionDeclarationFact, FunctionFact, StructFact } from './declarations.js';
import type { ParamFact } from './declarators.js';
import type { FileModel } from './fileModel.js';
import { type IrqlAnnotation, irqlAnnotations, lockingOf, usesOf, type WrittenCall } from './locking.js';
import {
  fillOfVariable,
  fillsInBody,
  type HandlerSetting,
  type StructureFill,
  type VariableScope,
} from './registrations.js';
import { detached, type Span } from './span.js';

/** What other files need to know of a file: small enough to keep for every file of the workspace. */
export interface FileSummary {
  uri: string;
  functions: Map<string, FunctionSummary>;
  declarations: Map<string, DeclarationSummary[]>;
  /** What makes functions callbacks, by the function's name: handler members set, arguments given. */
  handlers: Map<string, HandlerSummary[]>;
  fills: FillSummary[];
  structs: StructFact[];
  aliases: Map<string, string>;
  /** Types of variables at file scope. */
  globals: Map<string, string>;
  macros: Map<string, MacroSummary>;
  /** Quoted includes as written. */
  includes: string[];
  /** Names called anywhere in the file. */
  calls: Set<string>;
  /** Names of other kinds than constants that are used other than in a call: among them every function whose address is
   * taken. */
  uses: Set<string>;
  /** The file takes part in NDIS by its own text. */
  ndis: boolean;
}

/** A macro that the file defines; the last definition where there are several. */
export interface MacroSummary {
  params?: readonly string[];
  body: string;
}

export interface FunctionSummary {
  name: string;
  nameSpan: Span;
  span: Span;
  returnType: string;
  params: { name: string; type: string }[];
  calls: ReadonlySet<string>;
  isStatic: boolean;
  /** The file defines the name more than once: overloads, or branches of conditional compilation. */
  repeated?: true;
  /** Calls that acquire or release a lock or move the IRQL, where the function makes few. */
  lockCalls?: readonly WrittenCall[];
  /** Annotations about the IRQL. */
  irql?: readonly IrqlAnnotation[];
  /** Calls of functions that may be the project's, and what is held there. */
  callPlaces?: CallPlaces;
}

export interface DeclarationSummary {
  kind: 'role-declaration' | 'prototype';
  name: string;
  type: string;
  nameSpan: Span;
  span: Span;
  isStatic: boolean;
  /** Annotations about the IRQL. */
  irql?: readonly IrqlAnnotation[];
}

/** A function is made a callback: it is stored in a handler member, or given to a function that will have it called. */
export interface HandlerSummary {
  role: CallbackFacts;
  slot?: { structure: StructureFacts; member: string };
  /** The function that takes it as an argument. */
  via?: string;
  span: Span;
}

export interface FillSummary {
  structure: StructureFacts;
  handlers: { member: string; value?: string; span: Span }[];
  span: Span;
}

/** The structure fills of a whole file. */
export function fillsOf(file: FileModel, scopeOf: (fn?: FunctionFact) => VariableScope): StructureFill[] {
  const fills: StructureFill[] = [];
  for (const variable of file.variables) {
    const fill = fillOfVariable(variable, scopeOf());
    if (fill) fills.push(fill);
  }
  for (const fn of file.functions) {
    const body = file.body(fn);
    if (body.assignments.length || body.locals.length) fills.push(...fillsInBody(fn, body, scopeOf(fn), file.catalog));
  }
  return fills;
}

/** Summarizes a file without the structures that it fills, which take types of the whole driver to tell: `addFills` adds
 * them. With `detach` no span keeps the syntax tree alive: for files that are not open. */
export function summarize(file: FileModel, ndis: boolean, detach: boolean): FileSummary {
  const keep = keeping(detach);
  const summary: FileSummary = {
    uri: file.uri,
    functions: new Map(),
    declarations: new Map(),
    handlers: new Map(),
    fills: [],
    structs: file.facts.filter((fact) => fact.kind === 'struct'),
    aliases: new Map(
      file.facts.filter((fact): fact is AliasFact => fact.kind === 'alias').map((fact) => [fact.name, fact.type]),
    ),
    globals: new Map(file.variables.map((variable) => [variable.name, variable.type])),
    macros: new Map(
      file.syntax.macros.map((macro) => [
        macro.name,
        macro.params ? { params: macro.params, body: macro.body } : { body: macro.body },
      ]),
    ),
    includes: file.syntax.includes.filter((include) => include.quoted).map((include) => include.path),
    calls: new Set(),
    uses: usesOf(file),
    ndis,
  };
  for (const fn of file.functions) summarizeFunction(file, fn, summary, keep);
  for (const name of unreadCalls(file)) summary.calls.add(name);
  for (const declaration of file.declarations) summarizeDeclaration(declaration, summary, keep);
  return summary;
}

/** Adds the structures that the file fills, and the callbacks that it so registers. */
export function addFills(
  summary: FileSummary,
  fills: readonly StructureFill[],
  file: FileModel,
  detach: boolean,
): void {
  const keep = keeping(detach);
  summary.fills = fills.map((fill) => fillSummary(fill, keep));
  for (const fill of fills) for (const handler of fill.handlers) summarizeHandler(file, fill, handler, summary, keep);
}

const keeping = (detach: boolean): ((span: Span) => Span) => (detach ? detached : (span) => span);

function fillSummary(fill: StructureFill, keep: (span: Span) => Span): FillSummary {
  const handlers = fill.handlers.map(({ member, value, memberSpan }) => {
    const span = keep(memberSpan);
    return value === undefined ? { member, span } : { member, value, span };
  });
  return { structure: fill.structure, handlers, span: keep(fill.span) };
}

function summarizeFunction(file: FileModel, fn: FunctionFact, summary: FileSummary, keep: (span: Span) => Span): void {
  const calls = callNames(file, fn);
  const callPlaces = callPlacesOf(file, fn, keep === detached);
  for (const name of calls) summary.calls.add(name);
  for (const given of callbacksGiven(file, fn))
    push(summary.handlers, given.name, { role: given.role, via: given.via, span: keep(given.span) });
  summary.functions.set(fn.name, {
    ...(summary.functions.has(fn.name) && { repeated: true }),
    name: fn.name,
    nameSpan: keep(fn.nameSpan),
    span: keep(fn.span),
    returnType: fn.returnType,
    params: fn.params.map(({ name, type }: ParamFact) => ({ name, type })),
    calls,
    isStatic: fn.isStatic,
    ...lockingOf(file, fn),
    ...(callPlaces && { callPlaces }),
  });
}

interface GivenCallback {
  name: string;
  role: CallbackFacts;
  via: string;
  span: Span;
}

const given = new WeakMap<object, GivenCallback[]>();

/** Functions that the body passes where a callback's pointer type is taken: work items, timers. */
function callbacksGiven(file: FileModel, fn: FunctionFact): GivenCallback[] {
  let known = given.get(fn.item);
  if (!known) given.set(fn.item, (known = file.body(fn).calls.flatMap((call) => callbacksInCall(call, file.catalog))));
  return known;
}

function callbacksInCall(call: CallFact, catalog: Catalog): GivenCallback[] {
  const params = catalog.routine(call.name)?.signature?.params ?? [];
  return params.flatMap((param, index) => {
    const role = catalog.callback(param.type.replace(/\s*\*$/, ''));
    const arg = call.args[index];
    return role && arg?.name ? [{ name: arg.name, role, via: call.name, span: arg.span }] : [];
  });
}

const names = new WeakMap<object, ReadonlySet<string>>();

function callNames(file: FileModel, fn: FunctionFact): ReadonlySet<string> {
  let known = names.get(fn.item);
  if (!known) names.set(fn.item, (known = new Set(file.body(fn).calls.map((call) => call.name))));
  return known;
}

const unread = new WeakMap<object, readonly string[]>();

/** Functions of the catalog that seem to be called where no function was read: in what cannot be parsed to its end, in
 * classes and in lambdas of initializers. What a driver never does can only be said with these in sight. */
function unreadCalls(file: FileModel): Set<string> {
  const plain = new Set(file.declarations.map(({ item }) => item));
  const read = new Set(file.functions.flatMap(({ item }) => (item.root.broken ? [] : item)));
  const found = new Set<string>();
  for (const item of file.syntax.items) {
    if (plain.has(item) || read.has(item)) continue;
    let known = unread.get(item);
    if (!known) {
      const called = item.text.match(/[A-Za-z_]\w*(?=\s*\()/g) ?? [];
      unread.set(item, (known = called.filter((name) => file.catalog.routine(name) !== undefined)));
    }
    for (const name of known) found.add(name);
  }
  return found;
}

function summarizeDeclaration(fact: FunctionDeclarationFact, summary: FileSummary, keep: (span: Span) => Span): void {
  const { kind, name, type, isStatic } = fact;
  const irql = irqlAnnotations(fact.annotations);
  push(summary.declarations, name, {
    kind,
    name,
    type,
    isStatic,
    nameSpan: keep(fact.nameSpan),
    span: keep(fact.span),
    ...(irql && { irql }),
  });
}

function summarizeHandler(
  file: FileModel,
  fill: StructureFill,
  handler: HandlerSetting,
  summary: FileSummary,
  keep: (span: Span) => Span,
): void {
  if (handler.value === undefined || handler.value === 'NULL') return;
  const { structure } = fill;
  const { member } = handler;
  const role = file.catalog.callbackForSlot(structure.name, member);
  if (role)
    push(summary.handlers, handler.value, { role, slot: { structure, member }, span: keep(handler.memberSpan) });
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
