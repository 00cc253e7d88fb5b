import type { Chunk } from '../text/chunks.js';
import type { ConditionalOptions } from '../text/conditionals.js';
import { readComments, readDefines, readHidden, readIncludes, readLiterals, readPragmas } from '../text/facts.js';
import { Fate } from '../text/mask.js';
import { readSource, type Source } from '../text/source.js';
import type { Annotation, Include, Item, MacroDefinition, SyntaxFile } from './ast.js';
import { buildItems, conditioned, type Mutable } from './items.js';
import type { Grammar, LanguageName } from './parser.js';

/** A piece of the file as it was parsed, to be used again while it stays the same. */
interface Piece {
  readonly text: string;
  /** What of the piece was hidden or kept, which its text alone does not tell. */
  readonly key: string;
  readonly items: readonly Item[];
  readonly errors: number;
  /** Absolute offset in the text of the last update. */
  start: number;
}

/**
 * A file that is parsed again after each edit. Top-level pieces are parsed one by one and depend on nothing but their own
 * text and conditionals, so that the result is the same as from scratch, and costs what changed.
 */
export class ParsedFile {
  readonly #grammar: Grammar;
  readonly #language: LanguageName;
  readonly #options: ConditionalOptions;
  #pieces: Piece[] = [];
  #current: SyntaxFile;

  constructor(grammar: Grammar, language: LanguageName, text: string, options: ConditionalOptions) {
    this.#grammar = grammar;
    this.#language = language;
    this.#options = options;
    this.#current = this.update(text);
  }

  get current(): SyntaxFile {
    return this.#current;
  }

  /** The file with its new text. Items that are the same keep their object; their `start` is moved. */
  update(text: string): SyntaxFile {
    const source = readSource(text, this.#language === 'cpp', this.#options);
    const known = new PieceStore(this.#pieces);
    const pieces: Piece[] = [];
    const items: Item[] = [];
    let errors = 0;
    for (const chunk of source.chunks) {
      const piece = this.#piece(source, chunk, known);
      pieces.push(piece);
      errors += piece.errors;
      for (const item of piece.items) items.push(item);
    }
    this.#pieces = pieces;
    this.#current = new FileView(source, this.#language, items, errors);
    return this.#current;
  }

  #piece(source: Source, chunk: Chunk, known: PieceStore): Piece {
    const { tokens } = source;
    const start = tokens.start[chunk.first] as number;
    const text = source.text.slice(start, tokens.end[chunk.last]);
    const key = keyOf(source, chunk);
    const old = known.take(text, key);
    if (!old) {
      const built = buildItems(this.#grammar, source, chunk);
      return { text, key, start, ...built };
    }
    const items = old.items.map((item) => conditioned(item, chunk.conditions));
    for (const item of items) move(item, start - old.start, text, start);
    return { text, key, start, items, errors: old.errors };
  }

  /** Forgets the pieces. The last result stays valid. */
  dispose(): void {
    this.#pieces = [];
  }
}

/** Moves an item, and lets it take its text from the new text of the file so that the old one can go. */
function move(item: Item, by: number, text: string, start: number): void {
  item.start += by;
  const own = item as Mutable<Item>;
  const shown = own.masked === own.text;
  own.text = text.slice(item.start - start, item.start - start + item.length);
  if (shown) own.masked = own.text;
}

function keyOf(source: Source, chunk: Chunk): string {
  const { fate } = source.masked;
  let key = '';
  for (let i = chunk.first; i <= chunk.last; i++) {
    const f = fate[i];
    if (f === Fate.Hidden || f === Fate.Directive) key += `${i - chunk.first}${f === Fate.Hidden ? 'h' : 'd'}`;
  }
  return key;
}

/** Pieces of the last parse: in order while they match, by their text where something moved. */
class PieceStore {
  readonly #pieces: readonly Piece[];
  #byText: Map<string, Piece[]> | undefined;
  readonly #taken = new Set<Piece>();
  #next = 0;

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
  }

  take(text: string, key: string): Piece | undefined {
    const expected = this.#pieces[this.#next];
    if (expected && !this.#taken.has(expected) && expected.text === text && expected.key === key)
      return this.#use(expected);
    this.#byText ??= this.#index();
    const found = this.#byText.get(text)?.find((piece) => piece.key === key && !this.#taken.has(piece));
    return found && this.#use(found);
  }

  #use(piece: Piece): Piece {
    this.#taken.add(piece);
    this.#next = this.#pieces.indexOf(piece, this.#next) + 1 || this.#pieces.indexOf(piece) + 1;
    return piece;
  }

  #index(): Map<string, Piece[]> {
    const found = new Map<string, Piece[]>();
    for (const piece of this.#pieces) {
      const same = found.get(piece.text);
      if (same) same.push(piece);
      else found.set(piece.text, [piece]);
    }
    return found;
  }
}

/** The facts of a file beside its items are read when they are asked for. */
class FileView implements SyntaxFile {
  readonly items: readonly Item[];
  readonly language: LanguageName;
  readonly errors: number;
  readonly #source: Source;
  #macros: readonly MacroDefinition[] | undefined;
  #includes: readonly Include[] | undefined;
  #pragmas: readonly Annotation[] | undefined;
  #comments: SyntaxFile['comments'] | undefined;
  #literals: SyntaxFile['literals'] | undefined;
  #hidden: SyntaxFile['hidden'] | undefined;

  constructor(source: Source, language: LanguageName, items: readonly Item[], errors: number) {
    this.#source = source;
    this.language = language;
    this.items = items;
    this.errors = errors;
  }

  get macros(): readonly MacroDefinition[] {
    return (this.#macros ??= readDefines(this.#source));
  }

  get includes(): readonly Include[] {
    return (this.#includes ??= readIncludes(this.#source));
  }

  get pragmas(): readonly Annotation[] {
    return (this.#pragmas ??= readPragmas(this.#source).map((pragma) => ({ kind: 'pragma', ...pragma })));
  }

  get comments(): SyntaxFile['comments'] {
    return (this.#comments ??= readComments(this.#source.tokens));
  }

  get literals(): SyntaxFile['literals'] {
    return (this.#literals ??= readLiterals(this.#source.tokens));
  }

  get hidden(): SyntaxFile['hidden'] {
    return (this.#hidden ??= readHidden(this.#source));
  }
}
