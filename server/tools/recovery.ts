import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { languageOf } from '../src/core/syntax/language.js';
import { createParser, type SyntaxParser } from '../src/core/syntax/parser.js';
import { decode } from '../src/core/text/decode.js';
import { clangFunctions, type FoundFunction } from './recovery/clang.js';
import { countedRegistrations, countedRoleDeclarations, plainText } from './recovery/regex.js';
import { parsedFunctions, parsedRegistrations, parsedRoleDeclarations } from './recovery/syntax.js';

const usage = 'npm run recovery -- DIR… [--headers WDKROOT] [--define NAME=VALUE]… [--list]';

/**
 * How much of real driver source the parser understands: files with errors, functions against clang, role declarations
 * and handler registrations against regular expressions, speed. WDKROOT is a folder with `km` and `shared`.
 */
export async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { headers: { type: 'string' }, define: { type: 'string', multiple: true }, list: { type: 'boolean' } },
  });
  if (positionals.length === 0) {
    console.error(usage);
    return 2;
  }
  const report = new Report(await loadParser(), roleTypes(), values.list === true);
  for (const folder of positionals) {
    for (const file of sourceFiles(path.resolve(folder))) {
      report.read(file);
      if (values.headers && /\.(?:c|cpp)$/i.test(file)) {
        report.compare(
          file,
          await clangFunctions(file, path.resolve(folder), path.resolve(values.headers), values.define ?? []),
        );
      }
    }
  }
  report.print();
  return 0;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    if (statSync(file).isDirectory()) return sourceFiles(file);
    return /\.(?:c|h|cpp|hpp|cc)$/i.test(name) ? [file] : [];
  });
}

async function loadParser(): Promise<SyntaxParser> {
  const require = createRequire(path.resolve('package.json'));
  const bytes = (name: string): Uint8Array => readFileSync(require.resolve(name));
  return createParser({
    runtime: bytes('web-tree-sitter/web-tree-sitter.wasm'),
    c: bytes('tree-sitter-c/tree-sitter-c.wasm'),
    cpp: bytes('tree-sitter-cpp/tree-sitter-cpp.wasm'),
  });
}

function roleTypes(): Set<string> {
  const names = ['callbacks', 'kernel-roles'].flatMap((group) => {
    const file = path.resolve('server', 'catalog', 'facts', `${group}.json`);
    return Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object);
  });
  return new Set(names);
}

class Report {
  readonly #parser: SyntaxParser;
  readonly #roles: ReadonlySet<string>;
  readonly #list: boolean;
  readonly #functions = new Map<string, FoundFunction[]>();
  readonly #broken: string[] = [];
  readonly #differences: string[] = [];
  #files = 0;
  #characters = 0;
  #time = 0;
  #clang = 0;
  #same = 0;
  #counted = { roles: 0, registrations: 0 };
  #parsed = { roles: 0, registrations: 0 };

  constructor(parser: SyntaxParser, roles: ReadonlySet<string>, list: boolean) {
    this.#parser = parser;
    this.#roles = roles;
    this.#list = list;
  }

  read(file: string): void {
    const text = decode(readFileSync(file));
    const began = process.cpuUsage().user;
    const parsed = this.#parser.parse(text, languageOf(file, text));
    this.#time += process.cpuUsage().user - began;
    this.#files++;
    this.#characters += text.length;
    if (parsed.errors > 0) this.#broken.push(`${file}: ${parsed.errors}`);
    this.#functions.set(file, parsedFunctions(parsed));
    const plain = plainText(text);
    const roles = countedRoleDeclarations(plain, this.#roles);
    const registrations = countedRegistrations(plain);
    const ownRoles = parsedRoleDeclarations(parsed, this.#roles);
    const ownRegistrations = parsedRegistrations(parsed);
    this.#counted.roles += roles.length;
    this.#counted.registrations += registrations.length;
    this.#parsed.roles += this.#matched(file, roles, ownRoles);
    this.#parsed.registrations += this.#matched(file, registrations, ownRegistrations);
  }

  /** How many of the counted ones were parsed; the others are listed. */
  #matched(file: string, counted: readonly string[], parsed: readonly string[]): number {
    const left = [...parsed];
    let found = 0;
    for (const one of counted) {
      const at = left.indexOf(one);
      if (at < 0) this.#differences.push(`${file}: not parsed: ${one}`);
      else {
        left.splice(at, 1);
        found++;
      }
    }
    return found;
  }

  compare(file: string, expected: readonly FoundFunction[] | undefined): void {
    const own = this.#functions.get(file) ?? [];
    for (const wanted of expected ?? []) {
      this.#clang++;
      const same = own.filter((one) => one.name === wanted.name);
      if (same.some((one) => isSame(one, wanted))) this.#same++;
      else
        this.#differences.push(
          `${file}: clang ${describe(wanted)}; parsed ${same.map(describe).join(' | ') || 'nothing'}`,
        );
    }
  }

  print(): void {
    const share = (part: number, whole: number): string =>
      `${part} of ${whole}${whole ? ` (${((100 * part) / whole).toFixed(1)} %)` : ''}`;
    console.log(`files with errors: ${share(this.#broken.length, this.#files)}`);
    console.log(`functions as clang has them: ${share(this.#same, this.#clang)}`);
    console.log(`role declarations: ${share(this.#parsed.roles, this.#counted.roles)}`);
    console.log(`handler registrations: ${share(this.#parsed.registrations, this.#counted.registrations)}`);
    console.log(`text to items: ${(this.#characters / this.#time).toFixed(1)} MB/s of processor time, start included`);
    if (this.#list) for (const line of [...this.#broken, ...this.#differences]) console.log(line);
  }
}

/**
 * Headers name the newest version of a structure by a macro without its number, which clang sees through; a function
 * without a return type returns int.
 */
function isSame(own: FoundFunction, wanted: FoundFunction): boolean {
  const returns = (one: FoundFunction): string => one.returns.replace(/\d+(?=\**$)/, '') || 'int';
  return returns(own) === returns(wanted) && own.params.join() === wanted.params.join();
}

const describe = (one: FoundFunction): string => `${one.returns} ${one.name}(${one.params.join(', ')})`;
