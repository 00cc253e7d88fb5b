import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readSources } from '../../server/tools/catalog/sources.js';
import { stubHeader } from '../../server/tools/stubHeader.js';
import { onPath } from './executables.mjs';
import { root } from './paths.mjs';

export type Language = 'c' | 'c++';

/** Protocol drivers (call managers and clients among them) and miniports (MCMs) tell ndis.h so by different names. */
export type BuildKind = 'protocol' | 'miniport';

export interface CompileOptions {
  language: Language;
  /** NDIS version of the build: "6.0", "6.30". */
  ndis: string;
  /** `stub` is made from the catalog; else a folder of real headers that holds km/ and shared/. Default `stub`. */
  headers?: string;
  /** What is being built. By default both at once, for code that is no whole driver. */
  kind?: BuildKind;
  /** Folder that quoted includes are looked for in. */
  folder?: string;
  /** Further definitions, `NAME=value`. */
  defines?: readonly string[];
  /** False: only what does not compile is an error. Default true: warnings that tell of mistakes are errors too. */
  strict?: boolean;
}

export interface CompileResult {
  ok: boolean;
  /** One line each, as the compiler says it. */
  errors: string[];
}

/** The compiler, or undefined where there is none. */
export const compiler = process.env['CLANG'] ?? onPath(['clang']);

/** No compiler, and nobody demands one: a developer's machine may do without, a build server fails. */
export const mayLackCompiler = !compiler && !process.env['CI'];

/** Folder of real headers that whoever runs the tests named, or undefined. */
export const realHeaders = process.env['NDIS_WDK_INCLUDE'];

const cache = path.join(root, '.cache', 'compile');

/** Checks a piece of C or C++ that includes ndis.h, for Windows on x64, without generating code. */
export function compile(code: string, options: CompileOptions): CompileResult {
  const { folder, strict = true, language } = options;
  return run(
    [
      ...['-fsyntax-only', '-x', language, '-include-pch', precompiled(options)],
      ...(strict ? strictly : ['-w']),
      ...(folder === undefined ? [] : ['-iquote', folder]),
      '-',
    ],
    options,
    code,
  );
}

/** The same for a file, whose folder is the one for quoted includes. */
export function compileFile(file: string, options: CompileOptions): CompileResult {
  return compile(readFileSync(file, 'utf8'), { folder: path.dirname(file), ...options });
}

/** Parameters go unused where a callback has no use for them, and pool tags are characters in a row. */
const strictly = [
  ...['-Wall', '-Wextra', '-Wmissing-prototypes', '-Werror'],
  ...['-Wno-unused-parameter', '-Wno-four-char-constants', '-Wno-multichar', '-Wno-missing-field-initializers'],
  '-Wno-unknown-pragmas',
];

/** Options that a precompiled header and what uses it must share. */
function target({ language, ndis, headers, kind, defines = [] }: CompileOptions): string[] {
  const short = ndis === '6.0' ? '60' : ndis.replace('.', '');
  const kinds: Record<BuildKind, string[]> = {
    protocol: [`NDIS${short}=1`],
    miniport: ['NDIS_MINIPORT_DRIVER=1', `NDIS${short}_MINIPORT=1`],
  };
  const names = kind ? kinds[kind] : [...kinds.protocol, ...kinds.miniport];
  return [
    ...['-target', 'x86_64-pc-windows-msvc', '-fms-extensions', '-fms-compatibility', '-nostdinc'],
    ...(language === 'c++' ? ['-std=c++20'] : []),
    ...['_AMD64_', '_WIN64', ...names, ...defines].map((name) => `-D${name}`),
    ...includeFolders(ndis, headers).flatMap((folder) => ['-isystem', folder]),
  ];
}

function includeFolders(ndis: string, headers = 'stub'): string[] {
  return headers === 'stub'
    ? [stubFolder(ndis)]
    : ['km', 'shared', path.join('km', 'crt')].map((folder) => path.join(headers, folder));
}

let sources: ReturnType<typeof readSources> | undefined;
const stubFolders = new Map<string, string>();

/** Folder that holds the stub ndis.h of a version. */
function stubFolder(ndis: string): string {
  let folder = stubFolders.get(ndis);
  if (folder === undefined) {
    sources ??= readSources(root);
    const text = stubHeader(sources, ndis);
    folder = path.join(cache, `stub-${ndis}-${digest(text)}`);
    write(path.join(folder, 'ndis.h'), text);
    stubFolders.set(ndis, folder);
  }
  return folder;
}

/** ndis.h, read once for every set of options and kept: most of the work of compiling a driver is reading it. */
function precompiled(options: CompileOptions): string {
  const arguments_ = target(options);
  const file = path.join(cache, `ndis-${digest([options.language, ...arguments_].join('\0'))}.pch`);
  if (!existsSync(file)) {
    const own = `${file}.${process.pid}`;
    mkdirSync(cache, { recursive: true });
    const { ok, errors } = run(
      ['-w', '-x', `${options.language}-header`, '-', '-o', own],
      options,
      '#include <ndis.h>\n',
    );
    if (!ok) throw new Error(`ndis.h does not compile:\n${errors.join('\n')}`);
    renameSync(own, file);
  }
  return file;
}

function run(arguments_: readonly string[], options: CompileOptions, code: string): CompileResult {
  if (compiler === undefined) throw new Error('There is no clang on PATH; CLANG may name one.');
  const { status, stderr, error } = spawnSync(compiler, [...target(options), ...arguments_], {
    input: code,
    encoding: 'utf8',
  });
  if (error) throw error;
  const errors = stderr.split('\n').filter((line) => / (?:fatal )?error: /.test(line));
  return { ok: status === 0, errors: status === 0 || errors.length ? errors : [stderr.trim()] };
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

/** Puts a file into place in one step: several test workers may make it at the same time. */
function write(file: string, text: string): void {
  if (existsSync(file)) return;
  mkdirSync(path.dirname(file), { recursive: true });
  const own = `${file}.${process.pid}`;
  writeFileSync(own, text);
  renameSync(own, file);
}
