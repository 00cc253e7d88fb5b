import { describe, expect, it } from 'vitest';
import { catalog, compiled } from './compiled.js';

const data = compiled.catalog;

describe('the compiled catalog', () => {
  it('fits its schema and does not contradict itself', () => {
    expect(compiled.problems).toEqual([]);
  });

  it('holds the whole interface', () => {
    expect(data.callbacks.length).toBe(145 + 9);
    expect(data.callbacks.filter((callback) => callback.page).length).toBe(145);
    // 319 documented functions, 89 of the headers alone, 145 macros less one that is documented twice, and macros of the
    // headers that raise, test or restore IRQL, and 81 that nothing documents.
    expect(data.functions.length).toBe(319 + 89 + 144 + 8 + 81);
    // 272 documented structures, 178 of the headers alone.
    expect(data.structures.length).toBe(272 + 178);
    // 45 documented enumerations, 60 of the headers alone, 6 of ifdef.h that members have as their type.
    expect(data.enums.length).toBe(45 + 60 + 6);
    expect(data.statuses.length).toBe(424);
    expect(data.statuses.filter((status) => status.value === undefined).length).toBe(5);
    expect(data.oids.length).toBe(840);
    expect(data.constants.length).toBeGreaterThanOrEqual(1360);
    // Routines of the kernel headers that carry an IRQL or lock annotation; role types stand apart.
    expect(data.kernel.length).toBeGreaterThanOrEqual(890);
    expect(data.kernelRoles.length).toBeGreaterThanOrEqual(201);
  });

  it('stays small enough to be read at every start', () => {
    expect(JSON.stringify(data).length).toBeLessThan(1_800_000);
  });

  it('knows the newest NDIS version of its headers', () => {
    expect(data.newestNdis).toBe('6.87');
  });
});

describe('ProtocolCmCloseAf', () => {
  const closeAf = catalog.callbackByDocumentedName('ProtocolCmCloseAf')!;

  it('is the role PROTOCOL_CM_CLOSE_AF with one parameter', () => {
    expect(closeAf.name).toBe('PROTOCOL_CM_CLOSE_AF');
    expect(closeAf.signature).toEqual({
      returns: 'NDIS_STATUS',
      params: [{ name: 'CallMgrAfContext', type: 'NDIS_HANDLE', direction: 'in' }],
    });
    expect(closeAf.pointerTypes).toEqual(['CM_CLOSE_AF_HANDLER']);
  });

  it('runs at up to DISPATCH_LEVEL', () => {
    expect(closeAf.irql).toEqual({ min: 'PASSIVE_LEVEL', max: 'DISPATCH_LEVEL' });
    expect(closeAf.headerIrql).toEqual({ max: 'DISPATCH_LEVEL' });
  });

  it('may refuse, which only the text of its page says', () => {
    expect(closeAf.statuses).toEqual(['NDIS_STATUS_SUCCESS', 'NDIS_STATUS_PENDING']);
    expect(closeAf.statusesInText).toEqual(['NDIS_STATUS_NOT_ACCEPTED']);
    expect(closeAf.pending).toBe('allowed');
  });

  it('is completed by one function per kind of call manager', () => {
    expect(catalog.completionsOf('PROTOCOL_CM_CLOSE_AF', 'call-manager')).toEqual(['NdisCmCloseAddressFamilyComplete']);
    expect(catalog.completionsOf('PROTOCOL_CM_CLOSE_AF', 'mcm')).toEqual(['NdisMCmCloseAddressFamilyComplete']);
    expect(catalog.function('NdisCmCloseAddressFamilyComplete')?.statusMustBe).toBe('NDIS_STATUS_SUCCESS');
  });

  it('ends what ProtocolCmOpenAf began', () => {
    expect([closeAf.pair, closeAf.object, closeAf.phase]).toEqual(['PROTOCOL_CM_OPEN_AF', 'AF', 'teardown']);
    expect(closeAf.kinds).toEqual(['call-manager', 'mcm']);
  });

  it('must be registered by every call manager', () => {
    expect(catalog.slots('PROTOCOL_CM_CLOSE_AF')[0]).toEqual({
      structure: 'NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS',
      member: 'CmCloseAfHandler',
    });
  });
});

describe('other facts', () => {
  it('every call-manager and client handler is required', () => {
    for (const name of ['NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS', 'NDIS_CO_CLIENT_OPTIONAL_HANDLERS']) {
      const handlers = catalog.handlers(name);
      expect(handlers.length).toBe(name.includes('CLIENT') ? 19 : 17);
      for (const { member } of handlers)
        expect([member.name, member.requirement]).toEqual([member.name, { any: 'required' }]);
    }
  });

  it('CoCreateVcHandler is required of a miniport and forbidden to an MCM', () => {
    const member = catalog.member('NDIS_MINIPORT_CO_CHARACTERISTICS', 'CoCreateVcHandler');
    expect(member?.requirement).toEqual({ 'co-miniport': 'required', mcm: 'forbidden' });
  });

  it('revision 1 of the call-manager handlers covers the last member, which its size constant does not', () => {
    const structure = catalog.structure('NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS')!;
    expect(structure.sizeBySizeof).toBe(true);
    expect(structure.revisions).toEqual([
      expect.objectContaining({
        revision: 1,
        sizeConstant: 'NDIS_SIZEOF_CO_CALL_MANAGER_OPTIONAL_HANDLERS_REVISION_1',
        lastMember: 'CmOidRequestCompleteHandler',
        alsoCovers: ['CmNotifyCloseAfCompleteHandler'],
        size: { x64: 136, x86: 72 },
      }),
    ]);
    expect(structure.members.at(-1)?.name).toBe('CmNotifyCloseAfCompleteHandler');
  });

  it('keeps revision and size constants of different stems together', () => {
    const [found] = catalog.revisionsOf('NDIS_FILTER_CHARACTERISTICS_REVISION_2');
    expect(found?.structure.name).toBe('NDIS_FILTER_DRIVER_CHARACTERISTICS');
    expect(found?.revision.sizeConstant).toBe('NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2');
    expect(found?.revision.min).toBe('6.1');
  });

  it('MiniportInitializeEx returns without NDIS_STATUS_PENDING and nothing completes it', () => {
    const initialize = catalog.callbackByDocumentedName('MiniportInitializeEx')!;
    expect(initialize.name).toBe('MINIPORT_INITIALIZE');
    expect(initialize.signature.params.map(({ name }) => name)).toEqual([
      'NdisMiniportHandle',
      'MiniportDriverContext',
      'MiniportInitParameters',
    ]);
    expect(initialize.irql?.max).toBe('PASSIVE_LEVEL');
    expect(initialize.statuses).not.toContain('NDIS_STATUS_PENDING');
    expect(initialize.completion).toBeUndefined();
  });

  it('forbids NDIS_STATUS_PENDING only where a page does', () => {
    const forbidden = data.callbacks.filter(({ pending }) => pending === 'forbidden').map(({ name }) => name);
    expect(forbidden).toEqual([
      'FILTER_SYNCHRONOUS_OID_REQUEST',
      'MINIPORT_CO_CREATE_VC',
      'MINIPORT_CO_DELETE_VC',
      'MINIPORT_SYNCHRONOUS_OID_REQUEST',
      'PROTOCOL_CO_CREATE_VC',
      'PROTOCOL_CO_DELETE_VC',
    ]);
  });

  it('knows where the status argument of a completion stands', () => {
    expect(catalog.function('NdisMCmOidRequestComplete')?.statusArgument).toBe(4);
    expect(catalog.function('NdisCoOidRequestComplete')?.statusArgument).toBe(4);
    expect(catalog.function('NdisMOidRequestComplete')?.statusArgument).toBe(2);
    expect(catalog.function('NdisMPauseComplete')?.statusArgument).toBeUndefined();
  });

  it('knows spin locks of NDIS and the kernel', () => {
    expect(catalog.function('NdisAllocateSpinLock')?.signature?.params).toEqual([
      { name: 'SpinLock', type: 'PNDIS_SPIN_LOCK', direction: 'out' },
    ]);
    expect(catalog.function('NdisAcquireSpinLock')?.tags).toContain('acquires-spin-lock');
    expect(catalog.releasesOf('NdisDprAcquireSpinLock')).toContain('NdisDprReleaseSpinLock');
    expect(catalog.releasesOf('KeAcquireSpinLockAtDpcLevel')).toContain('KeReleaseSpinLockFromDpcLevel');
    expect(catalog.function('NdisDprAcquireSpinLock')?.tags).toContain('dpr');
  });

  it('keeps conditional IRQL limits apart', () => {
    const wait = catalog.kernel('KeWaitForSingleObject')!;
    expect(wait.tags).toContain('waits');
    expect(wait.irqlWhen?.map(({ max }) => max)).toEqual(['APC_LEVEL', 'DISPATCH_LEVEL']);
    expect(catalog.callback('MINIPORT_SHUTDOWN')?.irqlWhen).toHaveLength(2);
  });

  it('counts as success NDIS_STATUS_SUCCESS alone, whatever the severity bits say', () => {
    expect(catalog.status('NDIS_STATUS_NOT_ACCEPTED')?.value).toBe(0x00010003);
    expect(catalog.status('STATUS_PENDING')?.name).toBe('NDIS_STATUS_PENDING');
    expect(catalog.status('NDIS_STATUS_MEDIA_CONNECT')?.indication).toBe(true);
  });

  it('knows the numbers of Wi-Fi drivers, whose OIDs are all methods', () => {
    const scan = catalog.oid('OID_WDI_TASK_SCAN');
    expect(scan).toMatchObject({ value: 0xe4400004, requestTypes: ['method'] });
    const wdi = data.oids.filter(({ name }) => name.startsWith('OID_WDI_'));
    expect(wdi.every(({ requestTypes }) => requestTypes?.join() === 'method')).toBe(true);
  });

  it('tells indications from reasons for dropping a packet, whose values look like theirs', () => {
    const scanned = catalog.status('NDIS_STATUS_WDI_INDICATION_SCAN_COMPLETE');
    expect(scanned).toMatchObject({ value: 0x4005003c, indication: true });
    const full = catalog.status('NDIS_STATUS_RX_QUEUE_FULL');
    expect(full?.value).toBe(0x40052011);
    expect(full?.indication).toBeUndefined();
  });
});
