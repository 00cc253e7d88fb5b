import { describe, expect, it } from 'vitest';
import type { BuildFile, Target } from '../../server/src/core/projects/buildFile.js';
import { isProjectFile, readProjectFile } from '../../server/src/core/projects/projectFile.js';

const folder = 'file:///c:/drivers/cm';

/** What the first of the build files tells, the others being there to be imported. */
function targets(files: Record<string, string>): Target[] {
  const read = new Map<string, BuildFile>();
  for (const [name, text] of Object.entries(files)) {
    const file = readProjectFile(name, text);
    if (file) read.set(name.toLowerCase(), file);
  }
  return [...read.values()][0]?.targets((id) => read.get(id.toLowerCase())) ?? [];
}

const project = (text: string, more: Record<string, string> = {}): Target =>
  targets({ [`${folder}/cm.vcxproj`]: text, ...more })[0] as Target;

const files = (target: Target): string[] => target.files.flat();
const names = (target: Target): string[] => [...target.definitions.keys()];
const compile = (include: string): string => `<ItemGroup><ClCompile Include="${include}" /></ItemGroup>`;
const defines = (list: string): string =>
  `<ItemDefinitionGroup><ClCompile><PreprocessorDefinitions>${list}</PreprocessorDefinitions></ClCompile></ItemDefinitionGroup>`;

describe('A Visual Studio project', () => {
  const text = `<Project>
    <Import Project="..\\common.props" />
    <Import Project="$(VCTargetsPath)\\Microsoft.Cpp.props" />
    <!-- <ClCompile Include="gone.c" /> -->
    <ItemGroup><ClCompile Include="af.c" /><ClCompile Include="..\\shared\\vc.c"><Optimization>Full</Optimization></ClCompile>
    <ClInclude Include="$(ProjectDir)inc\\cm.h" /><ClCompile Include="$(OutDir)generated.c" /></ItemGroup>
    <ItemDefinitionGroup><ClCompile><PreprocessorDefinitions>NDIS630=1;A&amp;B;NDIS_WDM;%(PreprocessorDefinitions)</PreprocessorDefinitions></ClCompile></ItemDefinitionGroup>
  </Project>`;

  it('lists sources and headers by id, other properties left out', () => {
    expect(files(project(text))).toEqual([`${folder}/af.c`, 'file:///c:/drivers/shared/vc.c', `${folder}/inc/cm.h`]);
  });

  it('tells definitions', () => {
    expect([...project(text).definitions]).toEqual([
      ['NDIS630', '1'],
      ['NDIS_WDM', ''],
    ]);
  });

  it('is named for its file', () => expect(project(text).name).toBe('cm'));

  it.each([
    ['a list', 'a.c; b.c;', [`${folder}/a.c`, `${folder}/b.c`]],
    ['wildcards', 'src\\**\\*.c', [`${folder}/src/**/*.c`]],
    ['escapes', 'a%20b.c', [`${folder}/a b.c`]],
    ['entities', 'a&#x26;b.c', [`${folder}/a&b.c`]],
    ['folders that meet', 'x\\..\\.\\a.c', [`${folder}/a.c`]],
    ['an absolute path', 'D:\\other\\..\\a.c', ['file:///d:/a.c']],
    ['another machine', '\\\\server\\share\\a.c', ['file:///server/share/a.c']],
    ['its own folder', '$(MSBuildProjectDirectory)\\a.c', [`${folder}/a.c`]],
    ['items of another list', '@(Other)', []],
  ])('takes %s', (_, include, expected) => expect(files(project(compile(include)))).toEqual(expected));

  it('takes attributes in any order and quotes', () => {
    expect(files(project(`<ClCompile Condition="'$(Platform)'=='x64'" Include='a.c'/>`))).toEqual([`${folder}/a.c`]);
  });

  it('looks for the solution in every folder above', () => {
    expect(project(compile('$(SolutionDir)lib\\a.c')).files).toEqual([
      [`${folder}/lib/a.c`, 'file:///c:/drivers/lib/a.c', 'file:///c:/lib/a.c', 'file:///lib/a.c'],
    ]);
  });

  it('leaves out what is removed, excluded or not built', () => {
    const text =
      '<ClCompile Include="*.c" Exclude="old.c"/><ClCompile Remove="b.c"/>' +
      '<ClCompile Include="x.c"><ExcludedFromBuild>true</ExcludedFromBuild></ClCompile>' +
      '<ClCompile Include="y.c"><ExcludedFromBuild Condition="x">true</ExcludedFromBuild></ClCompile>';
    expect(project(text).without).toEqual([`${folder}/old.c`, `${folder}/b.c`, `${folder}/x.c`]);
  });

  it('takes definitions of every configuration, and of options', () => {
    const text = `${defines('NDIS60=1').replace('<ClCompile>', '<ClCompile Condition="a">')}${defines(
      'NDIS650_MINIPORT=1;NDIS640_MINIPORT;TEXT="a;b NDIS51"',
    )}<ItemDefinitionGroup><ClCompile><AdditionalOptions>/D NDIS_WDM=1 /kernel</AdditionalOptions></ClCompile>
    <ResourceCompile><PreprocessorDefinitions>NDIS40</PreprocessorDefinitions></ResourceCompile></ItemDefinitionGroup>`;
    expect(names(project(text))).toEqual(['NDIS60', 'NDIS650_MINIPORT', 'NDIS640_MINIPORT', 'TEXT', 'NDIS_WDM']);
  });

  it('puts its properties in', () => {
    const text = `<PropertyGroup><Src>$(ProjectDir)src\\</Src><Version>NDIS630=1</Version></PropertyGroup>
      <PropertyGroup Condition="x"><Src>other</Src></PropertyGroup>${compile('$(src)a.c')}${defines('$(Version);$(Unknown)')}`;
    expect(files(project(text))).toEqual([`${folder}/src/a.c`]);
    expect(names(project(text))).toEqual(['NDIS630']);
  });

  it('tells what it links', () => {
    const text = `<PropertyGroup><ConfigurationType>StaticLibrary</ConfigurationType></PropertyGroup>
      <ItemGroup><ProjectReference Include="..\\lib\\lib.vcxproj"/></ItemGroup>
      <Link><AdditionalDependencies>%(AdditionalDependencies);..\\x\\Hw.lib</AdditionalDependencies></Link>`;
    expect(project(text)).toMatchObject({
      references: ['file:///c:/drivers/lib/lib.vcxproj'],
      libraries: [{ name: 'hw', isOwn: true }],
      isLibrary: true,
    });
    expect(project(text.replace('Static', 'Dynamic')).isLibrary).toBe(false);
  });

  it('takes in what it imports, each seen from where MSBuild sees it', () => {
    const target = project(
      '<Import Project="..\\build\\all.props"/><Import Project="$(SolutionDir)shared\\s.vcxitems" Label="Shared"/>',
      {
        'file:///c:/drivers/build/all.props': `<Import Project="version.props"/>${compile('common.c')}`,
        'file:///c:/drivers/build/VERSION.props': defines('NDIS620'),
        'file:///c:/drivers/shared/s.vcxitems': compile('$(MSBuildThisFileDirectory)s.c'),
        'file:///c:/drivers/Directory.Build.props': defines('NDIS_WDM'),
      },
    );
    expect(files(target)).toEqual([`${folder}/common.c`, 'file:///c:/drivers/shared/s.c']);
    expect(names(target)).toEqual(['NDIS_WDM', 'NDIS620']);
  });

  it('survives imports in a circle', () => {
    const circle = `<Import Project="b.props"/><Import Project="cm.vcxproj"/>${defines('NDIS630')}`;
    expect(names(project(circle, { [`${folder}/b.props`]: circle }))).toEqual(['NDIS630']);
  });

  it('is read as far as it is XML', () => {
    for (const broken of ['<Project', '<ClCompile Include="x', '</a></b>', '<!-- ', '<a b=c>', '<<>>', '&#xfffff;'])
      expect(files(project(`${compile('a.c')}${broken}`))).toEqual([`${folder}/a.c`]);
    expect(files(project(`<ClCompile Include="lost ${compile('a.c')}`))).toEqual([`${folder}/a.c`]);
  });

  it('may be large or hostile', () => {
    const began = Date.now();
    expect(files(project(compile('a.c').repeat(20_000)))).toHaveLength(20_000);
    project('<ClCompile Include="'.repeat(50_000));
    project('<!--'.repeat(100_000));
    project(`<PropertyGroup><A>x</A>${'<A>$(A)$(A)</A>'.repeat(100)}</PropertyGroup>`);
    project(`${'<PropertyGroup>'.repeat(20_000)}`);
    expect(Date.now() - began).toBeLessThan(5000);
  });
});

describe('Files that projects import', () => {
  it('are no drivers', () => {
    for (const name of ['a.props', 'a.targets', 'a.vcxitems'])
      expect(targets({ [`${folder}/${name}`]: compile('a.c') })).toEqual([]);
    expect(targets({ [`${folder}/sources.inc`]: 'SOURCES=a.c' })).toEqual([]);
  });
});

describe('A DDK sources file', () => {
  const sources = (text: string, more: Record<string, string> = {}): Target =>
    targets({ [`${folder}/sources`]: text, ...more })[0] as Target;
  const text =
    'TARGETNAME=cm\nC_DEFINES=$(C_DEFINES) -DNDIS51=1 /DDEBUGGING # -DNOT\nSOURCES=af.c \\\r\n    ..\\vc.c \\\n    cm.rc\n';

  it('lists C and C++ sources over continued lines', () => {
    expect(files(sources(text))).toEqual([`${folder}/af.c`, 'file:///c:/drivers/vc.c']);
  });

  it('tells definitions and is named for its folder', () => {
    expect(names(sources(text))).toEqual(['NDIS51', 'DEBUGGING']);
    expect(sources(text).name).toBe('cm');
  });

  it('goes on behind a line that is commented out', () => {
    expect(files(sources('SOURCES = a.c \\\n#  b.c \\\n  c.c\n'))).toEqual([`${folder}/a.c`, `${folder}/c.c`]);
  });

  it('takes every branch, names in lists, and files of its processor', () => {
    const text =
      'COMMON=..\\common\n!if $(X)\nSOURCES=a.c\n!else\nSOURCES=$(SOURCES) $(COMMON)\\b.c $(O)\\made.c\n!endif\nI386_SOURCES=i386\\c.c\n';
    expect(files(sources(text))).toEqual([`${folder}/a.c`, 'file:///c:/drivers/common/b.c', `${folder}/i386/c.c`]);
  });

  it('takes in what it includes', () => {
    const text = '!INCLUDE ..\\sources.inc\nSOURCES=$(SOURCES) a.c\n!include $(NTMAKEENV)\\x.mk\n';
    const target = sources(text, {
      'file:///c:/drivers/sources.inc': 'C_DEFINES=-DNDIS60=1\nSOURCES=b.c\n!include sources.inc\n',
    });
    expect(files(target)).toEqual([`${folder}/b.c`, `${folder}/a.c`]);
    expect(names(target)).toEqual(['NDIS60']);
  });

  it('understands every way to define a name', () => {
    const text = 'C_DEFINES=/D"_UNICODE" -D NDIS60=1 "-DTEXT=a b" -DQ=\\"x\\"\nUSER_C_FLAGS=/DNDIS_WDM';
    expect([...sources(text).definitions]).toEqual([
      ['_UNICODE', ''],
      ['NDIS60', '1'],
      ['TEXT', 'a b'],
      ['Q', '"x"'],
      ['NDIS_WDM', ''],
    ]);
  });

  it('tells what it links', () => {
    expect(sources('TARGETTYPE=DRIVER_LIBRARY\nTARGETNAME=HwExt\n')).toMatchObject({
      isLibrary: true,
      output: 'hwext',
    });
    expect(sources('TARGETTYPE=DRIVER\nTARGETLIBS=..\\lib\\*\\hwext.lib $(DDK_LIB_PATH)\\ndis.lib')).toMatchObject({
      isLibrary: false,
      libraries: [
        { name: 'hwext', isOwn: true },
        { name: 'ndis', isOwn: false },
      ],
    });
  });

  it('does not grow by naming itself', () => {
    const began = Date.now();
    sources(`A=a.c\n${'A=$(A) $(A) x\n'.repeat(200)}SOURCES=$(A)`);
    expect(Date.now() - began).toBeLessThan(2000);
  });
});

describe('A compilation database', () => {
  const id = 'file:///c:/build/compile_commands.json';
  const database = (...entries: unknown[]): BuildFile | undefined => readProjectFile(id, JSON.stringify(entries));
  const definitions = (file: BuildFile | undefined, source: string): string[] => [
    ...(file?.fileDefinitions?.get(source)?.keys() ?? []),
  ];

  it('tells definitions of each file, from commands and argument lists', () => {
    const file = database(
      { directory: '.', file: '../src/a.c', command: 'clang-cl /DNDIS630=1 -DX -D Y /c a.c' },
      { directory: 'C:\\build\\x', file: '..\\B.c', arguments: ['clang', '-DNDIS60_MINIPORT', '-D', 'Z=1 2'] },
      { file: 'c.c', command: '"C:\\Program Files\\cl.exe" "/DA=\\"b c\\"" -DD=\'e f\' @x.rsp' },
      { file: 'c.c', command: 'cl /DSECOND' },
    );
    expect(definitions(file, 'file:///c:/src/a.c')).toEqual(['NDIS630', 'X', 'Y']);
    expect(definitions(file, 'file:///c:/build/b.c')).toEqual(['NDIS60_MINIPORT', 'Z']);
    expect([...(file?.fileDefinitions?.get('file:///c:/build/c.c') ?? [])]).toEqual([
      ['A', '"b c"'],
      ['D', 'e f'],
      ['SECOND', ''],
    ]);
    expect(file?.targets(() => undefined)).toEqual([]);
  });

  it('tells what is built where the objects do', () => {
    const built = (name: string, file: string) => ({ file, command: `cl /FoCMakeFiles\\${name}.dir\\${file}.obj /c` });
    const file = database(built('one', 'a.c'), built('two', 'b.c'), built('one', 'c.c'));
    expect(file?.targets(() => undefined).map((target) => [target.name, files(target)])).toEqual([
      ['one', ['file:///c:/build/a.c', 'file:///c:/build/c.c']],
      ['two', ['file:///c:/build/b.c']],
    ]);
    expect(database({ file: 'a.c', output: 'drv.sys.p/a.c.obj' })?.targets(() => undefined)[0]?.name).toBe('drv.sys');
  });

  it('gives nothing where it cannot be read', () => {
    expect(readProjectFile(id, '[{')).toBeUndefined();
    expect(readProjectFile(id, '{}')).toBeUndefined();
    expect(database(null, 1, { file: 2 }, [], { file: 'a.c', arguments: [1, null] })?.targets(() => undefined)).toEqual(
      [],
    );
  });
});

it('Project files are known by name', () => {
  for (const name of [
    'a.vcxproj',
    'a.vcxitems',
    'b.props',
    'sources',
    'SOURCES',
    'sources.inc',
    'compile_commands.json',
  ])
    expect(isProjectFile(`file:///x/${name}`)).toBe(true);
  for (const name of ['a.c', 'mysources', 'sources.txt', 'package.json'])
    expect(isProjectFile(`file:///x/${name}`)).toBe(false);
});
