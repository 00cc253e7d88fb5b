import { describe, expect, it } from 'vitest';
import type { Completion } from '../../server/src/core/api.js';
import { expressionBehind, readPath } from '../../server/src/core/features/expression.js';
import { Driver, sorted } from '../harness/core.js';

const driver = (body: string): string => `#include <ndis.h>

typedef struct _INNER { NDIS_OID_REQUEST Request; PNET_BUFFER_LIST Head; } INNER;
typedef struct _ADAPTER
{
    INNER In;
    PNDIS_OID_REQUEST Pending;
    NDIS_PORT_CHARACTERISTICS Ports[4];
    PNET_BUFFER_LIST Lists[8];
    NDIS_STATUS LastStatus;
    NDIS_HARDWARE_STATUS HardwareStatus;
} ADAPTER, *PADAPTER;
typedef NDIS_OID_REQUEST OWN_REQUEST, *POWN_REQUEST;
typedef PNDIS_OID_REQUEST POTHER_REQUEST;

static ADAPTER Global;
PADAPTER SampleFind(ULONG Index);
FILTER_OID_REQUEST SampleOidRequest;

_Use_decl_annotations_
NDIS_STATUS
SampleOidRequest(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PADAPTER A = (PADAPTER)FilterModuleContext;
    PADAPTER *Which = &A;
    ADAPTER Two[2];
    POWN_REQUEST Own;
    POTHER_REQUEST Other;
    NDIS_STATUS Status;
    NDIS_OID Oid;

    ${body}
}

PADAPTER SampleFind(ULONG Index)
{
    return NULL;
}
`;

const offered = (body: string): Completion[] => sorted(new Driver(driver(body)).completions());
const labels = (body: string): string[] => offered(body).map(({ label }) => label);

describe('members of a structure of NDIS', () => {
  it.each([
    ['behind a cast', '((PNDIS_OID_REQUEST)FilterModuleContext)->$0', 'RequestType'],
    ['behind a cast of a member', '((NDIS_OID_REQUEST *)A->Pending)->$0', 'RequestType'],
    ['behind a pointer followed', '(*OidRequest).$0', 'RequestType'],
    ['behind an address', '(&A->In.Request)->$0', 'RequestType'],
    ['behind a pointer to a pointer', '(*Which)->Pending->$0', 'RequestType'],
    ['in a structure of the driver', 'A->In.Request.DATA.QUERY_INFORMATION.$0', 'Oid'],
    ['in an array of the driver', 'A->Lists[Two[0].Ports[1].PortNumber]->FirstNetBuffer->$0', 'CurrentMdl'],
    ['in an array of structures', 'Two[0].Ports[1].$0', 'PortNumber'],
    ['in a global variable', 'Global.In.Request.$0', 'RequestType'],
    ['through a typedef of the driver', 'Own->$0', 'RequestType'],
    ['through a typedef of a pointer', 'Other->$0', 'RequestType'],
    ['behind a function of NDIS', 'NdisAllocateNetBufferList(Pool, 0, 0)->$0', 'FirstNetBuffer'],
    ['behind a macro of NDIS', 'NET_BUFFER_LIST_FIRST_NB(A->In.Head)->$0', 'CurrentMdl'],
    ['behind a function of the driver', 'SampleFind(1)->Pending->$0', 'RequestType'],
    ['around a member', 'CONTAINING_RECORD(Entry, ADAPTER, In)->In.Request.$0', 'RequestType'],
    ['within a call', 'Foo(1, OidRequest->$0', 'RequestType'],
    ['within a choice', 'Oid = Own == NULL ? OidRequest->$0', 'RequestType'],
    ['behind a declaration with a value', 'PNDIS_STATUS_INDICATION S = Take(); S->$0', 'StatusCode'],
  ])('are offered %s', (_, body, label) => {
    expect(labels(body)).toContain(label);
  });

  it('are all that is offered there', () => {
    expect(labels('Unknown->$0')).toEqual([]);
    expect(labels('(Unknown + 1)->$0')).toEqual([]);
    expect(labels('OidRequest->$0')).not.toContain('NdisFOidRequestComplete');
  });

  it.each([
    ['((PNDIS_OID_REQUEST)FilterModuleContext)->Reque$0stType;', 'NDIS_REQUEST_TYPE RequestType'],
    ['Two[0].Ports[1].PortN$0umber;', 'PortNumber'],
    ['NET_BUFFER_LIST_FIRST_NB(A->In.Head)->Data$0Length;', 'DataLength'],
  ])('are explained in %s', async (body, text) => {
    expect((await new Driver(driver(body)).hover())?.markdown).toContain(text);
  });
});

describe('values', () => {
  it.each([
    ['of both branches of a choice', 'Status = Oid == 0 ? $0', 'NDIS_STATUS_PENDING'],
    ['of both branches of a choice', 'A->LastStatus = Oid == 0 ? NDIS_STATUS_SUCCESS : $0', 'NDIS_STATUS_PENDING'],
    ['of both branches of a returned choice', 'return Oid == 0 ? NDIS_STATUS_SUCCESS : $0', 'NDIS_STATUS_PENDING'],
    ['of a comparison with an assignment', 'if ((Status = Foo()) != $0', 'NDIS_STATUS_PENDING'],
    ['of a variable being declared', 'NDIS_STATUS Result = $0', 'NDIS_STATUS_PENDING'],
    ['through a macro', 'NET_BUFFER_LIST_STATUS(A->In.Head) = $0', 'NDIS_STATUS_PENDING'],
    ['of an index', 'A->In.Head->NetBufferListInfo[$0', 'TcpIpChecksumNetBufferListInfo'],
    ['of an index given to a macro', 'x = NET_BUFFER_LIST_INFO(A->In.Head, $0', 'TcpIpChecksumNetBufferListInfo'],
    ['in an array', 'NDIS_OID List[] = { OID_GEN_STATISTICS, $0', 'OID_GEN_SUPPORTED_LIST'],
    ['in a literal of a structure', 'R = (NDIS_OID_REQUEST){ .RequestType = $0', 'NdisRequestQueryInformation'],
    ['of a header alone', 'NDIS_OBJECT_HEADER H; H.Type = $0', 'NDIS_OBJECT_TYPE_DEFAULT'],
    [
      'behind a switch that has ended',
      'switch (Oid)\n    {\n    case 1:\n        switch (A->HardwareStatus) { }\n    case $0',
      'OID_GEN_STATISTICS',
    ],
  ])('are offered %s', (_, body, label) => {
    expect(labels(body)).toContain(label);
  }); // prettier-ignore

  it('of the innermost switch are offered, and of no other', () => {
    const found = labels(
      'switch (Oid)\n    {\n    case 1:\n        switch (OidRequest->RequestType)\n        {\n        case $0',
    );
    expect(found).toContain('NdisRequestQueryInformation');
    expect(found).not.toContain('OID_GEN_STATISTICS');
  });

  it('follow the type, not the name', () => {
    expect(labels('A->HardwareStatus = $0')).not.toContain('NDIS_STATUS_SUCCESS');
    expect(labels('A->HardwareStatus = $0')).toContain('NdisHardwareStatusReady');
  });

  it('that the file uses come in a function that is no callback', () => {
    const helper = 'NDIS_STATUS Helper(VOID)\n{\n    return $0;\n}\n';
    const other = 'NDIS_STATUS Other(VOID)\n{\n    return a ? NDIS_STATUS_RESOURCES : NDIS_STATUS_RESOURCES;\n}\n';
    const [first, ...rest] = sorted(new Driver(`#include <ndis.h>\n${other}${helper}`).completions());
    expect(first).toMatchObject({ label: 'NDIS_STATUS_RESOURCES', detail: 'used in this file' });
    expect(rest).toEqual([]);
  });

  it('that the function called before may return come first in a comparison', () => {
    const [first] = offered('Status = NdisOpenAdapterEx(a, b, c, d, e);\n    if (Status == $0');
    expect(first).toMatchObject({ kind: 'status', detail: 'NdisOpenAdapterEx may return it' });
  });
});

describe('an expression', () => {
  it.each([
    ['x = A->B[1].C', 'A->B[1].C'],
    ['if (((PFOO)x)', '((PFOO)x)'],
    ['return Foo(a, (b))->C', 'Foo(a, (b))->C'],
    ['return (a)', '(a)'],
    ['x +', ''],
    ['0x1F', ''],
    ['a ]', ''],
  ])('is read from the end of %s', (text, expression) => {
    expect(expressionBehind(text)).toBe(expression);
  });

  it.each([
    ['(*A)[2].B->C', { root: { kind: 'variable', name: 'A' }, members: ['B', 'C'] }],
    ['((struct X *)p)->B', { root: { kind: 'cast', type: 'struct X *' }, members: ['B'] }],
    ['F(a, G(b, c)).B', { root: { kind: 'call', callee: 'F', args: ['a', 'G(b, c)'] }, members: ['B'] }],
    ['(a + b)->C', undefined],
    ['A->', undefined],
    ['', undefined],
  ])('%s leads from its root to its members', (text, path) => {
    expect(readPath(text)).toEqual(path);
  });
});
