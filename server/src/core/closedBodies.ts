import type { Catalog } from './catalog/catalog.js';
import { FileModel } from './model/fileModel.js';
import { absolute } from './model/span.js';
import type { FileSummary, FunctionSummary } from './model/summary.js';
import { languageOf } from './syntax/language.js';
import type { SyntaxParser } from './syntax/parser.js';

/** Functions that are kept at most. */
const maxKept = 1000;

/** Functions of closed files, each parsed by itself when it is first asked for: of a closed file there is no tree, and a
 * caller needs only what it calls. */
export class ClosedBodies {
  private kept = new WeakMap<FileSummary, Map<string, FileModel>>();
  private count = 0;
  private readonly catalog: Catalog;
  private readonly parser: SyntaxParser;

  constructor(catalog: Catalog, parser: SyntaxParser) {
    this.catalog = catalog;
    this.parser = parser;
  }

  /** A model of the function's text alone; offsets in it begin at the function. `text` is that of the whole file. */
  get(file: FileSummary, fn: FunctionSummary, text: string): FileModel {
    let models = this.kept.get(file);
    if (!models) this.kept.set(file, (models = new Map<string, FileModel>()));
    let model = models.get(fn.name);
    if (!model) models.set(fn.name, (model = this.parse(file.uri, fn, text)));
    return model;
  }

  private parse(uri: string, fn: FunctionSummary, whole: string): FileModel {
    if (this.count++ >= maxKept) this.forget();
    const { start, end } = absolute(fn.span);
    const text = whole.slice(start, end);
    return new FileModel(uri, text, this.parser.parse(text, languageOf(uri, whole)), this.catalog);
  }

  private forget(): void {
    this.kept = new WeakMap();
    this.count = 1;
  }
}
