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
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
suite('client', () => {
  test('finding, hover, action, page', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'c', content: text });
    await vscode.window.showTextDocument(document);
    for (let i = 0; i < 60 && vscode.languages.getDiagnostics(document.uri).length === 0; i++) await sleep(250);
    const diagnostics = vscode.languages.getDiagnostics(document.uri);
    assert.deepEqual(diagnostics.map((d) => [d.source, typeof d.code === 'object' ? d.code.value : d.code]), [['ndis', 'pending-not-allowed']]);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, new vscode.Position(2, 5));
    const md = hovers.flatMap((h) => h.contents).map((c) => c as vscode.MarkdownString);
    assert.ok(md.some((c) => c.value.includes('Vc')), JSON.stringify(hovers));
    console.log('TRUST', JSON.stringify(md.map((c) => c.isTrusted)));
    let actions: vscode.CodeAction[] = [];
    for (let i = 0; i < 10 && !actions.some((a) => a.title.startsWith('Explain')); i++) {
      actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, diagnostics[0]!.range);
    }
    assert.ok(actions.some((a) => a.title === 'Explain pending-not-allowed'), JSON.stringify(actions.map((a) => a.title)));
    await vscode.commands.executeCommand('ndis.explainRule', 'ProtocolCmCloseAf');
    const page = await vscode.workspace.openTextDocument(vscode.Uri.parse('ndis-page:/ProtocolCmCloseAf.md'));
    assert.match(page.getText(), /CmCloseAfHandler/);
    assert.equal(page.languageId, 'markdown');
    await vscode.commands.executeCommand('ndis.restartServer');
    await sleep(1500);
    assert.equal(vscode.languages.getDiagnostics(document.uri).length, 1);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, new vscode.Position(3, 0));
    assert.ok(list.items.length > 10);
    await vscode.commands.executeCommand('ndis.showOutput');
  });
});
