import * as vscode from 'vscode';

/** Says no more than "worth starting the server"; the server decides what is an NDIS file. */
const ndisHint =
  /#[ \t]*include[ \t]*[<"](?:[^">\n]*[\\/])?ndis\.h[">]|\bNdis[A-Z]\w*[ \t]*\(|\bNDIS_STATUS_|\bNET_BUFFER_LIST\b|\b(?:MINIPORT|PROTOCOL|FILTER|CM|CO|CL)_[A-Z_]{3,}\b/;

/** Longest beginning of a document that is looked through, in UTF-16 units. */
const longestLook = 500_000;

/** Calls `found` once, when the first open C or C++ document that looks like NDIS is seen. */
export function whenNdisIsSeen(found: () => void): vscode.Disposable {
  const disposables: vscode.Disposable[] = [];
  const watching = vscode.Disposable.from({ dispose: () => disposables.forEach((one) => void one.dispose()) });
  const look = (document: vscode.TextDocument, text: string) => {
    if (!isCLike(document) || !ndisHint.test(text)) return false;
    watching.dispose();
    found();
    return true;
  };
  if (vscode.workspace.textDocuments.some((document) => look(document, beginning(document)))) return watching;
  disposables.push(
    vscode.workspace.onDidOpenTextDocument((document) => void look(document, beginning(document))),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      // A name comes into being a letter at a time: the lines around each change are looked at.
      contentChanges.some(({ range, text }) => look(document, lineAround(document, range.start, text)));
    }),
  );
  return watching;
}

const isCLike = ({ languageId }: vscode.TextDocument) => languageId === 'c' || languageId === 'cpp';

function beginning(document: vscode.TextDocument): string {
  return isCLike(document) ? document.getText().slice(0, longestLook) : '';
}

function lineAround(document: vscode.TextDocument, start: vscode.Position, inserted: string): string {
  const last = Math.min(document.lineCount - 1, start.line + inserted.split('\n').length - 1);
  return document.getText(new vscode.Range(start.line, 0, last, document.lineAt(last).text.length));
}
