import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { expandSnippet, generateTemplates, snippetBody } from '../../server/tools/templates.js';
import { root } from '../harness/paths.mjs';

const generated = Object.entries(generateTemplates(root));
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

describe.each(generated)('%s', (file, text) => {
  const [entry] = Object.values(JSON.parse(text) as Record<string, { body: string[]; prefix?: string }>);
  const body = entry?.body ?? [];

  it('is what its C file says; `npm run generate` writes it', () => {
    expect(read(file)).toBe(text);
  });

  it('leaves the C file when its presets are accepted', () => {
    const source = read(file.replace('.code-snippets', '.c'));
    expect(expandSnippet(body)).toBe(source.replace(/^ *\/\/ \$0$/m, ''));
  });

  it('is offered for whole files only, and has one place to begin', () => {
    expect(entry).toMatchObject({ scope: 'c,cpp', isFileTemplate: true });
    expect(entry?.prefix).toBeUndefined();
    expect(body.filter((line) => line.includes('$0'))).toHaveLength(1);
  });

  it('carries the name of the driver through', () => {
    expect(expandSnippet(body, { 1: 'Acme' })).not.toMatch(/Sample/);
  });
});

describe('snippet text', () => {
  it('is escaped where C has what snippets use', () => {
    const source = 'CHAR Text[] = "\\n";\nint $money;\n    // $0\n}\n';
    expect(snippetBody(source)).toEqual(['CHAR Text[] = "\\\\n";', 'int \\$money;', '    $0', '}']);
    expect(expandSnippet(snippetBody(source))).toBe('CHAR Text[] = "\\n";\nint $money;\n\n}\n');
  });
});
