import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

suite('extension host', () => {
  test('has the extension in development', () => {
    const extension = vscode.extensions.all.find(({ packageJSON }) => packageJSON.name === 'ndis-driver-tools');
    assert.ok(extension, 'VS Code does not know the extension');
  });

  test('opens a C document in an editor', async () => {
    const document = await vscode.workspace.openTextDocument({
      language: 'c',
      content: 'int main(void) { return 0; }\n',
    });
    const editor = await vscode.window.showTextDocument(document);
    assert.equal(editor.document.languageId, 'c');
  });
});
