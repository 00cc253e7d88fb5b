import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../harness/paths.mjs';

export const rulesFolder = path.join(root, 'server', 'src', 'core', 'rules');

/** Rules that have a page, by file name. */
export const pageNames = readdirSync(rulesFolder)
  .filter((file) => file.endsWith('.md'))
  .map((file) => path.basename(file, '.md'))
  .sort();

/** A fenced block of a page. */
export interface Block {
  /** `Reported`, `Fixed`, `Accepted`. */
  section: string;
  /** File of the driver that the block holds. */
  file: string;
  source: string;
  /** The file ends its lines with CR LF. */
  crlf: boolean;
  /** Line of the page, from 1, where the source begins. */
  line: number;
  /** Place among the blocks of the page, from 0. */
  index: number;
  /** A further file of the driver in the block before: it names its file, and nothing stands between the two. */
  further: boolean;
}

/** A small driver that the page shows: one file, or several with `file=` behind the language of the further ones. */
export interface Example {
  section: string;
  line: number;
  blocks: Block[];
  /** What the preferred fix makes of it. */
  fixed: Block[];
}

export interface RulePage {
  name: string;
  title: string;
  text: string;
  /** Text before the first section. */
  why: string;
  reported: Example[];
  accepted: Example[];
}

const extensions: Record<string, string> = { c: 'driver.c', cpp: 'driver.cpp' };

/** Reads a page. Throws where it is not made as pages are made. */
export function readPage(name: string): RulePage {
  const text = readFileSync(pagePath(name), 'utf8');
  const title = /^# (.+)$/m.exec(text)?.[1] ?? '';
  const why = text.slice(text.indexOf('\n') + 1, text.search(/^## /m)).trim();
  const examples = gather(readBlocks(text));
  const of = (section: string): Example[] => examples.filter((example) => example.section === section);
  return { name, title, text, why, reported: of('Reported'), accepted: of('Accepted') };
}

const pagePath = (name: string): string => path.join(rulesFolder, `${name}.md`);

function readBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let section = '';
  let prose = true;
  let open: Block | undefined;
  let source: string[] = [];
  text.split('\n').forEach((line, index) => {
    if (open) {
      if (line === '```') {
        blocks.push({ ...open, source: source.map((text) => `${text}\n`).join('') });
        open = undefined;
        prose = false;
      } else source.push(line);
      return;
    }
    section = /^## (.+)$/.exec(line)?.[1] ?? section;
    const info = /^```(.*)$/.exec(line)?.[1];
    prose ||= info === undefined && line.trim() !== '';
    if (info === undefined) return;
    source = [];
    const further = info.includes(' file=') && !prose;
    open = { ...readInfo(info), section, source: '', line: index + 2, index: blocks.length, further };
  });
  if (open) throw new Error('A block of the page is not closed.');
  return blocks;
}

/** `c`, `cpp`, `c fixed`, `c crlf`, `c file=driver.h`. */
function readInfo(info: string): { file: string; crlf: boolean } {
  const [language = '', ...words] = info.split(' ');
  const file = words.find((word) => word.startsWith('file='))?.slice('file='.length) ?? extensions[language];
  const known = words.every((word) => word === 'fixed' || word === 'crlf' || word.startsWith('file='));
  if (file === undefined || !known) throw new Error(`The page has a block that says "${info}".`);
  return { file, crlf: words.includes('crlf') };
}

/** Fixed blocks belong to the example before them. */
function gather(blocks: readonly Block[]): Example[] {
  const examples: Example[] = [];
  for (const block of blocks) {
    const last = examples.at(-1);
    if (block.section === 'Fixed') {
      if (last?.section !== 'Reported') throw new Error('A fixed block stands behind no reported one.');
      last.fixed.push(block);
    } else if (last && block.further) last.blocks.push(block);
    else examples.push({ section: block.section, line: block.line, blocks: [block], fixed: [] });
  }
  return examples;
}

/** Puts another source into a block of the page file. */
export function rewrite(page: RulePage, block: Block, source: string): void {
  const lines = readFileSync(pagePath(page.name), 'utf8').split('\n');
  const fences = lines.flatMap((line, index) => (line.startsWith('```') ? [index] : []));
  const open = fences[2 * block.index] as number;
  const close = fences[2 * block.index + 1] as number;
  lines.splice(open + 1, close - open - 1, ...source.replace(/\n$/, '').split('\n'));
  writeFileSync(pagePath(page.name), lines.join('\n'));
}
