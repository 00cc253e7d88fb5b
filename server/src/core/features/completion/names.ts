import type { Completion, CompletionKind } from '../../api.js';
import type { Catalog } from '../../catalog/catalog.js';
import type { EnumFacts, FunctionFacts, KernelFacts, StructureFacts } from '../../catalog/schema.js';
import { literal } from '../../generate/snippet.js';
import { type Cursor, plainBefore } from '../cursor.js';
import type { FeatureInput } from '../feature.js';
import { rank, snippet, word } from './item.js';
import { pastMarks } from './oldNames.js';

/** Of names that nothing at the cursor asks for, those that are least likely. */
export const last = rank(5);

/** Before so much is typed too many names would fit. */
export const shortest = 2;

/** Names of the interface where code can stand: functions with their parameters, types, constants. What completes the
 * callback around the cursor comes first, and is offered before anything is typed. */
export function names(input: FeatureInput, cursor: Cursor): Completion[] {
  const { place } = cursor;
  if (place.kind === 'member' || place.kind === 'designator') return [];
  if (place.kind === 'file') return types(input, cursor);
  const answers = place.kind === 'code' ? completions(input, cursor) : [];
  if (cursor.typed.length < shortest) return answers;
  const found: Completion[] = [];
  // In the order of their likelihood, as far as there is room.
  for (const provide of [functions, types, constants]) if (found.length < most) found.push(...provide(input, cursor));
  return [...answers, ...(found.length > most ? best(found) : found)];
}

/** Thousands of names begin with the same few letters. Nobody reads so many, and sending them is what takes the time. */
export const most = 400;

function best(items: Completion[]): Completion[] {
  const key = ({ sortText, label }: Completion): string => `${sortText}${label}`;
  const keyed = items.map((item) => [key(item), item] as const);
  return keyed
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .slice(0, most)
    .map(([, item]) => item);
}

/** The functions that complete what the callback around the cursor left pending, where a statement can begin. */
function completions(input: FeatureInput, cursor: Cursor): Completion[] {
  const fn = input.file.headAt(cursor.offset);
  const role = fn && input.project.roleOf(fn.name);
  if (!role || !/(^|[;{}):]|\belse)$/.test(plainBefore(input.file, cursor.range.start).trimEnd())) return [];
  const kinds = input.project.driverKinds;
  const kind = kinds.has('mcm') ? 'mcm' : kinds.has('call-manager') ? 'call-manager' : undefined;
  return input.catalog.completionsOf(role.name, kind).flatMap((name, index) => {
    const facts = input.catalog.function(name);
    return facts ? [call(facts, cursor, rank(0, index), `completes ${role.documentedName ?? role.name}`)] : [];
  });
}

/** Functions of NDIS, and behind them the kernel's routines. */
function functions(input: FeatureInput, cursor: Cursor): Completion[] {
  const typed = cursor.typed.toLowerCase();
  const { catalog } = input;
  const own = catalog.data.functions
    .filter((fn) => starts(fn.name, typed))
    .map((fn) => ({ ...call(fn, cursor, rank(3)), ...pastMarks(input, fn.name, fn.versions) }));
  const kernel = catalog.data.kernel
    .filter((routine) => starts(routine.name, typed))
    .map((routine) => call(routine, cursor, last));
  return [...own, ...kernel];
}

function call(routine: FunctionFacts | KernelFacts, cursor: Cursor, sortText: string, detail?: string): Completion {
  return {
    ...callTexts(routine),
    replace: cursor.range,
    detail: detail ?? routine.signature?.returns ?? 'macro',
    sortText,
  };
}

type CallTexts = Omit<Completion, 'replace' | 'sortText' | 'detail'>;

const made = new WeakMap<FunctionFacts | KernelFacts, CallTexts>();

/** What a call of the routine looks like; made once, since a short word calls for hundreds at every key. */
function callTexts(routine: FunctionFacts | KernelFacts): CallTexts {
  let texts = made.get(routine);
  if (!texts) {
    const names = parameterNames(routine);
    const stops = names.map((name, index) => `\${${index + 1}:${literal(name)}}`);
    const kind = 'kind' in routine ? routine.kind : 'function';
    const insert = `${routine.name}(${stops.join(', ')})`;
    const { replace: _, ...rest } = snippet(routine.name, kind, { start: 0, end: 0 }, insert, {
      labelDetail: `(${names.join(', ')})`,
      docs: routine.name,
      call: names.length > 0,
    });
    texts = rest;
    made.set(routine, texts);
  }
  return texts;
}

/** Macros of the headers begin their arguments with an underscore, which no author would. */
function parameterNames({ signature, arguments: names = [] }: FunctionFacts | KernelFacts): string[] {
  return (signature?.params.map(({ name }) => name) ?? names).map((name) => name.replace(/^_+|_+$/g, '') || name);
}

function types(input: FeatureInput, cursor: Cursor): Completion[] {
  if (cursor.typed.length < shortest) return [];
  const typed = cursor.typed.toLowerCase();
  const { catalog } = input;
  const aggregates = [...catalog.data.structures, ...catalog.data.enums].flatMap((item) =>
    typeNames(item).flatMap((name) => (starts(name, typed) ? [{ name, item }] : [])),
  );
  const others = otherTypes(catalog)
    .filter((name) => starts(name, typed))
    .map((name) => word(name, 'type', cursor.range, { sortText: last }));
  return [
    ...aggregates.map(({ name, item }) =>
      word(name, 'structure', cursor.range, {
        sortText: rank(4),
        docs: item.name,
        ...pastMarks(input, item.name, item.versions),
      }),
    ),
    ...others,
  ];
}

const typeNames = (item: StructureFacts | EnumFacts): string[] => [
  item.name,
  ...(item.pointerNames ?? []),
  ...('aliases' in item ? (item.aliases ?? []) : []),
];

/** Names of other types: handler pointers, handles and numbers. */
const otherTypes = perCatalog((catalog) => [
  ...new Set([
    ...catalog.data.callbacks.flatMap(({ pointerTypes = [] }) => pointerTypes),
    ...Object.keys(catalog.data.types),
  ]),
]);

/** Every name that stands for a number, with what it is. */
const valueNames = perCatalog(({ data }) => {
  const kinds = new Map<string, CompletionKind>();
  for (const { name } of data.statuses) kinds.set(name, 'status');
  for (const { name } of data.oids) kinds.set(name, 'oid');
  for (const { name } of data.constants) kinds.set(name, 'constant');
  for (const { revisions = [] } of data.structures)
    for (const { revisionConstant, sizeConstant } of revisions)
      for (const name of [revisionConstant, sizeConstant]) if (name !== undefined) kinds.set(name, 'constant');
  for (const { values } of data.enums) for (const { name } of values) kinds.set(name, 'enum-member');
  return [...kinds];
});

function constants({ catalog }: FeatureInput, cursor: Cursor): Completion[] {
  const typed = cursor.typed.toLowerCase();
  return valueNames(catalog)
    .filter(([name]) => starts(name, typed))
    .map(([name, kind]) => word(name, kind, cursor.range, { sortText: last }));
}

/** A list made once from a catalog. */
function perCatalog<T>(make: (catalog: Catalog) => T): (catalog: Catalog) => T {
  const lists = new WeakMap<Catalog, T>();
  return (catalog) => {
    const known = lists.get(catalog) ?? make(catalog);
    lists.set(catalog, known);
    return known;
  };
}

function starts(name: string, typed: string): boolean {
  // Only as much is put into small letters as is compared: thousands of names are asked at every key.
  return name.slice(0, typed.length).toLowerCase() === typed;
}
