import { folderOf, nameOf, resolve } from './paths.js';

/** What a build file says of a driver: which files, and which preprocessor definitions. */
export interface ProjectFile {
  id: string;
  /** For people: the file's name without its ending, or its folder's. */
  name: string;
  /** Ids of the sources and headers it lists. */
  files: string[];
  /** Name to value; the value is empty where there is none. */
  definitions: Map<string, string>;
  /** Ids of the property files it imports. */
  imports: string[];
  /** It only tells definitions: which files make up a driver is told elsewhere. */
  definitionsOnly?: true;
}

/** Files that `readProjectFile` can read, by name. */
export function isProjectFile(id: string): boolean {
  return /(\.vcxproj|\.vcxitems|\.props|\/sources|\/compile_commands\.json)$/i.test(id);
}

/** Reads a Visual Studio project, a property file, a DDK `sources` file or a compilation database. Whatever cannot be
 * read in it is left out; undefined for other files. */
export function readProjectFile(id: string, text: string): ProjectFile | undefined {
  if (/\.(vcxproj|vcxitems|props)$/i.test(id)) return readVisualStudio(id, text);
  if (/\/sources$/i.test(id)) return readDdkSources(id, text);
  if (/\/compile_commands\.json$/i.test(id)) return readCompileCommands(id, text);
  return undefined;
}

function readVisualStudio(id: string, text: string): ProjectFile {
  const folder = folderOf(id);
  const plain = text.replace(/<!--[\s\S]*?-->/g, '');
  const files = [...plain.matchAll(/<Cl(?:Compile|Include)\s+Include\s*=\s*"([^"]*)"/gi)].map((match) =>
    path(match[1], folder),
  );
  const imports = [...plain.matchAll(/<Import\s+[^>]*?Project\s*=\s*"([^"]*)"/gi)].map((match) =>
    path(match[1], folder),
  );
  const definitions = new Map<string, string>();
  for (const match of plain.matchAll(/<PreprocessorDefinitions[^>]*>([^<]*)</gi))
    addDefinitions(definitions, match[1] ?? '', /[;\s]+/);
  const project: ProjectFile = {
    id,
    name: nameOf(id).replace(/\.\w+$/, ''),
    files: files.filter((file) => file !== undefined),
    definitions,
    imports: imports.filter((file) => file !== undefined),
  };
  return /\.props$/i.test(id) ? { ...project, definitionsOnly: true } : project;
}

/** A path with `$(ProjectDir)` and its like put in; undefined where another property decides. */
function path(written: string | undefined, folder: string): string | undefined {
  const plain = decodeEntities(written ?? '').replace(
    /\$\((ProjectDir|MSBuildProjectDirectory|MSBuildThisFileDirectory)\)[\\/]?/gi,
    '',
  );
  return !plain || /[$*?%]/.test(plain) ? undefined : resolve(folder, plain);
}

function decodeEntities(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&');
}

function addDefinitions(definitions: Map<string, string>, text: string, separator: RegExp): void {
  for (const part of decodeEntities(text).split(separator)) {
    const match = /^(?:[-/]D)?([A-Za-z_]\w*)(?:=(.*))?$/.exec(part);
    if (match) definitions.set(match[1] as string, match[2] ?? '');
  }
}

/** `SOURCES=a.c \` and `C_DEFINES=… -DNDIS60=1` of the build utility. */
function readDdkSources(id: string, text: string): ProjectFile {
  const folder = folderOf(id);
  const lines = text.replace(/\\[ \t]*\r?\n/g, ' ').split(/\r?\n/);
  const files: string[] = [];
  const definitions = new Map<string, string>();
  for (const line of lines) {
    const assignment = /^\s*(\w+)\s*=\s*(.*)$/.exec(line.replace(/#.*$/, ''));
    if (!assignment) continue;
    const [, name = '', value = ''] = assignment;
    if (/^(\w+_)?SOURCES$/i.test(name))
      files.push(
        ...value
          .split(/\s+/)
          .filter((file) => /\.(c|cpp|cxx|cc)$/i.test(file) && !/[$]/.test(file))
          .map((file) => resolve(folder, file)),
      );
    if (/DEFINES$/i.test(name))
      for (const part of value.split(/\s+/)) if (/^[-/]D/.test(part)) addDefinitions(definitions, part, /\s+/);
  }
  return { id, name: nameOf(folder), files, definitions, imports: [] };
}

/** One database may build several drivers: it tells definitions and which files are built, not which belong together. */
function readCompileCommands(id: string, text: string): ProjectFile | undefined {
  let entries: unknown;
  try {
    entries = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(entries)) return undefined;
  const definitions = new Map<string, string>();
  const files: string[] = [];
  for (const entry of entries as { directory?: unknown; file?: unknown; command?: unknown; arguments?: unknown }[]) {
    if (typeof entry?.file !== 'string') continue;
    const base = typeof entry.directory === 'string' ? resolve(folderOf(id), entry.directory) : folderOf(id);
    files.push(resolve(base, entry.file));
    const words = Array.isArray(entry.arguments)
      ? entry.arguments.map(String)
      : typeof entry.command === 'string'
        ? entry.command.split(/\s+/)
        : [];
    for (const word of words) if (/^[-/]D\w/.test(word)) addDefinitions(definitions, word.replace(/["']/g, ''), /\s+/);
  }
  return { id, name: nameOf(folderOf(id)), files, definitions, imports: [], definitionsOnly: true };
}
