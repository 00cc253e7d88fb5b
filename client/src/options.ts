import * as vscode from 'vscode';
import type { LanguageClientOptions, StaticFeature } from 'vscode-languageclient';
import { crashPolicy } from './crashPolicy.js';

/** The command that a code action or a hover of the server may run here. */
export const explainCommand = 'ndis.explainRule';

/** VS Code's own, which a completion of a call runs. */
const parameterHints = 'editor.action.triggerParameterHints';

/** Options of the language client that hold in every host. */
export function clientOptions(output: vscode.LogOutputChannel): LanguageClientOptions {
  return {
    // No scheme: files of remote and virtual workspaces count too. The server leaves out texts that are no files.
    documentSelector: [{ language: 'c' }, { language: 'cpp' }],
    outputChannel: output,
    errorHandler: crashPolicy(() => output.show()),
    markdown: { isTrusted: { enabledCommands: [explainCommand] } },
    diagnosticCollectionName: 'ndis',
  };
}

/** Announces this project's own messages. */
export const ownMessages: StaticFeature = {
  fillClientCapabilities(capabilities) {
    const ndis = { commands: [explainCommand, parameterHints], status: true, files: true };
    capabilities.experimental = { ...(capabilities.experimental as object | undefined), ndis };
  },
  initialize() {},
  getState: () => ({ kind: 'static' }),
  clear() {},
};
