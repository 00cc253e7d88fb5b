import type { Connection } from 'vscode-languageserver';
import type { Files } from './environment.js';

declare const atob: (base64: string) => string;

/** Files that only the client reaches, in virtual workspaces. */
export function filesOfClient(connection: Connection): Files {
  return {
    reaches: () => true,
    list: (folder, depth) => connection.sendRequest<string[]>('ndis/listFiles', { folder, depth }).catch(() => []),
    async read(uri) {
      const base64 = await connection.sendRequest<string | null>('ndis/readFile', { uri }).catch(() => null);
      return base64 === null ? undefined : Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    },
  };
}
