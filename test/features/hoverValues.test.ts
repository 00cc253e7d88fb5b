import { describe, expect, it } from 'vitest';
import { Driver } from '../harness/core.js';

/** The hover at `$0` in the body of a function of an NDIS file; empty where there is none. */
async function hover(body: string): Promise<string> {
  const found = await new Driver(
    `#include <ndis.h>\nVOID F(PNDIS_OID_REQUEST Request, NDIS_STATUS Status)\n{\n    ${body}\n}\n`,
  ).hover();
  return found?.markdown ?? '';
}

describe('a number in the source', () => {
  it.each([
    ['compared with a status', 'if (Status == 0xC00$0000BB) return;', '`NDIS_STATUS_NOT_SUPPORTED`'],
    ['compared behind a cast', 'if (Status != (NDIS_STATUS)0x001$003L) return;', '`NDIS_STATUS_PENDING`'],
    ['on the left of a comparison', 'if (0x00010$0003 == Status) return;', '`NDIS_STATUS_NOT_ACCEPTED`'],
    ['as a case', 'switch (Request->DATA.QUERY_INFORMATION.Oid) { case 0x0001$0010D: break; }', '`OID_GEN_'],
    ['assigned', 'Status = 0x0000010$03;', '`NDIS_STATUS_PENDING`'],
  ])('%s', async (_, body, name) => {
    expect(await hover(body)).toContain(name);
  });

  it.each([
    ['in arithmetic', 'x = y + 0x0000010$03;'],
    ['as an argument', 'F(0x0000010$03);'],
    ['that nothing is called', 'if (Status == 0xABCD$01234) return;'],
    ['without hexadecimal digits', 'if (Status == 25$09) return;'],
  ])('%s means nothing', async (_, body) => expect(await hover(body)).toBe(''));
});

describe('constants', () => {
  it('of a revision tell structure, members covered and version', async () => {
    const revision = await hover('x = NDIS_FILTER_CHARACTERISTICS_REV$0ISION_2;');
    expect(revision).toContain('Revision 2 of `NDIS_FILTER_DRIVER_CHARACTERISTICS`');
    expect(revision).toMatch(/Members up to `\w+`/);
    expect(revision).toMatch(/Since NDIS 6\.\d+/);
  });

  it('of a size tell the revision that they go with', async () => {
    const size = await hover('x = NDIS_SIZEOF_OID_REQUEST_REV$0ISION_1;');
    expect(size).toContain('Size of revision 1 of `NDIS_OID_REQUEST`');
    expect(size).toContain('Goes with `NDIS_OID_REQUEST_REVISION_1`');
  });
});

describe('OIDs and indications', () => {
  it.each([
    ['OID_GEN_LINK_STA$0TE', '/drivers/ddi/../network/oid-gen-link-state)'],
    ['NDIS_STATUS_LINK_STA$0TE', '/drivers/ddi/../network/ndis-status-link-state)'],
  ])('%s leads to its page', async (name, address) => expect(await hover(`x = ${name};`)).toContain(address));
});

describe('types', () => {
  it('that are pointers or handles show what they stand for', async () => {
    expect(await hover('NDIS_HAN$0DLE a;')).toContain('typedef PVOID NDIS_HANDLE;');
    expect(await hover('PNDIS_OID_REQ$0UEST a;')).toContain('struct NDIS_OID_REQUEST {');
  });
});

describe('names that NDIS left behind', () => {
  it('tell all that took their place', async () => {
    expect(await hover('NDIS_PAC$0KET *a;')).toContain('Now: `NET_BUFFER_LIST`, `NET_BUFFER`.');
    expect(await hover('NDIS_CLIENT_CHARACT$0ERISTICS a;')).toContain('NdisSetOptionalHandlers');
    expect(await hover('NdisChainBuffer$0AtFront(a, b);')).toMatch(/Now: `NET_BUFFER_FIRST_MDL`.*[^]*by hand/);
  });

  it('and have nothing', async () => {
    expect(await hover('NdisTerminate$0Wrapper(a, b);')).toMatch(
      /Nothing takes its place[^]*NdisMDeregisterMiniportDriver/,
    );
  });

  it('in a later version of NDIS 6', async () => {
    const text = await hover('x = OID_GEN_PHYSICAL_ME$0DIUM;');
    expect(text).toContain('is superseded. Now: `OID_GEN_PHYSICAL_MEDIUM_EX`.');
    expect(text).toContain('#define OID_GEN_PHYSICAL_MEDIUM 0x');
  });

  it('are explained without a driver too', async () => {
    const driver = new Driver('#include <ndis.h>\n$0\n');
    for (const name of [
      'NDIS_REQUEST',
      'MiniportHalt',
      'OID_GEN_STATISTICS',
      'NDIS_OID_REQUEST_REVISION_1',
      'NDIS_HANDLE',
    ])
      expect(await driver.documentation({ docs: name } as never), name).toBeTruthy();
  });
});
