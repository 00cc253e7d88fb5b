import { parseArgs } from 'node:util';
import { rules } from '../../src/core/rules/index.js';
import { loadTooling } from '../toolService.js';
import { OpenSample, type Verdict } from './judge.js';
import { mutantsOf } from './operators/index.js';
import { readSamples, type Sample } from './sample.js';
import { table } from './table.js';

const usage = 'npm run mutants -- [--rule NAME]… [--list]';

/**
 * Breaks the sample drivers in every way that a rule claims to find and counts what is found, missed, and reported
 * besides. Fails where a mutant is noisy or a rule has no mutant.
 */
export async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { rule: { type: 'string', multiple: true }, list: { type: 'boolean' } },
  });
  if (positionals.length > 0) {
    console.error(usage);
    return 2;
  }
  const tooling = await loadTooling();
  const samples = readSamples(tooling.root, tooling.catalog);
  const open = new Map(samples.map((sample) => [sample, new OpenSample(sample, tooling)]));
  const before = areClean(open);
  const existing = new Set(rules.map(({ name }) => name));
  const mutants = mutantsOf(samples).filter(
    ({ rule }) => existing.has(rule) && (!values.rule || values.rule.includes(rule)),
  );
  const verdicts = mutants.map((mutant) => (open.get(mutant.sample) as OpenSample).judge(mutant));
  const after = [...open.values()].every((driver) => driver.findings().length === driver.baseline.length);
  if (!after) console.error('findings stay when the faults are taken out again');
  console.log(table(values.rule ?? [...existing], verdicts));
  list(verdicts, values.list === true);
  return before && after && verdicts.every(({ noise }) => noise.length === 0) ? 0 : 1;
}

/** The unbroken drivers give no finding. */
function areClean(open: ReadonlyMap<Sample, OpenSample>): boolean {
  const found = [...open].flatMap(([sample, driver]) =>
    driver.baseline.map(({ file, rule, message }) => `${sample.name}: ${file}: ${rule}: ${message}`),
  );
  for (const line of found) console.error(`without a fault: ${line}`);
  return found.length === 0;
}

/** Noise always; misses when they are asked for. */
function list(verdicts: readonly Verdict[], misses: boolean): void {
  for (const { mutant, found, noise } of verdicts) {
    const { rule, operator, sample, edits, expected } = mutant;
    const [at] = expected;
    const before =
      sample.texts
        .get(at?.file ?? '')
        ?.slice(0, at?.start)
        .split('\n') ?? [];
    const where = `${sample.name}: ${at?.file}:${before.length} ${edits.map(({ text }) => JSON.stringify(text)).join(' ')}`;
    if (!found && misses) console.log(`missed: ${rule} (${operator}) ${where}`);
    for (const finding of noise)
      console.log(`noise: ${rule} (${operator}) ${where} → ${OpenSample.describe(mutant, finding)}`);
  }
}
