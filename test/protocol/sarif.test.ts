import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { CommandLine } from '../harness/commandLine.js';
import { root } from '../harness/paths.mjs';
import { sarifProblems } from '../harness/sarif.js';

const line = new CommandLine();

interface Place {
  physicalLocation: {
    artifactLocation: { uri: string; index?: number };
    region: { startLine: number; startColumn: number; endLine: number; endColumn: number };
  };
}

interface Result {
  ruleId: string;
  ruleIndex: number;
  locations: Place[];
  relatedLocations?: (Place & { message: { text: string } })[];
  fixes?: { description: { text: string }; artifactChanges: { artifactLocation: { uri: string } }[] }[];
  partialFingerprints: Record<string, string>;
}

interface Run {
  tool: { driver: { rules: { id: string; help: { markdown: string } }[] } };
  invocations: { executionSuccessful: boolean; toolExecutionNotifications: { message: { text: string } }[] }[];
  artifacts: { location: { uri: string } }[];
  results: Result[];
}

function sarif(...args: string[]): Run {
  const { out } = line.run('--format', 'sarif', ...args);
  const log = JSON.parse(out) as { runs: [Run] };
  expect(sarifProblems(log)).toEqual([]);
  return log.runs[0];
}

const registered = `#include <ndis.h>

VOID Fill(NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS *Handlers)
{
    Handlers->CmCloseAfHandler = AcmeClose;
}

NDIS_STATUS AcmeClose(NDIS_HANDLE Context)
{
    return NDIS_STATUS_SUCCESS;
}
`;

const only = (run: Run, rule: string): Result[] => run.results.filter(({ ruleId }) => ruleId === rule);

test('the log of a whole driver holds to the format, every rule with its page', () => {
  const run = sarif(path.join(root, 'test', 'drivers', 'faulty'));
  expect(run.results.length).toBeGreaterThan(10);
  for (const { ruleId, ruleIndex, locations } of run.results) {
    expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    const { uri, index } = locations[0]?.physicalLocation.artifactLocation ?? {};
    expect(run.artifacts[index ?? -1]?.location.uri).toBe(uri);
  }
  for (const { id, help } of run.tool.driver.rules) expect(help.markdown).toMatch(new RegExp(`^# ${id}\n`));
  expect(run.invocations[0]?.executionSuccessful).toBe(true);
});

test('a clean folder, and one without any driver', () => {
  mkdirSync(path.join(line.folder, 'empty'));
  expect(sarif('empty').results).toEqual([]);
  line.write('a.c', '#include <ndis.h>\n');
  expect(sarif('.')).toMatchObject({ results: [], artifacts: [{ location: { uri: 'a.c' } }] });
});

test('names of files are escaped', () => {
  const names = ['a b.c', 'a#b.c', 'a%20b.c', 'größe/ä€.c', 'q?.c', "it's(1).c", '+&=.c', 'x:y.c', '[x].c'];
  for (const name of names) line.write(name, registered);
  const uris = sarif('.').results.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri ?? '');
  expect(new Set(uris.map(decodeURIComponent))).toEqual(new Set(names));
  for (const uri of uris) expect(new URL(uri, 'file:///base/').hash).toBe('');
});

test('columns count UTF-16 units, a tab as one; lines end with CR LF too', () => {
  const text = registered.replaceAll('\n', '\r\n').replace('    Handlers->', '/* \u{1F600} */\tHandlers->');
  line.write('a.c', Buffer.from(`\ufeff${text}`));
  const [result] = only(sarif('.'), 'role-type-missing') as [Result];
  const { startLine, startColumn, endColumn } = result.locations[0]?.physicalLocation.region ?? ({} as never);
  expect(text.split('\r\n')[startLine - 1]?.slice(startColumn - 1, endColumn - 1)).toBe('AcmeClose');
  const [related] = result.relatedLocations ?? [];
  const place = related?.physicalLocation.region ?? ({} as never);
  expect(text.split('\r\n')[place.startLine - 1]?.slice(place.startColumn - 1, place.endColumn - 1)).toBe(
    'CmCloseAfHandler',
  );
});

test('every fix of a finding is there, with its edits', () => {
  line.write('a.c', registered.replace('Context)', 'Context)') + registered.replaceAll('AcmeClose', 'Other'));
  const [result] = only(sarif('.'), 'role-type-missing') as [Result];
  expect(result.fixes?.map(({ description }) => description.text)).toEqual([
    'Declare AcmeClose as PROTOCOL_CM_CLOSE_AF',
    'Declare all 2 callbacks of this file by role type',
  ]);
  expect(result.fixes?.every(({ artifactChanges }) => artifactChanges[0]?.artifactLocation.uri === 'a.c')).toBe(true);
});

test('fingerprints survive lines that move, and tell findings on equal lines apart', () => {
  const fingerprints = (run: Run) =>
    run.results.map(({ partialFingerprints }) => Object.values(partialFingerprints)[0]);
  const twice = `${registered}${registered.replaceAll('AcmeClose', 'Other')}`;
  line.write('a.c', twice);
  const before = fingerprints(sarif('.'));
  expect(new Set(before).size).toBe(before.length);
  line.write('a.c', `// moved\n\n${twice.replaceAll('\n', '\r\n').replace('    Handlers', '\t\tHandlers')}`);
  expect(fingerprints(sarif('.'))).toEqual(before);
  line.write('a.c', twice.replace('AcmeClose(NDIS_HANDLE Context)', 'AcmeClose(NDIS_HANDLE Another)'));
  expect(fingerprints(sarif('.')).filter((one) => !before.includes(one))).not.toEqual([]);
});

test('what could not be read is told in the log', () => {
  line.write('a.c', '#include <ndis.h>\n');
  const { code, out } = line.run('--format', 'sarif', 'a.c', '--rule=pool-tag=off');
  expect(code).toBe(0);
  expect(JSON.parse(out).runs[0].invocations).toEqual([{ executionSuccessful: true, toolExecutionNotifications: [] }]);
  line.write('b.c', 'x');
  line.denied = ['read:b.c'];
  expect(sarif('.').invocations[0]).toMatchObject({
    executionSuccessful: false,
    toolExecutionNotifications: [{ message: { text: 'b.c: access is not permitted' } }],
  });
});
