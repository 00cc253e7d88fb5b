import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { clientOptions, ownMessages } from './options.js';
import { providePages, showPage } from './pages.js';
import { type FileStatus, StatusItem } from './status.js';
import { listFiles, readFile } from './workspaceFiles.js';

/** Makes the client of one host, Node or browser, not yet started. */
export type ClientFactory = (options: LanguageClientOptions) => BaseLanguageClient;

/** What the stub may ask for once everything is loaded. */
export interface Running {
  restart(): Promise<void>;
  showOutput(): void;
  explain(name: unknown): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the server and everything in VS Code that shows what it says. */
export async function start(context: vscode.ExtensionContext, makeClient: ClientFactory): Promise<Running> {
  const output = vscode.window.createOutputChannel('NDIS Driver Tools', { log: true });
  const client = makeClient(clientOptions(output));
  const status = new StatusItem();
  client.registerFeature(ownMessages);
  client.onNotification('ndis/status', (file: FileStatus) => status.update(file));
  client.onRequest('ndis/listFiles', ({ folder, depth }: { folder: string; depth: number }) =>
    listFiles(vscode.Uri.parse(folder), depth),
  );
  client.onRequest('ndis/readFile', ({ uri }: { uri: string }) => readFile(vscode.Uri.parse(uri)));
  const page = async (name: string) =>
    (await client.sendRequest<{ markdown: string } | null>('ndis/explain', { name }))?.markdown;
  context.subscriptions.push(output, status, providePages(page));
  await client.start();
  return {
    async restart() {
      status.clear();
      // One that failed to start cannot be stopped, and need not be.
      await client.stop().catch(() => {});
      await client.start();
    },
    showOutput: () => output.show(),
    explain: (name) => explain(name),
    stop: () => client.stop(),
  };
}

/** Shows the page of the rule or API item named, or asks for a name. */
async function explain(name: unknown): Promise<void> {
  const chosen = typeof name === 'string' ? name : await askForName();
  if (chosen) await showPage(chosen);
}

/** Offers the rules found in the active document, and takes any other name. */
function askForName(): Thenable<string | undefined> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const found = uri ? vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'ndis') : [];
  const value = found.map(({ code }) => (typeof code === 'object' ? code.value : code)).find(Boolean);
  const prompt = vscode.l10n.t('Name of a rule or of an NDIS function, callback or structure');
  return vscode.window.showInputBox({ prompt, value: value === undefined ? '' : String(value) });
}
