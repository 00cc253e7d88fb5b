import { describe, expect, it } from 'vitest';
import type { Completion } from '../../server/src/core/api.js';
import { Driver, sorted } from '../harness/core.js';

const parameters =
  'PNDIS_OID_REQUEST Request, NDIS_HALT_ACTION Action, PNET_DEVICE_PNP_EVENT Event, ULONG Oid, PNDIS_MEDIUM Medium';

function offered(body: string, before = ''): Completion[] {
  const source = `#include <ndis.h>\n${before}\nVOID F(${parameters})\n{\n    NDIS_MEDIUM Local;\n    ${body}\n}\n`;
  return sorted(new Driver(source).completions());
}

const labels = (body: string): string[] => offered(body).map(({ label }) => label);

const one = (body: string, label: string, before = ''): Completion | undefined =>
  offered(body, before).find((item) => item.label === label);

describe('values of an enumeration', () => {
  it.each([
    ['behind the assignment of a variable', 'Local = $0;', 'NdisMedium802_3'],
    ['behind the assignment of a member', 'Request->RequestType = $0;', 'NdisRequestQueryInformation'],
    ['half-typed', 'Request->RequestType = NdisRequestQ$0', 'NdisRequestQueryInformation'],
    ['behind a comparison', 'if (Action == $0) { }', 'NdisHaltDeviceDisabled'],
    ['as a case', 'switch (Action) { case $0', 'NdisHaltDeviceDisabled'],
    [
      'as a case over a member',
      'switch (Request->RequestType) { case NdisRequestSetInformation: break; case $0: }',
      'NdisRequestMethod',
    ],
    ['of a type with two names', 'NDIS_LINK_STATE State; State.MediaConnectState = $0', 'MediaConnectStateConnected'],
    ['as an argument', 'NdisReadConfiguration(&Status, &Value, Handle, &Keyword, $0);', 'NdisParameterInteger'],
    ['in a designated initializer', 'NDIS_OID_REQUEST Own = { .RequestType = $0', 'NdisRequestQueryInformation'],
  ])('come first %s', (_, body, label) => {
    const [best] = offered(body);
    expect(best).toMatchObject({ kind: 'enum-member' });
    expect(labels(body)).toContain(label);
  });

  it('come behind return in a function of that type', () => {
    const source = '#include <ndis.h>\nNDIS_MEDIUM F(VOID)\n{\n    return $0;\n}\n';
    expect(new Driver(source).labels()).toContain('NdisMediumWan');
  });

  it('do not come for a pointer, nor for a number', () => {
    expect(labels('Medium = $0;')).toEqual([]);
    expect(labels('Request->Timeout = $0;')).toEqual([]);
  });
});

describe('OIDs', () => {
  it.each([
    ['in a switch over a variable', 'switch (Oid) { case $0'],
    ['in a switch over a nested member', 'switch (Request->DATA.QUERY_INFORMATION.Oid) {\n    case $0'],
    ['behind the assignment of a member', 'Request->DATA.SET_INFORMATION.Oid = $0;'],
    ['behind a comparison', 'if (Request->DATA.QUERY_INFORMATION.Oid == $0) { }'],
  ])('come %s', (_, body) => {
    const found = labels(body);
    expect(found).toContain('OID_GEN_SUPPORTED_LIST');
    expect(found).toContain('OID_802_3_CURRENT_ADDRESS');
    expect(found.filter((label) => !label.startsWith('OID_'))).toEqual([]);
  });
});

describe('members', () => {
  it.each([
    ['of a nested union', 'Request->DATA.$0', ['QUERY_INFORMATION', 'SET_INFORMATION', 'METHOD_INFORMATION']],
    ['of a structure in it', 'Request->DATA.QUERY_INFORMATION.$0', ['Oid', 'InformationBuffer', 'BytesNeeded']],
    ['of a structure of NDIS behind a pointer', 'Event->$0', ['DevicePnPEvent', 'PortNumber']],
    ['of the header', 'Request->Header.$0', ['Type', 'Revision', 'Size']],
    ['of the header in an initializer', 'NDIS_OID_REQUEST Own = { .Header.$0', ['Type', 'Revision', 'Size']],
    ['of the header in braces of its own', 'NDIS_OID_REQUEST Own = { .Header = { .$0', ['Type', 'Revision', 'Size']],
  ])('%s', (_, body, expected) => expect(labels(body)).toEqual(expect.arrayContaining(expected)));
});

describe('constants of the header', () => {
  it.each([
    ['by path', '.Header.Type = $0', 'NDIS_OBJECT_TYPE_OID_REQUEST'],
    ['in braces', '.Header = { .Type = $0', 'NDIS_OBJECT_TYPE_OID_REQUEST'],
    [
      'behind another',
      '.Header = { .Type = NDIS_OBJECT_TYPE_OID_REQUEST, .Revision = $0',
      'NDIS_OID_REQUEST_REVISION_2',
    ],
    ['of its size', '.RequestId = 0, .Header = { .Size = $0', 'NDIS_SIZEOF_OID_REQUEST_REVISION_1'],
  ])('stand in a designated initializer %s', (_, body, label) =>
    expect(labels(`NDIS_OID_REQUEST Own = { ${body}`)).toContain(label),
  );
});

describe('names that NDIS left behind', () => {
  it('come last, struck out, with the new name', () => {
    expect(one('NdisMRegisterMini$0', 'NdisMRegisterMiniport')).toMatchObject({
      deprecated: true,
      detail: 'now NdisMRegisterMiniportDriver',
    });
    expect(one('NDIS_REQ$0', 'NDIS_REQUEST')).toMatchObject({ deprecated: true, detail: 'now NDIS_OID_REQUEST' });
    const last = offered('NdisM$0').at(-1);
    expect(last?.deprecated).toBe(true);
  });

  it('come as they are in a driver of NDIS 5', () => {
    const legacy = '#define NDIS51_MINIPORT 1';
    const found = one('NdisMIndicateSta$0', 'NdisMIndicateStatus', legacy);
    expect(found).toBeDefined();
    expect(found).not.toHaveProperty('deprecated');
  });
});

describe('OIDs of a request', () => {
  it('come first where it can name them', () => {
    const found = labels('switch (Request->DATA.SET_INFORMATION.Oid) { case $0');
    const place = (name: string): number => found.indexOf(name);
    expect(place('OID_GEN_RCV_OK')).toBeGreaterThan(place('OID_802_3_MULTICAST_LIST'));
    expect(place('OID_GEN_RCV_OK')).toBeGreaterThan(place('OID_PM_ADD_WOL_PATTERN'));
  });
});

describe('names in code', () => {
  it.each([
    ['an enumeration value', 'x = NdisMedium8$0', 'NdisMedium802_3'],
    ['a size constant', 'x = NDIS_SIZEOF_OID_R$0', 'NDIS_SIZEOF_OID_REQUEST_REVISION_1'],
    ['a kernel routine', 'KeAcquireSpin$0', 'KeAcquireSpinLock'],
    ['a handle', 'NDIS_HAND$0', 'NDIS_HANDLE'],
    ['the pointer type of a handler', 'FILTER_ATTACH_H$0', 'FILTER_ATTACH_HANDLER'],
    ['a callback of NDIS 5', 'MiniportHal$0', 'MiniportHalt'],
  ])('are completed: %s', (_, body, label) => expect(labels(body)).toContain(label));

  it('complete what the callback left pending at the beginning of a statement only', () => {
    const callback = (body: string): string[] =>
      new Driver(
        `FILTER_OID_REQUEST F;\nNDIS_STATUS F(NDIS_HANDLE C, PNDIS_OID_REQUEST R)\n{\n    ${body}\n}\n`,
      ).labels();
    expect(callback('$0')).toContain('NdisFOidRequestComplete');
    expect(callback('if (C) $0')).toContain('NdisFOidRequestComplete');
    expect(callback('x = 1 + $0')).toEqual([]);
  });
});

describe('at file scope', () => {
  const atFileScope = (typed: string): string[] => new Driver(`#include <ndis.h>\n\n${typed}$0\n`).labels();

  it('a callback of several structures has the name of each, and its type', () => {
    const driver = new Driver('#include <ndis.h>\n\nFilterSetOpt$0\n');
    expect(driver.accepted('FilterSetOptions', 'skeleton')).toContain('FILTER_SET_OPTIONS SampleSetOptions;');
    expect(atFileScope('ProtocolSetOpt')).toContain('ProtocolSetOptions');
    expect(atFileScope('MiniportStart')).toContain('MiniportStartDevice');
  });

  it('role types of the kernel declare functions too', () => {
    expect(atFileScope('KDEFERRED_R')).toContain('KDEFERRED_ROUTINE');
  });
});

describe('names of the driver', () => {
  const body = (typed: string): string =>
    `VOID F(PNET_BUFFER_LIST NetBufferList)\n{\n    NET_BUFFER_LIST_FIRST_NB(${typed}$0);\n}\n`;

  it('are not taken for names of NDIS that begin like them', () => {
    expect(new Driver(body('NetBufferL')).labels()).toEqual([]);
    expect(new Driver(body('NetBufferList')).labels()).toEqual([]);
    expect(new Driver(body('NetBufferListC')).labels()).toContain('NetBufferListCancelId');
  });
});

describe('cases', () => {
  it('that the switch has already come last', () => {
    const found = labels(
      'switch (Oid)\n    {\n    case OID_GEN_CURRENT_LOOKAHEAD:\n        break;\n    case $0\n        break;\n    case OID_GEN_LINK_PARAMETERS:\n        break;\n    }',
    );
    expect(found.slice(-2)).toEqual(['OID_GEN_CURRENT_LOOKAHEAD', 'OID_GEN_LINK_PARAMETERS']);
  });
});
