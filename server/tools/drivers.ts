import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Finding, Severity } from '../src/core/api.js';
import type { Service } from '../src/core/service.js';
import { languageOf } from '../src/core/syntax/language.js';
import { columns } from './columns.js';
import { loadTooling, readSourceFiles, type SourceFile } from './toolService.js';

const usage = 'npm run drivers -- DIR… [--list] [--rule NAME]… [--preset strict]';

const severities: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

interface Placed {
  finding: Finding;
  /** `path:line:column`, from 1. */
  place: string;
  driver: string;
}

/** What the sources of one driver come to. */
interface Driver {
  lines: number;
  findings: Placed[];
}

/**
 * What the rules say of driver source: findings per rule and per driver (as project files and folders group it), and per
 * thousand lines. For judging a rule before it ships: a rule that reports much in drivers that work is wrong.
 */
export async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      list: { type: 'boolean' },
      rule: { type: 'string', multiple: true },
      preset: { type: 'string' },
    },
  });
  const missing = positionals.find((name) => !existsSync(name));
  if (positionals.length === 0 || missing !== undefined) {
    console.error(missing === undefined ? usage : `${missing} does not exist. ${usage}`);
    return 2;
  }
  const tooling = await loadTooling();
  const service = tooling.service(({ rule, uri, error }) => console.error(`${rule} failed in ${uri}: ${error}`));
  if (values.preset === 'strict') service.configure({ preset: 'strict' });
  const sources = positionals.flatMap(readSourceFiles);
  for (const { path, text } of sources) service.addFile(uriOf(path), text);
  const drivers = examine(
    service,
    sources.filter(({ isProject }) => !isProject),
    values.rule,
  );
  if (values.list) list(drivers);
  console.log(perRule(drivers));
  console.log(`\n${perDriver(drivers)}`);
  return 0;
}

const uriOf = (file: string): string => `file://${file.startsWith('/') ? '' : '/'}${file}`;

/** Opens one file after the other, so that only one tree is kept. Files that are no NDIS files are left out. */
function examine(service: Service, sources: readonly SourceFile[], only?: readonly string[]): Map<string, Driver> {
  const drivers = new Map<string, Driver>();
  for (const { path, text } of sources) {
    const uri = uriOf(path);
    service.open(uri, languageOf(path, text), text);
    const { ndis, projects } = service.status(uri);
    if (ndis) {
      const project = projects.join(', ');
      const driver = drivers.get(project) ?? { lines: 0, findings: [] };
      drivers.set(project, driver);
      driver.lines += text.split('\n').length;
      for (const finding of service.diagnose(uri)) {
        if (only && !only.includes(finding.rule)) continue;
        const { line, column } = service.lineStarts(uri).positionAt(finding.start);
        driver.findings.push({ finding, place: `${path}:${line + 1}:${column + 1}`, driver: project });
      }
    }
    service.close(uri);
  }
  return drivers;
}

function list(drivers: ReadonlyMap<string, Driver>): void {
  for (const { findings } of drivers.values())
    for (const { finding, place } of findings)
      console.log(`${place}: ${finding.severity} ${finding.rule}: ${finding.message}`);
  console.log('');
}

const linesOf = (drivers: ReadonlyMap<string, Driver>): number =>
  [...drivers.values()].reduce((sum, { lines }) => sum + lines, 0);

const perThousand = (count: number, lines: number): string => (lines ? ((1000 * count) / lines).toFixed(2) : '');

function counts(findings: readonly Placed[], lines: number): string[] {
  return [
    ...severities.map((severity) => String(findings.filter(({ finding }) => finding.severity === severity).length)),
    String(findings.length),
    perThousand(findings.length, lines),
  ];
}

function perRule(drivers: ReadonlyMap<string, Driver>): string {
  const all = [...drivers.values()].flatMap(({ findings }) => findings);
  const lines = linesOf(drivers);
  const rules = [...new Set(all.map(({ finding }) => finding.rule))].sort();
  return columns([
    ['rule', 'drivers', ...severities, 'all', 'per 1,000 lines'],
    ...rules.map((rule) =>
      row(
        rule,
        all.filter(({ finding }) => finding.rule === rule),
        lines,
      ),
    ),
    row('all', all, lines),
  ]);
}

function row(name: string, findings: readonly Placed[], lines: number): string[] {
  return [name, String(new Set(findings.map(({ driver }) => driver)).size), ...counts(findings, lines)];
}

function perDriver(drivers: ReadonlyMap<string, Driver>): string {
  return columns([
    ['driver', 'lines', ...severities, 'all', 'per 1,000 lines'],
    ...[...drivers].map(([name, { lines, findings }]) => [name, String(lines), ...counts(findings, lines)]),
  ]);
}
