import { expect, test } from 'vitest';
import { type Diagnostic, Editor, positionOf } from '../harness/editor.js';
import { faultyCallManager } from '../harness/samples.js';

const uri = 'file:///driver/callmgr.c';

/** The mistake of the sample behind text whose characters take one, two and three bytes, and two UTF-16 units. */
const wide = faultyCallManager.replace(
  '    return NDIS_STATUS_PENDING;',
  '    /* é 漢 😀😀 */ return NDIS_STATUS_PENDING;',
);

async function findingIn(text: string): Promise<Diagnostic> {
  const editor = await Editor.start();
  editor.open(uri, text);
  const found = (await editor.pushed(uri)).find(({ code }) => code === 'pending-not-allowed');
  if (!found) throw new Error('the mistake was not reported');
  return found;
}

function textAt(text: string, { range }: Diagnostic): string {
  return (text.split(/\r\n|\r|\n/)[range.start.line] ?? '').slice(range.start.character, range.end.character);
}

test('columns count UTF-16 units', async () => {
  const finding = await findingIn(wide);
  expect(textAt(wide, finding)).toContain('NDIS_STATUS_PENDING');
});

test('lines may end with CR LF', async () => {
  const text = wide.replaceAll('\n', '\r\n');
  const finding = await findingIn(text);
  expect(textAt(text, finding)).toContain('NDIS_STATUS_PENDING');
  expect(finding.range).toEqual((await findingIn(wide)).range);
});

test('a hover behind wide characters hits the word', async () => {
  const editor = await Editor.start();
  editor.open(uri, wide);
  const hover = await editor.at<{ range: object }>('textDocument/hover', uri, 'NDIS_STATUS_PENDING', 3);
  const start = positionOf(wide, wide.indexOf('NDIS_STATUS_PENDING'));
  expect(hover.range).toEqual({ start, end: { ...start, character: start.character + 'NDIS_STATUS_PENDING'.length } });
});

test('positions outside of the text are taken as its nearest end', async () => {
  const editor = await Editor.start();
  editor.open(uri, faultyCallManager);
  const ask = (line: number, character: number) =>
    editor.client.request('textDocument/hover', { textDocument: { uri }, position: { line, character } });
  await Promise.all([ask(0, 100_000), ask(100_000, 0), ask(5, 2 ** 31 - 1)]);
  expect(await editor.client.stop()).toBe(0);
});

test('an edit in the middle of a surrogate pair is survived', async () => {
  const editor = await Editor.start();
  editor.open(uri, wide);
  const at = positionOf(wide, wide.indexOf('😀') + 1);
  editor.change(uri, 'x', { start: at, end: at });
  expect((await editor.pushed(uri)).map(({ code }) => code)).toContain('pending-not-allowed');
});
