import { describe, expect, it } from 'vitest';
import type { Fix } from '../../server/src/core/api.js';
import { Driver } from '../harness/core.js';

const registration =
  'VOID SampleRegister(PDRIVER_OBJECT DriverObject)\n{\n    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Characteristics;\n\n' +
  '    Characteristics.HaltHandlerEx = SampleHalt;\n' +
  '    NdisMRegisterMiniportDriver(DriverObject, NULL, NULL, &Characteristics, &SampleHandle);\n}\n';

/** The one finding about the call, its fix, and the line of the call once it is mended. */
function mended(call: string): { fix: Fix | undefined; line: string } {
  const driver = new Driver(`VOID SampleDone(VOID)\n{\n    ${call}\n}\n\n${registration}`, { only: 'deprecated-api' });
  const findings = driver.findings();
  expect(findings).toHaveLength(1);
  const fix = findings[0]?.fixes[0];
  if (fix) driver.apply(fix.edits());
  return { fix, line: driver.fixture().text.split('\n')[2]?.trim() ?? '' };
}

describe('the call of a function of NDIS 5', () => {
  it('with the same types in another order is rewritten by names, not in bulk', () => {
    const { fix, line } = mended('NdisCoRequestComplete(NDIS_STATUS_SUCCESS, Af, Vc, Party, Request);');
    expect(fix?.safe).toBe(false);
    expect(line).toBe('NdisCoOidRequestComplete(Af, Vc, Party, OidRequest, NDIS_STATUS_SUCCESS);');
  });

  it('whose signature nobody knows any more is rewritten with everything to fill', () => {
    const { fix, line } = mended('NdisMCmRequestComplete(NDIS_STATUS_SUCCESS, Af, Vc, Party, Request);');
    expect(fix?.safe).toBe(false);
    expect(line).toBe('NdisMCmOidRequestComplete(NdisAfHandle, NdisVcHandle, NdisPartyHandle, OidRequest, Status);');
  });

  it('that several functions may stand for has a fix for each, and none is taken for the author', () => {
    const source = `VOID SampleFree(NDIS_HANDLE Pool)\n{\n    NdisFreePacketPool(Pool);\n}\n\n${registration}`;
    const driver = new Driver(source, { only: 'deprecated-api' });
    const fixes = driver.findings().flatMap((finding) => finding.fixes);
    expect(fixes.map(({ title }) => /Ndis\w+/.exec(title)?.[0])).toEqual([
      'NdisFreeNetBufferListPool',
      'NdisFreeNetBufferPool',
    ]);
    expect(fixes.some(({ safe, preferred }) => safe || preferred)).toBe(false);
  });
});
