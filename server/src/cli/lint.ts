import type { Finding, Fix, Location, Severity } from '../core/api.js';
import type { Service } from '../core/service.js';
import { isKitFile } from '../core/settings/kits.js';
import { decode } from '../core/text/decode.js';
import type { LineIndex } from '../core/text/lineIndex.js';
import { readRegular } from '../node/readRegular.js';
import type { Configurations } from './configurations.js';
import { idOf, languageOf, pathOf, shownPath } from './fileIds.js';
import { applyFixes } from './fix.js';
import type { Progress } from './progress.js';
import { lineText, type Place, placeOf } from './report/place.js';
import { readText, reason, type Sources } from './sources.js';

/** A finding as every report has it. */
export interface Reported extends Place {
  rule: string;
  severity: Severity;
  message: string;
}

/** A place that helps to understand a finding. */
export interface RelatedPlace extends Place {
  path: string;
  message: string;
}

/** One way to mend a finding: text to put in the place of other text. */
export interface ReportedFix {
  title: string;
  changes: (Place & { path: string; text: string })[];
}

/** A finding with everything that a report may want of it. */
export interface Checked {
  finding: Reported;
  /** The line that it stands in, by which it is known again when lines move. */
  line: string;
  related: RelatedPlace[];
  fixes: ReportedFix[];
}

export interface FileReport {
  /** Relative to the current folder where it lies below, with `/`. */
  path: string;
  findings: Checked[];
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
  const checked = sources.checked.filter((file) => !unreadable.has(file) && service.isNdisFile(idOf(file)));
  if (fix) await fixAll(service, checked, configurations, result, progress);
  for (const [index, file] of checked.entries()) {
    progress.show('checking', index, checked.length);
    service.configure(await configurations.for(file));
    result.files.push(check(service, file));
  }
  progress.end();
  return result;
}

/** Mends every file before any is reported: a fix may change a file other than the one it is found in. */
async function fixAll(
  service: Service,
  files: readonly string[],
  configurations: Configurations,
  result: LintResult,
  progress: Progress,
): Promise<void> {
  for (const [index, file] of files.entries()) {
    progress.show('mending', index, files.length);
    service.configure(await configurations.for(file));
    const { fixed, failures } = await applyFixes(service, file);
    result.fixed += fixed;
    result.failures.push(...failures);
  }
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
      const bytes = await readRegular(pathOf(id));
      if (bytes) service.addFile(id, decode(bytes));
    }
  }
}

function check(service: Service, file: string): FileReport {
  const id = idOf(file);
  const text = service.textOf(id) ?? '';
  service.open(id, languageOf(file), text);
  try {
    const index = service.lineStarts(id);
    const findings = service.diagnose(id).map((finding) => ({
      finding: toReported(index, finding),
      line: lineText(text, index, finding.start),
      related: finding.related.map((place) => ({ ...locate(service, place), message: place.message })),
      fixes: finding.fixes.map((fix) => toFix(service, fix)).filter(({ changes }) => changes.length > 0),
    }));
    return { path: shownPath(file), findings };
  } finally {
    service.close(id);
  }
}

function toReported(index: LineIndex, finding: Finding): Reported {
  const { rule, severity, message } = finding;
  const { line, column, endLine, endColumn } = placeOf(index, finding);
  return { rule, severity, line, column, endLine, endColumn, message };
}

/** A fix that would change a file of a kit has no changes. */
function toFix(service: Service, fix: Fix): ReportedFix {
  const list = fix.edits();
  const changes = list.some(({ uri }) => isKitFile(uri))
    ? []
    : list.map((edit) => ({ ...locate(service, edit), text: edit.text }));
  return { title: fix.title, changes };
}

const locate = (service: Service, place: Location): Place & { path: string } => ({
  path: shownPath(pathOf(place.uri)),
  ...placeOf(service.lineStarts(place.uri), place),
});
