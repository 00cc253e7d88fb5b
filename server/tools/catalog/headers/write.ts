import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { factFiles } from '../sources.js';
import type { Facts } from './collect.js';

/** Writes server/catalog/facts: items sorted by name, one on a line, so that a change of one item is a change of one line. */
export function writeFacts(root: string, facts: Facts): void {
  for (const file of factFiles) {
    writeFileSync(path.join(root, 'server', 'catalog', 'facts', `${file}.json`), itemFile(facts[file]));
  }
}

export function itemFile(items: Record<string, unknown>): string {
  const lines = Object.keys(items)
    .sort()
    .map((name) => `  ${JSON.stringify(name)}: ${oneLine(items[name])}`);
  return `{\n${lines.join(',\n')}\n}\n`;
}

/** JSON on one line, with a space after commas and colons. */
export function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}: ${oneLine(field)}`).join(', ')}}`;
}
