import * as vscode from 'vscode';

/** Scheme of the virtual documents that hold a rule's or an API's page: `ndis-page:/<name>.md`. */
export const pageScheme = 'ndis-page';

/** Asks the server for a page. */
export type PageSource = (name: string) => Promise<string | undefined>;

/** Read-only Markdown documents, made by the server when they are first shown. */
export function providePages(page: PageSource): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(pageScheme, {
    provideTextDocumentContent: async ({ path }) => {
      const name = path.replace(/^\//, '').replace(/\.md$/, '');
      return (await page(name)) ?? vscode.l10n.t('There is no page about {0}.', name);
    },
  });
}

/** Shows a page in VS Code's Markdown preview. */
export async function showPage(name: string): Promise<void> {
  const uri = vscode.Uri.from({ scheme: pageScheme, path: `/${name}.md` });
  await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
}
