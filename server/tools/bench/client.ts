import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

interface Message {
  id?: number | string;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
}

/** How long an answer may take before the measurement gives up, in milliseconds. */
const patience = 60_000;

/** A language client over stdio that measures: any server, nothing assumed about it. */
export class Client {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #answers = new Map<number, (result: unknown) => void>();
  readonly #listeners = new Set<(message: Message) => void>();
  #buffer = Buffer.alloc(0);
  #nextId = 1;

  constructor(command: string, args: readonly string[]) {
    this.#process = spawn(command, args, { stdio: 'pipe' });
    this.#process.stderr.resume();
    this.#process.stdout.on('data', (data: Buffer) => {
      this.#receive(data);
    });
  }

  async request<T = unknown>(method: string, params?: unknown): Promise<T> {
    const id = this.#nextId++;
    const answer = new Promise<unknown>((resolve) => {
      this.#answers.set(id, resolve);
    });
    this.#send({ id, method, params });
    return (await within(answer, method)) as T;
  }

  notify(method: string, params?: unknown): void {
    this.#send({ method, params });
  }

  /** The next notification of the method that passes the test, from now on. */
  async notification<T>(method: string, test: (params: T) => boolean): Promise<T> {
    let resolve: (params: T) => void = () => undefined;
    const promise = new Promise<T>((done) => {
      resolve = done;
    });
    const listener = (message: Message): void => {
      if (message.method === method && test(message.params as T)) resolve(message.params as T);
    };
    this.#listeners.add(listener);
    try {
      return await within(promise, method);
    } finally {
      this.#listeners.delete(listener);
    }
  }

  /** Resident memory of the server in MB; undefined where the system does not tell. */
  get memory(): number | undefined {
    const { pid } = this.#process;
    if (pid === undefined) return undefined;
    if (existsSync(`/proc/${pid}/status`))
      return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
    if (process.platform === 'win32') return undefined;
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
  }

  /** Processor time that the server has taken, in seconds; undefined where the system does not tell. */
  get processorTime(): number | undefined {
    const file = `/proc/${this.#process.pid}/stat`;
    if (!existsSync(file)) return undefined;
    // User and system time, in hundredths of a second, behind the name in parentheses.
    const fields = readFileSync(file, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }

  async stop(): Promise<void> {
    await this.request('shutdown');
    this.notify('exit');
    this.#process.kill();
  }

  #send(message: Message): void {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.#process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.#process.stdin.write(body);
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
    if (message.method !== undefined && message.id !== undefined) {
      // Requests of the server, such as for its settings: a client without opinions.
      this.#send({ id: message.id, result: null });
    } else if (message.method === undefined) {
      this.#answers.get(Number(message.id))?.(message.result);
      this.#answers.delete(Number(message.id));
    } else {
      for (const listener of [...this.#listeners]) listener(message);
    }
  }
}

function within<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${what}: no answer within ${patience / 1000} s`));
    }, patience);
  });
  return Promise.race([promise, late]).finally(() => {
    clearTimeout(timer);
  });
}
