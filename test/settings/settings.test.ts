import { describe, expect, test } from 'vitest';
import { readJson } from '../../server/src/core/settings/json.js';
import { isKitFile } from '../../server/src/core/settings/kits.js';
import { projectsFrom, readLintFile } from '../../server/src/core/settings/lintFile.js';
import { mergeSettings } from '../../server/src/core/settings/merge.js';

const known = new Set(['pending-not-allowed', 'object-header']);

describe('JSON with places', () => {
  test.each([
    ['{"a": [1, -2.5e3, true, null, "\\u00e9\\n"]}', undefined],
    ['\ufeff// comment\n{ /* other */ "a": {} }', undefined],
    ['', 'A value is missing here'],
    ['{', 'A name in double quotes is missing here'],
    ['{"a" 1}', '":" is missing after "a"'],
    ['{"a": 1 "b": 2}', '"," or "}" is missing here'],
    ['[1,]', '"," has nothing after it'],
    ['{"a": "x\ny"}', 'This string is not closed, or holds a character that must be escaped'],
    ['{} {}', 'Nothing may follow the closing brace'],
    ['['.repeat(500), 'Nested too deeply'],
    ['{a: 1}', 'A name in double quotes is missing here'],
  ])('%j', (text, message) => {
    const read = readJson(text);
    expect('problem' in read ? read.problem.message : undefined).toBe(message);
  });

  test('a problem ends with its line', () => {
    const read = readJson('{\n  "a": oops\n}');
    expect('problem' in read && read.problem).toMatchObject({ start: 9, end: 13 });
  });
});

describe('settings file', () => {
  test('what is wrong is named and skipped, the rest holds', () => {
    const { settings, problems } = readLintFile(
      '{"preset": "loose", "extra": 1, "rules": {"object-header": "off", "object-heder": "off", "pending-not-allowed": 2}}',
      known,
    );
    expect(settings).toEqual({ rules: { 'object-header': 'off' }, projects: [] });
    expect(problems.map(({ message }) => message)).toEqual([
      '"preset" is one of "recommended", "strict"',
      '"extra" is no setting; known are "preset", "rules" and "projects"',
      'There is no rule "object-heder"; did you mean "object-header"?',
      'The severity of "pending-not-allowed" is one of "off", "hint", "information", "warning", "error"',
    ]);
  });

  test('something other than an object', () => {
    expect(readLintFile('[]', known)).toMatchObject({
      problems: [{ message: 'The settings must be an object in braces' }],
    });
  });

  test('paths of projects are seen from the file', () => {
    const { settings } = readLintFile(
      '{"projects": [{"name": "a", "files": ["src", "..\\\\lib/x.c"]}, {"name": "b"}]}',
      known,
    );
    expect(settings && projectsFrom(settings, 'file:///c:/w/d')).toEqual([
      { name: 'a', files: ['file:///c:/w/d/src', 'file:///c:/w/lib/x.c'] },
    ]);
  });
});

describe('projects of a settings file', () => {
  const read = (project: string) => readLintFile(`{"projects": [{"name": "a", "files": ["."], ${project}}]}`, known);

  test('may state versions and kinds', () => {
    expect(read('"ndisVersion": "6.30"').settings?.projects[0]).toMatchObject({ ndisVersions: ['6.30'] });
    expect(read('"ndisVersion": ["6.0", "6.82"], "kinds": ["mcm"]').settings?.projects[0]).toMatchObject({
      ndisVersions: ['6.0', '6.82'],
      kinds: ['mcm'],
    });
  });

  test.each([
    ['"ndisVersion": 6.3', '"ndisVersion" is a version in quotes such as "6.30", or a list of them'],
    ['"ndisVersion": "NDIS630"', '"ndisVersion" is a version in quotes such as "6.30", or a list of them'],
    ['"kinds": "mcm"', '"kinds" is a list of "miniport", "protocol",'],
    ['"kinds": ["mcm", "router"]', '"kinds" is a list of "miniport", "protocol",'],
    ['"version": "6.30"', 'A project has no "version"; known are "name", "files", "ndisVersion", "kinds"'],
  ])('%s is named, the rest holds', (text, message) => {
    const { settings, problems } = read(text);
    expect(settings?.projects).toEqual([{ name: 'a', files: ['.'] }]);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(message);
  });
});

describe('merging', () => {
  test('the setting of the editor wins, "default" says nothing', () => {
    const file = { preset: 'strict' as const, rules: { 'object-header': 'off' as const }, projects: [] };
    const editor = { preset: 'default', rules: { 'object-header': 'default', 'pending-not-allowed': 'hint' } };
    const { configuration } = mergeSettings(file, editor, known);
    expect(configuration.preset).toBe('strict');
    expect(configuration.severity).toEqual({ 'object-header': 'off', 'pending-not-allowed': 'hint' });
  });

  test.each([[undefined], [null], [3], ['x'], [[]]])('rules may be anything: %j', (rules) => {
    expect(mergeSettings(undefined, { rules, completion: rules, hover: rules }, known).complaints).toEqual([]);
  });

  test('what cannot be used is named', () => {
    const rules = { 'object-header': 'loud', 'no-such': 'off' };
    const { complaints } = mergeSettings(undefined, { preset: 'loose', rules }, known);
    expect(complaints.sort()).toEqual([
      'ndis.preset is one of default, recommended, strict.',
      'ndis.rules.object-header is one of default, off, hint, information, warning, error.',
      'ndis.rules: There is no rule "no-such".',
    ]);
  });
});

test.each([
  ['file:///c%3A/Program%20Files%20(x86)/Windows%20Kits/10/Include/10.0.22621.0/km/ndis.h', true],
  ['C:\\WinDDK\\7600.16385.1\\inc\\ddk\\ndis.h', true],
  ['/home/me/.nuget/packages/microsoft.windows.wdk.x64/10.0.26100.1/c/include/10.0.26100.0/shared/ndis.h', true],
  ['file:///home/me/driver/include/ndisprot.h', false],
  ['file:///home/me/my-windows-kits-notes/a.c', false],
])('%s is of a kit: %s', (path, expected) => expect(isKitFile(path)).toBe(expected));
