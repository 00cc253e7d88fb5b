// Runs the worker bundle in a thread of Node with what a browser's worker has: `self`, messages, and a location.
import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';

if (!parentPort) throw new Error('to be run as a worker thread');
const port = parentPort;
const self = {
  postMessage: (/** @type {unknown} */ message) => port.postMessage(message),
  set onmessage(/** @type {(event: { data: unknown }) => void} */ listener) {
    port.on('message', (data) => listener({ data }));
  },
  addEventListener() {},
};
// As in a worker that was started from a Blob, there is no process, no require and no address of its own.
const globals = {
  ...{ console, performance, setTimeout, clearTimeout, queueMicrotask, MessageChannel, TextDecoder, TextEncoder },
  ...{
    URL,
    WebAssembly,
    Uint8Array,
    ArrayBuffer,
    atob,
    fetch: undefined,
    location: { href: 'blob:none/none' },
  },
};
const context = vm.createContext(Object.assign(self, globals, { self, globalThis: self }));
vm.runInContext(readFileSync(workerData.bundle, 'utf8'), context, { filename: workerData.bundle });
