import type { Catalog } from './catalog/catalog.js';
import { ClosedBodies } from './closedBodies.js';
import { FileModel } from './model/fileModel.js';
import { ProjectModel } from './model/projectModel.js';
import { addFills, type FileSummary, type FunctionSummary, fillsOf, summarize } from './model/summary.js';
import { BuildFiles } from './projects/buildFiles.js';
import { sameFileKey } from './projects/paths.js';
import { isProjectFile } from './projects/projectFile.js';
import { type ProjectFiles, Projects } from './projects/projects.js';
import type { StatedProject } from './projects/stated.js';
import type { Item } from './syntax/ast.js';
import type { ParsedFile } from './syntax/file.js';
import { languageOf } from './syntax/language.js';
import type { SyntaxParser } from './syntax/parser.js';

interface Entry {
  uri: string;
  summary: FileSummary;
  /** Text on disk, for files that the workspace holds. */
  disk?: string;
  open?: { parsed: ParsedFile; model: FileModel };
}

/** The files that are known, open and closed, and the driver projects they form. Trees are kept for open files only. */
export class Workspace {
  private readonly entries = new Map<string, Entry>();
  private readonly buildFiles = new BuildFiles();
  private stated: readonly StatedProject[] = [];
  private grouping: Projects | undefined;
  private readonly models = new Map<string, ProjectModel[]>();

  private readonly catalog: Catalog;
  private readonly parser: SyntaxParser;
  private readonly bodies: ClosedBodies;

  constructor(catalog: Catalog, parser: SyntaxParser) {
    this.catalog = catalog;
    this.parser = parser;
    this.bodies = new ClosedBodies(catalog, parser);
  }

  open(uri: string, languageId: string, text: string): void {
    this.close(uri);
    const parsed = this.parser.open(text, languageOf(uri, text, languageId));
    const model = new FileModel(uri, text, parsed.current, this.catalog);
    const entry: Entry = { uri, summary: this.summary(model, false), open: { parsed, model } };
    const disk = this.entries.get(uri)?.disk;
    if (disk !== undefined) entry.disk = disk;
    this.put(entry);
  }

  change(uri: string, text: string): void {
    const entry = this.entries.get(uri);
    if (!entry?.open) return;
    const syntax = entry.open.parsed.update(text);
    entry.open.model = new FileModel(uri, text, syntax, this.catalog);
    this.put({ ...entry, summary: this.summary(entry.open.model, false) });
  }

  /** Forgets the editor's text; the text on disk counts again, where it is known. */
  close(uri: string): void {
    const entry = this.entries.get(uri);
    if (!entry?.open) return;
    entry.open.parsed.dispose();
    if (entry.disk === undefined) this.remove(uri);
    else this.put(this.closedEntry(uri, entry.disk, entry.open.model));
  }

  /** Takes in a file of the workspace. An open file keeps the editor's text. */
  addFile(uri: string, text: string): void {
    if (isProjectFile(uri)) {
      if (this.buildFiles.add(uri, text)) this.forget();
      return;
    }
    const entry = this.entries.get(uri);
    if (entry?.open) entry.disk = text;
    else this.put(this.closedEntry(uri, text));
  }

  removeFile(uri: string): void {
    if (this.buildFiles.remove(uri)) this.forget();
    const entry = this.entries.get(uri);
    if (entry?.open) delete entry.disk;
    else this.remove(uri);
  }

  /** Many files have been taken in, and none will be for a while: what only made that fast is let go. */
  settled(): void {
    this.parser.forget();
  }

  model(uri: string): FileModel | undefined {
    return this.entries.get(uri)?.open?.model;
  }

  /** Text on disk of a workspace file. */
  textOf(uri: string): string | undefined {
    return this.entries.get(uri)?.disk;
  }

  summaryOf(uri: string): FileSummary | undefined {
    return this.entries.get(uri)?.summary;
  }

  openFiles(): string[] {
    return [...this.entries.values()].filter((entry) => entry.open).map((entry) => entry.uri);
  }

  /** Files that build files import or refer to, or that drivers list, and that are not known. */
  wantedFiles(): string[] {
    const known = new Map([...this.summaries()].map((file) => [sameFileKey(file.uri), file]));
    const wanted = this.buildFiles.wanted((id) => known.get(sameFileKey(id))?.ndis === true);
    return wanted.filter((id) => !known.has(sameFileKey(id)));
  }

  /** Drivers stated by hand win over everything else. */
  stateProjects(projects: readonly StatedProject[]): void {
    this.stated = projects;
    this.forget();
  }

  /** The driver that the file is judged in; the first where it is part of several. */
  project(uri: string): ProjectModel | undefined {
    return this.projects(uri)[0];
  }

  /** Every driver that the file is part of. */
  projects(uri: string): ProjectModel[] {
    let models = this.models.get(uri);
    const summary = this.summaryOf(uri);
    if (models || !summary) return models ?? [];
    this.grouping ??= new Projects({
      files: this.summaries(),
      buildFiles: this.buildFiles.all,
      targets: this.buildFiles.targets,
      stated: this.stated,
    });
    models = this.grouping.of(summary).map((group) => this.projectModel(group, uri));
    this.models.set(uri, models);
    return models;
  }

  private projectModel(group: ProjectFiles, uri: string): ProjectModel {
    return new ProjectModel(group.name, this.catalog, group.files, {
      definitions: group.definitions,
      unresolvedIncludes: group.unresolvedIncludes || group.ambiguous,
      isPartial: group.isPartial,
      viewpoint: uri,
      stated: group.stated,
      read: (file, fn) => this.read(file, fn),
    });
  }

  private read(file: FileSummary, fn: FunctionSummary): FileModel | undefined {
    const entry = this.entries.get(file.uri);
    if (entry?.open) return entry.open.model;
    return entry?.disk === undefined ? undefined : this.bodies.get(file, fn, entry.disk);
  }

  /** An NDIS file shows it in its own text, or includes a header of its project that does. */
  isNdis(uri: string): boolean {
    const summary = this.summaryOf(uri);
    if (!summary) return false;
    return summary.ndis || (summary.includes.length > 0 && this.includesNdis(summary));
  }

  private includesNdis(summary: FileSummary): boolean {
    const names = new Set(
      summary.includes.map((path) => path.slice(path.replace(/\\/g, '/').lastIndexOf('/') + 1).toLowerCase()),
    );
    return (this.project(summary.uri)?.files ?? []).some(
      (file) => file.ndis && names.has(file.uri.slice(file.uri.lastIndexOf('/') + 1).toLowerCase()),
    );
  }

  private *summaries(): Iterable<FileSummary> {
    for (const entry of this.entries.values()) yield entry.summary;
  }

  /** An entry without a tree; `known` is a model of the file that may have this very text. */
  private closedEntry(uri: string, text: string, known?: FileModel): Entry {
    if (known?.text === text) return { uri, disk: text, summary: this.summary(known, true) };
    const syntax = this.parser.parse(text, languageOf(uri, text));
    return { uri, disk: text, summary: this.summary(new FileModel(uri, text, syntax, this.catalog), true) };
  }

  private summary(model: FileModel, detach: boolean): FileSummary {
    const summary = summarize(model, showsNdis(model, this.catalog), detach);
    const scopeProject = new ProjectModel('', this.catalog, this.scopeFiles(summary));
    const fills = fillsOf(model, (fn) => scopeProject.scope(summary, fn, fn && model.body(fn)));
    addFills(summary, fills, model, detach);
    return summary;
  }

  /** Files whose declarations the file can see: those of its project as it stood before this change. */
  private scopeFiles(bare: FileSummary): FileSummary[] {
    const others = this.entries.has(bare.uri) ? (this.project(bare.uri)?.files ?? []) : [];
    return [bare, ...others.filter((file) => file.uri !== bare.uri)];
  }

  /** Takes an entry in. While it declares, includes and registers what it did before, the drivers stay as they are. */
  private put(entry: Entry): void {
    const before = this.entries.get(entry.uri);
    this.entries.set(entry.uri, entry);
    this.models.clear();
    if (!before || !this.grouping?.replace(before.summary, entry.summary)) this.grouping = undefined;
  }

  private remove(uri: string): void {
    if (this.entries.delete(uri)) this.forget();
  }

  private forget(): void {
    this.grouping = undefined;
    this.models.clear();
  }
}

/** The file includes ndis.h itself, or uses a name of the catalog. */
function showsNdis(model: FileModel, catalog: Catalog): boolean {
  if (model.syntax.includes.some((include) => /(^|[\\/])ndis\.h$/i.test(include.path))) return true;
  return model.syntax.items.some((item) => namesNdis(item, catalog));
}

const ndisItems = new WeakMap<Item, boolean>();

function namesNdis(item: Item, catalog: Catalog): boolean {
  let known = ndisItems.get(item);
  if (known === undefined) {
    known = (item.masked.match(/\b[A-Z]\w{6,}/g) ?? []).some((word) => catalog.isNdisName(word));
    ndisItems.set(item, known);
  }
  return known;
}
