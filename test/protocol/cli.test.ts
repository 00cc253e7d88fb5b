import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ruleNames } from '../../server/src/core/ruleInfo.js';
import { CommandLine, program } from '../harness/commandLine.js';
import { faultyCallManager, faultyRules, planted } from '../harness/samples.js';

const line = new CommandLine();
const write = (name: string, content: string | Buffer): string => line.write(name, content);
const run = (...args: string[]) => line.run(...args);

/** Rules that join later do not concern these tests. */
const others = ruleNames.filter((name) => planted([name], String).length === 0).map((name) => `--rule=${name}=off`);

/** A check by the planted rules alone. */
const lint = (...args: string[]) => run(...others, ...args);

interface Finding {
  rule: string;
  severity: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  message: string;
}

interface Report {
  files: { path: string; findings: Finding[] }[];
  summary: Record<string, number>;
}

function json(...args: string[]): Report & { code: number | null } {
  const { out, code } = lint('--format', 'json', ...args);
  return { ...(JSON.parse(out) as Report), code };
}

const clean = '#include <ndis.h>\n\nVOID\nNothing(VOID)\n{\n}\n';

test('a clean driver: exit code 0', () => {
  write('a.c', clean);
  expect(lint('.')).toEqual({ code: 0, out: '1 NDIS file checked, no findings\n', err: '' });
});

test('findings as text, one a line, and exit code 1', () => {
  write('src/a.c', faultyCallManager);
  const { code, out, err } = lint('src');
  expect(code).toBe(1);
  expect(err).toBe('');
  expect(out.split('\n')[0]).toMatch(/^src\/a\.c:13:\d+: error: .* \[pending-not-allowed\]$/);
});

test('findings as JSON, lines and columns from 1', () => {
  write('src/a.c', faultyCallManager);
  write('src/b.c', clean);
  const { files, summary, code } = json('src');
  expect(code).toBe(1);
  expect(files.map((file) => file.path)).toEqual(['src/a.c', 'src/b.c']);
  const findings = files[0]?.findings ?? [];
  expect(findings.map(({ rule }) => rule)).toEqual(faultyRules);
  const [first] = findings as [Finding];
  expect(Object.keys(first)).toEqual(['rule', 'severity', 'line', 'column', 'endLine', 'endColumn', 'message']);
  const text = faultyCallManager.split('\n')[first.line - 1] ?? '';
  expect(text.slice(first.column - 1, first.endColumn - 1)).toContain('NDIS_STATUS_PENDING');
  expect(summary).toMatchObject({ files: 2, findings: 2, error: 1, warning: 0, information: 0, hint: 1 });
});

test('--fail-on moves the border, --rule the severity', () => {
  write('a.c', faultyCallManager);
  expect(lint('--rule', 'pending-not-allowed=information', '.').code).toBe(0);
  expect(lint('--rule=pending-not-allowed=information', '--fail-on=information', '.').code).toBe(1);
  expect(lint('--rule', 'pending-not-allowed=off', '--fail-on', 'warning', '.').code).toBe(0);
  expect(lint('--rule', 'pending-not-allowed=off', '--fail-on', 'hint', '.').code).toBe(1);
});

const wrong: [args: string[], words: string][] = [
  [[], 'name at least one file or folder'],
  [['--bogus', '.'], 'unknown option --bogus'],
  [['--fix=yes', '.'], '--fix takes no value'],
  [['.', '--format'], '--format needs a value'],
  [['--format', 'xml', '.'], '--format is one of text, json, sarif, not "xml"'],
  [['--fail-on', 'never', '.'], '--fail-on is one of error, warning, information, hint'],
  [['--rule', 'pending-not-allowed', '.'], '--rule takes NAME=SEVERITY'],
  [['--rule', 'pending-not-allowed=loud', '.'], 'is one of off, hint, information, warning, error, not "loud"'],
  [['--rule', 'pending-not-alowed=off', '.'], 'did you mean "pending-not-allowed"?'],
  [['--baseline', 'none.json', '.'], 'none.json: there is no such file'],
  [['no-such-folder'], 'no-such-folder: there is no such file or folder'],
  [['explain'], 'explain takes one name'],
  [['explain', 'NoSuchThing'], 'there is no page about "NoSuchThing"'],
  [['explain', 'pool-tag', 'object-header'], 'explain takes one name'],
  [['explain', '--format=json', 'pool-tag'], 'explain takes no --format'],
  [['rules', '--fix'], 'rules takes no --fix'],
  [['rules', '--format', 'sarif'], '--format is one of text, json, not "sarif"'],
  [[''], 'a path is empty'],
  [['-'], '-: there is no such file or folder'],
  [['--', '--fix'], '--fix: there is no such file or folder'],
  [['a.c/b.c'], 'a.c/b.c: a part of the path is no folder'],
  [['--rule', '=off', '.'], '--rule takes NAME=SEVERITY'],
  [['--baseline=', '.'], 'there is no such file'],
  [['--baseline', '.', '.'], 'it is a folder'],
  [['--write-baseline', '.', '.'], 'cannot be written: it is a folder'],
  [['--write-baseline', 'none/x.json', '.'], 'cannot be written: there is no such file or folder'],
];

test.each(wrong)('wrong usage: %j', (args, words) => {
  write('a.c', clean);
  const { code, out, err } = run(...args);
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toContain(words);
  expect(err).not.toContain('    at ');
});

test('settings of the nearest .ndislint.json hold, the command line wins', () => {
  write('.ndislint.json', '{ "rules": { "pending-not-allowed": "hint" } }');
  write('a.c', faultyCallManager);
  write('other/.ndislint.json', '{ "rules": { "pending-not-allowed": "off" } }');
  write('other/b.c', faultyCallManager);
  const severities = ({ files }: Report) =>
    files.map(({ findings }) => findings.find(({ rule }) => rule === 'pending-not-allowed')?.severity);
  expect(severities(json('.'))).toEqual(['hint', undefined]);
  expect(severities(json('--rule', 'pending-not-allowed=warning', '.'))).toEqual(['warning', 'warning']);
});

test('projects of the settings file say what belongs together', () => {
  const pending = faultyCallManager.replace('PROTOCOL_CO_DELETE_VC', 'PROTOCOL_CM_DEREGISTER_SAP');
  const completing =
    '#include <ndis.h>\n\nVOID\nDone(NDIS_HANDLE Sap)\n{\n    NdisCmDeregisterSapComplete(NDIS_STATUS_SUCCESS, Sap);\n}\n';
  write('driver/a.c', pending);
  write('lib/b.c', completing);
  const rule = 'pending-without-completion';
  const count = () =>
    json('.')
      .files.flatMap(({ findings }) => findings)
      .filter((finding) => finding.rule === rule).length;
  write(
    '.ndislint.json',
    '{ "projects": [{ "name": "one", "files": ["driver"] }, { "name": "two", "files": ["lib"] }] }',
  );
  expect(count()).toBe(1);
  write('.ndislint.json', '{ "projects": [{ "name": "all", "files": ["driver/a.c", "./lib"] }] }');
  expect(count()).toBe(0);
});

test('a settings file that cannot be read stops the check', () => {
  write('.ndislint.json', '{\n  "rules": [\n}');
  write('a.c', faultyCallManager);
  const { code, err } = run('.');
  expect(code).toBe(2);
  expect(err).toContain('.ndislint.json:3:1: A value is missing here');
});

test('the words of a settings file that cannot be used are named with their line', () => {
  write('a.c', faultyCallManager);
  const words = (text: string | Buffer) => {
    write('.ndislint.json', text);
    const { code, err } = run('.');
    expect(code).toBe(2);
    return err.split('\n')[0]?.replace(line.folder + path.sep, '');
  };
  expect(words('{\n  "rules": {\n    "pool-tg": "off"\n  }\n}')).toBe(
    'ndis-lint: .ndislint.json:3:5: There is no rule "pool-tg"; did you mean "pool-tag"?',
  );
  expect(words(Buffer.from('\ufeff{"preset": "loose"}', 'utf16le'))).toContain(
    '.ndislint.json:1:12: "preset" is one of',
  );
  expect(words('')).toContain('.ndislint.json:1:1: A value is missing here');
  expect(words('{"other": 1}')).toContain('.ndislint.json:1:2: "other" is no setting');
  expect(words('{"projects": [{"name": "x", "files": ["."], "kind": 1}]}')).toContain('A project has no "kind"');
});

test('a settings file that is a folder stops the check', () => {
  mkdirSync(path.join(line.folder, '.ndislint.json'));
  write('a.c', faultyCallManager);
  expect(run('.')).toMatchObject({ code: 2, err: expect.stringContaining('.ndislint.json: it is a folder') });
});

test('a baseline holds from whatever folder the check is started, and says what is mended', () => {
  const file = write('src/a.c', faultyCallManager);
  expect(lint('--write-baseline', 'src/accepted.json', '.').code).toBe(0);
  const inside = () => line.runIn(path.dirname(file), ...others, '--format=json', '--baseline', 'accepted.json', '.');
  expect(JSON.parse(inside().out).summary).toMatchObject({ findings: 0, accepted: 2, stale: 0 });
  write('src/a.c', faultyCallManager.replace('NDIS_STATUS_PENDING', 'NDIS_STATUS_SUCCESS'));
  expect(JSON.parse(inside().out).summary).toMatchObject({ findings: 0, accepted: 1, stale: 1 });
  expect(lint('--baseline', 'src/accepted.json', '.').out).toContain('1 that the baseline accepts no longer found');
  expect(lint('--baseline', 'src/accepted.json', '--write-baseline', 'src/accepted.json', '.').code).toBe(0);
  expect(JSON.parse(inside().out).summary).toMatchObject({ findings: 0, accepted: 1, stale: 0 });
});

test.each([
  ['an entry that is none', '{"version": 1, "accepted": [null]}'],
  ['an entry without its count', '{"version": 1, "accepted": [{"path": "a.c", "rule": "pool-tag", "line": ""}]}'],
  ['another version', '{"version": 2, "accepted": []}'],
  ['no JSON', '<xml/>'],
  ['nothing', ''],
])('a baseline that holds %s is refused', (_, content) => {
  write('a.c', faultyCallManager);
  write('b.json', content);
  const { code, err } = run('--baseline', 'b.json', '.');
  expect(code).toBe(2);
  expect(err).toMatch(/^ndis-lint: b\.json is no baseline; write one with --write-baseline\n/);
});

test('a baseline may carry the mark of its encoding', () => {
  write('a.c', faultyCallManager);
  lint('--write-baseline', 'b.json', '.');
  write('b.json', Buffer.from(`\ufeff${readFileSync(path.join(line.folder, 'b.json'), 'utf8')}`, 'utf16le'));
  expect(lint('--baseline', 'b.json', '.').code).toBe(0);
});

test('a reader that goes away early is no failure', async () => {
  write('a.c', faultyCallManager);
  for (const format of ['text', 'json', 'sarif']) {
    const child = spawn(process.execPath, [program, ...others, '--format', format, '.'], { cwd: line.folder });
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (data) => (err += String(data)));
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect({ code, err }).toEqual({ code: 1, err: '' });
  }
});

test('nothing is told of progress where there is no terminal', () => {
  for (let n = 0; n < 150; n++) write(`a${n}.c`, faultyCallManager.repeat(3));
  expect(run('.').err).toBe('');
});

test('files that are no sources of a driver do no harm', () => {
  write('binary.c', Buffer.from(Array.from({ length: 50_000 }, (_, n) => (n * 7919) % 256)));
  write('zeros.c', Buffer.concat([Buffer.from('#include <ndis.h>\n'), Buffer.alloc(1000)]));
  write('invalid.c', Buffer.from([...Buffer.from('#include <ndis.h>\n// '), 0xff, 0xfe, 0xc3, 0x28, 0x0a]));
  write('deep.c', `#include <ndis.h>\nint x = ${'('.repeat(20_000)}1${')'.repeat(20_000)};\n${'{'.repeat(20_000)}`);
  write('odd.c', Buffer.from([0xff, 0xfe, 0x23]));
  write('empty.c', '');
  mkdirSync(path.join(line.folder, 'folder.c'));
  expect(run('.')).toMatchObject({ code: 0, err: '' });
  if (process.platform === 'win32') return;
  symlinkSync('..', path.join(line.folder, 'folder.c', 'up'));
  symlinkSync('self.c', path.join(line.folder, 'self.c'));
  expect(run('.')).toMatchObject({ code: 0, err: '' });
  expect(run('self.c')).toMatchObject({ code: 2, err: expect.stringContaining('self.c: its links lead in a circle') });
});

test('a baseline accepts what is there, and nothing new', () => {
  const file = write('a.c', faultyCallManager);
  expect(lint('--write-baseline', 'accepted.json', '.').code).toBe(0);
  expect(lint('--baseline', 'accepted.json', '.')).toMatchObject({
    code: 0,
    out: expect.stringContaining('2 accepted'),
  });
  writeFileSync(
    file,
    `// moved down\n${faultyCallManager}${faultyCallManager.replaceAll('SampleDeleteVc', 'OtherDeleteVc').replace('#include <ndis.h>', '')}`,
  );
  const { files, code } = json('--baseline', 'accepted.json', '.');
  expect(code).toBe(1);
  expect(files[0]?.findings.filter(({ rule }) => rule === 'pending-not-allowed')).toHaveLength(1);
  write('broken.json', '[]');
  expect(run('--baseline', 'broken.json', '.')).toMatchObject({
    code: 2,
    err: expect.stringContaining('is no baseline'),
  });
});

/** A text in windows-1252. */
const ansi = (text: string) => Buffer.from(text.replaceAll('\u20ac', '\u0080'), 'latin1');

test('--fix applies safe fixes and keeps every other byte', () => {
  const commented = `// Caf\u00e9 \u20ac\r\n${faultyCallManager.replaceAll('\n', '\r\n')}`;
  const fixed = commented.replace(
    'NDIS_STATUS\r\nProtocolCmCloseAf(',
    '_Use_decl_annotations_\r\nNDIS_STATUS\r\nProtocolCmCloseAf(',
  );
  const encodings: [string, Buffer, Buffer][] = [
    ['utf8.c', Buffer.from(commented), Buffer.from(fixed)],
    ['marked.c', Buffer.from(`\ufeff${commented}`), Buffer.from(`\ufeff${fixed}`)],
    ['ansi.c', ansi(commented), ansi(fixed)],
    ['lf.c', Buffer.from(commented.replaceAll('\r', '')), Buffer.from(fixed.replaceAll('\r', ''))],
    ['cr.c', Buffer.from(commented.replaceAll('\n', '')), Buffer.from(fixed.replaceAll('\n', ''))],
    ['utf16.c', Buffer.from(`\ufeff${commented}`, 'utf16le'), Buffer.from(`\ufeff${fixed}`, 'utf16le')],
  ];
  for (const [name, before] of encodings) write(`${path.basename(name, '.c')}/${name}`, before);
  const { summary, files } = json('--fix', '.');
  expect(summary.fixed).toBe(encodings.length);
  for (const [name, , after] of encodings) {
    const bytes = readFileSync(path.join(line.folder, path.basename(name, '.c'), name));
    expect(bytes.toString('latin1'), name).toBe(after.toString('latin1'));
  }
  expect(files.every(({ findings }) => findings.every(({ rule }) => rule === 'pending-not-allowed'))).toBe(true);
  expect(json('--fix', '.').summary.fixed).toBe(0);
  for (const [name, , after] of encodings)
    expect(readFileSync(path.join(line.folder, path.basename(name, '.c'), name)).equals(after)).toBe(true);
});

test('--fix mends what it can where a file cannot be written', () => {
  const locked = write('a.c', faultyCallManager);
  write('b.c', faultyCallManager.replaceAll('SampleDeleteVc', 'Other').replaceAll('ProtocolCmCloseAf', 'OtherClose'));
  line.denied = ['write:a.c'];
  const { code, out, err } = lint('--format=json', '--fix', '.');
  expect(code).toBe(2);
  expect(err).toContain('a.c cannot be mended: access is not permitted');
  expect((JSON.parse(out) as Report).summary.fixed).toBe(1);
  expect(readFileSync(locked, 'utf8')).toBe(faultyCallManager);
});

test('--fix counts what it mends, also where two fixes touch the same place', () => {
  const files = { 'a.c': '#include "a.h"\n', 'a.h': '#include <ndis.h>\n' };
  for (const [name, text] of Object.entries(files)) write(name, text);
  write('b.c', faultyCallManager.repeat(2).replace(/SampleDeleteVc;/g, 'SampleDeleteVc;'));
  const { summary, files: reported } = json('--fix', '.');
  expect(summary.fixed).toBe(2);
  expect(reported.flatMap(({ findings }) => findings).some(({ rule }) => rule === 'use-decl-annotations-missing')).toBe(
    false,
  );
});

test('help and version', () => {
  for (const help of ['--help', '-h'])
    expect(run(help)).toMatchObject({ code: 0, out: expect.stringContaining('Usage:') });
  expect(run('--version').out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('explain prints a page, rules lists them all', () => {
  expect(run('explain', 'ProtocolCmCloseAf').out).toContain('CmCloseAfHandler');
  const rules = JSON.parse(run('rules', '--format', 'json').out) as { name: string; severity: string }[];
  expect(rules.map(({ name }) => name)).toEqual(expect.arrayContaining(faultyRules));
  expect(run('rules').out.split('\n').filter(Boolean)).toHaveLength(rules.length);
});

test('one file is checked with what stands beside it', () => {
  write('a.c', faultyCallManager);
  write('b.c', faultyCallManager.replaceAll('SampleDeleteVc', 'OtherDeleteVc'));
  expect(json('a.c').files.map((file) => file.path)).toEqual(['a.c']);
});

test('packages, build output and kits are not walked into', () => {
  for (const skipped of ['node_modules/x', '.git', 'x64/Debug', 'Windows Kits/10/Include'])
    write(`${skipped}/a.c`, faultyCallManager);
  expect(run('.')).toMatchObject({ code: 0, out: 'no NDIS file found, no findings\n' });
});
