import type { Finding, Severity } from '../core/api.js';
import type { Service } from '../core/service.js';
import { isKitFile } from '../core/settings/kits.js';
import { LineIndex } from '../core/text/lineIndex.js';
import type { Configurations } from './configurations.js';
import { idOf, languageOf, pathOf, shownPath } from './fileIds.js';
import { applyFixes } from './fix.js';
import type { Progress } from './progress.js';
import { readText, reason, type Sources } from './sources.js';

/** A finding as it is reported: lines and columns from 1, columns in UTF-16 units, the end just behind. */
export interface Reported {
  rule: string;
  severity: Severity;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  message: string;
}

export interface FileReport {
  /** Relative to the current folder where it lies below, with `/`. */
  path: string;
  findings: Reported[];
  /** Text of the line of each finding, for baselines. */
  lines: string[];
}

export interface LintResult {
  /** NDIS files that were checked. */
  files: FileReport[];
  fixed: number;
  /** What could not be read, in words for the user. */
  failures: string[];
}

/** Reads the sources and checks them one after the other. */
export async function lint(
  service: Service,
  sources: Sources,
  configurations: Configurations,
  fix: boolean,
  progress: Progress,
): Promise<LintResult> {
  const result: LintResult = { files: [], fixed: 0, failures: [] };
  const unreadable = new Set<string>();
  for (const [index, file] of sources.known.entries()) {
    progress.show('reading', index, sources.known.length);
    try {
      service.addFile(idOf(file), await readText(file));
    } catch (error) {
      unreadable.add(file);
      result.failures.push(`${shownPath(file)}: ${reason(error)}`);
    }
  }
  await readListed(service);
  service.stateProjects(await configurations.projectsFor(sources.checked));
  for (const [index, file] of sources.checked.entries()) {
    progress.show('checking', index, sources.checked.length);
    if (unreadable.has(file) || !service.isNdisFile(idOf(file))) continue;
    service.configure(await configurations.for(file));
    if (fix) result.fixed += await applyFixes(service, file);
    result.files.push(check(service, file));
  }
  progress.end();
  return result;
}

/** Rounds of project files that name further ones, at most. */
const rounds = 8;

/** Reads what project files list elsewhere. What is not there is not missed: whoever builds the driver is told. */
async function readListed(service: Service): Promise<void> {
  const tried = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    const wanted = service.wantedFiles().filter((id) => !tried.has(id) && !isKitFile(id));
    if (wanted.length === 0) return;
    for (const id of wanted) {
      tried.add(id);
      const text = await readText(pathOf(id)).catch(() => undefined);
      if (text !== undefined) service.addFile(id, text);
    }
  }
}

function check(service: Service, file: string): FileReport {
  const id = idOf(file);
  const text = service.textOf(id) ?? '';
  service.open(id, languageOf(file), text);
  try {
    const index = new LineIndex(text);
    const findings = service.diagnose(id);
    return {
      path: shownPath(file),
      findings: findings.map((finding) => toReported(index, finding)),
      lines: findings.map(({ start }) => lineText(text, index, start)),
    };
  } finally {
    service.close(id);
  }
}

function toReported(index: LineIndex, { rule, severity, start, end, message }: Finding): Reported {
  const [first, last] = [index.positionAt(start), index.positionAt(end)];
  return {
    rule,
    severity,
    line: first.line + 1,
    column: first.column + 1,
    endLine: last.line + 1,
    endColumn: last.column + 1,
    message,
  };
}

function lineText(text: string, index: LineIndex, offset: number): string {
  const { line } = index.positionAt(offset);
  return text.slice(index.lineStart(line), index.lineEnd(line)).trim();
}
