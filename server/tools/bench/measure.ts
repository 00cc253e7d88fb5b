import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client } from './client.js';

/** A language server to measure. */
export interface Server {
  name: string;
  command: string;
  /** Arguments and options for the file. */
  args: readonly string[];
  initializationOptions?(file: string): object;
}

/** Milliseconds, and MB of memory. */
export interface Figures {
  start: number;
  firstDiagnostics: number;
  keystroke: { p50: number; p95: number };
  completion: number;
  hover: number;
  signature: number;
  memory: number | undefined;
  /** Processor time of the server to the first diagnostics and over the whole run, in seconds: what other work on the
   * machine disturbs least. */
  processorTime: { first: number | undefined; all: number | undefined };
  diagnostics: number;
}

interface Published {
  uri: string;
  version?: number;
  diagnostics: unknown[];
}

/** What is typed, letter by letter, into a function in the middle of the file. */
const typed = '    if (Length > 4096) { Count = Count + 1; Flags |= 0x10; }\n';

/** Places that are asked about. */
const questions = 20;

/** Runs one server over one file, from its start to its end. */
export async function measure(server: Server, file: string, text: string): Promise<Figures> {
  const began = performance.now();
  const client = new Client(server.command, server.args);
  await client.request('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(path.dirname(file)).href,
    capabilities: { textDocument: { publishDiagnostics: { versionSupport: true } } },
    initializationOptions: server.initializationOptions?.(file),
  });
  const start = performance.now() - began;
  client.notify('initialized', {});
  const document = new Document(client, file, text);
  const first = await timed(() => document.open());
  const firstTime = client.processorTime;
  const answers = await document.ask();
  const keystrokes = await document.type();
  const { memory, processorTime: all } = client;
  await client.stop();
  return {
    start,
    firstDiagnostics: first.time,
    keystroke: { p50: percentile(keystrokes, 50), p95: percentile(keystrokes, 95) },
    ...answers,
    memory,
    processorTime: { first: firstTime, all },
    diagnostics: first.result.diagnostics.length,
  };
}

async function timed<T>(act: () => Promise<T>): Promise<{ time: number; result: T }> {
  const began = performance.now();
  const result = await act();
  return { time: performance.now() - began, result };
}

/** The value that `share` of a hundred do not exceed. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * share) / 100))] ?? NaN;
}

/** One document that a client has open. */
class Document {
  readonly #client: Client;
  readonly #uri: string;
  #text: string;
  #version = 1;

  constructor(client: Client, file: string, text: string) {
    this.#client = client;
    this.#uri = pathToFileURL(file).href;
    this.#text = text;
  }

  open(): Promise<Published> {
    const published = this.#published();
    const textDocument = { uri: this.#uri, languageId: 'c', version: this.#version, text: this.#text };
    this.#client.notify('textDocument/didOpen', { textDocument });
    return published;
  }

  /** Time from each keystroke to the diagnostics of that version, in milliseconds. */
  async type(): Promise<number[]> {
    const middle = this.#text.indexOf('\n{', this.#text.length >> 1);
    let at = this.#text.indexOf('\n', middle + 2) + 1;
    const times: number[] = [];
    for (const letter of typed) {
      const { time } = await timed(() => this.#insert(at, letter));
      times.push(time);
      at += letter.length;
    }
    return times;
  }

  /** The slowest answers but one in twenty, in milliseconds. */
  async ask(): Promise<Pick<Figures, 'completion' | 'hover' | 'signature'>> {
    const calls = [...this.#text.matchAll(/\bNdis\w+\(/g)];
    const step = Math.max(1, Math.floor(calls.length / questions));
    const times = { completion: [] as number[], hover: [] as number[], signature: [] as number[] };
    for (const { index, 0: call } of calls.filter((_, at) => at % step === 0)) {
      times.completion.push(await this.#answer('textDocument/completion', index + 6));
      times.hover.push(await this.#answer('textDocument/hover', index + 1));
      times.signature.push(await this.#answer('textDocument/signatureHelp', index + call.length));
    }
    return {
      completion: percentile(times.completion, 95),
      hover: percentile(times.hover, 95),
      signature: percentile(times.signature, 95),
    };
  }

  async #answer(method: string, offset: number): Promise<number> {
    const question = { textDocument: { uri: this.#uri }, position: this.#position(offset) };
    return (await timed(() => this.#client.request(method, question))).time;
  }

  #insert(at: number, text: string): Promise<Published> {
    const position = this.#position(at);
    this.#text = this.#text.slice(0, at) + text + this.#text.slice(at);
    this.#version++;
    const published = this.#published();
    this.#client.notify('textDocument/didChange', {
      textDocument: { uri: this.#uri, version: this.#version },
      contentChanges: [{ range: { start: position, end: position }, text }],
    });
    return published;
  }

  #published(): Promise<Published> {
    const version = this.#version;
    return this.#client.notification<Published>(
      'textDocument/publishDiagnostics',
      (params) => params.uri === this.#uri && (params.version ?? version) === version,
    );
  }

  #position(offset: number): { line: number; character: number } {
    const before = this.#text.slice(0, offset);
    const lineStart = before.lastIndexOf('\n') + 1;
    return { line: before.split('\n').length - 1, character: offset - lineStart };
  }
}
