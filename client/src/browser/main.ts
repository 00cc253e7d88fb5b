import * as vscode from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import { type Running, start } from '../start.js';

/** Starts the server in a worker. */
export function run(context: vscode.ExtensionContext): Promise<Running> {
  const file = (name: string) => vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, 'dist', name));
  const server = async () => transportsOf(workerFrom(await file('server.web.js')));
  return start(context, (options) => {
    const client = new LanguageClient('ndis', 'NDIS Driver Tools', server, {
      ...options,
      initializationOptions: { assets: 'client' },
    });
    client.onRequest('ndis/asset', ({ name }: { name: string }) => file(name));
    return client;
  });
}

/** A worker may not be started from the address of an extension, so its script is handed over. */
function workerFrom(script: Uint8Array): Worker {
  const url = URL.createObjectURL(new Blob([script as Uint8Array<ArrayBuffer>], { type: 'text/javascript' }));
  return new Worker(url);
}

/** The host wraps `Worker` in a class of its own, which the language client does not take for one. */
function transportsOf(worker: Worker): MessageTransports {
  return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
}
