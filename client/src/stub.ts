import * as vscode from 'vscode';
import type { Running } from './start.js';
import { whenNdisIsSeen } from './watch.js';

/** Loads the rest of the extension, of the host that this one runs in. */
export type Loader = (context: vscode.ExtensionContext) => Promise<Running>;

let running: Promise<Running> | undefined;

/** The small part that is loaded with the first C document: it waits for an NDIS file, or for a command. */
export function activateStub(context: vscode.ExtensionContext, load: Loader): void {
  const start = () => {
    running ??= load(context).catch((error: unknown) => {
      running = undefined;
      const text = vscode.l10n.t(
        'NDIS Driver Tools cannot start: {0}',
        error instanceof Error ? error.message : String(error),
      );
      void vscode.window.showErrorMessage(text);
      throw error;
    });
    return running;
  };
  const command = (name: string, run: (loaded: Running, argument: unknown) => unknown) =>
    vscode.commands.registerCommand(name, async (argument: unknown) => run(await start(), argument));
  context.subscriptions.push(
    command('ndis.restartServer', (loaded) => loaded.restart()),
    command('ndis.showOutput', (loaded) => loaded.showOutput()),
    command('ndis.explainRule', (loaded, name) => loaded.explain(name)),
    whenNdisIsSeen(() => void start().catch(() => {})),
  );
}

export async function deactivate(): Promise<void> {
  await (await running?.catch(() => undefined))?.stop();
}
