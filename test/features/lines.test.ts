import { describe, expect, it } from 'vitest';
import type { PagesData } from '../../server/src/core/catalog/schema.js';
import { explainItem } from '../../server/src/core/features/explain.js';
import { catalog, Driver } from '../harness/core.js';

/** What has no page may be described in one line of its documented facts. */
describe('a line in the catalog', () => {
  const hover = async (body: string): Promise<string> =>
    (await new Driver(`#include <ndis.h>\nVOID F(VOID)\n{\n    ${body}\n}\n`).hover())?.markdown ?? '';

  it('is shown where a structure is named', async () => {
    expect(await hover('PNDIS_802_11_S$0SID Ssid;')).toContain('Name of a wireless network');
  });

  it('is shown where an enumeration is named, with what its values mean', async () => {
    const text = await hover('NDIS_802_11_RADIO_ST$0ATUS Status;');
    expect(text).toContain('Whether the radio is on');
    expect(text).toMatch(/\*\*Values\*\*\n(- .*\n)*- `Ndis802_11RadioStatusHardwareSoftwareOff`: Both/);
  });

  it('of an enumeration speaks for values that have none', async () => {
    expect(await hover('x = Ndis802_11RadioStatusHardwareSoft$0wareOff;')).toMatch(/\n\nBoth the hardware switch/);
    expect(await hover('x = Ndis802_11RadioStatus$0On;')).toContain('`NDIS_802_11_RADIO_STATUS`: Whether the radio');
  });

  it.each(['NDIS_802_11_SSID', 'NDIS_802_11_RADIO_STATUS', 'NDIS_STATUS_PENDING', 'OID_GEN_STATISTICS'])(
    'explains %s',
    async (name) => {
      const pages: PagesData = { [name]: { name, summary: 'What it is for.' } };
      expect(await explainItem(name, catalog, async () => pages)).toContain('What it is for.');
    },
  );

  it('documents what completion offers', async () => {
    const driver = new Driver('#include <ndis.h>\nVOID F(VOID)\n{\n    PNDIS_802_11_SSI$0\n}\n');
    const found = driver.completions().find(({ label }) => label === 'PNDIS_802_11_SSID');
    expect(found && (await driver.documentation(found))).toContain('Name of a wireless network');
  });

  it('of a structure speaks for members that have none', async () => {
    expect(await hover('PNDIS_802_11_SSID Ssid; Ssid->SsidLen$0gth = 0;')).toContain('`NDIS_802_11_SSID`: Name of');
  });
});

describe('a page', () => {
  const hover = async (body: string): Promise<string> =>
    (await new Driver(`#include <ndis.h>\nVOID F(VOID)\n{\n    ${body}\n}\n`).hover())?.markdown ?? '';

  it('tells members of nested structures by their path', async () => {
    const info = 'NDIS_NET_BUFFER_LIST_8021Q_INFO Info; Info.';
    expect(await hover(`${info}TagHeader.VlanI$0d = 0;`)).toContain('\n\nVLAN');
    const offload = 'NDIS_PM_PROTOCOL_OFFLOAD Offload; Offload.ProtocolOffloadParameters.';
    const arp = await hover(`${offload}IPv4ARPParameters.MacAddre$0ss[0] = 0;`);
    const ns = await hover(`${offload}IPv6NSParameters.MacAddre$0ss[0] = 0;`);
    expect(arp).not.toBe(ns);
  });

  it('of a structure does not stand before the callback of a handler', async () => {
    const handler = await hover('PNDIS_MINIPORT_SS_CHARACTERISTICS c; c->IdleNotification$0Handler = F;');
    expect(handler).not.toContain('`NDIS_MINIPORT_SS_CHARACTERISTICS`:');
  });
});
