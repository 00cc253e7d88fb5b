import * as vscode from 'vscode';
import { CloseAction, type CloseHandlerResult, ErrorAction, type ErrorHandler } from 'vscode-languageclient';

/** Restarts within `window` milliseconds after which it is left at that. */
const restarts = 4;
const window = 3 * 60 * 1000;

/** Starts a server that ended again, a few times, and then says once that it will not. */
export function crashPolicy(showOutput: () => void): ErrorHandler {
  const ends: number[] = [];
  return {
    error: () => ({ action: ErrorAction.Continue }),
    closed(): CloseHandlerResult {
      const now = Date.now();
      ends.push(now);
      while (ends[0] !== undefined && now - ends[0] > window) ends.shift();
      if (ends.length <= restarts) return { action: CloseAction.Restart, handled: true };
      void sayStopped(showOutput);
      return { action: CloseAction.DoNotRestart, handled: true };
    },
  };
}

async function sayStopped(showOutput: () => void): Promise<void> {
  const [restart, output] = [vscode.l10n.t('Restart'), vscode.l10n.t('Show Output')];
  const text = vscode.l10n.t(
    'The NDIS language server ended {0} times in three minutes and is not started again.',
    restarts + 1,
  );
  const choice = await vscode.window.showErrorMessage(text, restart, output);
  if (choice === restart) await vscode.commands.executeCommand('ndis.restartServer');
  if (choice === output) showOutput();
}
