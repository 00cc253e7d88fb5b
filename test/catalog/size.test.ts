import { describe, expect, it } from 'vitest';
import { compiled } from './compiled.js';

/** Size in bytes as it is written to dist. Times depend on the machine: `catalog/measure` tells them. */
const size = (data: unknown): number => Buffer.byteLength(JSON.stringify(data));

describe('the compiled catalog', () => {
  it('stays small enough to be read at every start', () => {
    expect(size(compiled.catalog)).toBeLessThan(1_500_000);
  });

  it('leaves prose to the pages, but for what is written into code', () => {
    const roles = new Set(compiled.catalog.callbacks.map(({ name }) => name));
    expect(Object.keys(compiled.catalog.summaries).filter((name) => !roles.has(name))).toEqual([]);
    expect(compiled.catalog.oids.filter((oid) => 'line' in oid)).toEqual([]);
    expect(compiled.catalog.constants.filter((constant) => 'line' in constant)).toEqual([]);
    expect(compiled.pages.OID_GEN_MAXIMUM_FRAME_SIZE?.summary).toBeTruthy();
  });
});
