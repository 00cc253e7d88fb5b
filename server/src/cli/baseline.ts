import { readFile, writeFile } from 'node:fs/promises';
import path, { sep as separator } from 'node:path';
import { decode } from '../core/text/decode.js';
import type { FileReport, LintResult } from './lint.js';
import { reason } from './sources.js';
import { UsageError } from './usage.js';

/** An accepted finding: its rule, its file and the text of its line, so that it is known again when lines move. */
interface Accepted {
  /** Seen from the baseline file, with `/`. */
  path: string;
  rule: string;
  line: string;
  count: number;
}

interface BaselineFile {
  version: 1;
  accepted: Accepted[];
}

/**
 * Takes the accepted findings out of the result.
 * @returns how many there were, and how many are accepted in the checked files but not found there
 */
export async function leaveOutAccepted(file: string, result: LintResult): Promise<{ accepted: number; stale: number }> {
  const entries = await readBaseline(file);
  const left = new Map<string, number>();
  for (const entry of entries) left.set(keyOf(entry), (left.get(keyOf(entry)) ?? 0) + entry.count);
  let accepted = 0;
  for (const report of result.files) {
    const from = pathFrom(file, report);
    report.findings = report.findings.filter(({ finding, line }) => {
      const key = keyOf({ path: from, rule: finding.rule, line });
      const count = left.get(key) ?? 0;
      if (count === 0) return true;
      left.set(key, count - 1);
      accepted++;
      return false;
    });
  }
  const checked = new Set(result.files.map((report) => pathFrom(file, report)));
  const stale = [...left].filter(([key]) => checked.has((JSON.parse(key) as [string])[0]));
  return { accepted, stale: stale.reduce((sum, [, count]) => sum + count, 0) };
}

export async function writeBaseline(file: string, result: LintResult): Promise<void> {
  const accepted = new Map<string, Accepted>();
  for (const report of result.files) {
    for (const { finding, line } of report.findings) {
      const entry = { path: pathFrom(file, report), rule: finding.rule, line, count: 1 };
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

/** The baseline means the same files wherever the check is started from. */
const pathFrom = (baseline: string, report: FileReport): string =>
  path.relative(path.dirname(path.resolve(baseline)), path.resolve(report.path)).replaceAll(separator, '/');

const keyOf = ({ path, rule, line }: Pick<Accepted, 'path' | 'rule' | 'line'>) => JSON.stringify([path, rule, line]);

async function readBaseline(file: string): Promise<Accepted[]> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new UsageError(`${file}: ${reason(error)}`);
  });
  const content = parse(decode(bytes));
  if (content?.version !== 1 || !Array.isArray(content.accepted) || !content.accepted.every(isAccepted)) {
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

function isAccepted(entry: unknown): entry is Accepted {
  const { path, rule, line, count } = (entry ?? {}) as Record<string, unknown>;
  return [path, rule, line].every((text) => typeof text === 'string') && Number.isInteger(count);
}
