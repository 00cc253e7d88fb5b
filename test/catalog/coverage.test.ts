import { describe, expect, it } from 'vitest';
import { coverage } from '../../server/tools/catalog/coverage.js';
import { compiled } from './compiled.js';

const row = (kind: string, pages: Parameters<typeof coverage>[1]) =>
  coverage(compiled.catalog, pages).find((one) => one.kind === kind);

describe('coverage', () => {
  it('counts items, those with a page, and those whose page was reviewed', () => {
    const pages = [
      { name: 'PROTOCOL_CM_CLOSE_AF', summary: 'x', body: 'y', reviewed: '2026-11' },
      { name: 'PROTOCOL_CM_OPEN_AF', summary: 'x', body: 'y' },
      { name: 'NdisMSleep', summary: 'x', body: 'y' },
    ];
    const items = compiled.catalog.callbacks.length;
    expect(row('callbacks', pages)).toEqual({ kind: 'callbacks', items, facts: items, described: 2, reviewed: 1 });
    expect(row('statuses', pages)).toMatchObject({ described: 0, reviewed: 0 });
  });

  it('takes a line for a description', () => {
    const [, row] = coverage(compiled.catalog, [], new Set(['NdisMSleep']));
    expect(row).toMatchObject({ kind: 'functions', described: 1, reviewed: 0 });
  });

  it('leaves no function, structure or enumeration without a word', () => {
    const { callbacks, functions, structures, enums } = compiled.catalog;
    const silent = [callbacks, functions, structures, enums].flat().filter(({ name }) => !compiled.pages[name]);
    expect(silent.map(({ name }) => name)).toEqual([]);
  });
});
