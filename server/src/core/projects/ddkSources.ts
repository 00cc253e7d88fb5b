import type { BuildFile, FindBuildFile, Target } from './buildFile.js';
import { folderOf, nameOf, resolve } from './paths.js';
import { definitionsIn, librariesIn, wordsOf } from './words.js';

type Line = { include: string } | { name: string; value: string };

/** Included files inside each other, at most; more is a circle. */
const deepest = 16;

/** Length past which a list is no longer taken in: it grows by naming itself. */
const longest = 1 << 16;

/** A `sources` file of the build utility, or a file that such files include. Of `!if` every branch counts. */
export class DdkSources implements BuildFile {
  readonly id: string;
  readonly lines: readonly Line[];

  constructor(id: string, text: string) {
    this.id = id;
    this.lines = linesOf(text);
  }

  targets(find: FindBuildFile): Target[] {
    return /\/sources$/i.test(this.id) ? [targetOf(this.id, evaluated(this, find))] : [];
  }

  linked(find: FindBuildFile): string[] {
    const values = evaluated(this, find);
    return this.lines.flatMap((line) =>
      'include' in line ? pathsOf(expand(line.include, values), folderOf(this.id)) : [],
    );
  }
}

/** Comments end with their line even where the list goes on in the next one. */
function linesOf(text: string): Line[] {
  const joined = text.replace(/#[^\n]*?(?=(\\[ \t]*)?\r?$)/gm, '').replace(/\\[ \t]*\r?\n/g, ' ');
  return joined.split(/\r?\n/).flatMap((line): Line[] => {
    const include = /^\s*!\s*include\s+(.+)$/i.exec(line)?.[1];
    if (include !== undefined) return [{ include: include.replace(/[<>"]/g, '') }];
    const [, name, value] = /^\s*(\w+)\s*=\s*(.*)$/.exec(line) ?? [];
    return name !== undefined && value !== undefined ? [{ name: name.toUpperCase(), value }] : [];
  });
}

/** What each name stands for in the end. A second value joins the first: which branch is built is not known. */
function evaluated({ id, lines }: DdkSources, find: FindBuildFile, depth: number = 0): Map<string, string> {
  const values = new Map<string, string>();
  const take = (name: string, value: string): void => {
    const before = values.get(name);
    const joined = before === undefined || value.includes(before) ? value : `${before} ${value}`;
    if (joined.length < longest) values.set(name, joined);
  };
  for (const line of lines) {
    if ('name' in line) take(line.name, expand(line.value, values));
    else if (depth < deepest) {
      for (const path of pathsOf(expand(line.include, values), folderOf(id))) {
        const included = find(path);
        if (included instanceof DdkSources)
          for (const [name, value] of evaluated(included, find, depth + 1)) take(name, value);
      }
    }
  }
  return values;
}

/** Names put in as far as they are known; the rest stays to be seen. */
function expand(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\$\((\w+)\)/g, (written, name: string) => values.get(name.toUpperCase()) ?? written);
}

const pathsOf = (text: string, folder: string): string[] =>
  text
    .split(/\s+/)
    .filter((path) => path !== '' && !/[$*?]/.test(path))
    .map((path) => resolve(folder, path));

function targetOf(id: string, values: ReadonlyMap<string, string>): Target {
  const folder = folderOf(id);
  const matching = (pattern: RegExp): string[] =>
    [...values].flatMap(([name, value]) => (pattern.test(name) ? [value] : []));
  const files = matching(/^(\w+_)?SOURCES$/).flatMap((list) => pathsOf(list, folder));
  const output = (values.get('TARGETNAME') ?? nameOf(folder)).trim();
  return {
    id,
    name: nameOf(folder),
    files: files.filter((file) => /\.(c|cpp|cxx|cc)$/i.test(file)).map((file) => [file]),
    without: [],
    definitions: definitionsIn(matching(/DEFINES$|C_FLAGS$/).flatMap(wordsOf)),
    references: [],
    libraries: matching(/LIBS$/).flatMap(librariesIn),
    output: output.toLowerCase(),
    isProgram: /^\s*PROGRAM\s*$/i.test(values.get('TARGETTYPE') ?? ''),
    isLibrary: /^\s*(?:DRIVER_)?LIBRARY\s*$/i.test(values.get('TARGETTYPE') ?? ''),
  };
}
