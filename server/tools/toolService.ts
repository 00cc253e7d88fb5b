import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { RuleFailure } from '../src/core/api.js';
import { Catalog } from '../src/core/catalog/catalog.js';
import { isProjectFile } from '../src/core/projects/projectFile.js';
import { Service } from '../src/core/service.js';
import { createParser, type SyntaxParser } from '../src/core/syntax/parser.js';
import { decode } from '../src/core/text/decode.js';
import { compileCatalog } from './catalog/compile.js';
import { findRoot } from './catalog/root.js';

/** What tools need to run the core over files: the catalog of this repository and the parser. */
export interface Tooling {
  root: string;
  catalog: Catalog;
  /** A service that knows no file yet. */
  service(onRuleFailure?: (failure: RuleFailure) => void): Service;
}

/** Compiles the catalog and loads the grammars, which takes about a second. */
export async function loadTooling(): Promise<Tooling> {
  const root = findRoot();
  const { catalog: data, pages } = compileCatalog(root);
  const catalog = new Catalog(data);
  const parser = await loadParser(root);
  const service: Tooling['service'] = (onRuleFailure) =>
    new Service({ catalog, parser, pages: async () => pages, ...(onRuleFailure ? { onRuleFailure } : {}) });
  return { root, catalog, service };
}

function loadParser(root: string): Promise<SyntaxParser> {
  const bytes = (name: string): Uint8Array => readFileSync(path.join(root, 'node_modules', name));
  return createParser({
    runtime: bytes('web-tree-sitter/web-tree-sitter.wasm'),
    c: bytes('tree-sitter-c/tree-sitter-c.wasm'),
    cpp: bytes('tree-sitter-cpp/tree-sitter-cpp.wasm'),
  });
}

export interface SourceFile {
  path: string;
  text: string;
  /** A file that says how sources build: it is taken in, never judged. */
  isProject: boolean;
}

/** Sources, headers and project files of a folder and the folders below it, in the order of their names. */
export function readSourceFiles(folder: string): SourceFile[] {
  if (!statSync(folder).isDirectory()) return [readSource(folder)];
  return readdirSync(folder, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) return entry.name.startsWith('.') ? [] : readSourceFiles(file);
      return entry.isFile() && (isProjectFile(`/${entry.name}`) || isSource(entry.name)) ? [readSource(file)] : [];
    });
}

const isSource = (name: string): boolean => /\.(?:c|cc|cpp|cxx|h|hpp|hxx)$/i.test(name);

function readSource(file: string): SourceFile {
  return { path: file, text: decode(readFileSync(file)), isProject: isProjectFile(`/${path.basename(file)}`) };
}
