import { describe, expect, it } from 'vitest';
import { compile, type Language, mayLackCompiler } from '../harness/compile.js';

const languages: Language[] = ['c', 'c++'];
const head = '#include <ndis.h>\n';

describe.skipIf(mayLackCompiler).each(languages)('the stub header sees what is wrong in %s', (language) => {
  const errors = (code: string, ndis = '6.30'): string[] => compile(`${head}${code}`, { language, ndis }).errors;

  it('nothing in an empty file, whatever the version', () => {
    for (const ndis of ['6.0', '6.1', '6.20', '6.50', '6.87']) expect(errors('', ndis)).toEqual([]);
  });

  it('a role type that does not exist', () => {
    expect(errors('PROTOCOL_CM_REGISTER_SAP MySap;')).toHaveLength(1);
  });

  it('a definition that does not fit its role type', () => {
    const code = 'PROTOCOL_CM_CLOSE_AF MyCloseAf;\nNDIS_STATUS MyCloseAf(ULONG Context) { return Context ? 1 : 0; }';
    expect(errors(code)).not.toEqual([]);
  });

  it('a member or revision that came with a later version', () => {
    const code = `VOID Set(NDIS_PROTOCOL_DRIVER_CHARACTERISTICS *C);
      VOID Set(NDIS_PROTOCOL_DRIVER_CHARACTERISTICS *C) {
        C->DirectOidRequestCompleteHandler = NULL;
        C->Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2;
      }`;
    expect(errors(code, '6.1')).toEqual([]);
    expect(errors(code, '6.0')).toHaveLength(2);
  });

  it('sizes: the constant of revision 1 ends before the last handler of a call manager', () => {
    const size = 'NDIS_SIZEOF_CO_CALL_MANAGER_OPTIONAL_HANDLERS_REVISION_1';
    expect(errors(`C_ASSERT(sizeof(NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS) - ${size} == sizeof(PVOID));`)).toEqual([]);
    expect(errors(`C_ASSERT(${size} == sizeof(NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS));`)).toHaveLength(1);
  });

  it('a macro of an MCM that stands for the function of a call manager', () => {
    const code = `VOID Done(NDIS_HANDLE Vc);
      VOID Done(NDIS_HANDLE Vc) { NdisMCmCloseCallComplete(NDIS_STATUS_SUCCESS, Vc, NULL); }`;
    expect(errors(code)).toEqual([]);
    expect(errors(code.replace(', NULL', ''))).not.toEqual([]);
  });
});
