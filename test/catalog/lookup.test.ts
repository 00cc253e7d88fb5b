import { describe, expect, it } from 'vitest';
import { catalog } from './compiled.js';

describe('Catalog', () => {
  it('finds a callback by role type, alias, misspelt alias and pointer type', () => {
    for (const name of [
      'PROTOCOL_CO_AF_REGISTER_NOTIFY',
      'PROTCOL_CO_AF_REGISTER_NOTIFY',
      'CO_AF_REGISTER_NOTIFY_HANDLER',
    ]) {
      expect(catalog.callback(name)?.name).toBe('PROTOCOL_CO_AF_REGISTER_NOTIFY');
    }
    expect(catalog.callback('MINIPORT_SET_OPTIONS')?.name).toBe('SET_OPTIONS');
    expect(catalog.callback('NDIS_IO_WORKITEM_ROUTINE')?.name).toBe('NDIS_IO_WORKITEM_FUNCTION');
    expect(catalog.callback('ProtocolCmCloseAf')).toBeUndefined();
  });

  it('finds the one role behind three documented names', () => {
    for (const name of ['MiniportSetOptions', 'ProtocolSetOptions', 'FilterSetOptions']) {
      expect(catalog.callbackByDocumentedName(name)?.name).toBe('SET_OPTIONS');
    }
    expect(
      catalog
        .slots('SET_OPTIONS')
        .map(({ declareWith }) => declareWith)
        .sort(),
    ).toEqual(['FILTER_SET_OPTIONS', 'MINIPORT_SET_OPTIONS', 'PROTOCOL_SET_OPTIONS']);
  });

  it('tells which role fits where', () => {
    expect(catalog.roleFits('PROTOCOL_SET_OPTIONS', 'SET_OPTIONS')).toBe(true);
    expect(catalog.roleFits('DRIVER_UNLOAD', 'MINIPORT_UNLOAD')).toBe(true);
    expect(catalog.roleFits('MINIPORT_UNLOAD', 'DRIVER_UNLOAD')).toBe(false);
    expect(catalog.roleFits('PROTOCOL_CM_OPEN_AF', 'PROTOCOL_CM_CLOSE_AF')).toBe(false);
    expect(catalog.roleFits('MY_OWN_TYPE', 'PROTOCOL_CM_CLOSE_AF')).toBeUndefined();
  });

  it('finds the role of a handler member through any name of its structure', () => {
    for (const name of [
      'NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS',
      'struct _NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS',
      'PNDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS',
      'NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS *',
    ]) {
      expect(catalog.callbackForSlot(name, 'CmCloseAfHandler')?.name).toBe('PROTOCOL_CM_CLOSE_AF');
    }
    expect(catalog.callbackForSlot('NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS', 'Header')).toBeUndefined();
  });

  it('reaches members of named and anonymous nested structures', () => {
    expect(catalog.member('NDIS_OID_REQUEST', 'DATA.QUERY_INFORMATION.Oid')?.type).toBe('NDIS_OID');
    expect(catalog.member('NDIS_OID_REQUEST', 'RequestType')?.type).toBe('NDIS_REQUEST_TYPE');
    expect(catalog.member('NDIS_OID_REQUEST', 'Oid')).toBeUndefined();
    // In an anonymous union of NET_BUFFER_LIST.
    expect(catalog.member('PNET_BUFFER_LIST', 'Next')).toBeDefined();
  });

  it('sees an expanding macro and its function as one call', () => {
    expect(catalog.sameFunction('NdisMCmCloseAddressFamilyComplete', 'NdisCmCloseAddressFamilyComplete')).toBe(true);
    expect(catalog.sameFunction('NdisMCmActivateVc', 'NdisCmActivateVc')).toBe(false);
    expect(catalog.completesOf('NdisMCmMakeCallComplete')).toEqual(['PROTOCOL_CM_MAKE_CALL']);
    expect(catalog.completesOf('NdisMSleep')).toEqual([]);
  });

  it('lists completions for all kinds when none is given', () => {
    expect(catalog.completionsOf('PROTOCOL_CO_OID_REQUEST')).toEqual([
      'NdisCoOidRequestComplete',
      'NdisMCmOidRequestComplete',
    ]);
    expect(catalog.completionsOf('PROTOCOL_CL_INCOMING_CALL', 'client')).toEqual(['NdisClIncomingCallComplete']);
    expect(catalog.completionsOf('PROTOCOL_CO_CREATE_VC')).toEqual([]);
  });

  it('finds values by name and by number', () => {
    expect(catalog.statusByValue(0xc0000001 | 0).map(({ name }) => name)).toContain('NDIS_STATUS_FAILURE');
    expect(catalog.oidByValue(0x00010101).map(({ name }) => name)).toContain('OID_GEN_SUPPORTED_LIST');
    expect(catalog.constant('NDIS_OBJECT_TYPE_DEFAULT')?.value).toBe(0x80);
    expect(catalog.enumValue('NdisHaltDeviceStopped')?.type.name).toBe('NDIS_HALT_ACTION');
    expect(catalog.constantsOf('CO_CALL_PARAMETERS.Flags').map(({ name }) => name)).toContain('MULTIPOINT_VC');
  });

  it('says what any name is', () => {
    const kinds = [
      'PROTOCOL_CM_CLOSE_AF',
      'ProtocolCmCloseAf',
      'NdisMSleep',
      'NDIS_OID_REQUEST',
      'NDIS_STATUS_PENDING',
      'OID_GEN_SUPPORTED_LIST',
      'KeGetCurrentIrql',
      'NDIS_HANDLE',
      'NdisHaltDeviceStopped',
    ].map((name) => catalog.find(name)?.kind);
    expect(kinds).toEqual([
      'callback',
      'callback',
      'function',
      'structure',
      'status',
      'oid',
      'kernel',
      'type',
      'enum-value',
    ]);
    expect(catalog.find('MyDriverDispatch')).toBeUndefined();
  });

  it('lists names by prefix, sorted', () => {
    expect(catalog.allNames('NdisCmC')).toEqual(['NdisCmCloseAddressFamilyComplete', 'NdisCmCloseCallComplete']);
    expect(catalog.allNames('ProtocolCmD')).toEqual([
      'ProtocolCmDeactivateVcComplete',
      'ProtocolCmDeregisterSap',
      'ProtocolCmDropParty',
    ]);
    expect(catalog.allNames('Nothing')).toEqual([]);
  });

  it('tells NDIS names from names of the kernel', () => {
    for (const name of [
      'NdisMRegisterMiniportDriver',
      'PROTOCOL_CM_CLOSE_AF',
      'NDIS_STATUS_PENDING',
      'NET_BUFFER_LIST',
      'PNET_BUFFER_LIST',
      'CM_CLOSE_AF_HANDLER',
    ]) {
      expect([name, catalog.isNdisName(name)]).toEqual([name, true]);
    }
    for (const name of [
      'KeAcquireSpinLock',
      'DRIVER_UNLOAD',
      'UINT',
      'NTSTATUS',
      'Status',
      'REFERENCE',
      'NdisOfMyOwn',
    ]) {
      expect([name, catalog.isNdisName(name)]).toEqual([name, false]);
    }
  });

  it('guesses the role meant by a misspelt one, and only that', () => {
    expect(catalog.nearestRole('PROTOCOL_CM_REGISTER_SAP')).toBe('PROTOCOL_CM_REG_SAP');
    expect(catalog.nearestRole('PROTOCOL_CM_CLOSEAF')).toBe('PROTOCOL_CM_CLOSE_AF');
    expect(catalog.nearestRole('MINIPORT_HLAT')).toBe('MINIPORT_HALT');
    expect(catalog.nearestRole('MY_DISPATCH_TABLE')).toBeUndefined();
    expect(catalog.nearestRole('PROTOCOL_CM_CLOSE_AF')).toBeUndefined();
  });

  it('sums up callbacks by any of their names, for code that is written', () => {
    expect(catalog.summary('ProtocolCmCloseAf')).toBe(catalog.summary('PROTOCOL_CM_CLOSE_AF'));
    expect(catalog.summary('CM_CLOSE_AF_HANDLER')).toMatch(/address family/);
    expect(catalog.summary('NdisAllocateMemoryWithTagPriority')).toBeUndefined();
  });
});
