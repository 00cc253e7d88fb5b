import { describe, expect, it } from 'vitest';
import { join } from '../../server/tools/catalog/join.js';
import { checkLines, linePages, linesOf } from '../../server/tools/catalog/lines.js';
import { checkProse } from '../../server/tools/catalog/proseChecks.js';
import { readSources, type Sources } from '../../server/tools/catalog/sources.js';
import { compiled, root } from './compiled.js';

/** The sources with nothing but these lines. */
function sourcesWith(documented: Partial<Sources['documented']>): Sources {
  const sources = readSources(root);
  const none = { functions: {}, structures: {}, enums: {}, statuses: {}, oids: {}, constants: {} };
  return { ...sources, documented: { ...sources.documented, ...none, ...documented } };
}

const problems = (documented: Partial<Sources['documented']>): string[] =>
  checkLines(sourcesWith(documented), compiled.catalog, [
    { file: 'a/NDIS_PORT.md', page: { name: 'NDIS_PORT', summary: 'x' } },
  ]).map(({ message }) => message);

describe('a line', () => {
  it('is a page of macros, structures, enumerations, statuses, OIDs and constants', () => {
    const pages = linePages(
      sourcesWith({
        functions: { NDIS_STRING_CONST: { line: 'Nought.' } },
        structures: { NDIS_PORT: { line: 'One.' }, NDIS_OID_REQUEST: {} },
        enums: { NDIS_PORT_TYPE: { line: 'Two.', values: { NdisPortTypeBridge: 'Three.' } } },
        statuses: { NDIS_STATUS_PENDING: { line: 'Four.' } },
        oids: { OID_GEN_STATISTICS: { line: 'Five.' } },
        constants: { NDIS_PACKET_TYPE_DIRECTED: { line: 'Six.' } },
      }),
    );
    expect(Object.values(pages)).toEqual([
      { name: 'NDIS_STRING_CONST', summary: 'Nought.' },
      { name: 'NDIS_PORT', summary: 'One.' },
      { name: 'NDIS_PORT_TYPE', summary: 'Two.', members: { NdisPortTypeBridge: 'Three.' } },
      { name: 'NDIS_STATUS_PENDING', summary: 'Four.' },
      { name: 'OID_GEN_STATISTICS', summary: 'Five.' },
      { name: 'NDIS_PACKET_TYPE_DIRECTED', summary: 'Six.' },
    ]);
  });

  it('stays out of the facts', () => {
    const line = 'A line of prose.';
    const catalog = join(
      sourcesWith({
        functions: { NDIS_STRING_CONST: { line } },
        structures: { NDIS_PORT: { line } },
        enums: { NDIS_PORT_TYPE: { line, values: { NdisPortTypeBridge: line } } },
        statuses: { NDIS_STATUS_PENDING: { line } },
      }),
    );
    expect(JSON.stringify(catalog)).not.toContain(line);
  });

  it('is short, and about what has no page', () => {
    expect(problems({ statuses: { NDIS_STATUS_PENDING: { line: 'x'.repeat(151) } } })).toEqual([
      'a line of NDIS_STATUS_PENDING has 151 characters; 150 are allowed',
    ]);
    expect(problems({ structures: { NDIS_PORT: { line: 'x' } } })).toEqual([
      'NDIS_PORT has a page, which hides its line',
    ]);
  });

  it('speaks of values that the enumeration has', () => {
    expect(problems({ enums: { NDIS_PORT_TYPE: { line: 'x', values: { NdisPortTypeRound: 'y' } } } })).toEqual([
      'NDIS_PORT_TYPE has no value NdisPortTypeRound',
    ]);
  });

  it('names what exists, or what is known to be elsewhere', () => {
    const lines = linesOf(
      sourcesWith({
        constants: {
          NDIS_SIZEOF_WWAN_RADIO_STATE_REVISION_1: { line: 'Size of NDIS_WWAN_RADIO_STATE.' },
          NDIS_SG_DMA_64_BIT_ADDRESS: { line: 'A flag of NdisMRegisterEverything.' },
        },
      }),
    );
    expect(checkProse(compiled.catalog, lines, new Set(['NDIS_WWAN_'])).map(({ message }) => message)).toEqual([
      'the text names NdisMRegisterEverything, which the catalog does not have',
    ]);
  });
});
