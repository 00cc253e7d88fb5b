import { type Connection, MessageType, ShowMessageNotification } from 'vscode-languageserver';

/** Shows the user a message that asks for nothing in return, so that every client can show it. */
export function say(connection: Connection, kind: 'error' | 'warning', message: string): void {
  const type = kind === 'error' ? MessageType.Error : MessageType.Warning;
  void connection.sendNotification(ShowMessageNotification.type, { type, message });
}
