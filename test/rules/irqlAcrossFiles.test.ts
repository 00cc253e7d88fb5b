import { describe, expect, it } from 'vitest';
import { Driver } from '../harness/core.js';

const header = `#include <ndis.h>
typedef struct _ADAPTER { NDIS_SPIN_LOCK Lock; HANDLE File; NDIS_HANDLE Timer; NDIS_HANDLE Handle; ULONG Count; } ADAPTER, *PADAPTER;
#define ADAPTER_LOCK(_a) NdisAcquireSpinLock(&(_a)->Lock)
#define ADAPTER_UNLOCK(_a) NdisReleaseSpinLock(&(_a)->Lock)
VOID Store(PADAPTER Adapter);
VOID TakeLock(PADAPTER Adapter);
VOID GiveLock(PADAPTER Adapter);
VOID Poll(PVOID Unused1, PVOID Context, PVOID Unused2, PVOID Unused3);
`;
const entry = `#include "driver.h"
DRIVER_INITIALIZE DriverEntry;
NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path) { return STATUS_SUCCESS; }
`;
const store = `#include "driver.h"
VOID Store(PADAPTER Adapter)
{
    ZwClose(Adapter->File);
}
`;

/** What is found in store.c, and the way there, where its function is called from `caller`. */
function found(caller: string): { rules: string[]; way: string[] } {
  const files = {
    'store.c': store,
    'driver.h': header,
    'entry.c': entry,
    'caller.c': `#include "driver.h"\n${caller}`,
    'locks.c': `#include "driver.h"
VOID TakeLock(PADAPTER Adapter) { NdisAcquireSpinLock(&Adapter->Lock); }
VOID GiveLock(PADAPTER Adapter) { NdisReleaseSpinLock(&Adapter->Lock); }
`,
  };
  const findings = new Driver(files).findings('store.c').filter(({ rule }) => /irql|wait/.test(rule));
  const way = findings.flatMap(({ related = [] }) =>
    related.map(({ uri, start, end }) => {
      const file = uri.slice(uri.lastIndexOf('/') + 1);
      const text = file === 'caller.c' ? files['caller.c'] : files['store.c'];
      return `${file}: ${text.slice(start, end)}`;
    }),
  );
  return { rules: findings.map(({ rule }) => rule), way };
}

describe('A function that is called from another file', () => {
  it('runs under the lock that the caller holds, and the message shows the way', () =>
    expect(
      found(
        'VOID Call(PADAPTER Adapter) { NdisAcquireSpinLock(&Adapter->Lock); Store(Adapter); NdisReleaseSpinLock(&Adapter->Lock); }',
      ),
    ).toEqual({
      rules: ['irql-too-high'],
      way: ['caller.c: Store(Adapter)', 'caller.c: NdisAcquireSpinLock(&Adapter->Lock)'],
    }));

  it.each([
    ['a lock macro', 'VOID Call(PADAPTER Adapter) { ADAPTER_LOCK(Adapter); Store(Adapter); ADAPTER_UNLOCK(Adapter); }'],
    [
      'a lock function of a third file',
      'VOID Call(PADAPTER Adapter) { TakeLock(Adapter); Store(Adapter); GiveLock(Adapter); }',
    ],
    [
      'a raise',
      'VOID Call(PADAPTER Adapter) { KIRQL old = KeRaiseIrqlToDpcLevel(); Store(Adapter); KeLowerIrql(old); }',
    ],
    [
      'a lock taken again in a loop',
      `VOID Call(PADAPTER Adapter)
{
    while (Adapter->Count) { NdisAcquireSpinLock(&Adapter->Lock); Store(Adapter); NdisReleaseSpinLock(&Adapter->Lock); }
}`,
    ],
    [
      'a timer that is set up in yet another place',
      `VOID Poll(PVOID Unused1, PVOID Context, PVOID Unused2, PVOID Unused3)
{
    PADAPTER adapter = Context;
    NdisDprAcquireSpinLock(&adapter->Lock);
    adapter->Count++;
    NdisDprReleaseSpinLock(&adapter->Lock);
    Store(adapter);
}
VOID SetUp(PADAPTER Adapter)
{
    NDIS_TIMER_CHARACTERISTICS timer = { 0 };
    timer.TimerFunction = Poll;
    NdisAllocateTimerObject(Adapter->Handle, &timer, &Adapter->Timer);
}`,
    ],
  ])('runs at DISPATCH_LEVEL behind %s', (_, caller) => expect(found(caller).rules).toEqual(['irql-too-high']));

  it.each([
    [
      'after the release',
      'VOID Call(PADAPTER Adapter) { TakeLock(Adapter); Adapter->Count++; GiveLock(Adapter); Store(Adapter); }',
    ],
    [
      'with the lock on one path only',
      'VOID Call(PADAPTER Adapter) { if (Adapter->Count) TakeLock(Adapter); Store(Adapter); if (Adapter->Count) GiveLock(Adapter); }',
    ],
    [
      'with the lock let go over the call',
      `VOID Call(PADAPTER Adapter)
{
    NdisAcquireSpinLock(&Adapter->Lock);
    while (Adapter->Count) { NdisReleaseSpinLock(&Adapter->Lock); Store(Adapter); NdisAcquireSpinLock(&Adapter->Lock); }
    NdisReleaseSpinLock(&Adapter->Lock);
}`,
    ],
    [
      'by a callback that tests the dispatch flag',
      `MINIPORT_RETURN_NET_BUFFER_LISTS Return;
VOID Return(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, ULONG ReturnFlags)
{
    if (!(ReturnFlags & NDIS_RETURN_FLAGS_DISPATCH_LEVEL)) Store(Context);
}`,
    ],
    [
      'by a DPC that asks for the IRQL',
      `KDEFERRED_ROUTINE Late;
VOID Late(PKDPC Dpc, PVOID Context, PVOID One, PVOID Two)
{
    if (KeGetCurrentIrql() == PASSIVE_LEVEL) Store(Context);
}`,
    ],
    [
      'with a lock of a function out of sight',
      'VOID Call(PADAPTER Adapter) { NdisAcquireSpinLock(&Adapter->Lock); UnlockElsewhere(Adapter); Store(Adapter); }',
    ],
  ])('is left alone when called %s', (_, caller) => expect(found(caller).rules).toEqual([]));
});
