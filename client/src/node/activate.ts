import type * as vscode from 'vscode';
import { activateStub } from '../stub.js';
import type * as Main from './main.js';

export function activate(context: vscode.ExtensionContext): void {
  // Beside this bundle: a bundle of its own, loaded only when it is needed.
  activateStub(context, (held) => (require('./client-main.js') as typeof Main).run(held));
}

export { deactivate } from '../stub.js';
