import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { root } from '../harness/paths.mjs';
import { faultyCallManager, faultyRules, planted } from '../harness/samples.js';

interface Message {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
}

let worker: Worker | undefined;

afterEach(() => worker?.terminate());

/** Starts the worker bundle; the answers to its requests come from `serve`. */
function start(serve: (message: Message) => unknown) {
  const bundle = path.join(root, 'dist', 'server.web.js');
  const started = new Worker(new URL('../harness/workerHost.mjs', import.meta.url), { workerData: { bundle } });
  worker = started;
  const waiting: { test: (message: Message) => boolean; resolve: (message: Message) => void }[] = [];
  started.on('message', (message: Message) => {
    if (message.id !== undefined && message.method !== undefined) {
      started.postMessage({ jsonrpc: '2.0', id: message.id, result: serve(message) });
      return;
    }
    for (const one of waiting.filter((entry) => entry.test(message))) one.resolve(message);
  });
  return {
    send: (message: Message) => started.postMessage({ jsonrpc: '2.0', ...message }),
    next: (test: (message: Message) => boolean) => new Promise<Message>((resolve) => waiting.push({ test, resolve })),
    failed: new Promise<never>((_, reject) => started.once('error', reject)),
  };
}

test('the worker bundle serves a document, with the files that the client hands over', async () => {
  const asked: string[] = [];
  const { send, next, failed } = start(({ method, params }) => {
    if (method !== 'ndis/asset') return null;
    const { name } = params as { name: string };
    asked.push(name);
    return new Uint8Array(readFileSync(path.join(root, 'dist', name)));
  });
  const initialized = next(({ id }) => id === 1);
  send({
    id: 1,
    method: 'initialize',
    params: { capabilities: {}, rootUri: null, initializationOptions: { assets: 'client' } },
  });
  expect((await Promise.race([initialized, failed])).result).toHaveProperty('capabilities');
  send({ method: 'initialized', params: {} });
  const published = next(({ method }) => method === 'textDocument/publishDiagnostics');
  const uri = 'vscode-vfs://github/owner/driver/callmgr.c';
  send({
    method: 'textDocument/didOpen',
    params: { textDocument: { uri, languageId: 'c', version: 1, text: faultyCallManager } },
  });
  const { params } = await Promise.race([published, failed]);
  const { diagnostics } = params as { diagnostics: { code: string }[] };
  expect(planted(diagnostics, ({ code }) => code).map(({ code }) => code)).toEqual(faultyRules);
  expect(asked).not.toContain('pages.json');
  const hovered = next(({ id }) => id === 2);
  send({
    id: 2,
    method: 'textDocument/hover',
    params: { textDocument: { uri }, position: { line: 3, character: 25 } },
  });
  expect(JSON.stringify((await Promise.race([hovered, failed])).result)).toContain('CmCloseAfHandler');
  expect(asked).toContain('pages.json');
});
