import { afterAll, afterEach } from 'vitest';
import { LspClient } from './lspClient.js';
import { planted } from './samples.js';

export interface Position {
  line: number;
  character: number;
}

export interface Range {
  start: Position;
  end: Position;
}

export interface Diagnostic {
  range: Range;
  severity: number;
  code: string;
  source: string;
  message: string;
  codeDescription?: { href: string };
}

export interface TextEdit {
  range: Range;
  newText: string;
}

/** What a full-grown editor announces. */
export const everything = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
  window: { workDoneProgress: true },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, tagSupport: { valueSet: [1, 2] } },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    completion: {
      completionItem: { snippetSupport: true, documentationFormat: ['markdown'], labelDetailsSupport: true },
      completionItemKind: { valueSet: Array.from({ length: 25 }, (_, index) => index + 1) },
    },
    signatureHelp: { signatureInformation: { parameterInformation: { labelOffsetSupport: true } } },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } },
      dataSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
  },
};

/** What every editor announces that knows the literals of code actions, and nothing beyond. */
export const barely = {
  textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } } },
};

/** No version comes twice, so that what is late from one test is not taken for an answer in the next. */
let lastVersion = 0;

/** Servers that go on from test to test of one file, by what their editor announced and holds. */
const pool = new Map<string, Editor>();

afterEach(() => {
  for (const editor of pool.values()) editor.reset();
});

afterAll(() => {
  for (const { client } of pool.values()) client.kill();
});

/** An editor with its server. Every request and wait goes through here. */
export class Editor {
  readonly client = new LspClient();
  readonly #versions = new Map<string, number>();
  readonly #texts = new Map<string, string>();

  /**
   * An editor without open documents; tests that want the same kind share its server.
   * @param settings what the editor holds under `ndis`
   */
  static async start(capabilities: object = everything, settings: object = {}, rest: object = {}): Promise<Editor> {
    const kind = JSON.stringify([capabilities, settings, rest]);
    const known = pool.get(kind);
    if (known && !known.client.ended) return known;
    const editor = new Editor();
    pool.set(kind, editor);
    editor.client.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => settings));
    editor.client.onRequest('client/registerCapability', () => null);
    editor.client.onRequest('window/workDoneProgress/create', () => null);
    await editor.client.initialize(capabilities, rest);
    return editor;
  }

  /** Closes every document, and forgets what was said. */
  reset(): void {
    for (const uri of this.#versions.keys()) this.close(uri);
    this.#versions.clear();
    this.#texts.clear();
    this.client.notifications.length = 0;
  }

  open(uri: string, text: string, languageId = 'c'): void {
    const version = ++lastVersion;
    this.#versions.set(uri, version);
    this.#texts.set(uri, text);
    this.client.notify('textDocument/didOpen', { textDocument: { uri, languageId, version, text } });
  }

  /** Replaces a range (or everything) as an editor does while one types. */
  change(uri: string, text: string, range?: Range): void {
    const version = ++lastVersion;
    this.#versions.set(uri, version);
    if (!range) this.#texts.set(uri, text);
    const change = range ? { range, text } : { text };
    this.client.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [change] });
  }

  close(uri: string): void {
    this.client.notify('textDocument/didClose', { textDocument: { uri } });
  }

  /** Planted diagnostics among those pushed for the document's present version. */
  async pushed(uri: string): Promise<Diagnostic[]> {
    const version = this.#versions.get(uri);
    const { diagnostics } = await this.client.notification<{
      uri: string;
      version?: number;
      diagnostics: Diagnostic[];
    }>('textDocument/publishDiagnostics', (params) => params.uri === uri && params.version === version);
    return planted(diagnostics, ({ code }) => code);
  }

  /** A request about the first place where `needle` stands in the text given to `open`, `shift` units behind its start. */
  at<T>(method: string, uri: string, needle: string, shift = 1, more: object = {}): Promise<T> {
    const offset = (this.#texts.get(uri) ?? '').indexOf(needle);
    if (offset < 0) throw new Error(`${needle} is not in the text`);
    const position = positionOf(this.#texts.get(uri) ?? '', offset + shift);
    return this.client.request<T>(method, { textDocument: { uri }, position, ...more });
  }

  codeActions<T>(uri: string, range: Range, only?: string[]): Promise<T[]> {
    const context = { diagnostics: [], ...(only && { only }) };
    return this.client.request<T[]>('textDocument/codeAction', { textDocument: { uri }, range, context });
  }
}

/** Line and UTF-16 column of an offset. */
export function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

/** Text after the edits, which must not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const lines = text.split('\n');
  const offsetOf = ({ line, character }: Position) =>
    lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
  const sorted = [...edits].sort((one, other) => offsetOf(other.range.start) - offsetOf(one.range.start));
  return sorted.reduce(
    (result, { range, newText }) =>
      result.slice(0, offsetOf(range.start)) + newText + result.slice(offsetOf(range.end)),
    text,
  );
}

export const wholeText: Range = { start: { line: 0, character: 0 }, end: { line: 1_000_000, character: 0 } };
