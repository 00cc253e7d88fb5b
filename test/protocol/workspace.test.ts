import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Diagnostic, Editor, everything } from '../harness/editor.js';
import { faultyCallManager, faultyRules, planted } from '../harness/samples.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'ndis driver '));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string | Buffer): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return pathToFileURL(file).href;
}

/** An editor with the folder as its workspace. */
function start(capabilities: object = everything, settings: object = {}): Promise<Editor> {
  const workspaceFolders = [{ uri: pathToFileURL(folder).href, name: 'driver' }];
  return Editor.start(capabilities, settings, { workspaceFolders });
}

type Published = { uri: string; diagnostics: Diagnostic[] };

const rulesIn = ({ diagnostics }: Published) =>
  planted(diagnostics, ({ code }) => code)
    .map(({ code }) => code)
    .join();

/** Waits until the document's rules are these. */
function rulesBecome(editor: Editor, uri: string, rules: readonly string[], since = 0): Promise<Published> {
  return editor.client.notification<Published>(
    'textDocument/publishDiagnostics',
    (params) => params.uri === uri && rulesIn(params) === rules.join(),
    since,
  );
}

const pending = `#include <ndis.h>

PROTOCOL_CM_CLOSE_AF CloseAf;

_Use_decl_annotations_
NDIS_STATUS
CloseAf(
    NDIS_HANDLE CallMgrAfContext
    )
{
    QueueClose(CallMgrAfContext);
    return NDIS_STATUS_PENDING;
}

VOID
Register(NDIS_HANDLE Binding, NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS *Handlers)
{
    Handlers->CmCloseAfHandler = CloseAf;
}
`;

const completing = `#include <ndis.h>

VOID
QueueClose(NDIS_HANDLE Af)
{
    NdisCmCloseAddressFamilyComplete(NDIS_STATUS_SUCCESS, Af);
}
`;

test('a completion in another file counts, and stops counting with that file', async () => {
  const other = write('complete.c', completing);
  const uri = write('callmgr.c', pending);
  const editor = await start();
  editor.open(uri, pending);
  expect((await editor.pushed(uri)).map(({ code }) => code)).not.toContain('pending-without-completion');
  const since = editor.client.notifications.length;
  rmSync(path.join(folder, 'complete.c'));
  editor.client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: other, type: 3 }] });
  await rulesBecome(editor, uri, ['pending-without-completion'], since);
  const later = editor.client.notifications.length;
  write('complete.c', completing);
  editor.client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: other, type: 1 }] });
  await rulesBecome(editor, uri, [], later);
});

interface Status {
  uri: string;
  projects: string[];
  ndisVersions: string[];
}

test('the editor is told every driver of a file, and told anew when project files change', async () => {
  const project = (version: string) =>
    `<ClCompile Include="..\\shared\\close.c"/><ItemDefinitionGroup><ClCompile><PreprocessorDefinitions>${version}</PreprocessorDefinitions></ClCompile></ItemDefinitionGroup>`;
  write('shared/close.c', completing);
  const one = write('one/one.vcxproj', Buffer.from(`\ufeff${project('NDIS620=1')}`, 'utf16le'));
  const uri = pathToFileURL(path.join(folder, 'shared', 'close.c')).href;
  const editor = await start({ ...everything, experimental: { ndis: { status: true } } });
  const toldOf = (projects: string[], since: number) =>
    editor.client.notification<Status>(
      'ndis/status',
      (status) => status.uri === uri && status.projects.join() === projects.join(),
      since,
    );
  editor.open(uri, completing);
  expect((await toldOf(['one'], 0)).ndisVersions).toEqual(['6.20']);
  let since = editor.client.notifications.length;
  const changed = (file: string, type: number) => {
    since = editor.client.notifications.length;
    editor.client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: file, type }] });
  };
  const two = write('two/two.vcxproj', project('NDIS680=1'));
  changed(two, 1);
  expect((await toldOf(['one', 'two'], since)).ndisVersions).toEqual(['6.20', '6.80']);
  write('two/two.vcxproj', '<Project');
  changed(two, 2);
  await toldOf(['one'], since);
  rmSync(path.join(folder, 'one'), { recursive: true });
  changed(one, 3);
  await toldOf(['shared'], since);
});

test('sources that a project lists outside of the folder of the workspace are read', async () => {
  write('shared/complete.c', completing);
  write('driver/driver.vcxproj', '<ClCompile Include="*.c;..\\shared\\complete.c"/>');
  const uri = write('driver/callmgr.c', pending);
  const workspaceFolders = [{ uri: pathToFileURL(path.join(folder, 'driver')).href, name: 'driver' }];
  const editor = await Editor.start(everything, {}, { workspaceFolders });
  editor.open(uri, pending);
  await rulesBecome(editor, uri, []);
  rmSync(path.join(folder, 'shared'), { recursive: true });
});

test('a folder that is deleted takes its files and settings along', async () => {
  write('parts/complete.c', completing);
  write('driver/.ndislint.json', '{ "rules": { "pending-without-completion": "error" } }');
  const uri = write('driver/callmgr.c', pending);
  write('driver.vcxproj', '<ClCompile Include="**\\*.c"/>');
  const editor = await start();
  editor.open(uri, pending);
  await rulesBecome(editor, uri, []);
  for (const [gone, rules, severity] of [
    ['parts', ['pending-without-completion'], 1],
    ['driver', ['pending-without-completion'], 2],
  ] as const) {
    const since = editor.client.notifications.length;
    rmSync(path.join(folder, gone), { recursive: true });
    const changes = [{ uri: pathToFileURL(path.join(folder, gone)).href, type: 3 }];
    editor.client.notify('workspace/didChangeWatchedFiles', { changes });
    const { diagnostics } = await rulesBecome(editor, uri, rules, since);
    expect(diagnostics.find(({ code }) => code === rules[0])?.severity).toBe(severity);
  }
});

test('what a build writes is no source of the driver', async () => {
  const uri = write('callmgr.c', pending);
  const editor = await start();
  editor.open(uri, pending);
  await rulesBecome(editor, uri, ['pending-without-completion']);
  const since = editor.client.notifications.length;
  const built = write('x64/Debug/complete.c', completing);
  const other = write('other.c', '#include <ndis.h>\n');
  const changes = [built, other].map((file) => ({ uri: file, type: 1 }));
  editor.client.notify('workspace/didChangeWatchedFiles', { changes });
  await rulesBecome(editor, uri, ['pending-without-completion'], since);
});

test('an edit in one open file changes the findings of another', async () => {
  const uri = write('callmgr.c', pending);
  const other = write('complete.c', completing);
  const editor = await start();
  editor.open(uri, pending);
  editor.open(other, completing);
  await rulesBecome(editor, uri, []);
  const since = editor.client.notifications.length;
  editor.change(other, '#include <ndis.h>\n');
  await rulesBecome(editor, uri, ['pending-without-completion'], since);
});

test('a file that includes ndis.h through a header of its folder is an NDIS file', async () => {
  write('precomp.h', '#include <ndis.h>\n');
  const text = '#include "precomp.h"\n\nBOOLEAN Started;\n';
  const uri = write('state.c', text);
  const editor = await start({ ...everything, experimental: { ndis: { status: true } } });
  editor.open(uri, text);
  const isNdis = (status: { uri: string; ndis: boolean }) => status.uri === uri && status.ndis;
  await editor.client.notification('ndis/status', isNdis);
});

test.skipIf(process.platform === 'win32')('headers that never end hold nothing up', async () => {
  execFileSync('mkfifo', [path.join(folder, 'pipe.h')]);
  symlinkSync('/dev/zero', path.join(folder, 'zeros.h'));
  write('precomp.h', '#include <ndis.h>\n');
  const text = '#include "pipe.h"\n#include "zeros.h"\n#include "precomp.h"\n\nBOOLEAN Started;\n';
  const uri = write('state.c', text);
  const editor = await start({ ...everything, experimental: { ndis: { status: true } } });
  editor.open(uri, text);
  await editor.client.notification(
    'ndis/status',
    (status: Status & { ndis: boolean }) => status.uri === uri && status.ndis,
  );
});

test('text on disk may be of any encoding', async () => {
  const headers = {
    'utf8.h': Buffer.from('\ufeff// \u00e9\n#include <ndis.h>\n'),
    'utf16.h': Buffer.from('\ufeff// \u00e9\n#include <ndis.h>\n', 'utf16le'),
    'ansi.h': Buffer.from('// \u00e9\r\n#include <ndis.h>\r\n', 'latin1'),
  };
  const editor = await start({ ...everything, experimental: { ndis: { status: true } } });
  for (const [name, bytes] of Object.entries(headers)) {
    const own = path.basename(name, '.h');
    write(`${own}/${name}`, bytes);
    const text = `#include "${name}"\nint State;\n`;
    const uri = write(`${own}/state.c`, text);
    editor.open(uri, text);
    const isNdis = (status: { uri: string; ndis: boolean }) => status.uri === uri && status.ndis;
    await editor.client.notification('ndis/status', isNdis);
  }
});

test('the settings file counts, its change counts, and the setting of the editor wins', async () => {
  const lint = write('.ndislint.json', '{ "rules": { "pending-not-allowed": "off" } }');
  const uri = write('callmgr.c', faultyCallManager);
  const editor = await start(everything, { rules: { 'use-decl-annotations-missing': 'error' } });
  editor.open(uri, faultyCallManager);
  expect(await editor.pushed(uri)).toMatchObject([{ code: 'use-decl-annotations-missing', severity: 1 }]);
  const since = editor.client.notifications.length;
  write('.ndislint.json', '{ "rules": { "use-decl-annotations-missing": "off" } }');
  editor.client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: lint, type: 2 }] });
  await rulesBecome(editor, uri, faultyRules, since);
});

test('a broken settings file is reported in its place, and what it said before stays', async () => {
  const lint = write('.ndislint.json', '{ "rules": { "pending-not-allowed": "off" } }');
  const uri = write('callmgr.c', faultyCallManager);
  const editor = await start();
  editor.open(uri, faultyCallManager);
  await rulesBecome(editor, uri, ['use-decl-annotations-missing']);
  const since = editor.client.notifications.length;
  write('.ndislint.json', '{\n  "rules": { "pending-not-allowed": "off"\n');
  editor.client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: lint, type: 2 }] });
  await rulesBecome(editor, uri, ['use-decl-annotations-missing'], since);
  const published = (params: Published) => params.uri === lint && params.diagnostics.length > 0;
  const { diagnostics } = await editor.client.notification('textDocument/publishDiagnostics', published, since);
  expect(diagnostics[0]).toMatchObject({ severity: 1, message: '"," or "}" is missing here.' });
  const { message } = await editor.client.notification<{ message: string }>('window/showMessage', () => true, since);
  expect(message).toMatch(/^\.ndislint\.json cannot be read, line 3: /);
});

test('an unknown rule in the settings file is marked, the rest holds', async () => {
  const lint = write('.ndislint.json', '{ "rules": { "no-such": "off", "pending-not-allowed": "off" } }');
  const uri = write('callmgr.c', faultyCallManager);
  const editor = await start();
  editor.open(uri, faultyCallManager);
  await rulesBecome(editor, uri, ['use-decl-annotations-missing']);
  const published = (params: Published) => params.uri === lint && params.diagnostics.length > 0;
  const { diagnostics } = await editor.client.notification('textDocument/publishDiagnostics', published);
  expect(diagnostics[0]).toMatchObject({
    message: 'There is no rule "no-such".',
    range: { start: { line: 0, character: 13 }, end: { line: 0, character: 22 } },
  });
});

test('a file that is deleted under the server goes on as an open document', async () => {
  const uri = write('callmgr.c', faultyCallManager);
  const editor = await start();
  editor.open(uri, faultyCallManager);
  expect(await editor.pushed(uri)).toHaveLength(2);
  rmSync(folder, { recursive: true });
  editor.client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 3 }] });
  editor.change(uri, `${faultyCallManager}\n`);
  expect(await editor.pushed(uri)).toHaveLength(2);
  editor.close(uri);
  expect(await editor.client.stop()).toBe(0);
});

test('reading a large tree shows progress and does not hold up answers', async () => {
  const copies = 200;
  for (let n = 0; n < copies; n++)
    write(`lib${n % 20}/part${n}.c`, completing.replace('QueueClose', `Close${n}`).repeat(20));
  const uri = write('driver/callmgr.c', faultyCallManager);
  const editor = await start();
  editor.open(uri, faultyCallManager);
  await editor.pushed(uri);
  const waits: number[] = [];
  const ended = (params: { value: { kind: string } }) => params.value.kind === 'end';
  const seen = () =>
    editor.client.notifications.some(({ method, params }) => method === '$/progress' && ended(params as never));
  for (const began = Date.now(); !seen() && Date.now() - began < 30_000; ) {
    const asked = performance.now();
    await editor.at('textDocument/hover', uri, 'ProtocolCmCloseAf');
    waits.push(performance.now() - asked);
  }
  expect(seen()).toBe(true);
  expect(waits.length).toBeGreaterThan(10);
  // Far above the budget of 50 ms, which the benchmark holds on a machine of its own: here other tests run beside.
  expect(Math.max(...waits)).toBeLessThan(2000);
});
