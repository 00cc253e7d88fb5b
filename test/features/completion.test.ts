import { describe, expect, it } from 'vitest';
import type { Completion } from '../../server/src/core/api.js';
import { Driver, type DriverOptions, sorted } from '../harness/core.js';

type Files = string | Record<string, string>;

/** What is offered at `$0`, best first. */
function offered(files: Files, options: DriverOptions = {}): Completion[] {
  return sorted(new Driver(files, options).completions());
}

const labels = (files: Files, options: DriverOptions = {}): string[] =>
  offered(files, options).map(({ label }) => label);

/** The best ones, as many as are named. */
const expectFirst = (files: Files, ...expected: string[]): void =>
  expect(labels(files).slice(0, expected.length)).toEqual(expected);

/** These and no others. */
const expectOnly = (files: Files, ...expected: string[]): void => expect(labels(files)).toEqual(expected);

const expectSome = (files: Files, ...expected: string[]): void =>
  expect(labels(files)).toEqual(expect.arrayContaining(expected));

const expectNone = (files: Files, ...unwanted: string[]): void =>
  expect(labels(files).filter((label) => unwanted.includes(label))).toEqual([]);

const expectSilence = (files: Files): void => expect(labels(files)).toEqual([]);

function one(files: Files, label: string, kind?: Completion['kind']): Completion {
  const found = offered(files).find((item) => item.label === label && (kind === undefined || item.kind === kind));
  if (!found) throw new Error(`There is no completion ${label}.`);
  return found;
}

/** The main file after the completion was taken by a client that knows no snippets. */
const accepted = (files: Files, label: string, options: DriverOptions = {}, kind?: string): string =>
  new Driver(files, options).accepted(label, kind);

/** A call manager's callback with a body to type in. */
const inCallback = (body: string, role = 'PROTOCOL_CM_CLOSE_AF', params = 'NDIS_HANDLE CallMgrAfContext'): string =>
  `${role} SampleCallback;\n\nNDIS_STATUS SampleCallback(${params})\n{\n    NDIS_STATUS status;\n${body}\n}\n`;

describe('skeletons at file scope', () => {
  it.each([
    ['by documented name', 'ProtocolCmClos', 'ProtocolCmCloseAf'],
    ['by role type', 'PROTOCOL_CM_CLOSE_A', 'PROTOCOL_CM_CLOSE_AF'],
    ['by handler member', 'CmCloseAfHan', 'CmCloseAfHandler'],
    ['by what stands behind the prefix', 'CmCloseA', 'CmCloseAf'],
    ['in small letters', 'protocolcmclos', 'ProtocolCmCloseAf'],
    ['before anything is typed', '', 'ProtocolCmCloseAf'],
  ])('are found %s', (_, typed, filterText) => {
    const skeletons = offered(`#include <ndis.h>\n\n${typed}$0\n`).filter(({ kind }) => kind === 'skeleton');
    const found = skeletons.find(({ detail }) => detail === 'PROTOCOL_CM_CLOSE_AF');
    expect(found).toMatchObject({ label: 'ProtocolCmCloseAf', docs: 'PROTOCOL_CM_CLOSE_AF' });
    expect(found?.filterText?.startsWith(filterText)).toBe(true);
  });

  it('are whole definitions', () => {
    expect(accepted('#include <ndis.h>\n\nProtocolCmClos$0\n', 'ProtocolCmCloseAf', {}, 'skeleton')).toMatch(
      new RegExp(
        [
          '^#include <ndis.h>\n',
          'PROTOCOL_CM_CLOSE_AF SampleCmCloseAf;\n',
          '// [A-Z].*\\.',
          '// Runs at IRQL <= DISPATCH_LEVEL\\.',
          '_Use_decl_annotations_',
          'NDIS_STATUS',
          'SampleCmCloseAf\\(',
          '    NDIS_HANDLE CallMgrAfContext',
          '    \\)',
          '\\{',
          '    UNREFERENCED_PARAMETER\\(CallMgrAfContext\\);\n',
          '    return NDIS_STATUS_SUCCESS;',
          '\\}\n$',
        ].join('\n'),
      ),
    );
  });

  it('have tab stops for the prefix, twice, and for the status', () => {
    const { insert, snippet } = one('#include <ndis.h>\n$0', 'ProtocolCmCloseAf', 'skeleton');
    expect(snippet).toBe(true);
    expect(insert).toMatch(/^PROTOCOL_CM_CLOSE_AF \$\{1:Sample\}CmCloseAf;$/m);
    expect(insert).toMatch(/^\$1CmCloseAf\($/m);
    expect(insert).toMatch(
      /^ {4}return \$\{2\|NDIS_STATUS_SUCCESS,NDIS_STATUS_PENDING,NDIS_STATUS_NOT_ACCEPTED\|\};$/m,
    );
    expect(insert.match(/\$0/g)).toHaveLength(1);
  });

  it('leave out what the settings leave out', () => {
    const bare = { completion: { skeletons: true, annotations: false, headerComment: false } };
    const text = accepted('#include <ndis.h>\nProtocolCmClos$0\n', 'ProtocolCmCloseAf', bare, 'skeleton');
    expect(text).not.toMatch(/_Use_decl_annotations_|\/\//);
    const none = { completion: { skeletons: false, annotations: true, headerComment: true } };
    expect(offered('#include <ndis.h>\n$0', none).filter(({ kind }) => kind === 'skeleton')).toEqual([]);
  });

  it('end their lines as the file does', () => {
    const { insert, plain } = one('#include <ndis.h>\r\n$0', 'ProtocolCmCloseAf', 'skeleton');
    expect(insert.replace(/\r\n/g, '')).not.toContain('\n');
    expect(plain.replace(/\r\n/g, '')).not.toContain('\n');
  });

  it('replace the word that the cursor is in', () => {
    expect(accepted('#include <ndis.h>\nProt$0ocolCmX\nint a;\n', 'ProtocolCmCloseAf')).not.toContain('ocolCmX');
  });

  it('take the prefix that the driver has', () => {
    const source = 'NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS H = { .CmOpenAfHandler = AcmeCmOpenAf };\n$0';
    expect(one(source, 'ProtocolCmCloseAf', 'skeleton').plain).toContain('AcmeCmCloseAf(');
  });

  it('begin with the functions that are declared or registered and not yet defined, under their own names', () => {
    const files = {
      'driver.c': '#include "sample.h"\n\nVOID AcmeDone(VOID)\n{\n}\n\n$0\n',
      'sample.h': 'PROTOCOL_CM_CLOSE_AF AcmeCloseFamily;\nPROTOCOL_CM_OPEN_AF AcmeOpenFamily;\n',
      'open.c':
        '#include "sample.h"\nNDIS_STATUS AcmeOpenFamily(NDIS_HANDLE a, PCO_ADDRESS_FAMILY b, NDIS_HANDLE c, PNDIS_HANDLE d)\n{\n    return 0;\n}\n' +
        'NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS H = { .CmMakeCallHandler = AcmeDial };\n',
    };
    expect(labels(files).slice(0, 2).sort()).toEqual(['AcmeCloseFamily', 'AcmeDial']);
    const declared = one(files, 'AcmeCloseFamily', 'skeleton');
    expect(declared).toMatchObject({ detail: 'define as ProtocolCmCloseAf', snippet: true });
    expect(declared.plain).not.toContain('PROTOCOL_CM_CLOSE_AF AcmeCloseFamily;');
    expect(one(files, 'AcmeDial', 'skeleton').plain).toMatch(/^PROTOCOL_CM_MAKE_CALL AcmeDial;$/m);
  });

  it('are there before, between and behind definitions, in extern "C" and in a namespace', () => {
    for (const source of [
      '$0\nPROTOCOL_CM_OPEN_AF SampleOpen;\n',
      'VOID NdisOne(VOID)\n{\n    NdisMSleep(1);\n}\n$0\nVOID Two(VOID)\n{\n}\n',
      'PROTOCOL_CM_OPEN_AF SampleOpen;\n\nVOID Two(VOID)\n{\n}\n\n$0',
    ]) {
      expectSome(source, 'ProtocolCmCloseAf');
    }
    expectSome({ 'driver.cpp': 'extern "C" {\nPROTOCOL_CM_OPEN_AF SampleOpen;\n$0\n}\n' }, 'ProtocolCmCloseAf');
    expectSome(
      { 'driver.cpp': 'namespace Acme {\nstatic PROTOCOL_CM_OPEN_AF SampleOpen;\n$0\n}\n' },
      'ProtocolCmCloseAf',
    );
  });

  it('are not there in a body, a parameter list, behind a type or in an initializer', () => {
    for (const source of [
      'VOID One(VOID)\n{\n    NdisMSleep(1);\n    $0\n}\n',
      'NDIS_STATUS One($0)\n',
      'PROTOCOL_CM_CLOSE_AF $0\n',
      'static NDIS_STATUS $0;\n',
      'NDIS_HANDLE Handles[] = {\n    $0\n};\n',
      'typedef struct _X {\n    NDIS_HANDLE a;\n    $0\n} X;\n',
    ]) {
      expect(offered(source).filter(({ kind }) => kind === 'skeleton')).toEqual([]);
    }
  });
});

describe('role types', () => {
  it('are offered for declarations by hand', () => {
    const { kind, plain, detail } = one('#include <ndis.h>\nPROTOCOL_CM_CL$0', 'PROTOCOL_CM_CLOSE_AF', 'type');
    expect({ kind, plain, detail }).toEqual({
      kind: 'type',
      plain: 'PROTOCOL_CM_CLOSE_AF',
      detail: 'role type of ProtocolCmCloseAf',
    });
  });

  it('also behind static', () => {
    expectSome('#include <ndis.h>\nstatic PROTOCOL_CM_CL$0', 'PROTOCOL_CM_CLOSE_AF');
  });
});

describe('values of handler members', () => {
  const callbacks =
    'PROTOCOL_CM_OPEN_AF SampleOpen;\nPROTOCOL_CM_CLOSE_AF SampleClose;\nNDIS_STATUS Candidate(NDIS_HANDLE x)\n{\n    return 0;\n}\nVOID Other(VOID)\n{\n}\n';
  const fill = (line: string): string =>
    `${callbacks}VOID Fill(VOID)\n{\n    NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS x;\n    ${line}\n}\n`;

  it('are the functions of the role, then a name for a new one, then the ones of the same shape', () => {
    expectOnly(fill('x.CmCloseAfHandler = $0;'), 'SampleClose', 'SampleCmCloseAf', 'Candidate');
  });

  it('are the same half-typed, behind an ampersand and behind a cast', () => {
    for (const line of [
      'x.CmCloseAfHandler = $0',
      'x.CmCloseAfHandler = Samp$0;',
      'x.CmCloseAfHandler=$0',
      'x.CmCloseAfHandler = &$0;',
      'x.CmCloseAfHandler = (CM_CLOSE_AF_HANDLER)$0;',
    ]) {
      expectFirst(fill(line), 'SampleClose', 'SampleCmCloseAf', 'Candidate');
    }
  });

  it('end with NULL where the member may stay empty', () => {
    const source = 'VOID Fill(PNDIS_FILTER_DRIVER_CHARACTERISTICS p)\n{\n    p->StatusHandler = $0;\n}\n';
    expectOnly(source, 'SampleStatus', 'NULL');
  });

  it('name a new callback so that it is not taken for another', () => {
    const source =
      'MINIPORT_CO_OID_REQUEST SampleCoOidRequest;\nVOID Fill(PNDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS p)\n{\n    p->CmOidRequestHandler = $0;\n}\n';
    expectOnly(source, 'SampleProtocolCoOidRequest');
  });

  it('leave out static functions of other files', () => {
    const files = {
      'driver.c': 'VOID Fill(PNDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS p)\n{\n    p->CmCloseAfHandler = $0;\n}\n',
      'other.c':
        'static PROTOCOL_CM_CLOSE_AF Hidden;\nstatic NDIS_STATUS Hidden(NDIS_HANDLE h)\n{\n    return 0;\n}\nNDIS_STATUS DriverEntry(PVOID a, PVOID b)\n{\n    return 0;\n}\n',
    };
    expectOnly(files, 'SampleCmCloseAf');
  });

  it('are offered through a pointer and in a member of a block of the driver', () => {
    const source = `${callbacks}typedef struct _D { NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS H; } D;\nVOID Fill(D *d)\n{\n    d->H.CmCloseAfHandler = $0;\n}\n`;
    expectFirst(source, 'SampleClose');
    expectFirst(
      `${callbacks}VOID Fill(PNDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS p)\n{\n    p->CmCloseAfHandler = $0\n}\n`,
      'SampleClose',
    );
  });

  it('are offered in a designated initializer', () => {
    expectFirst(
      `${callbacks}NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS H = {\n    .CmOpenAfHandler = SampleOpen,\n    .CmCloseAfHandler = $0\n};\n`,
      'SampleClose',
    );
    expectFirst(fill('NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS y = { .CmCloseAfHandler = $0'), 'SampleClose');
  });

  it('are known by the member where the variable is not', () => {
    expectFirst(`${callbacks}VOID Fill(VOID)\n{\n    Driver->CmCloseAfHandler = $0;\n}\n`, 'SampleClose');
  });

  it('are those of the whole driver, and of no other', () => {
    expectFirst(
      {
        'driver.c':
          'VOID Fill(PNDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS p)\n{\n    p->CmCloseAfHandler = $0;\n}\nNDIS_STATUS DriverEntry(PVOID a, PVOID b)\n{\n    return 0;\n}\n',
        'close.c': 'PROTOCOL_CM_CLOSE_AF AcmeClose;\n',
      },
      'AcmeClose',
    );
  });

  it('are constants for the parts of the header, newest first', () => {
    expectOnly(fill('x.Header.Type = $0;'), 'NDIS_OBJECT_TYPE_CO_CALL_MANAGER_OPTIONAL_HANDLERS');
    expectOnly(fill('x.Header.Revision = $0;'), 'NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS_REVISION_1');
    expectFirst(fill('x.Header.Size = $0;'), 'sizeof(NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS)');
    const filter = (line: string): string =>
      `VOID Fill(PNDIS_FILTER_DRIVER_CHARACTERISTICS p)\n{\n    p->Header.${line}\n}\n`;
    expectFirst(filter('Revision = $0'), 'NDIS_FILTER_CHARACTERISTICS_REVISION_3');
    expectFirst(filter('Size = $0'), 'NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_3');
  });
});

describe('members', () => {
  const fill = (body: string): string =>
    `VOID Fill(VOID)\n{\n    NDIS_MINIPORT_SS_CHARACTERISTICS x;\n    PNDIS_MINIPORT_SS_CHARACTERISTICS p = &x;\n${body}\n}\n`;

  it('are all there, the required before the optional', () => {
    expectOnly(fill('    x.$0'), 'IdleNotificationHandler', 'CancelIdleNotificationHandler', 'Header', 'Flags');
    expectOnly(fill('    p->$0;'), 'IdleNotificationHandler', 'CancelIdleNotificationHandler', 'Header', 'Flags');
  });

  it('that are set come last and say so', () => {
    const source = fill('    x.Header.Type = 1;\n    x.IdleNotificationHandler = SampleIdle;\n    x.$0');
    expectOnly(source, 'CancelIdleNotificationHandler', 'Flags', 'Header', 'IdleNotificationHandler');
    expect(one(source, 'IdleNotificationHandler').labelDetail).toMatch(/^ +set$/);
    expect(one(source, 'CancelIdleNotificationHandler').labelDetail).toMatch(/^ +required$/);
  });

  it('are offered half-typed, with unclosed braces and with a statement behind', () => {
    expectFirst(
      'VOID Fill(PNDIS_MINIPORT_SS_CHARACTERISTICS p)\n{\n    if (p) {\n        p->Id$0',
      'IdleNotificationHandler',
    );
    expectFirst(fill('    x.$0\n    x.Flags = 0;'), 'IdleNotificationHandler');
    expectFirst(fill('    NdisSetOptionalHandlers(h, x.$0'), 'IdleNotificationHandler');
  });

  it('are offered as designators, without those that stand there already', () => {
    const source =
      'NDIS_MINIPORT_SS_CHARACTERISTICS Idle = {\n    .IdleNotificationHandler = SampleIdle,\n    .$0\n};\n';
    expectOnly(source, 'CancelIdleNotificationHandler', 'Header', 'Flags', 'IdleNotificationHandler');
  });

  it('are those of the type that a typedef, a block of the driver or a parameter leads to', () => {
    const driver =
      'typedef NDIS_MINIPORT_SS_CHARACTERISTICS IDLE;\ntypedef struct _ADAPTER { IDLE Idle; NDIS_HANDLE Handle; } ADAPTER, *PADAPTER;\n';
    expectFirst(`${driver}VOID F(PADAPTER a)\n{\n    a->Idle.$0\n}\n`, 'IdleNotificationHandler');
    expectSilence(`${driver}VOID F(PADAPTER a)\n{\n    a->$0\n}\n`);
  });

  it('of anonymous unions are members of the structure around', () => {
    expectSome('VOID F(PNET_BUFFER_LIST list)\n{\n    list->$0\n}\n', 'Next', 'FirstNetBuffer', 'Status');
    expectSome('VOID F(PNDIS_OID_REQUEST request)\n{\n    request->DATA.$0\n}\n', 'QUERY_INFORMATION');
    expectSome(
      'VOID F(PNDIS_OID_REQUEST request)\n{\n    request->DATA.QUERY_INFORMATION.$0\n}\n',
      'Oid',
      'InformationBuffer',
    );
  });
});

describe('statuses', () => {
  it('that the callback may return come behind return', () => {
    expectOnly(inCallback('    return $0;'), 'NDIS_STATUS_SUCCESS', 'NDIS_STATUS_PENDING', 'NDIS_STATUS_NOT_ACCEPTED');
    expectFirst(inCallback('    return NDIS_ST$0'), 'NDIS_STATUS_SUCCESS', 'NDIS_STATUS_PENDING');
    expectFirst(inCallback('    return ($0'), 'NDIS_STATUS_SUCCESS');
  });

  it('come behind the assignment of a status and behind comparisons', () => {
    expectFirst(inCallback('    status = $0;'), 'NDIS_STATUS_SUCCESS', 'NDIS_STATUS_PENDING');
    expectFirst(inCallback('    if (status == $0)'), 'NDIS_STATUS_SUCCESS');
    expectFirst(inCallback('    while (status != NDIS$0'), 'NDIS_STATUS_SUCCESS');
  });

  it('come in a function whose end is not typed yet', () => {
    expectFirst(
      'PROTOCOL_CM_CLOSE_AF SampleClose;\n\nNDIS_STATUS SampleClose(NDIS_HANDLE CallMgrAfContext)\n{\n    return $0',
      'NDIS_STATUS_SUCCESS',
      'NDIS_STATUS_PENDING',
    );
    expectFirst(
      'PROTOCOL_CM_CLOSE_AF SampleClose;\n\nNDIS_STATUS SampleClose(NDIS_HANDLE CallMgrAfContext)\n{\n    if (CallMgrAfContext) {\n        return $0\n\nVOID Next(VOID)\n{\n}\n',
      'NDIS_STATUS_SUCCESS',
      'NDIS_STATUS_PENDING',
    );
  });

  it('do not come in a function that returns nothing', () => {
    expectSilence('#include <ndis.h>\nVOID F(NDIS_HANDLE h)\n{\n    return $0\n}\n');
  });

  it('are the labels of a switch over a status', () => {
    expectSome(
      '#include <ndis.h>\nVOID F(NDIS_STATUS Status)\n{\n    switch (Status) {\n    case $0\n    }\n}\n',
      'NDIS_STATUS_PENDING',
    );
  });

  it('are the argument of a completion, without the one that is never right', () => {
    const source = inCallback('    NdisCmCloseAddressFamilyComplete($0');
    expectFirst(source, 'NDIS_STATUS_SUCCESS');
    expectNone(source, 'NDIS_STATUS_PENDING');
  });
});

describe('functions', () => {
  it('that complete the callback come first, before anything is typed', () => {
    expectFirst(inCallback('    $0'), 'NdisCmCloseAddressFamilyComplete');
    expectFirst(inCallback('    Ndis$0'), 'NdisCmCloseAddressFamilyComplete');
  });

  it('are those of an MCM in an MCM', () => {
    const registration =
      'NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS M = { .CmCloseAfHandler = SampleCallback };\nNDIS_MINIPORT_CO_CHARACTERISTICS C = { .CoSendNetBufferListsHandler = SampleSend };\n';
    expectFirst(registration + inCallback('    $0'), 'NdisMCmCloseAddressFamilyComplete');
    expectNone(registration + inCallback('    $0'), 'NdisCmCloseAddressFamilyComplete');
  });

  it('come with their parameters, to step through', () => {
    const found = one(inCallback('    NdisSetOpt$0'), 'NdisSetOptionalHandlers');
    expect(found).toMatchObject({
      kind: 'function',
      labelDetail: '(NdisHandle, OptionalHandlers)',
      insert: 'NdisSetOptionalHandlers(${1:NdisHandle}, ${2:OptionalHandlers})',
      plain: 'NdisSetOptionalHandlers(NdisHandle, OptionalHandlers)',
    });
  });

  it('of NDIS 5 come last and are struck out', () => {
    expect(one(inCallback('    NdisMRegisterMini$0'), 'NdisMRegisterMiniport').deprecated).toBe(true);
    const found = labels(inCallback('    NdisMRegisterMini$0')).filter((label) => /^NdisMRegisterMini/.test(label));
    expect(found).toEqual(['NdisMRegisterMiniportDriver', 'NdisMRegisterMiniport']);
  });

  it('are offered as arguments and conditions too', () => {
    expectSome(inCallback('    if (NdisAllocateM$0'), 'NdisAllocateMemoryWithTagPriority');
    expectSome(inCallback('    status = NdisSetOpt$0'), 'NdisSetOptionalHandlers');
  });

  it('wait for two letters', () => {
    expectNone(inCallback('    N$0', 'SAMPLE_ROLE'), 'NdisSetOptionalHandlers');
  });
});

describe('other names', () => {
  it('are types, constants, OIDs and statuses', () => {
    expectSome(inCallback('    PNDIS_OID_R$0'), 'PNDIS_OID_REQUEST');
    expectSome(inCallback('    x = OID_GEN_STAT$0'), 'OID_GEN_STATISTICS');
    expectSome(inCallback('    x = NDIS_STATUS_INVALID_O$0'), 'NDIS_STATUS_INVALID_OID');
    expectSome('#include <ndis.h>\nPNET_BUFFER_L$0', 'PNET_BUFFER_LIST');
  });

  it('are OIDs in a switch over one', () => {
    expectSome(
      '#include <ndis.h>\nVOID F(NDIS_OID Oid)\n{\n    switch (Oid) {\n    case $0\n    }\n}\n',
      'OID_GEN_STATISTICS',
    );
    expectSome(
      '#include <ndis.h>\nVOID F(PNDIS_OID_REQUEST r)\n{\n    switch (r->DATA.QUERY_INFORMATION.Oid)\n    {\n    case OID_GEN_STATISTICS:\n        break;\n    case $0',
      'OID_GEN_MAXIMUM_FRAME_SIZE',
    );
  });

  it('are the values that a parameter takes', () => {
    expectFirst(inCallback('    NdisReadConfiguration(&status, &value, h, &name, $0'), 'NdisParameterInteger');
  });
});

describe('nothing', () => {
  it.each([
    ['in a line comment', '#include <ndis.h>\nVOID F(NDIS_HANDLE h)\n{\n    // NdisM$0\n}\n'],
    ['in a line comment at the end of the file', '#include <ndis.h>\n// ProtocolCm$0'],
    ['in a block comment', '#include <ndis.h>\n/* ProtocolCm$0 */\n'],
    ['in an open block comment', '#include <ndis.h>\n/* ProtocolCm$0\n'],
    ['in a string', '#include <ndis.h>\nVOID F(NDIS_HANDLE h)\n{\n    DbgPrint("NdisM$0");\n}\n'],
    ['in an open string', '#include <ndis.h>\nVOID F(NDIS_HANDLE h)\n{\n    DbgPrint("NdisM$0\n}\n'],
    ['in a character constant', "#include <ndis.h>\nVOID F(NDIS_HANDLE h)\n{\n    x = 'Ndis$0';\n}\n"],
    ['on an #include line', '#include <ndis.h>\n#include <ndi$0\n'],
    ['on a quoted #include line', '#include <ndis.h>\n#include "Ndis$0"\n'],
    ['in a number', '#include <ndis.h>\nVOID F(NDIS_HANDLE h)\n{\n    x = 0xNd$0;\n}\n'],
    ['behind a member of an unknown type', '#include <ndis.h>\nVOID F(NDIS_HANDLE h)\n{\n    foo->$0\n}\n'],
  ])('is offered %s', (_, source) => expectSilence(source));

  it('is offered in files that have nothing to do with NDIS', () => {
    expectSilence('int main(void)\n{\n    return $0;\n}\n');
    expectSilence('ProtocolCm$0\n');
    expectSilence('#include <stdio.h>\n$0\n');
  });

  it('is offered twice', () => {
    for (const source of ['#include <ndis.h>\n$0', inCallback('    Ndis$0'), inCallback('    return NDIS$0')]) {
      const keys = offered(source).map(({ label, kind }) => `${label} ${kind === 'skeleton' ? kind : ''}`);
      expect(keys.length).toBe(new Set(keys).size);
    }
  });
});

describe('documentation', () => {
  it('is found again for whatever is offered', async () => {
    for (const [source, label] of [
      ['#include <ndis.h>\n$0', 'ProtocolCmCloseAf'],
      [inCallback('    NdisSetOpt$0'), 'NdisSetOptionalHandlers'],
      [inCallback('    return $0'), 'NDIS_STATUS_PENDING'],
      [inCallback('    x = OID_GEN_STAT$0'), 'OID_GEN_STATISTICS'],
      ['VOID F(PNDIS_MINIPORT_SS_CHARACTERISTICS p)\n{\n    p->$0\n}\n', 'IdleNotificationHandler'],
    ] as const) {
      const driver = new Driver(source);
      const found = driver.completions().find((item) => item.label === label) as Completion;
      expect(await driver.documentation(found), label).toContain(label);
    }
  });

  it('is no part of the answer itself', () => {
    for (const found of offered('#include <ndis.h>\n$0')) {
      expect(found).not.toHaveProperty('documentation');
      expect(found.docs).toBeDefined();
    }
  });
});
