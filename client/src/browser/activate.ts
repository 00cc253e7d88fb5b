import * as vscode from 'vscode';
import { activateStub } from '../stub.js';
import type * as Main from './main.js';

export function activate(context: vscode.ExtensionContext): void {
  activateStub(context, async (held) => (await loadMain(held)).run(held));
}

/** A web host loads one file by itself; the larger part is read and evaluated as the host does with this one. */
async function loadMain(context: vscode.ExtensionContext): Promise<typeof Main> {
  const file = vscode.Uri.joinPath(context.extensionUri, 'dist', 'client-main.web.js');
  const source = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  const module = { exports: {} };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- a file of this extension, not of the workspace
  const evaluate = new Function('module', 'exports', 'require', source) as (...parts: unknown[]) => void;
  evaluate(module, module.exports, () => vscode);
  return module.exports as typeof Main;
}

export { deactivate } from '../stub.js';
