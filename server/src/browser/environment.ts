import type { Connection, InitializeParams } from 'vscode-languageserver/browser';
import type { Assets } from '../core/assets.js';
import type { Clock, Environment, Files } from '../lsp/environment.js';

/** Version in package.json; the build writes it in. */
declare const PACKAGE_VERSION: string;

const clock: Clock = {
  now: () => performance.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
  turn,
};

/** A message to oneself comes back behind those that already wait, without the delay of a timer. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** A worker reaches no files itself; the client may serve them. */
const files: Files = {
  reaches: () => false,
  list: () => Promise.resolve([]),
  read: () => Promise.resolve(undefined),
};

export function browserEnvironment(connection: Connection, { initializationOptions }: InitializeParams): Environment {
  return { version: PACKAGE_VERSION, assets: assetsFor(connection, initializationOptions), files, clock };
}

/**
 * A worker started from a Blob has no address of its own: the client then hands the files over on request
 * (`initializationOptions.assets` is "client"), or says where they are (`assets` is a URL). Else they stand beside the
 * worker's script.
 */
function assetsFor(connection: Connection, options: unknown): Assets {
  const { assets } = (options ?? {}) as { assets?: unknown };
  const bytes =
    assets === 'client'
      ? (name: string) => connection.sendRequest<Uint8Array>('ndis/asset', { name })
      : (name: string) => download(new URL(name, typeof assets === 'string' ? assets : location.href));
  return { bytes, json: async (name) => JSON.parse(new TextDecoder().decode(await bytes(name))) as unknown };
}

async function download(url: URL): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href}: ${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}
