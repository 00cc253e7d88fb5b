import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { decode } from '../../src/core/text/decode.js';
import { columns } from '../columns.js';
import { loadTooling, readSourceFiles, type Tooling } from '../toolService.js';
import { clangd } from './clangd.js';
import { generateDriver } from './generated.js';
import { type Figures, measure, type Server } from './measure.js';

const usage = 'npm run bench -- [--clangd PATH --headers WDKROOT] [--tree DIR]… [FILE…]';

/** Sizes of the generated drivers, in KB. */
const sizes = [100, 400];

/**
 * The built server beside clangd, over stdio, in the same run: generated drivers and the files that are named. WDKROOT
 * is a folder with `km` and `shared`. `--tree` measures how fast the core takes in a folder.
 */
export async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { clangd: { type: 'string' }, headers: { type: 'string' }, tree: { type: 'string', multiple: true } },
  });
  const tooling = await loadTooling();
  const bundle = path.join(tooling.root, 'dist', 'server.js');
  const missing = [bundle, ...positionals, ...(values.tree ?? [])].find((file) => !existsSync(file));
  if (missing !== undefined || (values.clangd && !values.headers)) {
    console.error(missing === undefined ? usage : `${missing} does not exist. ${usage}`);
    return 2;
  }
  const servers: Server[] = [{ name: 'this', command: process.execPath, args: [bundle, '--stdio'] }];
  if (values.clangd && values.headers) servers.push(clangd(values.clangd, path.resolve(values.headers)));
  for (const file of [...generate(tooling), ...positionals.map((name) => path.resolve(name))])
    await compare(servers, file);
  for (const tree of values.tree ?? []) takeIn(tooling, path.resolve(tree));
  return 0;
}

/** Writes the generated drivers below .cache, each in a folder of its own, and gives their paths. */
function generate({ root, catalog }: Tooling): string[] {
  return sizes.map((size) => {
    const file = path.join(root, '.cache', 'bench', String(size), 'driver.c');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, generateDriver(root, catalog, size * 1000));
    return file;
  });
}

async function compare(servers: readonly Server[], file: string): Promise<void> {
  const text = decode(readFileSync(file));
  const figures: Figures[] = [];
  for (const server of servers) figures.push(await measure(server, file, text));
  console.log(`\n${path.relative(process.cwd(), file)}: ${Math.round(text.length / 1000)} KB`);
  const rows = Object.entries(shown).map(([name, of]) => row(name, figures.map(of)));
  console.log(columns([['', ...servers.map(({ name }) => name), ...(servers.length > 1 ? ['ratio'] : [])], ...rows]));
}

/** Rows of the table; times in milliseconds. */
const shown: Record<string, (figures: Figures) => number | undefined> = {
  'start to initialized, ms': ({ start }) => start,
  'open to first diagnostics, ms': ({ firstDiagnostics }) => firstDiagnostics,
  'keystroke to diagnostics, p50, ms': ({ keystroke }) => keystroke.p50,
  'keystroke to diagnostics, p95, ms': ({ keystroke }) => keystroke.p95,
  'completion, p95, ms': ({ completion }) => completion,
  'hover, p95, ms': ({ hover }) => hover,
  'signature help, p95, ms': ({ signature }) => signature,
  'memory, MB': ({ memory }) => memory,
  'processor time to first diagnostics, s': ({ processorTime }) => processorTime.first,
  'processor time of the run, s': ({ processorTime }) => processorTime.all,
  'diagnostics at first': ({ diagnostics }) => diagnostics,
};

function row(name: string, values: readonly (number | undefined)[]): string[] {
  const [own, other] = values;
  const ratio = own && other ? (own / other).toFixed(3) : '';
  return [
    name,
    ...values.map((value) =>
      value === undefined || Number.isNaN(value) ? '–' : value.toFixed(Number.isInteger(value) ? 0 : 1),
    ),
    ...(values.length > 1 ? [ratio] : []),
  ];
}

/** How fast the core takes in the sources of a folder: by the clock, and by processor time, collection included. */
function takeIn(tooling: Tooling, folder: string): void {
  const sources = readSourceFiles(folder);
  const service = tooling.service();
  const size = sources.reduce((sum, { text }) => sum + text.length, 0);
  const before = process.cpuUsage().user;
  const times = sources.map(({ path: file, text }) => {
    const began = performance.now();
    service.addFile(`file://${file}`, text);
    return performance.now() - began;
  });
  const wall = times.reduce((sum, one) => sum + one, 0) / 1000;
  const processor = (process.cpuUsage().user - before) / 1e6;
  const figures = [
    `${sources.length} files`,
    `${(size / 1e6).toFixed(1)} MB`,
    `${(size / 1e6 / wall).toFixed(1)} MB/s`,
    `${(size / 1e6 / processor).toFixed(1)} MB per second of processor time`,
    `slowest file ${Math.max(...times).toFixed(0)} ms`,
    `process memory ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB`,
  ];
  console.log(`\n${folder}: ${figures.join(', ')}`);
}
