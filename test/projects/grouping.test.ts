import { describe, expect, it } from 'vitest';
import { Driver } from '../harness/core.js';

const entry = 'NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path) { return STATUS_SUCCESS; }\n';
/** Registers a close handler of this name, so that its definition is found without a role type. */
const registers = (name: string): string =>
  `#include <ndis.h>\nVOID Fill(NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS *H) { H->CmCloseAfHandler = ${name}; }\n`;
const prototype = 'PROTOCOL_CM_OPEN_AF OtherRole;\n';
const defines = (name: string): string =>
  `#include <ndis.h>\nNDIS_STATUS ${name}(NDIS_HANDLE Context) { return NDIS_STATUS_SUCCESS; }\n`;

/** Names of the files in which role-type-missing reports something. */
function reported(files: Record<string, string>): string[] {
  const driver = new Driver(files, { only: 'role-type-missing' });
  return driver.names.filter((name) => /\.c$/.test(name) && driver.findings(name).length > 0);
}

describe('A driver', () => {
  it('is the folder subtree around its entry', () => {
    expect(
      reported({ 'a/main.c': entry, 'a/reg/set.c': registers('Close'), 'a/af/close.c': defines('Close') }),
    ).toEqual(['a/af/close.c']);
  });

  it('does not look into the driver beside it', () => {
    const files = {
      'a/main.c': entry,
      'a/set.c': registers('Close'),
      'b/main.c': entry,
      'b/close.c': defines('Close'),
    };
    expect(reported(files)).toEqual([]);
  });

  it('is what its project file lists, wherever that is', () => {
    const project = '<ClCompile Include="set.c" /><ClCompile Include="..\\shared\\close.c" />';
    const files = {
      'a/set.c': registers('Close'),
      'a/a.vcxproj': project,
      'b/main.c': entry,
      'shared/close.c': defines('Close'),
    };
    expect(reported(files)).toEqual(['shared/close.c']);
  });

  it('shares a file with another and is wrong there only if both are', () => {
    const files = {
      'a/set.c': registers('Close'),
      'a/a.vcxproj': '<ClCompile Include="set.c" /><ClCompile Include="..\\shared\\close.c" />',
      'b/set.c': '#include <ndis.h>\n',
      'b/b.vcxproj': '<ClCompile Include="set.c" /><ClCompile Include="..\\shared\\close.c" />',
      'shared/close.c': defines('Close'),
    };
    expect(reported(files)).toEqual([]);
    expect(reported({ ...files, 'b/set.c': registers('Close') })).toEqual(['shared/close.c']);
  });

  it('takes its NDIS version from the project file and what that imports', () => {
    const use = '#include <ndis.h>\nULONG Count(void) { return NdisGroupMaxProcessorCount(0); }\n';
    const findings = (props: string): number => {
      const files = {
        'a/use.c': use,
        'a/a.vcxproj': '<Import Project="..\\v.props" /><ClCompile Include="use.c" />',
        'v.props': props,
      };
      return new Driver(files, { only: 'version-mismatch' }).findings('a/use.c').length;
    };
    expect(findings('<PreprocessorDefinitions>NDIS60=1</PreprocessorDefinitions>')).toBe(1);
    expect(findings('<PreprocessorDefinitions>NDIS630=1</PreprocessorDefinitions>')).toBe(0);
  });
});

describe('A static function', () => {
  it('has nothing to do with a role declared in another file', () => {
    const own =
      '#include <ndis.h>\nstatic NDIS_STATUS OtherRole(NDIS_HANDLE A, PVOID B) { return NDIS_STATUS_SUCCESS; }\n';
    const driver = new Driver(
      { 'one.c': own, 'two.c': `#include <ndis.h>\n${prototype}${entry}` },
      { only: 'callback-signature' },
    );
    expect(driver.findings('one.c')).toEqual([]);
    const shared = new Driver(
      { 'one.c': own.replace('static ', ''), 'two.c': `#include <ndis.h>\n${prototype}${entry}` },
      { only: 'callback-signature' },
    );
    expect(shared.findings('one.c')).toHaveLength(1);
  });
});
