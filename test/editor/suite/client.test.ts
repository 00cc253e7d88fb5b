import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

const text = `#include <ndis.h>

PROTOCOL_CO_DELETE_VC SampleDeleteVc;

_Use_decl_annotations_
NDIS_STATUS
SampleDeleteVc(
    NDIS_HANDLE ProtocolVcContext
    )
{
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    return NDIS_STATUS_PENDING;
}
`;

async function until(what: string, holds: () => boolean | Thenable<boolean>): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`waited in vain for ${what}`);
}

async function openSample(): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language: 'c', content: text });
  await vscode.window.showTextDocument(document);
  await until('findings', () => vscode.languages.getDiagnostics(document.uri).length > 0);
  return document;
}

suite('client', () => {
  test('serves a document that was never saved', async () => {
    const document = await openSample();
    const codes = vscode.languages
      .getDiagnostics(document.uri)
      .map(({ code }) => (typeof code === 'object' ? code.value : code));
    assert.deepEqual(codes, ['pending-not-allowed']);
  });

  test('goes on after a restart of the server', async () => {
    const document = await openSample();
    await vscode.commands.executeCommand('ndis.restartServer');
    await until('findings after the restart', () => vscode.languages.getDiagnostics(document.uri).length > 0);
  });

  test('explains a rule from the light bulb', async () => {
    const document = await openSample();
    const [finding] = vscode.languages.getDiagnostics(document.uri);
    assert.ok(finding);
    await until('the action', async () => {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        finding.range,
      );
      return actions.some(({ command }) => command?.command === 'ndis.explainRule');
    });
  });

  test('shows the page of an API as a Markdown document', async () => {
    const page = await vscode.workspace.openTextDocument(vscode.Uri.parse('ndis-page:/ProtocolCmCloseAf.md'));
    assert.equal(page.languageId, 'markdown');
    assert.match(page.getText(), /CmCloseAfHandler/);
  });

  test('lets no command run from a hover but its own', async () => {
    const document = await openSample();
    const position = document.positionAt(document.getText().indexOf('PROTOCOL_CO_DELETE_VC') + 3);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    const trusted = hovers.flatMap(({ contents }) => contents.map((part) => (part as vscode.MarkdownString).isTrusted));
    assert.ok(trusted.length > 0);
    for (const trust of trusted) assert.deepEqual(trust, { enabledCommands: ['ndis.explainRule'] });
  });
});
