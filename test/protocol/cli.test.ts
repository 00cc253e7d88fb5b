import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ruleNames } from '../../server/src/core/ruleInfo.js';
import { root } from '../harness/paths.mjs';
import { faultyCallManager, faultyRules, planted } from '../harness/samples.js';

const program = path.join(root, 'dist', 'ndis-lint.js');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'ndis-lint '));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string | Buffer): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

function run(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

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
  const line = faultyCallManager.split('\n')[first.line - 1] ?? '';
  expect(line.slice(first.column - 1, first.endColumn - 1)).toContain('NDIS_STATUS_PENDING');
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
  [['rules', '--fix'], 'rules takes no --fix'],
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

test('--fix applies safe fixes and keeps every other byte', () => {
  const commented = `// Caf\u00e9\r\n${faultyCallManager.replaceAll('\n', '\r\n')}`;
  const fixed = commented.replace(
    'NDIS_STATUS\r\nProtocolCmCloseAf(',
    '_Use_decl_annotations_\r\nNDIS_STATUS\r\nProtocolCmCloseAf(',
  );
  const encodings: [string, Buffer, Buffer][] = [
    ['utf8.c', Buffer.from(commented), Buffer.from(fixed)],
    ['marked.c', Buffer.from(`\ufeff${commented}`), Buffer.from(`\ufeff${fixed}`)],
    ['ansi.c', Buffer.from(commented, 'latin1'), Buffer.from(fixed, 'latin1')],
    ['utf16.c', Buffer.from(`\ufeff${commented}`, 'utf16le'), Buffer.from(`\ufeff${fixed}`, 'utf16le')],
  ];
  for (const [name, before] of encodings) write(`${path.basename(name, '.c')}/${name}`, before);
  const { summary, files } = json('--fix', '.');
  expect(summary.fixed).toBe(4);
  for (const [name, , after] of encodings) {
    const bytes = readFileSync(path.join(folder, path.basename(name, '.c'), name));
    expect(bytes.toString('latin1'), name).toBe(after.toString('latin1'));
  }
  expect(files.every(({ findings }) => findings.every(({ rule }) => rule === 'pending-not-allowed'))).toBe(true);
});

test('SARIF 2.1.0', () => {
  write('src/a b.c', faultyCallManager);
  const { out, code } = lint('--format', 'sarif', '.');
  expect(code).toBe(1);
  const log = JSON.parse(out);
  expect(log.version).toBe('2.1.0');
  const [{ tool, results }] = log.runs;
  expect(results).toHaveLength(2);
  expect(tool.driver.rules[results[0].ruleIndex].id).toBe(results[0].ruleId);
  expect(results[0]).toMatchObject({
    ruleId: 'pending-not-allowed',
    level: 'error',
    locations: [
      { physicalLocation: { artifactLocation: { uri: 'src/a%20b.c', uriBaseId: 'ROOT' }, region: { startLine: 13 } } },
    ],
  });
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
