import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Catalog } from '../../src/core/catalog/catalog.js';
import { CodeFile } from '../mutants/code.js';

/**
 * A driver of at least `size` characters: the call manager's template, then its functions again and again under new
 * names, with their declarations.
 */
export function generateDriver(root: string, catalog: Catalog, size: number): string {
  const text = readFileSync(path.join(root, 'snippets', 'call-manager.c'), 'utf8');
  const code = new CodeFile('driver.c', text, catalog);
  const names = new Set(code.functions.map(({ name }) => name));
  const prototypes = [...code.plain.matchAll(/^(?:static )?\w[\w *\n]*?\b(\w+)\([^(){};]*\);/gm)]
    .filter(([, name]) => names.has(name ?? ''))
    .map(([prototype]) => prototype);
  const declarations = [...code.plain.matchAll(/^[A-Z]\w+ (\w+);/gm)]
    .filter(([, name]) => names.has(name ?? ''))
    .map(([declaration]) => declaration);
  const functions = code.functions.map(({ start, end }) => {
    const isStatic = text.slice(0, start).endsWith('static ');
    return (isStatic ? 'static ' : '') + text.slice(start, end);
  });
  const parts = [text];
  let length = text.length;
  for (let copy = 2; length < size; copy++) {
    for (const part of [[...declarations, ...prototypes].join('\n'), ...functions]) {
      if (length >= size) break;
      const renamed = part.replace(/\b\w+\b/g, (word) => (names.has(word) ? `${word}${copy}` : word));
      parts.push(renamed);
      length += renamed.length;
    }
  }
  return `${parts.join('\n\n')}\n`;
}
