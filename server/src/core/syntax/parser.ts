import { Language, Parser, type Tree } from 'web-tree-sitter';
import type { ConditionalOptions } from '../text/conditionals.js';
import type { Shape } from '../text/shape.js';
import type { SyntaxFile } from './ast.js';
import { missingFunctions, type Names, type Runtime, TreeReader } from './convert.js';
import { ParsedFile } from './file.js';
import { Instance, Skeleton, shifted, type Template, TemplateCache, type TopNode } from './template.js';

export type LanguageName = SyntaxFile['language'];

/** Contents of the three wasm files. */
export interface ParserFiles {
  /** web-tree-sitter.wasm */
  readonly runtime: Uint8Array;
  /** tree-sitter-c.wasm */
  readonly c: Uint8Array;
  /** tree-sitter-cpp.wasm */
  readonly cpp: Uint8Array;
}

/** Turns text into plain syntax. The only place that knows tree-sitter. */
export interface SyntaxParser {
  /** One file once. */
  parse(text: string, language: LanguageName, options?: ConditionalOptions): SyntaxFile;
  /** A file that will be edited: `update` reuses what did not change. */
  open(text: string, language: LanguageName, options?: ConditionalOptions): ParsedFile;
  /** Forgets the shapes of earlier texts, which make more of the same fast and take some 50 MB after many files. */
  forget(): void;
}

export async function createParser(files: ParserFiles): Promise<SyntaxParser> {
  const module = { wasmBinary: files.runtime } as Record<string, unknown>;
  await Parser.init(module);
  const runtime = (shared ??= module as unknown as Runtime);
  const missing = missingFunctions(runtime);
  if (missing.length > 0) throw new Error(`web-tree-sitter lacks ${missing.join(', ')}`);
  const c = new Grammar(await Language.load(files.c), runtime);
  const cpp = new Grammar(await Language.load(files.cpp), runtime);
  return new TreeSitterParser({ c, cpp });
}

/** web-tree-sitter has one runtime per process: the first one that was loaded. */
let shared: Runtime | undefined;

class TreeSitterParser implements SyntaxParser {
  readonly #grammars: Record<LanguageName, Grammar>;

  constructor(grammars: Record<LanguageName, Grammar>) {
    this.#grammars = grammars;
  }

  parse(text: string, language: LanguageName, options: ConditionalOptions = {}): SyntaxFile {
    const file = this.open(text, language, options);
    file.dispose();
    return file.current;
  }

  forget(): void {
    for (const grammar of Object.values(this.#grammars)) grammar.forget();
  }

  open(text: string, language: LanguageName, options: ConditionalOptions = {}): ParsedFile {
    return new ParsedFile(this.#grammars[language], language, text, options);
  }
}

/** Result of parsing one piece: the nodes at its top, and how many of all are ERROR or MISSING. */
export interface PieceTree {
  readonly nodes: readonly TopNode[];
  readonly errors: number;
}

/** What a simple statement is parsed in. */
const frame = { before: 'void x(){', after: '}' };

/** One language, ready to parse pieces. */
export class Grammar {
  readonly #language: Language;
  readonly #reader: TreeReader;
  readonly #statements = new TemplateCache();
  readonly #pieces = new TemplateCache();
  #parser: Parser;

  constructor(language: Language, runtime: Runtime) {
    this.#language = language;
    this.#reader = new TreeReader(runtime, namesOf(language));
    this.#parser = new Parser().setLanguage(language);
  }

  /**
   * Parses a piece as a skeleton and its simple statements. Most statements have the shape of one that was parsed before,
   * and an error in one cannot reach another.
   */
  parse(shape: Shape, baseOf: (start: number, end: number) => number): PieceTree {
    if (shape.statements.length > 0) {
      const skeleton = new Skeleton(shape);
      const template = this.#piece(skeleton.text);
      const statements = template.errors === 0 ? this.#statementsOf(shape) : undefined;
      if (statements) {
        const errors = statements.reduce((sum, statement) => sum + statement.errors, 0);
        return { nodes: new Instance(shape, skeleton, statements).place(template, baseOf), errors };
      }
    }
    const template = this.#piece(shape.text);
    return { nodes: new Instance(shape, undefined, []).place(template, baseOf), errors: template.errors };
  }

  /** Forgets the shapes of earlier texts. */
  forget(): void {
    this.#statements.clear();
    this.#pieces.clear();
  }

  #piece(text: string): Template {
    return this.#pieces.get(text) ?? this.#pieces.set(text, this.#parse(text));
  }

  #statementsOf(shape: Shape): Template[] | undefined {
    const found: Template[] = [];
    for (let n = 0; n < shape.statements.length; n += 2) {
      const text = shape.text.slice(shape.statements[n], shape.statements[n + 1]);
      const template = this.#statements.get(text) ?? this.#statements.set(text, this.#statement(text));
      if (template.nodes.length === 0) return undefined;
      found.push(template);
    }
    return found;
  }

  /** No nodes where the statement by itself is none. */
  #statement(text: string): Template {
    const { nodes, errors } = this.#parse(frame.before + text + frame.after);
    const body = nodes.length === 1 ? nodes[0]?.children.at(-1) : undefined;
    const end = frame.before.length + text.length + frame.after.length;
    if (body?.kind !== 'compound_statement' || body.end !== end) return { nodes: [], errors };
    return { nodes: body.children.map((node) => shifted(node, -frame.before.length)), errors };
  }

  #parse(text: string): Template {
    try {
      return this.#parseOnce(text);
    } catch (error) {
      // `memory access out of bounds` leaves the parser unusable; a new one is cheap. The text itself gets one more try.
      this.#renew();
      try {
        return this.#parseOnce(text);
      } catch {
        this.#renew();
        if (!isTrap(error)) throw error;
        return { nodes: [], errors: 1 };
      }
    }
  }

  #parseOnce(text: string): Template {
    let tree: Tree | null = null;
    try {
      tree = this.#parser.parse(text);
      return tree ? { nodes: this.#reader.read(tree), errors: this.#reader.errors } : { nodes: [], errors: 1 };
    } finally {
      tree?.delete();
    }
  }

  #renew(): void {
    // The old one is not deleted: that would run on the memory that the trap left behind.
    this.#parser = new Parser().setLanguage(this.#language);
  }
}

/** Wasm traps are RuntimeErrors; the core is compiled without the types of WebAssembly. */
const isTrap = (error: unknown): boolean => error instanceof Error && error.name === 'RuntimeError';

function namesOf(language: Language): Names {
  const named = language.types.map((_, id) => language.types[id] !== undefined && language.nodeTypeIsNamed(id));
  return { types: language.types, fields: language.fields, named };
}
