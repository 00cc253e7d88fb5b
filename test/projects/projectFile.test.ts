import { describe, expect, it } from 'vitest';
import { isProjectFile, readProjectFile } from '../../server/src/core/projects/projectFile.js';

const folder = 'file:///c:/drivers/cm';

describe('A Visual Studio project', () => {
  const text = `<Project>
    <Import Project="..\\common.props" />
    <Import Project="$(VCTargetsPath)\\Microsoft.Cpp.props" />
    <!-- <ClCompile Include="gone.c" /> -->
    <ItemGroup><ClCompile Include="af.c" /><ClCompile Include="..\\shared\\vc.c"><Optimization>Full</Optimization></ClCompile>
    <ClInclude Include="$(ProjectDir)inc\\cm.h" /><ClCompile Include="$(OutDir)generated.c" /></ItemGroup>
    <ItemDefinitionGroup><ClCompile><PreprocessorDefinitions>NDIS630=1;A&amp;B;NDIS_WDM;%(PreprocessorDefinitions)</PreprocessorDefinitions></ClCompile></ItemDefinitionGroup>
  </Project>`;
  const project = readProjectFile(`${folder}/cm.vcxproj`, text);

  it('lists sources and headers by id, other properties left out', () => {
    expect(project?.files).toEqual([`${folder}/af.c`, 'file:///c:/drivers/shared/vc.c', `${folder}/inc/cm.h`]);
  });

  it('tells definitions and the property files of the tree', () => {
    expect([...(project?.definitions ?? [])]).toEqual([
      ['NDIS630', '1'],
      ['NDIS_WDM', ''],
    ]);
    expect(project?.imports).toEqual(['file:///c:/drivers/common.props']);
  });

  it('is named for its file', () => expect(project?.name).toBe('cm'));
});

describe('A DDK sources file', () => {
  const text =
    'TARGETNAME=cm\nC_DEFINES=$(C_DEFINES) -DNDIS51=1 /DDEBUGGING # -DNOT\nSOURCES=af.c \\\r\n    ..\\vc.c \\\n    cm.rc\n';
  const project = readProjectFile(`${folder}/sources`, text);

  it('lists C and C++ sources over continued lines', () => {
    expect(project?.files).toEqual([`${folder}/af.c`, 'file:///c:/drivers/vc.c']);
  });

  it('tells definitions and is named for its folder', () => {
    expect([...(project?.definitions.keys() ?? [])]).toEqual(['NDIS51', 'DEBUGGING']);
    expect(project?.name).toBe('cm');
  });
});

describe('A compilation database', () => {
  it('tells definitions of commands and argument lists', () => {
    const entries = [
      { directory: '/build', file: '../src/a.c', command: 'cl /DNDIS630=1 -DX /c a.c' },
      { directory: '/build', file: '/src/b.c', arguments: ['clang', '-DNDIS60_MINIPORT'] },
    ];
    const project = readProjectFile('file:///build/compile_commands.json', JSON.stringify(entries));
    expect(project?.files).toEqual(['file:///src/a.c', 'file:///src/b.c']);
    expect([...(project?.definitions.keys() ?? [])]).toEqual(['NDIS630', 'X', 'NDIS60_MINIPORT']);
    expect(project?.definitionsOnly).toBe(true);
  });

  it('gives nothing where it cannot be read', () => {
    expect(readProjectFile('file:///b/compile_commands.json', '[{')).toBeUndefined();
    expect(readProjectFile('file:///b/compile_commands.json', '{}')).toBeUndefined();
    expect(readProjectFile('file:///b/compile_commands.json', '[null, 1, {"file": 2}]')?.files).toEqual([]);
  });
});

it('Project files are known by name', () => {
  for (const name of ['a.vcxproj', 'a.vcxitems', 'b.props', 'sources', 'SOURCES', 'compile_commands.json'])
    expect(isProjectFile(`file:///x/${name}`)).toBe(true);
  for (const name of ['a.c', 'mysources', 'sources.txt', 'package.json'])
    expect(isProjectFile(`file:///x/${name}`)).toBe(false);
});
