import type { RuleFailure } from '../core/api.js';
import { loadService } from '../core/loadService.js';
import { rules } from '../core/rules/index.js';
import type { Service } from '../core/service.js';
import { assetsBeside } from '../node/assets.js';
import { version } from '../node/version.js';
import { leaveOutAccepted, writeBaseline } from './baseline.js';
import { Configurations } from './configurations.js';
import { pathOf, shownPath } from './fileIds.js';
import { type LintResult, lint } from './lint.js';
import { type LintOptions, type Options, readOptions } from './options.js';
import { progressOn } from './progress.js';
import { jsonReport } from './report/json.js';
import { sarifReport } from './report/sarif.js';
import { textReport } from './report/text.js';
import { findSources } from './sources.js';
import { fails, type Summary, summarize } from './summary.js';
import { UsageError, usage } from './usage.js';

async function main(args: readonly string[]): Promise<number> {
  try {
    return await run(readOptions(args));
  } catch (error) {
    if (error instanceof UsageError) complain(`${error.message}\nndis-lint --help tells how it is used.`);
    else complain(`internal failure: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return 2;
  }
}

async function run(options: Options): Promise<number> {
  switch (options.command) {
    case 'help':
      return await print(usage);
    case 'version':
      return await print(`${version}\n`);
    case 'rules':
      return await print(listRules(options.format));
    case 'explain':
      return await explain(options.name);
    case 'lint':
      return await runLint(options);
  }
}

async function runLint(options: LintOptions): Promise<number> {
  const failures: string[] = [];
  const sources = await findSources(options.paths);
  const service = await load(({ rule, uri, error }) =>
    failures.push(`rule ${rule} failed on ${shownPath(pathOf(uri))}: ${error}`),
  );
  const result = await lint(service, sources, new Configurations(options), options.fix, progressOn(process.stderr));
  if (options.writeBaseline !== undefined) await writeBaseline(options.writeBaseline, result);
  const baseline =
    options.baseline === undefined ? { accepted: 0, stale: 0 } : await leaveOutAccepted(options.baseline, result);
  const all = [...result.failures, ...failures];
  await print(await reportOf(options, service, result, summarize(result, baseline), all));
  for (const failure of all) complain(failure);
  if (all.length > 0) return 2;
  return options.writeBaseline === undefined && fails(result, options.failOn) ? 1 : 0;
}

async function reportOf(
  { format }: LintOptions,
  service: Service,
  result: LintResult,
  summary: Summary,
  failures: readonly string[],
): Promise<string> {
  if (format === 'json') return jsonReport(result, summary);
  if (format === 'text') return textReport(result, summary);
  const pages = rules.map(async ({ name }) => [name, (await service.explain(name)) ?? ''] as const);
  return sarifReport(result, { pages: new Map(await Promise.all(pages)), failures });
}

async function explain(name: string): Promise<number> {
  const page = await (await load(() => {})).explain(name);
  if (page === undefined) throw new UsageError(`there is no page about "${name}"`);
  return await print(`${page.trimEnd()}\n`);
}

function listRules(format: 'text' | 'json'): string {
  if (format === 'text')
    return rules.map(({ name, severity, summary }) => `${name} (${severity}): ${summary}\n`).join('');
  const listed = rules.map(({ name, severity, summary, since, fix, sources, succeeds }) => {
    return { name, severity, summary, since, fix, sources, succeeds };
  });
  return `${JSON.stringify(listed, null, 2)}\n`;
}

const load = (onRuleFailure: (failure: RuleFailure) => void): Promise<Service> =>
  loadService(assetsBeside(__dirname), { onRuleFailure });

/** Resolves when the text is written, so that a pipe gets all of it before the process ends. A reader that wants no more,
 * as `head` does, is no failure. */
function print(text: string): Promise<0> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error && !isClosed(error) ? reject(error) : resolve(0)));
  });
}

const isClosed = ({ code }: NodeJS.ErrnoException): boolean => code === 'EPIPE' || code === 'EOF';

function complain(text: string): void {
  process.stderr.write(`ndis-lint: ${text}\n`);
}

for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!isClosed(error)) throw error;
  });

void main(process.argv.slice(2)).then((code) => (process.exitCode = code));
