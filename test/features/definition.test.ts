import { describe, expect, it } from 'vitest';
import { Driver } from '../harness/core.js';

type Files = string | Record<string, string>;

const definitions = (files: Files): string[] => new Driver(files).definitions();
const references = (files: Files): string[] => new Driver(files).references();

const driver = {
  'close.c':
    '#include "acme.h"\n\nNDIS_STATUS AcmeClose(NDIS_HANDLE Af)\n{\n    AcmeQueue(Af);\n    return NDIS_STATUS_PENDING;\n}\n',
  'acme.h': 'PROTOCOL_CM_CLOSE_AF AcmeClose;\nPROTOCOL_CM_OPEN_AF AcmeOpen;\n',
  'register.c':
    '#include "acme.h"\n\nNDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS Manager = {\n    .CmOpenAfHandler = AcmeOpen,\n    .CmCloseAfHandler = AcmeClose\n};\n',
};
const defined = 'close.c: NDIS_STATUS «AcmeClose»(NDIS_HANDLE Af)';

describe('definition', () => {
  it('leads from a handler member to the function that serves it', () => {
    const source = 'VOID F(PNDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS p)\n{\n    p->CmClose$0AfHandler = AcmeClose;\n}\n';
    expect(definitions({ 'driver.c': source, ...driver })).toEqual([defined]);
    const designated = 'NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS H = { .CmClose$0AfHandler = AcmeClose };\n';
    expect(definitions({ 'driver.c': designated, ...driver })).toEqual([defined]);
  });

  it('leads from a role type and from a documented name to the functions of the role', () => {
    expect(definitions({ 'driver.c': 'PROTOCOL_CM_CLOSE$0_AF AcmeClose;\n', ...driver })).toEqual([defined]);
    expect(definitions({ 'driver.c': '#include "acme.h"\nProtocolCmClose$0Af;\n', ...driver })).toEqual([defined]);
  });

  it('leads from a completion call to the callback that it answers, under both names of the call', () => {
    for (const name of ['NdisCmCloseAddressFamilyComplete', 'NdisMCmCloseAddressFamilyComplete']) {
      const source = `VOID Done(NDIS_HANDLE Af)\n{\n    ${name.replace('Family', 'Fam$0ily')}(0, Af);\n}\n`;
      expect(definitions({ 'driver.c': source, ...driver })).toEqual([defined]);
    }
  });

  it('leads to every function of the role', () => {
    const source =
      'PROTOCOL_CM_CLOSE$0_AF One, Two;\nNDIS_STATUS One(NDIS_HANDLE a)\n{\n    return 0;\n}\nNDIS_STATUS Two(NDIS_HANDLE a)\n{\n    return 0;\n}\n';
    expect(definitions(source)).toEqual([
      'driver.c: NDIS_STATUS «One»(NDIS_HANDLE a)',
      'driver.c: NDIS_STATUS «Two»(NDIS_HANDLE a)',
    ]);
  });

  it('leaves what a C server knows to the C server', () => {
    expect(
      definitions({ 'driver.c': '#include "acme.h"\nVOID F(VOID)\n{\n    Acme$0Close(0);\n}\n', ...driver }),
    ).toEqual([]);
    expect(
      definitions({ 'driver.c': 'VOID F(VOID)\n{\n    NdisSet$0OptionalHandlers(a, b);\n}\n', ...driver }),
    ).toEqual([]);
    expect(definitions({ 'driver.c': '#include "acme.h"\n// PROTOCOL_CM_CLOSE$0_AF\n', ...driver })).toEqual([]);
  });
});

describe('references', () => {
  it('of a callback are its role declaration and its registration', () => {
    const main = { 'driver.c': driver['close.c'].replace('AcmeClose', 'Acme$0Close'), ...driver };
    const { 'close.c': _, ...files } = main;
    expect(references(files)).toEqual([
      'acme.h: PROTOCOL_CM_CLOSE_AF «AcmeClose»;',
      'register.c: «.CmCloseAfHandler» = AcmeClose',
    ]);
  });

  it('of anything else are left to the C server', () => {
    expect(references({ 'driver.c': '#include "acme.h"\nVOID Fun$0ction(VOID)\n{\n}\n', ...driver })).toEqual([]);
  });
});
