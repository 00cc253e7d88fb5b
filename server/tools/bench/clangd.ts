import path from 'node:path';
import type { Server } from './measure.js';

/** Modes in which clang reads what the driver kit's compiler reads. */
const dialect = ['-fms-extensions', '-fms-compatibility', '-target', 'x86_64-pc-windows-msvc', '-D_AMD64_'];

/** clangd with the driver kit's headers. `headers` is a folder with `km` and `shared`. */
export function clangd(command: string, headers: string): Server {
  const include = ['km', 'shared', path.join('km', 'crt')].map((folder) => `-I${path.join(headers, folder)}`);
  return {
    name: 'clangd',
    command,
    args: ['--background-index=false', '--log=error'],
    initializationOptions: (file) => ({
      fallbackFlags: ['-xc', ...dialect, '-DNDIS630=1', ...include, `-I${path.dirname(file)}`, '-Wno-everything'],
    }),
  };
}
