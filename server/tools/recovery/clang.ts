import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A function definition as either side saw it. */
export interface FoundFunction {
  readonly name: string;
  /** Return type with white space folded, `VOID` as `void`. */
  readonly returns: string;
  readonly params: readonly string[];
}

const declaration =
  /^[|`]-FunctionDecl .*? (?:used |referenced |invalid )*((?:operator )?[^\s:]+) '([^']*)'(?::'([^']*)')?(?: (.*))?$/;
const parameter =
  /^[| ] [|`]-ParmVarDecl .*? (?:used |referenced |invalid )*(?:([A-Za-z_]\w*) )?'[^']*'(?::'[^']*')?(?: (?:cinit|nrvo))*$/;
const body = /^[| ] [|`]-CompoundStmt /;
const place = /(?:^|[<\s])((?:\/|[A-Za-z]:)[^<>,]*?|<[a-z ]+>):\d+:\d+/g;

/**
 * Function definitions in the file itself, from clang's syntax tree with real headers. Clang goes on after errors, so
 * that a driver need not compile to be compared. Undefined where clang is not installed.
 */
export async function clangFunctions(
  file: string,
  root: string,
  headers: string,
  defines: readonly string[],
): Promise<FoundFunction[] | undefined> {
  const child = spawn('clang', [...flags(file, root, headers, defines), file], { stdio: ['ignore', 'pipe', 'ignore'] });
  const failed = new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(true));
    child.once('close', () => resolve(false));
  });
  const found: FoundFunction[] = [];
  let current: { name: string; returns: string; params: string[] } | undefined;
  let at = '';
  for await (const line of createInterface({ input: child.stdout })) {
    const top = /^[|`]-/.test(line);
    if (top) current = undefined;
    for (const match of line.matchAll(place)) at = match[1] ?? at;
    if (top) {
      const match = at === file ? declaration.exec(line) : null;
      const type = match?.[3] ?? match?.[2] ?? '';
      if (match && !/ invalid /.test(line))
        current = { name: match[1] as string, returns: returnType(type), params: [] };
    } else if (current) {
      const match = parameter.exec(line);
      if (match) current.params.push(match[1] ?? '');
      else if (body.test(line)) found.push(current);
    }
  }
  return (await failed) ? undefined : found;
}

function flags(file: string, root: string, headers: string, defines: readonly string[]): string[] {
  const own = includeFolders(path.dirname(file), root).map((folder) => `-I${folder}`);
  const system = ['km', 'shared', path.join('km', 'crt')].map((folder) => `-I${path.join(headers, folder)}`);
  const target = [
    '-fms-extensions',
    '-fms-compatibility',
    '-target',
    'x86_64-pc-windows-msvc',
    '-D_AMD64_',
    '-DNDIS630=1',
  ];
  const quiet = [
    '-Wno-everything',
    '-ferror-limit=0',
    '-fno-color-diagnostics',
    '-fsyntax-only',
    '-Xclang',
    '-ast-dump',
  ];
  return [...quiet, ...target, ...defines.map((define) => `-D${define}`), ...own, ...system];
}

/** The file's folder and those around it up to the root, each with its direct subfolders. */
function includeFolders(folder: string, root: string): string[] {
  const found = new Set<string>();
  for (let at = folder; ; at = path.dirname(at)) {
    found.add(at);
    for (const name of readdirSync(at)) {
      const below = path.join(at, name);
      if (statSync(below).isDirectory()) found.add(below);
    }
    if (at === root || at.length <= root.length || at === path.dirname(at)) return [...found];
  }
}

/** `PVOID *(ULONG, PVOID)` gives `PVOID *`. */
function returnType(type: string): string {
  let depth = 0;
  for (let at = type.length - 1; at >= 0; at--) {
    if (type[at] === ')') depth++;
    else if (type[at] === '(' && --depth === 0) return normalType(type.slice(0, at));
  }
  return normalType(type);
}

export const normalType = (type: string): string =>
  type
    .replace(
      /\b(?:struct|union|enum|const|volatile|static|inline|__inline|__forceinline|extern|register|CONST)\b/g,
      ' ',
    )
    .replace(/\bVOID\b/g, 'void')
    .replace(/\s*\*\s*/g, '*')
    .replace(/\s+/g, ' ')
    .trim();
