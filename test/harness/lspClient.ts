import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import path from 'node:path';
import { root } from './paths.mjs';

/** The built server, as any editor starts it. */
export const serverBundle = path.join(root, 'dist', 'server.js');

interface Message {
  id?: number | string;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { code: number; message: string };
}

type RequestHandler = (params: never) => unknown;

/** A language client in its plainest form: JSON-RPC over stdio, nothing assumed about the editor behind it. */
export class LspClient {
  readonly notifications: { method: string; params: unknown }[] = [];
  /** What the server wrote to stderr. */
  stderr = '';
  readonly exited: Promise<number | null>;
  ended = false;
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  readonly #handlers = new Map<string, RequestHandler>();
  readonly #listeners = new Set<() => void>();
  #buffer = Buffer.alloc(0);
  #nextId = 1;

  constructor(args: readonly string[] = ['--stdio']) {
    this.#process = spawn(process.execPath, [serverBundle, ...args], { stdio: 'pipe' });
    this.#process.stdout.on('data', (data: Buffer) => this.#receive(data));
    this.#process.stderr.on('data', (data: Buffer) => (this.stderr += data.toString()));
    this.exited = new Promise((resolve) => this.#process.once('exit', resolve));
    void this.exited.then(() => (this.ended = true));
  }

  /** Answers requests of the server. Unknown ones are refused, as a plain client does. */
  onRequest(method: string, handler: RequestHandler): void {
    this.#handlers.set(method, handler);
  }

  request<T = unknown>(method: string, params?: unknown): Promise<T> {
    return this.start<T>(method, params).answer;
  }

  /** A request that may be called off: its id, for `$/cancelRequest`, and its answer. */
  start<T = unknown>(method: string, params?: unknown): { id: number; answer: Promise<T> } {
    const id = this.#nextId++;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
    });
    this.#send({ id, method, params });
    return { id, answer: answer as Promise<T> };
  }

  notify(method: string, params?: unknown): void {
    this.#send({ method, params });
  }

  /** The first notification, of those received from `since` on, that passes the test. */
  async notification<T>(method: string, test: (params: T) => boolean = () => true, since = 0): Promise<T> {
    for (;;) {
      const known = this.notifications.slice(since).find((one) => one.method === method && test(one.params as T));
      if (known) return known.params as T;
      await this.#next(`${method} did not come; stderr: ${this.stderr}`);
    }
  }

  /** `initialize` and `initialized` with the capabilities given. */
  async initialize<T = { capabilities: Record<string, unknown> }>(
    capabilities: object = {},
    rest: object = {},
  ): Promise<T> {
    const params = { processId: process.pid, rootUri: null, capabilities, ...rest };
    const result = await this.request<T>('initialize', params);
    this.notify('initialized', {});
    return result;
  }

  /** Ends the server as the protocol says. @returns its exit code */
  async stop(): Promise<number | null> {
    await this.request('shutdown');
    this.notify('exit');
    return await this.exited;
  }

  kill(): void {
    this.#process.kill();
  }

  #send(message: Message): void {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.#process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.#process.stdin.write(body);
  }

  #next(complaint: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer);
        this.#listeners.delete(done);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#listeners.delete(done);
        reject(new Error(complaint));
      }, 30_000);
      this.#listeners.add(done);
    });
  }

  #receive(data: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, data]);
    for (;;) {
      const headerEnd = this.#buffer.indexOf('\r\n\r\n');
      if (headerEnd < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#buffer.subarray(0, headerEnd).toString())?.[1]);
      if (this.#buffer.length < headerEnd + 4 + length) return;
      const body = this.#buffer.subarray(headerEnd + 4, headerEnd + 4 + length).toString();
      this.#buffer = this.#buffer.subarray(headerEnd + 4 + length);
      this.#handle(JSON.parse(body) as Message);
    }
  }

  #handle(message: Message): void {
    if (message.method !== undefined && message.id !== undefined) void this.#answer(message);
    else if (message.method !== undefined) {
      this.notifications.push({ method: message.method, params: message.params });
      for (const listener of [...this.#listeners]) listener();
    } else this.#settle(message);
  }

  async #answer({ id = 0, method = '', params }: Message): Promise<void> {
    const handler = this.#handlers.get(method);
    if (handler) this.#send({ id, result: (await handler(params as never)) ?? null });
    else this.#send({ id, error: { code: -32601, message: `no ${method} here` } });
  }

  #settle({ id, result, error }: Message): void {
    const pending = this.#pending.get(Number(id));
    this.#pending.delete(Number(id));
    if (error) pending?.reject(Object.assign(new Error(error.message), { code: error.code }));
    else pending?.resolve(result);
  }
}
