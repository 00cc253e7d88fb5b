import { expect, test } from 'vitest';
import { Editor, everything, positionOf } from '../harness/editor.js';
import { faultyCallManager, faultyRules } from '../harness/samples.js';

const uri = 'file:///driver/callmgr.c';

/** The server is well: it answers, and reports what it should in a fresh document. */
async function expectAlive(editor: Editor): Promise<void> {
  const fresh = 'file:///elsewhere/fresh.c';
  editor.open(fresh, faultyCallManager);
  expect((await editor.pushed(fresh)).map(({ code }) => code)).toEqual(faultyRules);
  const logged = editor.client.notifications.filter(({ method }) => method === 'window/logMessage');
  expect(logged).toEqual([]);
  expect(await editor.client.stop()).toBe(0);
}

test('every beginning of a source, as it is typed', async () => {
  const editor = await Editor.start();
  editor.open(uri, '');
  const answers: Promise<unknown>[] = [];
  for (let length = 1; length <= faultyCallManager.length; length++) {
    const at = positionOf(faultyCallManager, length - 1);
    editor.change(uri, faultyCallManager.charAt(length - 1), { start: at, end: at });
    if (length % 3 !== 0) continue;
    const position = positionOf(faultyCallManager, length);
    const params = { textDocument: { uri }, position };
    answers.push(
      editor.client.request('textDocument/completion', params),
      editor.client.request('textDocument/hover', params),
      editor.client.request('textDocument/signatureHelp', params),
    );
    // A fast typist's editor runs a little ahead of the server, not a whole file.
    if (length % 24 === 0) await Promise.all(answers.splice(0));
  }
  await Promise.all(answers);
  expect((await editor.pushed(uri)).map(({ code }) => code)).toEqual(faultyRules);
  await expectAlive(editor);
});

test('a source that is deleted from its end and from its beginning', async () => {
  const editor = await Editor.start();
  editor.open(uri, faultyCallManager);
  for (let cut = 0; cut < faultyCallManager.length; cut += 7) editor.change(uri, faultyCallManager.slice(0, -cut));
  for (let cut = 0; cut < faultyCallManager.length; cut += 7) editor.change(uri, faultyCallManager.slice(cut));
  await editor.pushed(uri);
  await expectAlive(editor);
});

const strange: [what: string, text: string][] = [
  ['no text', ''],
  ['no line break at the end', faultyCallManager.trimEnd()],
  ['only CR', faultyCallManager.replaceAll('\n', '\r')],
  ['null characters', `${faultyCallManager}\0\0\0${faultyCallManager}`],
  ['half a surrogate pair', `${faultyCallManager}// \ud83d\n`],
  ['8-bit text that was read as UTF-8', faultyCallManager.replace('idle', 'idle /* \ufffd\ufffd */')],
  ['open braces without end', `#include <ndis.h>\n${'void f(void) {'.repeat(2000)}`],
  ['parentheses without end', `#include <ndis.h>\nint x = ${'('.repeat(20_000)}`],
  ['closing braces', `#include <ndis.h>\n${'}'.repeat(20_000)}`],
  ['conditionals without end', `#include <ndis.h>\n${'#if A\n'.repeat(3000)}`],
  ['a comment without end', `${faultyCallManager}/* ${'x'.repeat(10_000)}`],
  ['a string without end', `${faultyCallManager}char *s = "${'\\'.repeat(1001)}`],
  ['one long line', `#include <ndis.h>\n${faultyCallManager.replaceAll('\n', ' ').repeat(100)}`],
  ['binary', Array.from({ length: 20_000 }, (_, index) => String.fromCharCode((index * 7919) % 65_536)).join('')],
];

test('texts that are no driver, in one server', async () => {
  const editor = await Editor.start();
  for (const [what, text] of strange) {
    const strangeUri = `file:///strange/${what.replaceAll(' ', '-')}.c`;
    editor.open(strangeUri, text);
    await editor.pushed(strangeUri);
    const middle = { textDocument: { uri: strangeUri }, position: positionOf(text, text.length >> 1) };
    await editor.client.request('textDocument/completion', middle);
    await editor.client.request('textDocument/hover', middle);
    editor.close(strangeUri);
  }
  await expectAlive(editor);
});

test('a megabyte of driver', async () => {
  const editor = await Editor.start();
  const copies = Math.ceil((1 << 20) / faultyCallManager.length);
  const parts = Array.from({ length: copies }, (_, n) =>
    faultyCallManager.replaceAll(/SampleDeleteVc|ProtocolCmCloseAf/g, (name) => `${name}${n}`),
  );
  editor.open(uri, parts.join(''));
  const found = await editor.pushed(uri);
  expect(found.filter(({ code }) => code === 'pending-not-allowed')).toHaveLength(copies);
  await expectAlive(editor);
});

test('requests and changes about documents that are not open', async () => {
  const editor = await Editor.start();
  const params = { textDocument: { uri }, position: { line: 0, character: 0 } };
  expect(await editor.client.request('textDocument/hover', params)).toBeNull();
  expect(await editor.codeActions(uri, { start: params.position, end: params.position })).toEqual([]);
  editor.change(uri, 'text');
  editor.close(uri);
  editor.open(uri, faultyCallManager);
  editor.open(uri, faultyCallManager);
  expect(await editor.pushed(uri)).toHaveLength(2);
  await expectAlive(editor);
});

test('a request that is called off is answered so, and the next one is not', async () => {
  const editor = await Editor.start();
  editor.open(uri, faultyCallManager);
  const params = { textDocument: { uri }, position: { line: 3, character: 25 } };
  const first = editor.client.start('textDocument/hover', params);
  editor.client.notify('$/cancelRequest', { id: first.id });
  await expect(first.answer).rejects.toMatchObject({ code: -32800 });
  expect(await editor.client.request('textDocument/hover', params)).not.toBeNull();
});

test('a document of another scheme is served like a file', async () => {
  const editor = await Editor.start();
  for (const other of [
    'untitled:Untitled-1',
    'vscode-vfs://github/owner/repo/callmgr.c',
    'file:///c%3A/a%20b/%C3%A9.c',
  ]) {
    editor.open(other, faultyCallManager);
    expect((await editor.pushed(other)).map(({ code }) => code)).toEqual(faultyRules);
  }
});

test('the left side of a comparison is left alone', async () => {
  const editor = await Editor.start();
  editor.open('git:/driver/callmgr.c', faultyCallManager);
  editor.open(uri, faultyCallManager);
  await editor.pushed(uri);
  const shown = JSON.stringify(editor.client.notifications);
  expect(shown).toContain(uri);
  expect(shown).not.toContain('git:');
});

test('headers are C for one editor and C++ for another', async () => {
  const editor = await Editor.start(everything);
  for (const [name, language] of [
    ['a.h', 'c'],
    ['b.h', 'cpp'],
    ['c.c', 'C'],
    ['d.cpp', 'c++'],
    ['e.c', 'plaintext'],
  ]) {
    const file = `file:///${name}-folder/${name}`;
    editor.open(file, faultyCallManager, language);
    expect((await editor.pushed(file)).map(({ code }) => code)).toEqual(faultyRules);
  }
});
