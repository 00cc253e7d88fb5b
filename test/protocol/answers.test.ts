import { expect, test } from 'vitest';
import { applyEdits, barely, Editor, everything, type TextEdit, wholeText } from '../harness/editor.js';
import { faultyCallManager } from '../harness/samples.js';

const uri = 'file:///driver/callmgr.c';

interface Hover {
  contents: { kind: string; value: string };
  range: { start: { line: number }; end: { line: number } };
}

interface Item {
  label: string;
  kind: number;
  insertTextFormat: number;
  textEdit: TextEdit;
  documentation?: { kind: string; value: string };
}

interface Action {
  title: string;
  kind: string;
  edit?: { changes?: Record<string, TextEdit[]>; documentChanges?: { textDocument: object; edits: TextEdit[] }[] };
  command?: { command: string };
}

async function opened(capabilities: object = everything, text = faultyCallManager): Promise<Editor> {
  const editor = await Editor.start(capabilities);
  editor.open(uri, text);
  return editor;
}

test('hover tells what a callback is for', async () => {
  const editor = await opened();
  const hover = await editor.at<Hover>('textDocument/hover', uri, 'ProtocolCmCloseAf');
  expect(hover.contents.kind).toBe('markdown');
  expect(hover.contents.value).toContain('CmCloseAfHandler');
  expect(hover.range.start.line).toBe(3);
});

test('hover is plain text for clients without Markdown', async () => {
  const editor = await opened({});
  const { contents } = await editor.at<Hover>('textDocument/hover', uri, 'ProtocolCmCloseAf');
  expect(contents.kind).toBe('plaintext');
  expect(contents.value).toContain('CmCloseAfHandler');
  expect(contents.value).not.toMatch(/`|\*\*|```/);
});

test('a skeleton is a snippet, its documentation comes on resolve', async () => {
  const editor = await opened(everything, '#include <ndis.h>\n\nProtocolCmClo\n');
  const { items } = await editor.at<{ items: Item[] }>('textDocument/completion', uri, 'ProtocolCmClo', 13);
  const skeleton = items.find(({ label, kind }) => label.startsWith('ProtocolCmCloseAf') && kind === 15);
  expect(skeleton).toMatchObject({ insertTextFormat: 2 });
  expect(skeleton?.documentation).toBeUndefined();
  expect(skeleton?.textEdit.newText).toContain('PROTOCOL_CM_CLOSE_AF');
  expect(skeleton?.textEdit.newText).toContain('$0');
  const resolved = await editor.client.request<Item>('completionItem/resolve', skeleton);
  expect(resolved.documentation?.kind).toBe('markdown');
});

test('a skeleton is plain text where snippets are not known', async () => {
  const editor = await opened({}, '#include <ndis.h>\n\nProtocolCmClo\n');
  const { items } = await editor.at<{ items: Item[] }>('textDocument/completion', uri, 'ProtocolCmClo', 13);
  expect(items.length).toBeGreaterThan(0);
  for (const item of items) {
    expect(item.insertTextFormat).toBe(1);
    expect(item.kind).toBeLessThanOrEqual(18);
    expect(item.textEdit.newText).not.toMatch(/\$\{?\d/);
  }
});

test('behind a blank only what belongs there comes by itself', async () => {
  const text = '#include <ndis.h>\n\nVOID F(PNDIS_OID_REQUEST R)\n{\n    R->RequestType = ;\n    NdisFoo(R + );\n}\n';
  const editor = await opened(everything, text);
  const context = { triggerKind: 2, triggerCharacter: ' ' };
  const behind = async (needle: string): Promise<string[]> => {
    const { items } = await editor.at<{ items: Item[] }>('textDocument/completion', uri, needle, needle.length, {
      context,
    });
    return items.map(({ label }) => label);
  };
  expect(await behind('RequestType = ')).toContain('NdisRequestQueryInformation');
  expect(await behind('{\n  ')).toEqual([]);
  expect(await behind('R + ')).toEqual([]);
});

test('of thousands of names the best are sent, and the others when more is typed', async () => {
  const editor = await opened(everything, '#include <ndis.h>\n\nVOID F(VOID)\n{\n    NDIS_STATUS_PE\n}\n');
  const after = (letters: number): Promise<{ isIncomplete: boolean; items: Item[] }> =>
    editor.at('textDocument/completion', uri, 'NDIS_STATUS_PE', letters);
  const few = await after(2);
  expect(few.isIncomplete).toBe(true);
  expect(few.items.length).toBeLessThan(500);
  const { isIncomplete, items } = await after(14);
  expect(isIncomplete).toBe(false);
  expect(items.map(({ label }) => label)).toContain('NDIS_STATUS_PENDING');
});

test('a list from too few letters is asked for again', async () => {
  const editor = await opened(everything, '#include <ndis.h>\n\nVOID F(VOID)\n{\n    NdisAll\n}\n');
  const after = (letters: number): Promise<{ isIncomplete: boolean; items: Item[] }> =>
    editor.at('textDocument/completion', uri, 'NdisAll', letters);
  expect((await after(1)).isIncomplete).toBe(true);
  const { isIncomplete, items } = await after(7);
  expect(isIncomplete).toBe(false);
  expect(items.map(({ label }) => label)).toContain('NdisAllocateNetBufferList');
});

test('a call shows its arguments where the client can, and the type of its result', async () => {
  const commands = ['editor.action.triggerParameterHints'];
  const text = '#include <ndis.h>\n\nVOID F(VOID)\n{\n    NET_BUFFER_LIST_FI\n}\n';
  const call = async (capabilities: object): Promise<unknown> => {
    const editor = await opened(capabilities, text);
    const { items } = await editor.at<{ items: Item[] }>('textDocument/completion', uri, 'LIST_FI', 7);
    return items.find(({ label }) => label === 'NET_BUFFER_LIST_FIRST_NB');
  };
  expect(await call({ ...everything, experimental: { ndis: { commands } } })).toMatchObject({
    labelDetails: { detail: '(NBL)', description: 'PNET_BUFFER' },
    command: { command: commands[0] },
  });
  expect(await call(everything)).not.toHaveProperty('command');
});

test('signature help names the argument under the cursor', async () => {
  const editor = await opened();
  const help = await editor.at<{ signatures: { label: string; parameters: { label: [number, number] }[] }[] }>(
    'textDocument/signatureHelp',
    uri,
    '&idle',
    0,
  );
  const [signature] = help.signatures;
  expect(signature?.label).toContain('NdisInitializeEvent(');
  const [start, end] = signature?.parameters[0]?.label ?? [0, 0];
  expect(signature?.label.slice(start, end)).toContain('Event');
});

test('a quick fix is offered without its edit and resolved with it', async () => {
  const editor = await opened();
  const actions = await editor.codeActions<Action>(uri, wholeText, ['quickfix']);
  const action = actions.find(({ title }) => title.includes('_Use_decl_annotations_'));
  expect(action?.edit).toBeUndefined();
  const resolved = await editor.client.request<Action>('codeAction/resolve', action);
  const [change] = resolved.edit?.documentChanges ?? [];
  expect(change?.textDocument).toMatchObject({ uri, version: expect.any(Number) });
  const fixed = applyEdits(faultyCallManager, change?.edits ?? []);
  expect(fixed).toContain('_Use_decl_annotations_\nNDIS_STATUS\nProtocolCmCloseAf(');
});

test('an action that is resolved after an edit is refused', async () => {
  const editor = await opened();
  const [action] = await editor.codeActions<Action>(uri, wholeText, ['quickfix']);
  editor.change(uri, '\n', { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } });
  await expect(editor.client.request('codeAction/resolve', action)).rejects.toMatchObject({ code: -32801 });
});

test('fixing everything is offered only to who asks for it', async () => {
  const editor = await opened(barely);
  const unasked = await editor.codeActions<Action>(uri, wholeText);
  expect(unasked.map(({ kind }) => kind)).not.toContain('source.fixAll.ndis');
  for (const only of ['source', 'source.fixAll', 'source.fixAll.ndis']) {
    const [all] = await editor.codeActions<Action>(uri, wholeText, [only]);
    expect(all?.kind).toBe('source.fixAll.ndis');
    expect(applyEdits(faultyCallManager, all?.edit?.changes?.[uri] ?? [])).toContain(
      '_Use_decl_annotations_\nNDIS_STATUS\nProtocolCmCloseAf(',
    );
  }
});

test('commands are offered only to clients that have them', async () => {
  const plain = await opened();
  const without = await plain.codeActions<Action>(uri, wholeText);
  expect(without.filter(({ command }) => command)).toEqual([]);
  const own = await opened({ ...everything, experimental: { ndis: { commands: ['ndis.explainRule'] } } });
  const withCommands = await own.codeActions<Action>(uri, wholeText);
  expect(withCommands.map(({ command }) => command?.command)).toContain('ndis.explainRule');
});

test('definition leads from a role type to the function, references to every place', async () => {
  const editor = await opened();
  const [place] = await editor.at<{ uri: string; range: { start: { line: number } } }[]>(
    'textDocument/definition',
    uri,
    'PROTOCOL_CM_CLOSE_AF',
  );
  expect(place).toMatchObject({ uri });
  const references = await editor.at<unknown[]>('textDocument/references', uri, 'ProtocolCmCloseAf(', 1, {
    context: { includeDeclaration: true },
  });
  expect(references.length).toBeGreaterThan(0);
});

test('explain gives the page of an API, and nothing for an unknown name', async () => {
  const { client } = await opened();
  const page = await client.request<{ markdown: string }>('ndis/explain', { name: 'ProtocolCmCloseAf' });
  expect(page.markdown).toContain('CmCloseAfHandler');
  expect(await client.request('ndis/explain', { name: 'NoSuchThing' })).toBeNull();
});

test('the status of a file goes to clients that want it', async () => {
  const editor = await opened({ ...everything, experimental: { ndis: { status: true } } });
  const status = await editor.client.notification<{ uri: string; ndis: boolean }>('ndis/status');
  expect(status).toMatchObject({ uri, ndis: true });
});
