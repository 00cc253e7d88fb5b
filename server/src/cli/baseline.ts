import { readFile, writeFile } from 'node:fs/promises';
import type { LintResult } from './lint.js';
import { reason } from './sources.js';
import { UsageError } from './usage.js';

/** An accepted finding: its rule, its file and the text of its line, so that it is known again when lines move. */
interface Accepted {
  path: string;
  rule: string;
  line: string;
  count: number;
}

interface BaselineFile {
  version: 1;
  accepted: Accepted[];
}

/** Takes the accepted findings out of the result. @returns how many there were */
export async function leaveOutAccepted(file: string, result: LintResult): Promise<number> {
  const left = new Map((await readBaseline(file)).map((entry) => [keyOf(entry), entry.count]));
  let accepted = 0;
  for (const report of result.files) {
    const kept = report.findings.map((finding, index) => {
      const key = keyOf({ path: report.path, rule: finding.rule, line: report.lines[index] ?? '' });
      const count = left.get(key) ?? 0;
      if (count === 0) return true;
      left.set(key, count - 1);
      accepted++;
      return false;
    });
    report.findings = report.findings.filter((_, index) => kept[index]);
    report.lines = report.lines.filter((_, index) => kept[index]);
  }
  return accepted;
}

export async function writeBaseline(file: string, result: LintResult): Promise<void> {
  const accepted = new Map<string, Accepted>();
  for (const { path, findings, lines } of result.files) {
    for (const [index, { rule }] of findings.entries()) {
      const entry = { path, rule, line: lines[index] ?? '', count: 1 };
      const known = accepted.get(keyOf(entry));
      if (known) known.count++;
      else accepted.set(keyOf(entry), entry);
    }
  }
  const content: BaselineFile = { version: 1, accepted: [...accepted.values()] };
  try {
    await writeFile(file, `${JSON.stringify(content, null, 2)}\n`);
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${reason(error)}`);
  }
}

const keyOf = ({ path, rule, line }: Pick<Accepted, 'path' | 'rule' | 'line'>) => JSON.stringify([path, rule, line]);

async function readBaseline(file: string): Promise<Accepted[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${file}: ${reason(error)}`);
  });
  const content = parse(text);
  if (content?.version !== 1 || !Array.isArray(content.accepted)) {
    throw new UsageError(`${file} is no baseline; write one with --write-baseline`);
  }
  return content.accepted;
}

function parse(text: string): Partial<BaselineFile> | null {
  try {
    return JSON.parse(text) as Partial<BaselineFile> | null;
  } catch {
    return null;
  }
}
