import { describe, expect, it } from 'vitest';
import type { Hover } from '../../server/src/core/api.js';
import { Driver } from '../harness/core.js';

type Files = string | Record<string, string>;

/** The hover at `$0`, whose range must be the marked one. */
async function hover(files: Files): Promise<string> {
  const driver = new Driver(files);
  const found = (await driver.hover()) as Hover;
  expect(found, 'there is a hover').toBeDefined();
  const { marks } = driver.fixture();
  expect([found]).toEqual(marks.map(({ start, end }) => expect.objectContaining({ start, end })));
  isMarkdown(found.markdown);
  return found.markdown;
}

const noHover = async (files: Files): Promise<void> => expect(await new Driver(files).hover()).toBeUndefined();

/** Fences are closed, and nothing that is not known was written out. */
function isMarkdown(markdown: string): void {
  expect((markdown.match(/^```/gm) ?? []).length % 2).toBe(0);
  expect(markdown).not.toMatch(/undefined|\[object|NaN|\n{3}/);
}

const registered = '\nNDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS Manager = {\n    .CmCloseAfHandler = AcmeClose\n};\n';
const definition = 'NDIS_STATUS AcmeClose(NDIS_HANDLE Af)\n{\n    return NDIS_STATUS_PENDING;\n}\n';

describe('a callback', () => {
  it('is explained at its role type', async () => {
    const text = await hover('«PROTOCOL_CM_CL$0OSE_AF» AcmeClose;\n');
    expect(text).toContain('```c\nNDIS_STATUS ProtocolCmCloseAf(\n    _In_ NDIS_HANDLE CallMgrAfContext\n);\n```');
    expect(text).toContain('**IRQL <= DISPATCH_LEVEL · required**');
    expect(text).toContain('Registered in `NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS.CmCloseAfHandler`');
    expect(text).toContain('After `NDIS_STATUS_PENDING`: `NdisCmCloseAddressFamilyComplete`');
    expect(text).toMatch(/\*\*Statuses\*\*[^]*`NDIS_STATUS_NOT_ACCEPTED`/);
    expect(text).toContain(
      'https://learn.microsoft.com/windows-hardware/drivers/ddi/ndis/nc-ndis-protocol_cm_close_af',
    );
  });

  it('is explained at its documented name, its pointer type and a misspelt alias', async () => {
    expect(await hover('#include <ndis.h>\n/* */ «Protocol$0CmCloseAf»;\n')).toContain('CallMgrAfContext');
    expect(await hover('«CM_CLOSE_AF_HAN$0DLER» Close;\n')).toContain('NDIS_STATUS ProtocolCmCloseAf(');
    expect(await hover('«PROTCOL_CO_AF_$0REGISTER_NOTIFY» Notify;\n')).toContain('VOID ProtocolCoAfRegisterNotify(');
  });

  it('says that it must not pend', async () => {
    expect(await hover('«MINIPORT_CO_$0CREATE_VC» Create;\n')).toContain('Must not return `NDIS_STATUS_PENDING`');
  });
});

describe('a callback of the driver', () => {
  const files = {
    'driver.c': `#include "acme.h"\n${definition.replace('AcmeClose', '«Acme$0Close»')}`,
    'acme.h': 'PROTOCOL_CM_CLOSE_AF AcmeClose;\n',
    'register.c': registered,
    'complete.c': 'VOID AcmeDone(NDIS_HANDLE Af)\n{\n    NdisCmCloseAddressFamilyComplete(0, Af);\n}\n',
  };

  it('names its places and is explained', async () => {
    const text = await hover(files);
    expect(text).toMatch(/^\*\*AcmeClose\*\* is this driver's `ProtocolCmCloseAf`/);
    expect(text).toContain('- Declared in acme\\.h as `PROTOCOL_CM_CLOSE_AF`');
    expect(text).toContain('- Defined in driver\\.c');
    expect(text).toContain('- Registered in register\\.c as `NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS.CmCloseAfHandler`');
    expect(text).toContain('- Completed by `NdisCmCloseAddressFamilyComplete` in complete\\.c');
    expect(text).toContain('NDIS_STATUS ProtocolCmCloseAf(');
  });

  it('is known by its registration alone, and where it is registered', async () => {
    const source = `${definition}${registered.replace('AcmeClose', '«Acme$0Close»')}`;
    expect(await hover(source)).toContain("is this driver's `ProtocolCmCloseAf`");
  });

  it('is found under the documented name too', async () => {
    const source =
      'PROTOCOL_CM_CLOSE_AF ProtocolCmCloseAf;\nNDIS_STATUS «ProtocolCm$0CloseAf»(NDIS_HANDLE h)\n{\n    return 0;\n}\n';
    expect(await hover(source)).toContain('**ProtocolCmCloseAf** is this driver');
  });

  it('shows names of the workspace as text', async () => {
    const text = await hover({
      'driver.c': `#include <ndis.h>\n${definition.replace('AcmeClose', '«__Ac$0me_Close__»')}`,
      '[x](http:__evil)*.c': `${registered.replace('AcmeClose', '__Acme_Close__')}NDIS_STATUS DriverEntry(PVOID a, PVOID b)\n{\n    return 0;\n}\n`,
    });
    expect(text).toContain('**\\_\\_Acme\\_Close\\_\\_** is this');
    expect(text).toContain('\\[x\\]\\(http:\\_\\_evil\\)\\*\\.c');
    expect(text).not.toContain('[x](');
  });
});

describe('other names', () => {
  it('functions show signature, IRQL and what they complete', async () => {
    const text = await hover(
      '#include <ndis.h>\nVOID F(VOID)\n{\n    «NdisCmClose$0AddressFamilyComplete»(a, b);\n}\n',
    );
    expect(text).toContain('VOID NdisCmCloseAddressFamilyComplete(');
    expect(text).toMatch(/\*\*IRQL <= DISPATCH_LEVEL\*\*/);
    expect(text).toContain('Completes `ProtocolCmCloseAf`');
    expect(text).toContain('Counterpart: `NdisMCmCloseAddressFamilyComplete`');
  });

  it('macros say what they stand for', async () => {
    const text = await hover('VOID F(VOID)\n{\n    «NdisMCmDispatch$0IncomingCall»(a, b, c);\n}\n');
    expect(text).toContain('Macro over `NdisCmDispatchIncomingCall`');
  });

  it('routines of the kernel show their IRQL', async () => {
    const text = await hover('#include <ndis.h>\nVOID F(VOID)\n{\n    «KeWaitForSingle$0Object»(a, b, c, d, e);\n}\n');
    expect(text).toContain('KeWaitForSingleObject(');
  });

  it("parameters of a callback are explained under the author's name", async () => {
    const own = 'PROTOCOL_CM_CLOSE_AF AcmeClose;\nNDIS_STATUS AcmeClose(NDIS_HANDLE «A$0f»)\n{\n    return 0;\n}\n';
    const text = await hover(own);
    expect(text).toMatch(/```c\n_In_ NDIS_HANDLE Af\n```/);
    expect(text).toContain('Parameter of `ProtocolCmCloseAf` (`CallMgrAfContext` in the documentation)');
    const used = 'PROTOCOL_CM_CLOSE_AF AcmeClose;\nNDIS_STATUS AcmeClose(NDIS_HANDLE Af)\n{\n    AcmeFree(«A$0f»);\n';
    expect(await hover(used)).toContain('Parameter of `ProtocolCmCloseAf`');
  });

  it('members are explained, and handlers with their callback', async () => {
    const text = await hover(
      'VOID F(PNDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS p)\n{\n    p->«CmClose$0AfHandler» = 0;\n}\n',
    );
    expect(text).toContain('// NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS');
    expect(text).toContain('**required**');
    expect(text).toContain('NDIS_STATUS ProtocolCmCloseAf(');
    expect(await hover(registered.replace('.CmCloseAfHandler', '.«CmClose$0AfHandler»'))).toContain(
      'ProtocolCmCloseAf',
    );
  });

  it('members of nested structures too', async () => {
    const text = await hover('VOID F(PNDIS_OID_REQUEST r)\n{\n    r->DATA.QUERY_INFORMATION.«O$0id» = 0;\n}\n');
    expect(text).toContain('// NDIS_OID_REQUEST');
  });

  it('statuses show their value and who returns them', async () => {
    const text = await hover('VOID F(VOID)\n{\n    x = «NDIS_STATUS_NOT_$0ACCEPTED»;\n}\n');
    expect(text).toContain('#define NDIS_STATUS_NOT_ACCEPTED ((NDIS_STATUS)0x00010003)');
    expect(text).toMatch(/Returned by [^\n]*`ProtocolCmCloseAf`/);
  });

  it('OIDs, constants, structures and enumerations', async () => {
    expect(await hover('ULONG x = «OID_GEN_STAT$0ISTICS»;\n')).toContain('#define OID_GEN_STATISTICS 0x00020106');
    expect(await hover('«NET_BUFFER_$0LIST» *list;\n')).toContain('struct NET_BUFFER_LIST {');
    expect(await hover('«PNET_BUFFER_$0LIST» list;\n')).toContain('struct NET_BUFFER_LIST {');
    expect(await hover('#include <ndis.h>\nint x = «NdisParameter$0Integer»;\n')).toContain('// NDIS_PARAMETER_TYPE');
    expect(await hover('«NDIS_PARAMETER_$0TYPE» type;\n#include <ndis.h>\n')).toContain('enum NDIS_PARAMETER_TYPE {');
  });

  it('names of NDIS 5 lead to those of NDIS 6', async () => {
    expect(await hover('#include <ndis.h>\nVOID F(VOID)\n{\n    «NdisMRegister$0Miniport»(a, b, c);\n}\n')).toMatch(
      /NdisMRegisterMiniportDriver/,
    );
  });
});

describe('no hover', () => {
  it.each([
    ['in a comment', '#include <ndis.h>\n// PROTOCOL_CM_CL$0OSE_AF\n'],
    ['in a block comment', '#include <ndis.h>\n/* PROTOCOL_CM_CL$0OSE_AF */\n'],
    ['in a string', '#include <ndis.h>\nchar *a = "PROTOCOL_CM_CL$0OSE_AF";\n'],
    ['on a name of the driver', '#include <ndis.h>\nVOID Acme$0Helper(VOID)\n{\n}\n'],
    ['on a keyword', '#include <ndis.h>\nstat$0ic int a;\n'],
    ['between words', '#include <ndis.h>\nint a = 1 $0 ;\n'],
    ['in a file without NDIS', 'int main(void)\n{\n    return Protocol$0CmCloseAf;\n}\n'],
    [
      'on a member of the driver that only sounds so',
      '#include <ndis.h>\nstruct S { int Header; } s;\nvoid f(void)\n{\n    s.Head$0er = 1;\n}\n',
    ],
  ])('%s', async (_, source) => noHover(source));
});

describe('a structure', () => {
  it('is told in words before it is shown, nested unions and bit fields in full', async () => {
    const text = await hover('#include <ndis.h>\n«NDIS_PACKET_8021$0Q_INFO» Info;\n');
    expect(text).toContain('    union {\n        struct {\n            UINT32 UserPriority : 3;');
    expect(text).toContain('        } TagHeader;\n        PVOID Value;\n    };\n};');
    const request = await hover('#include <ndis.h>\n«NDIS_OID_REQ$0UEST» Request;\n');
    expect(request.indexOf('```')).toBeGreaterThan(request.indexOf('\n\n'));
  });
});

it('is facts alone where the settings say so', async () => {
  const source = 'PROTOCOL_CM_CL$0OSE_AF AcmeClose;\n';
  const facts = await new Driver(source, { hover: { documentation: false } }).hover();
  const all = await new Driver(source).hover();
  expect(facts?.markdown).toContain('**IRQL <= DISPATCH_LEVEL · required**');
  expect(facts?.markdown).not.toContain('**Traps**');
  expect(all?.markdown).toContain('**Traps**');
});
