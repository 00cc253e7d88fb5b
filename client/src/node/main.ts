import type * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { type Running, start } from '../start.js';

/** Starts the server as a process of its own. */
export function run(context: vscode.ExtensionContext): Promise<Running> {
  const module = context.asAbsolutePath('dist/server.js');
  const server = { module, transport: TransportKind.ipc };
  const debug = { ...server, options: { execArgv: ['--nolazy', '--inspect=6009'] } };
  return start(context, (options) => new LanguageClient('ndis', 'NDIS Driver Tools', { run: server, debug }, options));
}
