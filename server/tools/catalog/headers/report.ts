import type { HeaderSignature, Items } from '../sources.js';
import type { Facts } from './collect.js';

interface Difference {
  name: string;
  /** What changed, one short text per aspect. */
  changes: string[];
}

export interface Report {
  file: string;
  added: string[];
  removed: string[];
  changed: Difference[];
}

/** What a new set of facts says differently, by file and name. */
export function compareFacts(before: Facts, after: Facts): Report[] {
  return (Object.keys(after) as (keyof Facts)[]).map((file) => {
    const [old, now] = [before[file] as Items<unknown>, after[file] as Items<unknown>];
    const changed = Object.keys(now)
      .filter((name) => name in old)
      .sort()
      .map((name) => ({ name, changes: changesOf(old[name], now[name]) }))
      .filter(({ changes }) => changes.length > 0);
    return {
      file,
      added: Object.keys(now)
        .filter((name) => !(name in old))
        .sort(),
      removed: Object.keys(old)
        .filter((name) => !(name in now))
        .sort(),
      changed,
    };
  });
}

/** The report as people read it. */
export function reportText(reports: readonly Report[]): string {
  const lines: string[] = [];
  for (const { file, added, removed, changed } of reports) {
    if (added.length + removed.length + changed.length === 0) continue;
    lines.push(`${file}: ${added.length} added, ${removed.length} removed, ${changed.length} changed`);
    for (const name of added) lines.push(`  + ${name}`);
    for (const name of removed) lines.push(`  - ${name}`);
    for (const { name, changes } of changed) lines.push(`  ~ ${name}`, ...changes.map((change) => `      ${change}`));
  }
  return lines.length > 0 ? lines.join('\n') : 'nothing changed';
}

function changesOf(before: unknown, after: unknown): string[] {
  if (typeof before !== 'object' || typeof after !== 'object' || !before || !after) {
    return before === after ? [] : [`${text(before)} → ${text(after)}`];
  }
  const [old, now] = [before as Record<string, unknown>, after as Record<string, unknown>];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((key) => aspect(key, old[key], now[key]));
}

function aspect(key: string, before: unknown, after: unknown): string[] {
  if (text(before) === text(after)) return [];
  if (key === 'signature' && before && after)
    return signatureChange(before as HeaderSignature, after as HeaderSignature);
  if (isNamed(before) && isNamed(after)) return listChange(key, before, after);
  return [`${key}: ${text(before)} → ${text(after)}`];
}

function signatureChange(before: HeaderSignature, after: HeaderSignature): string[] {
  const [old, now] = [prototype(before), prototype(after)];
  return [old === now ? `annotations: ${annotations(before)} → ${annotations(after)}` : `signature: ${old} → ${now}`];
}

const prototype = ({ returns, params }: HeaderSignature): string =>
  `${returns} (${params.map(({ name, type }) => `${type} ${name}`).join(', ')})`;

const annotations = ({ params }: HeaderSignature): string => params.map(({ sal }) => sal ?? '–').join(', ');

type Named = { name?: string; revision?: number }[];

const isNamed = (value: unknown): value is Named =>
  Array.isArray(value) && value.length > 0 && value.every((entry) => typeof entry === 'object' && entry !== null);

/** Members, enum values and revisions: by name what came, went and changed, then whether the order did. */
function listChange(key: string, before: Named, after: Named): string[] {
  const id = ({ name, revision }: Named[number]) => name ?? String(revision);
  const [old, now] = [
    new Map(before.map((entry) => [id(entry), entry])),
    new Map(after.map((entry) => [id(entry), entry])),
  ];
  const changes: string[] = [];
  for (const name of now.keys()) if (!old.has(name)) changes.push(`${key}: + ${name}`);
  for (const name of old.keys()) if (!now.has(name)) changes.push(`${key}: - ${name}`);
  for (const [name, entry] of now) {
    const known = old.get(name);
    if (known) changes.push(...changesOf(known, entry).map((change) => `${key}.${name} ${change}`));
  }
  return changes.length > 0 ? changes : [`${key}: order changed`];
}

/** Compared and shown without regard to the order of keys. */
function text(value: unknown): string {
  if (value === undefined) return 'none';
  if (Array.isArray(value)) return `[${value.map(text).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? value : JSON.stringify(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${fields
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, field]) => `${key}: ${text(field)}`)
    .join(', ')}}`;
}
