import type { Completion } from '../../api.js';
import type { FunctionFacts } from '../../catalog/schema.js';
import { literal } from '../../generate/snippet.js';
import type { Cursor } from '../cursor.js';
import type { FeatureInput } from '../feature.js';
import { rank, snippet, word } from './item.js';
import { pastMarks } from './oldNames.js';

const shortest = 2;

/** NDIS_STATUS_PENDING: never the status of a completion. */
const pendingStatus = 0x103;

/** Names of the interface where code can stand: functions with their parameters, types, constants. What completes the
 * callback around the cursor comes first, and is offered before anything is typed. */
export function names(input: FeatureInput, cursor: Cursor): Completion[] {
  const { place } = cursor;
  if (place.kind === 'member' || place.kind === 'designator' || place.kind === 'file')
    return place.kind === 'file' ? types(input, cursor) : [];
  const answers = place.kind === 'code' || place.kind === 'argument' ? completions(input, cursor) : [];
  if (cursor.typed.length < shortest) return [...answers, ...argumentValues(input, cursor)];
  return [
    ...answers,
    ...argumentValues(input, cursor),
    ...functions(input, cursor),
    ...types(input, cursor),
    ...constants(input, cursor),
  ];
}

/** The functions that complete what the callback around the cursor left pending. */
function completions(input: FeatureInput, cursor: Cursor): Completion[] {
  if (cursor.place.kind !== 'code') return [];
  const fn = input.file.headAt(cursor.offset);
  const role = fn && input.project.roleOf(fn.name);
  if (!role) return [];
  const kinds = input.project.driverKinds;
  const kind = kinds.has('mcm') ? 'mcm' : kinds.has('call-manager') ? 'call-manager' : undefined;
  return input.catalog.completionsOf(role.name, kind).flatMap((name, index) => {
    const facts = input.catalog.function(name);
    return facts ? [call(facts, cursor, rank(0, index), `completes ${role.documentedName ?? role.name}`)] : [];
  });
}

function functions(input: FeatureInput, cursor: Cursor): Completion[] {
  const typed = cursor.typed.toLowerCase();
  return input.catalog.data.functions
    .filter((fn) => starts(fn.name, typed))
    .map((fn) => ({ ...call(fn, cursor, rank(3)), ...pastMarks(input, fn.name, fn.versions) }));
}

function call(fn: FunctionFacts, cursor: Cursor, sortText: string, detail?: string): Completion {
  return {
    ...callTexts(fn),
    replace: cursor.range,
    detail: detail ?? fn.signature?.returns ?? 'macro',
    sortText,
  };
}

type CallTexts = Omit<Completion, 'replace' | 'sortText' | 'detail'>;

const made = new WeakMap<FunctionFacts, CallTexts>();

/** What a call of the function looks like; made once, since a short word calls for hundreds at every key. */
function callTexts(fn: FunctionFacts): CallTexts {
  let texts = made.get(fn);
  if (!texts) {
    const names = fn.signature?.params.map((param) => param.name) ?? fn.arguments ?? [];
    const stops = names.map((name, index) => `\${${index + 1}:${literal(name)}}`);
    const { replace: _, ...rest } = snippet(fn.name, fn.kind, { start: 0, end: 0 }, `${fn.name}(${stops.join(', ')})`, {
      labelDetail: `(${names.join(', ')})`,
      docs: fn.name,
    });
    texts = rest;
    made.set(fn, texts);
  }
  return texts;
}

function types(input: FeatureInput, cursor: Cursor): Completion[] {
  if (cursor.typed.length < shortest) return [];
  const typed = cursor.typed.toLowerCase();
  const all = [...input.catalog.data.structures, ...input.catalog.data.enums].flatMap((item) =>
    [item.name, ...(item.pointerNames ?? [])].flatMap((name) => (starts(name, typed) ? [{ name, item }] : [])),
  );
  return all.map(({ name, item }) =>
    word(name, 'structure', cursor.range, {
      sortText: rank(4),
      docs: item.name,
      ...pastMarks(input, item.name, item.versions),
    }),
  );
}

function constants(input: FeatureInput, cursor: Cursor): Completion[] {
  const typed = cursor.typed.toLowerCase();
  const { catalog } = input;
  const of = (list: readonly { name: string }[], kind: 'status' | 'oid' | 'constant'): Completion[] =>
    list
      .filter((item) => starts(item.name, typed))
      .map((item) => word(item.name, kind, cursor.range, { sortText: rank(5) }));
  return [
    ...of(catalog.data.statuses, 'status'),
    ...of(catalog.data.oids, 'oid'),
    ...of(catalog.data.constants, 'constant'),
  ];
}

/** Statuses where the parameter under the cursor takes one. */
function argumentValues(input: FeatureInput, cursor: Cursor): Completion[] {
  if (cursor.place.kind !== 'argument') return [];
  const param = input.catalog.routine(cursor.place.callee)?.signature?.params[cursor.place.index];
  if (param?.type !== 'NDIS_STATUS') return [];
  const completed = input.catalog.completesOf(cursor.place.callee);
  const statuses = completed
    .flatMap((name) => input.catalog.callback(name)?.statuses ?? [])
    .filter((name) => input.catalog.numberOf(name) !== pendingStatus);
  return [...new Set(statuses)].map((name, index) => word(name, 'status', cursor.range, { sortText: rank(0, index) }));
}

function starts(name: string, typed: string): boolean {
  // Only as much is put into small letters as is compared: thousands of names are asked at every key.
  return name.slice(0, typed.length).toLowerCase() === typed;
}
