import { describe, expect, it } from 'vitest';
import { Driver } from '../harness/core.js';

/** Two callbacks that no role type declares, which C28023 was for, with text before the first and between the two. */
function source(first: string, between = '', behind = ''): string {
  const callback = (name: string): string =>
    `NDIS_STATUS ${name}(NDIS_HANDLE CallMgrContext)${behind}\n{\n    return NDIS_STATUS_SUCCESS;\n}\n`;
  return `${first}${callback('AcmeClose')}${between}${callback('AcmeDeregister')}
VOID Fill(PNDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS Handlers)
{
    Handlers->CmCloseAfHandler = AcmeClose;
    Handlers->CmDeregisterSapHandler = AcmeDeregister;
}
NDIS_STATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    return STATUS_SUCCESS;
}
`;
}

/** Names of the functions that are reported. */
function reported(text: string, file = 'driver.c'): string[] {
  const driver = new Driver({ [file]: text }, { only: 'role-type-missing' });
  return driver.findings().map(({ start, end }) => driver.fixture().text.slice(start, end));
}

const both = ['AcmeClose', 'AcmeDeregister'];

describe('findings are reported', () => {
  it('without a suppression', () => expect(reported(source(''))).toEqual(both));

  it.each([
    ['another rule', '// ndis-disable-next-line object-header\n'],
    ['another warning', '#pragma warning(suppress: 28101)\n'],
    ['a rule in a comment that says something else', '// role-type-missing is nothing to disable\n'],
    ['a rule in a string', 'char *Text = "// ndis-disable role-type-missing";\n'],
    ['a branch that is never built', '#if 0\n#pragma warning(disable: 28023)\n#endif\n'],
    ['code further up', '#pragma warning(suppress: 28023)\nint Other;\n'],
  ])('with a suppression of %s', (_, first) => expect(reported(source(first))).toEqual(both));
});

describe('findings are silent', () => {
  it.each([
    ['the next line, by rule', '// ndis-disable-next-line role-type-missing\n'],
    ['the next line, with a reason', '/* ndis-disable-next-line role-type-missing -- registered by a table */\n'],
    ['the next line, for every rule', '// ndis-disable-next-line\n'],
    ['the next statement, by the number of the old check', '#pragma warning(suppress: 28023)\n'],
    ['the next statement, among other numbers', '#pragma warning(suppress: 6001 28023)\n'],
    ['the next statement, for PREfast', '#pragma prefast(suppress: 28023, "by a table")\n'],
    ['the next statement, from inside a macro', '__pragma(warning(suppress: 28023))\n'],
  ])('on %s', (_, first) => expect(reported(source(first))).toEqual(['AcmeDeregister']));

  it('on the line of the comment', () => {
    expect(reported(source('', '', ' // ndis-disable-line role-type-missing'))).toEqual([]);
  });

  it('by the name of the query that CodeQL has for the same', () => {
    const query = 'cpp/drivers/role-type-correctly-used';
    expect(reported(source('', '', ` // lgtm[${query}]`))).toEqual([]);
    expect(reported(source(`// codeql[cpp/other, ${query}]: a table registers it\n`))).toEqual(['AcmeDeregister']);
    expect(reported(source('', '', ' // lgtm[cpp/drivers/irql-too-high]'))).toEqual(both);
  });

  it('by the name that code analysis has for the same', () => {
    const text = (pragma: string) =>
      `#include <ndis.h>\nVOID Free(VOID)\n{\n${pragma}    NdisAllocateMemoryWithTagPriority(Handle, 8, 0, LowPoolPriority);\n}\n`;
    const findings = (pragma: string) => new Driver(text(pragma), { only: 'pool-tag' }).findings().length;
    expect(findings('')).toBe(1);
    expect(findings('#pragma prefast(suppress: __WARNING_UNHELPFUL_TAG, "by design")\n')).toBe(0);
    expect(findings('#pragma warning(suppress: __WARNING_POOL_TAG)\n')).toBe(0);
    expect(findings('#pragma warning(suppress: __WARNING_IRQ_TOO_HIGH)\n')).toBe(1);
  });

  it('between a comment that disables and one that enables', () => {
    expect(reported(source('// ndis-disable role-type-missing\n'))).toEqual([]);
    expect(reported(source('// ndis-disable role-type-missing\n', '// ndis-enable\n'))).toEqual(['AcmeDeregister']);
  });

  it('between push and pop, and from disable to the end', () => {
    const pushed = '#pragma warning(push)\n#pragma warning(disable: 28023)\n';
    expect(reported(source(pushed, '#pragma warning(pop)\n'))).toEqual(['AcmeDeregister']);
    expect(reported(source('#pragma warning(disable: 28023)\n'))).toEqual([]);
  });

  it('in C++ and with CR LF', () => {
    const text = source('// ndis-disable-next-line role-type-missing\n').replace(/\n/g, '\r\n');
    expect(reported(text, 'driver.cpp')).toEqual(['AcmeDeregister']);
  });
});

describe('what is silent', () => {
  it('is not mended either', () => {
    const driver = new Driver(source('// ndis-disable role-type-missing\n').replace('AcmeClose', 'Acme$0Close'), {
      only: 'role-type-missing',
    });
    expect(driver.actions()).toEqual([]);
  });
});
