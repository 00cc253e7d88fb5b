import { expect, test } from 'vitest';
import { type Diagnostic, Editor, everything } from '../harness/editor.js';
import { faultyCallManager, faultyRules, planted } from '../harness/samples.js';

const uri = 'file:///driver/callmgr.c';
const pulling = { ...everything, textDocument: { ...everything.textDocument, diagnostic: {} } };

interface Report {
  kind: string;
  resultId: string;
  items?: Diagnostic[];
}

test('a faulty call manager is reported', async () => {
  const editor = await Editor.start();
  editor.open(uri, faultyCallManager);
  const diagnostics = await editor.pushed(uri);
  expect(diagnostics.map(({ code }) => code)).toEqual(faultyRules);
  expect(diagnostics[0]).toMatchObject({ source: 'ndis', severity: 1 });
  expect(diagnostics[0]?.codeDescription?.href).toMatch(/^https:/);
  const { range } = diagnostics[0] as Diagnostic;
  const line = faultyCallManager.split('\n')[range.start.line] ?? '';
  expect(line.slice(range.start.character, range.end.character)).toContain('NDIS_STATUS_PENDING');
});

test('an edit takes the finding away, and closing takes all', async () => {
  const editor = await Editor.start();
  editor.open(uri, faultyCallManager);
  const [{ range }] = (await editor.pushed(uri)) as [Diagnostic];
  editor.change(uri, 'NDIS_STATUS_SUCCESS', range);
  expect((await editor.pushed(uri)).map(({ code }) => code)).not.toContain('pending-not-allowed');
  editor.close(uri);
  const cleared = (params: { uri: string; version?: number; diagnostics: unknown[] }) =>
    params.uri === uri && params.version === undefined && params.diagnostics.length === 0;
  await editor.client.notification('textDocument/publishDiagnostics', cleared);
});

test('pulled diagnostics are the same, and unchanged ones are not sent again', async () => {
  const editor = await Editor.start(pulling);
  editor.open(uri, faultyCallManager);
  const ask = (previousResultId?: string) =>
    editor.client.request<Report>('textDocument/diagnostic', { textDocument: { uri }, previousResultId });
  const full = await ask();
  expect(full.kind).toBe('full');
  expect(planted(full.items ?? [], ({ code }) => code).map(({ code }) => code)).toEqual(faultyRules);
  expect(await ask(full.resultId)).toEqual({ kind: 'unchanged', resultId: full.resultId });
  expect(editor.client.notifications.map(({ method }) => method)).not.toContain('textDocument/publishDiagnostics');
});

test('a file that names nothing of NDIS gets no answer of any kind', async () => {
  const editor = await Editor.start();
  const text = '#include <stdio.h>\nint main(void)\n{\n    return printf("hello");\n}\n';
  editor.open(uri, text);
  expect(await editor.pushed(uri)).toEqual([]);
  expect(await editor.at('textDocument/hover', uri, 'printf')).toBeNull();
  expect(await editor.at('textDocument/completion', uri, 'printf', 3)).toMatchObject({ items: [] });
  expect(await editor.at('textDocument/signatureHelp', uri, '"hello', 0)).toBeNull();
  expect(await editor.at('textDocument/definition', uri, 'printf')).toEqual([]);
});

test('nothing is reported in the headers of a kit', async () => {
  const editor = await Editor.start();
  const kit = 'file:///c%3A/Program%20Files%20(x86)/Windows%20Kits/10/Include/10.0.26100.0/km/ndis.c';
  editor.open(kit, faultyCallManager);
  expect(await editor.pushed(kit)).toEqual([]);
});

test('settings of the editor change a severity', async () => {
  const editor = await Editor.start(everything, {
    rules: { 'pending-not-allowed': 'hint', 'use-decl-annotations-missing': 'off' },
  });
  editor.open(uri, faultyCallManager);
  expect(await editor.pushed(uri)).toMatchObject([{ code: 'pending-not-allowed', severity: 4 }]);
});

test('settings that are sent count where the client cannot be asked', async () => {
  const editor = await Editor.start({});
  editor.open(uri, faultyCallManager);
  expect(await editor.pushed(uri)).toHaveLength(2);
  const since = editor.client.notifications.length;
  editor.client.notify('workspace/didChangeConfiguration', {
    settings: { ndis: { rules: { 'pending-not-allowed': 'off' } } },
  });
  const fewer = ({ diagnostics }: { diagnostics: Diagnostic[] }) =>
    diagnostics.every(({ code }) => code !== 'pending-not-allowed');
  await editor.client.notification('textDocument/publishDiagnostics', fewer, since);
});

test('a rule that does not exist is named once, with the one that was meant', async () => {
  const editor = await Editor.start(everything, { rules: { 'pending-not-alowed': 'off' } });
  editor.open(uri, faultyCallManager);
  await editor.pushed(uri);
  const shown = editor.client.notifications.filter(({ method }) => method === 'window/showMessage');
  expect(shown).toHaveLength(1);
  expect(JSON.stringify(shown[0])).toContain('did you mean \\"pending-not-allowed\\"');
});
