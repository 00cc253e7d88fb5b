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

  it('is what wildcards and shared items list', () => {
    const shared = '<ItemGroup><ClCompile Include="$(MSBuildThisFileDirectory)**\\*.c" Exclude="x"/></ItemGroup>';
    const files = {
      'a/SET.c': registers('Close'),
      'a/a.vcxproj': '<ClCompile Include="*.c"/><Import Project="..\\Shared\\shared.vcxitems"/>',
      'b/main.c': entry,
      'shared/shared.vcxitems': shared,
      'shared/af/close.c': defines('Close'),
      'shared/af/far/close.c': defines('Close'),
    };
    expect(reported(files)).toEqual(['shared/af/close.c', 'shared/af/far/close.c']);
    const without = { ...files, 'a/a.vcxproj': `${files['a/a.vcxproj']}<ClCompile Remove="../shared/af/far/*.c"/>` };
    expect(reported(without)).toEqual(['shared/af/close.c']);
  });

  it.each([
    ['a project that it refers to', '<ProjectReference Include="..\\lib\\lib.vcxproj"/>'],
    ['a library file of that name', '<AdditionalDependencies>x.lib;$(OutDir)Lib.lib</AdditionalDependencies>'],
  ])('holds the libraries that it links, by %s', (_, link) => {
    const files = {
      'a/set.c': registers('Close'),
      'a/a.vcxproj': `<ClCompile Include="set.c" />${link}`,
      'lib/lib.vcxproj':
        '<PropertyGroup><ConfigurationType>StaticLibrary</ConfigurationType></PropertyGroup><ClCompile Include="close.c" />',
      'lib/close.c': defines('Close'),
    };
    expect(reported(files)).toEqual(['lib/close.c']);
    expect(reported({ ...files, 'a/a.vcxproj': '<ClCompile Include="set.c" />' })).toEqual([]);
  });

  it('is one target of a compilation database, with the targets that are no driver', () => {
    const built = (target: string, file: string) => ({ file, output: `CMakeFiles/${target}.dir/${file}.obj` });
    const files = {
      'one.c': entry,
      'set.c': registers('Close'),
      'two.c': entry,
      'lib.c': defines('Close'),
      'close.c': defines('Close'),
      'compile_commands.json': JSON.stringify([
        built('one', 'one.c'),
        built('one', 'set.c'),
        built('two', 'two.c'),
        built('two', 'close.c'),
        built('lib', 'lib.c'),
      ]),
    };
    expect(reported(files)).toEqual([]);
    expect(reported({ ...files, 'two.c': `${entry}${registers('Close')}` })).toEqual(['lib.c', 'close.c']);
  });

  describe('of which a part is out of sight', () => {
    const pending =
      '#include <ndis.h>\nPROTOCOL_CM_CLOSE_AF Close;\nNDIS_STATUS Close(NDIS_HANDLE Af) { return NDIS_STATUS_PENDING; }\n';
    const findings = (files: Record<string, string>): number =>
      new Driver({ 'a/close.c': pending, ...files }, { only: 'pending-without-completion' }).findings().length;

    it('may do there what it does not do here', () => {
      const project = (list: string) => ({ 'a/a.vcxproj': `<ClCompile Include="close.c${list}" />` });
      expect(findings(project(''))).toBe(1);
      expect(findings(project(';..\\gone.c'))).toBe(0);
      expect(findings(project(';$(IntDir)made.c;gone.h'))).toBe(1);
      expect(findings({ ...project(';..\\gone.c'), 'gone.c': '#include <ndis.h>\n' })).toBe(1);
    });

    it('such as a library of its own without its sources', () => {
      const files = (libs: string) => ({
        'a/sources': `SOURCES=close.c\nTARGETLIBS=$(DDK_LIB_PATH)\\ndis.lib ${libs}\n`,
        'lib/sources': 'TARGETTYPE=DRIVER_LIBRARY\nTARGETNAME=hw\nSOURCES=hw.c\n',
        'lib/hw.c': '#include <ndis.h>\n',
      });
      expect(findings(files(''))).toBe(1);
      expect(findings(files('..\\lib\\*\\hw.lib'))).toBe(1);
      expect(findings(files('..\\private\\*\\phy.lib'))).toBe(0);
    });

    it('is a library that nothing here links', () => {
      const type = (kind: string) => ({
        'a/a.vcxproj': `<PropertyGroup><ConfigurationType>${kind}</ConfigurationType></PropertyGroup><ClCompile Include="close.c" />`,
      });
      expect(findings(type('Driver'))).toBe(1);
      expect(findings(type('StaticLibrary'))).toBe(0);
    });
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

  it('has the version and the kinds that are stated of it', () => {
    const files = { 'a/use.c': '#include <ndis.h>\nULONG Count(void) { return NdisGroupMaxProcessorCount(0); }\n' };
    const driver = new Driver(files, { only: 'version-mismatch' });
    const state = (more: object) => driver.stateProjects([{ name: 'stated', files: ['a'], ...more }]);
    expect(driver.findings()).toEqual([]);
    state({ ndisVersions: ['6.1', '6.0'], kinds: ['mcm'] });
    expect(driver.findings()).toHaveLength(1);
    expect(driver.status()).toEqual({
      ndis: true,
      projects: ['stated'],
      driverKinds: ['mcm'],
      ndisVersions: ['6.0', '6.1'],
      projectFiles: 1,
    });
    state({ ndisVersions: ['6.20'] });
    expect(driver.findings()).toEqual([]);
  });

  it('is stated by files, folders and wildcards', () => {
    const files = { 'set.c': registers('Close'), 'a/close.c': defines('Close'), 'a/b/close.c': defines('Close') };
    const found = (...stated: string[]): string[] => {
      const driver = new Driver(files, { only: 'role-type-missing' });
      driver.stateProjects([{ name: 'stated', files: ['set.c', ...stated] }]);
      return driver.names.filter((name) => driver.status(name).projects[0] === 'stated').slice(1);
    };
    expect(found('A')).toEqual(['a/close.c', 'a/b/close.c']);
    expect(found('a/')).toEqual(['a/close.c', 'a/b/close.c']);
    expect(found('a/*.c')).toEqual(['a/close.c']);
    expect(found('**/close.c')).toEqual(['a/close.c', 'a/b/close.c']);
    expect(found('none')).toEqual([]);
  });

  it('is not judged by a program that shares its sources', () => {
    const files = {
      'a/set.c': registers('Close'),
      'a/close.c': defines('Close'),
      'a/a.vcxproj': '<ClCompile Include="*.c"/>',
      'test/test.vcxproj':
        '<PropertyGroup><ConfigurationType>Application</ConfigurationType></PropertyGroup><ClCompile Include="../a/close.c"/>',
    };
    expect(reported(files)).toEqual(['a/close.c']);
    const driver = new Driver(files);
    expect(driver.status('a/close.c').projects).toEqual(['a']);
    const library = { ...files, 'test/test.vcxproj': files['test/test.vcxproj'].replace('Application', 'Driver') };
    expect(reported(library)).toEqual([]);
  });

  it('keeps the definitions of its project file where its files are stated', () => {
    const use = '#include <ndis.h>\nULONG Count(void) { return NdisGroupMaxProcessorCount(0); }\n';
    const driver = new Driver(
      {
        'a/use.c': use,
        'a/a.vcxproj': '<ClCompile Include="use.c"/><PreprocessorDefinitions>NDIS60</PreprocessorDefinitions>',
        'b/b.vcxproj':
          '<ClCompile Include="../a/use.c;b.c"/><PreprocessorDefinitions>NDIS630</PreprocessorDefinitions>',
        'b/b.c': '#include <ndis.h>\n',
      },
      { only: 'version-mismatch' },
    );
    expect(driver.findings()).toEqual([]);
    driver.stateProjects([{ name: 'stated', files: ['a'] }]);
    expect(driver.findings()).toHaveLength(1);
  });

  it('has the newest of several versions, and only those of its own files', () => {
    const use = '#include <ndis.h>\nULONG Count(void) { return NdisGroupMaxProcessorCount(0); }\n';
    const findings = (database: object[]): number =>
      new Driver(
        { 'a/use.c': use, 'compile_commands.json': JSON.stringify(database) },
        { only: 'version-mismatch' },
      ).findings().length;
    const old = { file: 'a/use.c', command: 'cl /DNDIS60_MINIPORT=1 /DNDIS61_MINIPORT=1' };
    expect(findings([old])).toBe(1);
    expect(findings([old, { file: 'a/use.c', command: 'cl /DNDIS650_MINIPORT=1' }])).toBe(0);
    expect(findings([old, { file: 'b/other.c', command: 'cl /DNDIS650_MINIPORT=1' }])).toBe(1);
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
