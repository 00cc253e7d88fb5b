import { describe, expect, it } from 'vitest';
import { Driver } from '../harness/core.js';

const create = `
#include <ndis.h>
NDIS_STATUS SampleQueueCreate(NDIS_HANDLE Vc);
PROTOCOL_CO_CREATE_VC SampleCoCreateVc;
NDIS_STATUS SampleCoCreateVc(NDIS_HANDLE AfContext, NDIS_HANDLE Vc, PNDIS_HANDLE VcContext)
{
    *VcContext = NULL;
    return SampleQueueCreate(Vc);
}
`;
const returning = (status: string): string => `
#include <ndis.h>
NDIS_STATUS SampleQueueCreate(NDIS_HANDLE Vc)
{
    return ${status};
}
`;

/** A driver of which only the first file is open. */
function opened(files: Record<string, string>, only: string): Driver {
  const driver = new Driver(files, { only });
  for (const name of driver.names.slice(1)) driver.close(name);
  return driver;
}

const messages = (driver: Driver): string[] => driver.findings().map(({ message }) => message);

describe('What a function of another file returns', () => {
  const rule = 'pending-not-allowed';

  it('is known of a closed file, and of its next text', () => {
    const driver = opened({ 'vc.c': create, 'queue.c': returning('NDIS_STATUS_PENDING') }, rule);
    expect(driver.marked()).toContain('return «SampleQueueCreate(Vc)»;');
    driver.write('queue.c', returning('NDIS_STATUS_SUCCESS'));
    expect(messages(driver)).toEqual([]);
    driver.write('queue.c', returning('NDIS_STATUS_PENDING'));
    expect(messages(driver)).toHaveLength(1);
  });

  it('is known of an open file, through a further function', () => {
    const through = `
      #include <ndis.h>
      NDIS_STATUS SampleDefer(void);
      NDIS_STATUS SampleQueueCreate(NDIS_HANDLE Vc) { return SampleDefer(); }
    `;
    const defer = '#include <ndis.h>\nNDIS_STATUS SampleDefer(void) { return NDIS_STATUS_PENDING; }\n';
    const driver = new Driver({ 'vc.c': create, 'queue.c': through, 'defer.c': defer }, { only: rule });
    expect(messages(driver)).toHaveLength(1);
  });

  it('is not taken from a function that the file cannot see', () => {
    const hidden = returning('NDIS_STATUS_PENDING').replace('NDIS_STATUS Sample', 'static NDIS_STATUS Sample');
    expect(messages(opened({ 'vc.c': create, 'queue.c': hidden }, rule))).toEqual([]);
  });

  it('is not known where two files, or two branches, define it', () => {
    const pending = returning('NDIS_STATUS_PENDING');
    const files = { 'vc.c': create, 'queue.c': pending, 'other.c': returning('NDIS_STATUS_SUCCESS') };
    expect(messages(opened(files, rule))).toEqual([]);
    const branches = `#if SAMPLE_QUEUE\n${pending}\n#else\n${returning('NDIS_STATUS_SUCCESS')}\n#endif\n`;
    expect(messages(opened({ 'vc.c': create, 'queue.c': branches }, rule))).toEqual([]);
  });

  it('is not known where a macro has the name', () => {
    const macro = '#define SampleQueueCreate(Vc) NDIS_STATUS_SUCCESS\n';
    const files = {
      'vc.c': `#include "queue.h"\n${create}`,
      'queue.h': macro,
      'q.c': returning('NDIS_STATUS_PENDING'),
    };
    expect(messages(opened(files, rule))).toEqual([]);
  });
});

describe('A request that a function of another file completes', () => {
  const request = (status: string): string => `
#include <ndis.h>
VOID SampleFinish(PSAMPLE_ADAPTER Adapter, PNDIS_OID_REQUEST Request);
MINIPORT_OID_REQUEST SampleOidRequest;
NDIS_STATUS SampleOidRequest(NDIS_HANDLE Context, PNDIS_OID_REQUEST OidRequest)
{
    SampleFinish((PSAMPLE_ADAPTER)Context, OidRequest);
    return ${status};
}
`;
  const finish = (condition: string): string => `
#include <ndis.h>
VOID SampleFinish(PSAMPLE_ADAPTER Adapter, PNDIS_OID_REQUEST Request)
{
    ${condition}
    NdisMOidRequestComplete(Adapter->Handle, Request, NDIS_STATUS_SUCCESS);
}
`;
  const rule = 'completion-and-success';

  it('is completed a second time by a final status', () => {
    const driver = opened({ 'oid.c': request('NDIS_STATUS_SUCCESS'), 'finish.c': finish('') }, rule);
    expect(driver.marked()).toContain('return «NDIS_STATUS_SUCCESS»;');
    expect(messages(driver)[0]).toContain('SampleFinish');
  });

  it('may be pended after that', () => {
    expect(messages(opened({ 'oid.c': request('NDIS_STATUS_PENDING'), 'finish.c': finish('') }, rule))).toEqual([]);
  });

  it('is not known to be completed where a path does not', () => {
    const files = { 'oid.c': request('NDIS_STATUS_SUCCESS'), 'finish.c': finish('if (Adapter->Busy) return;') };
    expect(messages(opened(files, rule))).toEqual([]);
  });

  it('is not known to be completed where a path completes another one', () => {
    const other =
      'if (Adapter->Held) { NdisMOidRequestComplete(Adapter->Handle, Adapter->Held, NDIS_STATUS_SUCCESS); return; }';
    const files = { 'oid.c': request('NDIS_STATUS_SUCCESS'), 'finish.c': finish(other) };
    expect(messages(opened(files, rule))).toEqual([]);
  });
});
