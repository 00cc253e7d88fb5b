import { expect, test } from 'vitest';
import { BuildFiles } from '../../server/src/core/projects/buildFiles.js';

const project = 'file:///c:/work/team/drivers/cm/sys/cm.vcxproj';

/** What is wanted of a project with these items, all of which belong to a driver. */
function wanted(items: string): string[] {
  const files = new BuildFiles();
  files.add(project, `${items}<ClCompile Include="driver.c"/>`);
  return files.wanted((id) => id.endsWith('/driver.c')).filter((id) => !id.endsWith('/driver.c'));
}

const compile = (path: string): string => `<ClCompile Include="${path}"/>`;

test('sources and imports near the project are worth reading', () => {
  expect(wanted(compile('..\\..\\shared\\a.c'))).toEqual(['file:///c:/work/team/drivers/shared/a.c']);
  expect(wanted('<Import Project="..\\common.props"/>')).toEqual(['file:///c:/work/team/drivers/cm/common.props']);
});

test.each([
  ['devices', compile('..\\..\\..\\..\\..\\dev\\zero')],
  ['files far away', compile('..\\..\\..\\..\\..\\..\\a.c')],
  ['other disks', compile('D:\\secret\\a.c')],
  ['other machines', compile('\\\\server\\share\\a.c')],
  ['other kinds of files', compile('..\\notes.txt')],
  ['wildcards', compile('..\\*.c')],
  ['what no driver lists', ''],
])('%s are not', (_, items) => expect(wanted(items)).toEqual([]));

test('projects without a file of a driver are not', () => {
  const files = new BuildFiles();
  files.add(project, compile('app.c'));
  expect(files.wanted(() => false)).toEqual([]);
});

test('a file that breaks leaves in force what it said before; one that is gone says nothing', () => {
  const files = new BuildFiles();
  const database = 'file:///c:/work/compile_commands.json';
  const built = '[{"file": "a.c", "output": "CMakeFiles/drv.dir/a.c.obj"}]';
  expect(files.add(database, built)).toBe(true);
  expect(files.add(database, built.slice(0, 30))).toBe(false);
  expect(files.targets.map(({ name }) => name)).toEqual(['drv']);
  expect(files.remove(database)).toBe(true);
  expect(files.targets).toEqual([]);
});
