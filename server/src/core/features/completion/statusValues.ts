import type { Completion } from '../../api.js';
import type { CallbackFacts } from '../../catalog/schema.js';
import { type Cursor, plainBefore } from '../cursor.js';
import type { FeatureInput } from '../feature.js';
import { rank, word } from './item.js';
import { wantedAt } from './wanted.js';

/** NDIS_STATUS_PENDING: never the status of a completion. */
const pendingStatus = 0x103;

/** The statuses that matter where one is wanted: those that the callback around the cursor may return, those that the
 * function just called may have returned, those that a completed request can have. After them the other statuses, once
 * something was typed. */
export function statusValues(input: FeatureInput, cursor: Cursor): Completion[] {
  if (!wantsStatus(input, cursor)) return [];
  const { range, typed, place } = cursor;
  const { names, why } = likely(input, cursor);
  const first = names.map((name, index) =>
    word(name, 'status', range, { detail: why, sortText: rank(0, index), preselect: index === 0 && !typed }),
  );
  if (!typed && place.kind !== 'case') return first;
  return [
    ...first,
    ...input.catalog.data.statuses
      .filter((status) => !status.indication || names.length === 0 || place.kind === 'case')
      .map((status) => word(status.name, 'status', range, { sortText: rank(names.length ? 4 : 0) })),
  ];
}

interface Likely {
  names: string[];
  why: string;
}

function likely(input: FeatureInput, cursor: Cursor): Likely {
  const { place } = cursor;
  if (place.kind === 'argument') return ofCompletion(input, place.callee);
  if (place.kind === 'comparison' || place.kind === 'case') {
    const tested = place.kind === 'case' ? place.subject : place.left;
    const result = ofLastCall(input, cursor, tested);
    if (result) return result;
  }
  const fn = input.file.headAt(cursor.offset);
  const role = fn && input.project.roleOf(fn.name);
  return role
    ? { names: documented(role), why: `${role.documentedName ?? role.name} may return it` }
    : { names: usedInFile(input), why: 'used in this file' };
}

/** A function that is no callback hands on what callbacks may return: most likely what its neighbours use. */
function usedInFile({ file, catalog }: FeatureInput): string[] {
  const counts = new Map<string, number>();
  for (const [name] of file.text.matchAll(/\b[A-Z]+_STATUS_[A-Z_]+\b/g))
    if (catalog.status(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one).map(([name]) => name);
}

function ofCompletion({ catalog }: FeatureInput, callee: string): Likely {
  const statuses = catalog
    .completesOf(callee)
    .flatMap((name) => catalog.callback(name)?.statuses ?? [])
    .filter((name) => catalog.numberOf(name) !== pendingStatus);
  return { names: [...new Set(statuses)], why: `${callee} may be given it` };
}

/** What the function may have returned whose result the variable was last given, above the cursor. */
function ofLastCall(input: FeatureInput, cursor: Cursor, variable: string): Likely | undefined {
  const before = plainBefore(input.file, cursor.range.start);
  const text = before.slice(before.lastIndexOf('\n}') + 1);
  const name = /^\(?\s*([A-Za-z_]\w*)/.exec(variable)?.[1];
  const [, callee = ''] = [...text.matchAll(new RegExp(String.raw`\b${name}\s*=\s*(\w+)\s*\(`, 'g'))].at(-1) ?? [];
  const facts = input.catalog.function(callee);
  return facts?.statuses?.length ? { names: facts.statuses, why: `${callee} may return it` } : undefined;
}

function documented(role: CallbackFacts): string[] {
  return [...(role.statuses ?? []), ...(role.statusesInText ?? [])];
}

/** Where the type is not known, or is a number of the width of a status, the name has to tell. */
function wantsStatus(input: FeatureInput, cursor: Cursor): boolean {
  const { place, offset } = cursor;
  if (place.kind === 'return') return returnsStatus(input, offset);
  const wanted = wantedAt(input, cursor);
  if (!wanted) return false;
  const { type, name } = wanted;
  if (type === undefined || /^(LONG|ULONG|DWORD|int|long|INT)$/.test(type)) return /status$/i.test(name);
  return /^(NDIS_STATUS|NTSTATUS)$/.test(type);
}

function returnsStatus(input: FeatureInput, offset: number): boolean {
  const fn = input.file.headAt(offset);
  return !fn || /STATUS$/.test(fn.returnType);
}
