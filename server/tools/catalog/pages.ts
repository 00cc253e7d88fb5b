import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { Page } from '../../src/core/catalog/schema.js';
import type { Problem } from './problems.js';

/** A page and the file it came from. */
export interface PageFile {
  file: string;
  page: Page;
}

const text = ['name', 'summary', 'step', 'returns', 'replacement', 'reviewed'];
const maps = ['parameters', 'statuses', 'members'];
const lists = ['traps', 'follow'];

/** Reads front matter and body. What cannot be read becomes a problem and no page. */
export function readPages(root: string, files: string[]): { pages: PageFile[]; problems: Problem[] } {
  const pages: PageFile[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    try {
      const page = readPage(readFileSync(path.join(root, file), 'utf8'));
      const wrong = shapeProblems(page);
      problems.push(...wrong.map((message) => ({ file, message })));
      if (typeof page.name === 'string' && typeof page.summary === 'string') pages.push({ file, page });
    } catch (error) {
      problems.push({ file, message: error instanceof Error ? error.message : String(error) });
    }
  }
  return { pages, problems };
}

/** A page's text: YAML between two lines of `---`, then Markdown. */
export function readPage(content: string): Page {
  const parts = /^---\r?\n(.*?)\r?\n---\r?\n(.*)$/s.exec(content);
  if (!parts) throw new Error('no front matter between two lines of ---');
  const matter: unknown = parse(parts[1]!);
  if (matter === null || typeof matter !== 'object') throw new Error('the front matter is not a map of keys');
  return { ...(matter as Omit<Page, 'body'>), body: parts[2]!.trim() };
}

/** What is wrong with the form of a page, whatever it speaks about. */
export function shapeProblems(page: Page): string[] {
  const problems: string[] = [];
  for (const [key, value] of Object.entries(page)) {
    if (key === 'body') continue;
    if (text.includes(key)) {
      if (typeof value !== 'string') problems.push(`${key} must be text`);
    } else if (maps.includes(key)) {
      if (!isTextMap(value)) problems.push(`${key} must map names to text`);
    } else if (lists.includes(key)) {
      if (!Array.isArray(value) || value.some((entry) => typeof entry !== 'string')) {
        problems.push(`${key} must be a list of texts (quote those with a colon)`);
      }
    } else problems.push(`unknown key ${key}`);
  }
  for (const key of ['name', 'summary'] as const) if (!page[key]) problems.push(`${key} is missing`);
  if (typeof page.summary === 'string' && page.summary.length > 150) {
    problems.push(`the summary has ${page.summary.length} characters; 150 are allowed`);
  }
  if (typeof page.reviewed === 'string' && !/^\d{4}-(0[1-9]|1[0-2])$/.test(page.reviewed)) {
    problems.push('reviewed must be a year and a month: 2026-11');
  }
  if (!page.body) problems.push('the body is empty');
  return problems;
}

const isTextMap = (value: unknown): boolean =>
  value !== null &&
  typeof value === 'object' &&
  !Array.isArray(value) &&
  Object.values(value).every((entry) => typeof entry === 'string');
