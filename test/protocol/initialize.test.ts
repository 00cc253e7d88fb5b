import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { barely, Editor, everything } from '../harness/editor.js';
import { LspClient } from '../harness/lspClient.js';
import { root } from '../harness/paths.mjs';

interface Initialized {
  capabilities: Record<string, unknown>;
  serverInfo: { name: string; version: string };
}

async function capabilitiesFor(capabilities: object): Promise<Initialized> {
  const client = new LspClient();
  const result = await client.initialize<Initialized>(capabilities);
  expect(await client.stop()).toBe(0);
  return result;
}

test('a client that announces nothing gets a server all the same', async () => {
  const { capabilities, serverInfo } = await capabilitiesFor({});
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  expect(serverInfo).toEqual({ name: 'NDIS Driver Tools', version });
  expect(capabilities).toMatchObject({
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: 2 },
    hoverProvider: true,
    definitionProvider: true,
    referencesProvider: true,
    signatureHelpProvider: { triggerCharacters: ['(', ','] },
    completionProvider: { resolveProvider: true },
  });
  expect(capabilities.diagnosticProvider).toBeUndefined();
});

test('nothing is announced that another C server does better', async () => {
  const { capabilities } = await capabilitiesFor(everything);
  for (const absent of [
    'renameProvider',
    'callHierarchyProvider',
    'documentSymbolProvider',
    'documentFormattingProvider',
  ]) {
    expect(capabilities).not.toHaveProperty(absent);
  }
});

test('code actions are resolved later only where the client can', async () => {
  const kinds = ['quickfix', 'refactor', 'source.fixAll.ndis'];
  const lazy = await capabilitiesFor(everything);
  expect(lazy.capabilities.codeActionProvider).toEqual({ codeActionKinds: kinds, resolveProvider: true });
  const eager = await capabilitiesFor(barely);
  expect(eager.capabilities.codeActionProvider).toEqual({ codeActionKinds: kinds, resolveProvider: false });
});

test('diagnostics are pulled where the client pulls', async () => {
  const { capabilities } = await capabilitiesFor({ textDocument: { diagnostic: {} } });
  expect(capabilities.diagnosticProvider).toEqual({
    identifier: 'ndis',
    interFileDependencies: true,
    workspaceDiagnostics: false,
  });
});

test('requests that are not answered here are refused, and the server goes on', async () => {
  const { client } = await Editor.start();
  await expect(client.request('textDocument/rename', {})).rejects.toMatchObject({ code: -32601 });
  expect(await client.stop()).toBe(0);
});

test('without a transport the program says how it is used', async () => {
  const client = new LspClient([]);
  expect(await client.exited).toBe(2);
  expect(client.stderr).toContain('Usage: ndis-language-server --stdio');
});
