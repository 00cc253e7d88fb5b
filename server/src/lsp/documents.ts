import type {
  DidChangeTextDocumentParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { fileId, uriOfId } from './fileIds.js';

/** What happens to open documents, by file id. */
export interface DocumentListener {
  opened(id: string, document: TextDocument): void;
  changed(id: string, document: TextDocument): void;
  closed(id: string): void;
}

/** Schemes of texts that are shown but are no files of the workspace, such as the left side of a comparison. */
const shownOnly =
  /^(?:git|gitfs|gitlens|svn|hg|output|comment|vscode-local-history|merge-conflict\.[\w-]+|walkThrough\w*):/;

const sourceName = /\.(?:c|cc|cpp|cxx|h|hh|hpp|hxx|inl)$/i;

/** Documents that the client has open, kept in step by incremental changes. */
export class Documents {
  readonly #open = new Map<string, TextDocument>();
  readonly #listener: DocumentListener;

  constructor(listener: DocumentListener) {
    this.#listener = listener;
  }

  get(uri: string): TextDocument | undefined {
    return this.#open.get(fileId(uri));
  }

  byId(id: string): TextDocument | undefined {
    return this.#open.get(id);
  }

  entries(): IterableIterator<[string, TextDocument]> {
    return this.#open.entries();
  }

  /** URI as the client spells it. */
  uriOf(id: string): string {
    return this.#open.get(id)?.uri ?? uriOfId(id);
  }

  open({ textDocument: { uri, languageId, version, text } }: DidOpenTextDocumentParams): void {
    const language = languageOf(languageId, uri);
    if (!language || shownOnly.test(uri)) return;
    const document = TextDocument.create(uri, language, version, text);
    this.#open.set(fileId(uri), document);
    this.#listener.opened(fileId(uri), document);
  }

  change({ textDocument, contentChanges }: DidChangeTextDocumentParams): void {
    const document = this.get(textDocument.uri);
    if (!document || contentChanges.length === 0) return;
    TextDocument.update(document, contentChanges, textDocument.version);
    this.#listener.changed(fileId(textDocument.uri), document);
  }

  close({ textDocument }: DidCloseTextDocumentParams): void {
    const id = fileId(textDocument.uri);
    if (this.#open.delete(id)) this.#listener.closed(id);
  }
}

/** `c` or `cpp`; nothing for documents in other languages. Clients disagree about the language id of a header. */
function languageOf(languageId: string, uri: string): string | undefined {
  if (/^(?:cpp|c\+\+|objective-cpp|cuda-cpp)$/i.test(languageId)) return 'cpp';
  if (languageId.toLowerCase() === 'c') return 'c';
  if (!sourceName.test(uri)) return undefined;
  return /\.(?:c|h|inl)$/i.test(uri) ? 'c' : 'cpp';
}
