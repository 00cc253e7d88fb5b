import type { BuildFile, FindBuildFile, LinkedLibrary, Target } from './buildFile.js';
import { folderOf, nameOf, parentOf, resolve, sameFileKey } from './paths.js';
import { addDefinition, definitionsIn, librariesIn, wordsOf } from './words.js';
import { elementsOf, type XmlElement } from './xml.js';

/** Something that the file says, in the order of its text, properties not yet put in. */
type Statement =
  | { kind: 'property'; name: string; value: string; isCondition: boolean }
  | { kind: 'import'; path: string }
  | { kind: 'files'; include: string; exclude: string }
  | { kind: 'without'; path: string }
  | { kind: 'reference'; path: string }
  | { kind: 'libraries'; list: string }
  | { kind: 'definitions'; list: string }
  | { kind: 'options'; line: string };

/** A Visual Studio project, or a file that projects import: properties, property sheets, shared items. Configurations are
 * not told apart: what one of them says counts. */
export class MsBuildFile implements BuildFile {
  readonly id: string;
  readonly statements: readonly Statement[];

  constructor(id: string, text: string) {
    this.id = id;
    this.statements = elementsOf(text).flatMap(statementsOf);
  }

  targets(find: FindBuildFile): Target[] {
    return /\.vcxproj$/i.test(this.id) ? [new Evaluation(this, find).target()] : [];
  }

  linked(find: FindBuildFile): string[] {
    return new Evaluation(this, find).linked;
  }
}

function statementsOf({ name, attributes, text, around }: XmlElement): Statement[] {
  const parent = around.at(-1);
  if (parent?.name === 'PropertyGroup') {
    const isCondition = attributes.has('Condition') || parent.attributes.has('Condition');
    return [{ kind: 'property', name: name.toLowerCase(), value: text, isCondition }];
  }
  const include = attributes.get('Include');
  const remove = attributes.get('Remove');
  switch (name) {
    case 'Import':
      return [{ kind: 'import', path: attributes.get('Project') ?? '' }];
    case 'ProjectReference':
      return include === undefined ? [] : [{ kind: 'reference', path: include }];
    case 'ClCompile':
    case 'ClInclude':
      if (remove !== undefined) return [{ kind: 'without', path: remove }];
      return include === undefined ? [] : [{ kind: 'files', include, exclude: attributes.get('Exclude') ?? '' }];
    case 'ExcludedFromBuild':
      return isLeftOut(attributes, text) ? [{ kind: 'without', path: parent?.attributes.get('Include') ?? '' }] : [];
    case 'PreprocessorDefinitions':
      return parent?.name === 'ClCompile' || !parent?.name ? [{ kind: 'definitions', list: text }] : [];
    case 'AdditionalOptions':
      return parent?.name === 'ClCompile' ? [{ kind: 'options', line: text }] : [];
    case 'AdditionalDependencies':
      return [{ kind: 'libraries', list: text }];
    default:
      return [];
  }
}

/** Left out of every configuration, not of some. */
const isLeftOut = (attributes: XmlElement['attributes'], text: string): boolean =>
  /^true$/i.test(text) && !attributes.has('Condition');

/** Files that are imported by one project, at most. */
const mostImports = 200;
const levelsUp = 6;

/** A project with everything that it imports, read from top to bottom as MSBuild does. */
class Evaluation {
  readonly linked: string[] = [];
  private readonly project: MsBuildFile;
  private readonly find: FindBuildFile;
  private readonly folder: string;
  private readonly properties = new Map<string, string>();
  private readonly outputKinds = new Set<string>();
  private readonly seen = new Set<string>();
  private readonly files: string[][] = [];
  private readonly without: string[] = [];
  private readonly definitions = new Map<string, string>();
  private readonly references: string[] = [];
  private readonly libraries: LinkedLibrary[] = [];

  constructor(project: MsBuildFile, find: FindBuildFile) {
    this.project = project;
    this.find = find;
    this.folder = folderOf(project.id);
    this.importAbove('Directory.Build.props', this.folder);
    this.read(project);
    this.importAbove('Directory.Build.targets', this.folder);
  }

  target(): Target {
    const name = nameOf(this.project.id).replace(/\.\w+$/, '');
    return {
      id: this.project.id,
      name,
      files: this.files,
      without: this.without,
      definitions: this.definitions,
      references: this.references,
      libraries: this.libraries,
      output: (this.expand('$(TargetName)', this.project.id) ?? name).toLowerCase(),
      isLibrary: this.isAlways('staticlibrary'),
      isProgram: this.isAlways('application'),
    };
  }

  /** In every configuration. */
  private isAlways(kind: string): boolean {
    return this.outputKinds.size === 1 && this.outputKinds.has(kind);
  }

  private read(file: MsBuildFile): void {
    if (this.seen.has(sameFileKey(file.id)) || this.seen.size >= mostImports) return;
    this.seen.add(sameFileKey(file.id));
    for (const statement of file.statements) this.take(statement, file.id);
  }

  private take(statement: Statement, from: string): void {
    switch (statement.kind) {
      case 'property':
        return this.setProperty(statement, from);
      case 'import':
        return this.import(statement.path, from);
      case 'files':
        this.files.push(...this.places(statement.include, from, this.folder));
        this.without.push(...this.paths(statement.exclude, from, this.folder));
        return;
      case 'without':
        this.without.push(...this.paths(statement.path, from, this.folder));
        return;
      case 'reference':
        this.references.push(...this.paths(statement.path, from, this.folder));
        this.linked.push(...this.paths(statement.path, from, this.folder));
        return;
      case 'libraries':
        this.libraries.push(...librariesIn(statement.list));
        return;
      case 'definitions':
        for (const part of this.expandKnown(statement.list, from).split(';')) addDefinition(this.definitions, part);
        return;
      case 'options':
        for (const [name, value] of definitionsIn(wordsOf(this.expandKnown(statement.line, from))))
          this.definitions.set(name, value);
    }
  }

  /** A value under a condition holds where there is no other. */
  private setProperty({ name, value, isCondition }: Statement & { kind: 'property' }, from: string): void {
    if (name === 'configurationtype') this.outputKinds.add(value.toLowerCase());
    if (isCondition && this.properties.has(name)) return;
    const expanded = this.expand(value, from);
    if (expanded !== undefined && expanded.length < 4096) this.properties.set(name, expanded);
  }

  private import(path: string, from: string): void {
    const above = /GetPathOfFileAbove\(\s*'?([\w.-]+)/i.exec(path)?.[1];
    if (above !== undefined) {
      const parent = parentOf(folderOf(from));
      if (parent !== undefined) this.importAbove(above, parent);
      return;
    }
    for (const id of this.paths(path, from, folderOf(from))) {
      this.linked.push(id);
      const file = this.find(id);
      if (file instanceof MsBuildFile) this.read(file);
    }
  }

  /** The nearest file of this name, from the folder upwards. */
  private importAbove(name: string, folder: string): void {
    for (let at: string | undefined = folder; at !== undefined; at = parentOf(at)) {
      const file = this.find(`${at}/${name}`);
      if (file instanceof MsBuildFile) return this.read(file);
    }
  }

  private paths(list: string, from: string, base: string): string[] {
    return this.places(list, from, base).flat();
  }

  /** Each path of a list with the ids that it may mean. Items are told from the project's folder, wherever they are
   * written. */
  private places(list: string, from: string, base: string): string[][] {
    return list.split(';').flatMap((written) => {
      const path = this.expand(written.trim(), from);
      if (!path || /[@%]\(/.test(path)) return [];
      const [, floating] = solution.exec(path) ?? [];
      const bases = floating === undefined ? [base] : ancestors(this.folder);
      return [bases.map((folder) => resolve(folder, unescaped(floating ?? path)))];
    });
  }

  /** Properties put in; undefined where one is not known. */
  private expand(text: string, from: string): string | undefined {
    const expanded = this.expandKnown(text, from);
    return /\$\(/.test(expanded.replace(solution, '')) ? undefined : expanded;
  }

  private expandKnown(text: string, from: string): string {
    return text.replace(
      /\$\(([\w.]+)\)/g,
      (written, name: string) => this.property(name.toLowerCase(), from) ?? written,
    );
  }

  private property(name: string, from: string): string | undefined {
    switch (name) {
      case 'projectdir':
      case 'msbuildprojectdirectory':
        return `${this.folder}/`;
      case 'msbuildthisfiledirectory':
        return `${folderOf(from)}/`;
      case 'projectname':
      case 'msbuildprojectname':
        return nameOf(this.project.id).replace(/\.\w+$/, '');
      case 'msbuildthisfilename':
        return nameOf(from).replace(/\.\w+$/, '');
      default:
        return this.properties.get(name);
    }
  }
}

/** Where the solution is, the project does not say: any folder above may be meant. */
const solution = /^\$\(SolutionDir\)[\\/]?(.*)$/i;

function ancestors(folder: string): string[] {
  const found: string[] = [];
  for (let at: string | undefined = folder; at !== undefined && found.length < levelsUp; at = parentOf(at))
    found.push(at);
  return found;
}

/** MSBuild writes characters that mean something to it as `%20`. */
const unescaped = (path: string): string =>
  path.replace(/%([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
