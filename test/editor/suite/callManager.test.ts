import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** Opens a file of the sample driver and waits for its findings. */
async function open(name: string): Promise<vscode.TextDocument> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'no folder is open');
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, name));
  await vscode.window.showTextDocument(document);
  return document;
}

async function until<T>(what: string, ask: () => T | undefined | Thenable<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 150; tries++) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`waited in vain for ${what}`);
}

function finding(document: vscode.TextDocument, rule: string): vscode.Diagnostic | undefined {
  const all = vscode.languages.getDiagnostics(document.uri);
  return all.find(({ code, source }) => source === 'ndis' && typeof code === 'object' && code.value === rule);
}

const positionOf = (document: vscode.TextDocument, text: string) =>
  document.positionAt(document.getText().indexOf(text));

suite('call manager sample', () => {
  test('reports the planted fault at its place', async () => {
    const document = await open('vc.c');
    const found = await until('pending-not-allowed', () => finding(document, 'pending-not-allowed'));
    assert.equal(document.getText(found.range), 'NDIS_STATUS_PENDING');
    assert.equal(found.severity, vscode.DiagnosticSeverity.Error);
  });

  test('hovers over a callback of the driver', async () => {
    const document = await open('af.c');
    await until('findings', () => finding(document, 'callback-signature'));
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      positionOf(document, 'LcmCmCloseAf').translate(0, 3),
    );
    const text = hovers.flatMap(({ contents }) => contents.map((c) => (c as vscode.MarkdownString).value)).join('\n');
    assert.match(text, /Registered in .*driver/);
    assert.match(text, /NdisCmCloseAddressFamilyComplete/);
    assert.match(text, /IRQL <= DISPATCH_LEVEL/);
  });

  test('offers the skeleton of a callback and the statuses it may return', async () => {
    const document = await open('sap.c');
    await until(
      'the server',
      () =>
        (vscode.languages.getDiagnostics(document.uri) && finding(document, 'role-type-missing') === undefined) ||
        undefined,
    );
    const edit = new vscode.WorkspaceEdit();
    const end = document.lineAt(document.lineCount - 1).range.end;
    edit.insert(document.uri, end, '\nProtocolCmClose');
    await vscode.workspace.applyEdit(edit);
    const at = document.lineAt(document.lineCount - 1).range.end;
    const label = await until('the skeleton', async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        at,
      );
      return list.items
        .map((item) => (typeof item.label === 'string' ? item.label : item.label.label))
        .find((name) => name === 'ProtocolCmCloseAf');
    });
    assert.equal(label, 'ProtocolCmCloseAf');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  test('shows the parameters of a completion function', async () => {
    const document = await open('caller.c');
    await until('findings', () => finding(document, 'completion-with-pending'));
    const at = positionOf(document, 'NdisCmDropPartyComplete(').translate(0, 'NdisCmDropPartyComplete('.length);
    const help = await vscode.commands.executeCommand<vscode.SignatureHelp>(
      'vscode.executeSignatureHelpProvider',
      document.uri,
      at,
    );
    assert.match(help.signatures[0]?.label ?? '', /NdisCmDropPartyComplete\(NDIS_STATUS Status/);
  });

  test('a fix makes the finding go', async () => {
    const document = await open('activate.c');
    const found = await until('mcm-mismatch', () => finding(document, 'mcm-mismatch'));
    const fix = await until('the fix', async () => {
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        found.range,
        vscode.CodeActionKind.QuickFix.value,
        10,
      );
      return actions.find((action) => action.title === 'Change to NdisCmDeactivateVc' && action.edit);
    });
    assert.ok(fix.edit && (await vscode.workspace.applyEdit(fix.edit)));
    await until('the finding to go', () => (finding(document, 'mcm-mismatch') ? undefined : true));
    assert.ok(document.getText().includes(' NdisCmDeactivateVc('));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});
