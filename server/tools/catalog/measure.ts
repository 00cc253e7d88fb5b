import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Catalog } from '../../src/core/catalog/catalog.js';
import type { CatalogData } from '../../src/core/catalog/schema.js';
import { findRoot } from './root.js';

/** Processor times that one load takes, in milliseconds: a busy machine changes them less than time on the wall. */
interface Load {
  parse: number;
  index: number;
  catalog: Catalog;
}

/** `node server/tools/run.mjs catalog/measure`: what dist/catalog.json costs to load, in time and in memory. */
export function main(): number {
  const text = readFileSync(path.join(findRoot(), 'dist', 'catalog.json'), 'utf8');
  const before = heapUsed();
  const first = load(text);
  const memory = heapUsed() - before;
  const others = Array.from({ length: 9 }, () => load(text));
  console.log(`size      ${mega(Buffer.byteLength(text))} MB`);
  console.log(`parse     ${ms(first.parse)} first, ${ms(median(others.map(({ parse }) => parse)))} median of 9`);
  console.log(`index     ${ms(first.index)} first, ${ms(median(others.map(({ index }) => index)))} median of 9`);
  console.log(`memory    ${mega(memory)} MB with its indexes`);
  return 0;
}

function load(text: string): Load {
  const began = processor();
  const data = JSON.parse(text) as CatalogData;
  const parsed = processor();
  const catalog = new Catalog(data);
  // Each of these builds an index; the first builds one for every kind of name.
  catalog.find('');
  catalog.isNdisName('');
  catalog.slotsNamed('');
  catalog.statusByValue(0);
  catalog.oidByValue(0);
  return { parse: parsed - began, index: processor() - parsed, catalog };
}

/** Milliseconds that this process has computed. */
function processor(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Bytes in use after a full collection. */
function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] as number;

const mega = (bytes: number): string => (bytes / 1e6).toFixed(2);

const ms = (time: number): string => `${time.toFixed(1)} ms`;
