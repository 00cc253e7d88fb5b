import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../server/src/core/rules/index.js';
import { choose, groups } from '../../server/tools/mutants/choose.js';
import { OpenSample, type Verdict } from '../../server/tools/mutants/judge.js';
import { mutantsOf } from '../../server/tools/mutants/operators/index.js';
import { driverTexts, readSamples, Sample } from '../../server/tools/mutants/sample.js';
import { loadTooling } from '../../server/tools/toolService.js';

const tooling = await loadTooling();
const samples = readSamples(tooling.root, tooling.catalog);
const open = new Map(samples.map((sample) => [sample, new OpenSample(sample, tooling)]));

const openSample = (sample: Sample): OpenSample => open.get(sample) ?? new OpenSample(sample, tooling);

const driver = (name: string): OpenSample =>
  new OpenSample(new Sample(name, driverTexts(tooling.root, name), tooling.catalog), tooling);

describe('drivers without faults', () => {
  it.each(samples.map((sample) => [sample.name, sample] as const))('%s: no finding', (_, sample) => {
    const findings = openSample(sample).findings();
    expect(findings.map(({ file, rule, message }) => `${file}: ${rule}: ${message}`)).toEqual([]);
  });

  it('an NDIS 5 driver is not held to NDIS 6', () => {
    expect(driver('ndis5').findings()).toEqual([]);
  });
});

/** Faults that the faulty call manager's page lists. */
const page = readFileSync(path.join(tooling.root, 'test', 'drivers', 'faulty', 'README.md'), 'utf8');
const faults = [...page.matchAll(/^\| ([a-z-]+) \| `([\w.]+)`/gm)].map(([, rule = '', file = '']) => ({ rule, file }));

describe('the faulty call manager', () => {
  it('is reported for its faults and for nothing else', () => {
    const listed = faults.map(({ rule, file }) => `${file}: ${rule}`);
    const found = driver('faulty')
      .findings()
      .map(({ file, rule }) => `${file}: ${rule}`);
    expect(listed).toHaveLength(13);
    // The function with the wrong signature cannot be declared by its role type either, as the page says.
    expect([...new Set(found)].sort()).toEqual([...listed, 'af.c: role-type-missing'].sort());
  });
});

describe('broken drivers', () => {
  const existing = new Set(rules.map(({ name }) => name));
  const mutants = mutantsOf(samples).filter(({ rule }) => existing.has(rule));
  // A helper without its acquire can be one that releases for its caller: only some of these can be told.
  const doubtful = ({ rule, operator }: { rule: string; operator: string }): boolean =>
    rule === 'lock-unbalanced' && operator.endsWith('deleted');
  const key = ({ rule, operator }: { rule: string; operator: string }): string => `${rule} ${operator}`;
  const chosen = choose(mutants, key, 1, 6).filter((mutant) => !doubtful(mutant));
  const verdicts = chosen.map((mutant) => openSample(mutant.sample).judge(mutant));
  const named = (all: readonly Verdict[]): string[] => all.map(({ mutant }) => `${mutant.rule}: ${mutant.operator}`);

  it('are reported', () => {
    expect(named(verdicts.filter(({ found }) => !found))).toEqual([]);
  });

  it('are reported where the fault can be told', () => {
    const some = choose(mutants.filter(doubtful), key, 8, 6);
    const found = some.filter((mutant) => openSample(mutant.sample).judge(mutant).found);
    expect(new Set(found.map(key))).toEqual(new Set(some.map(key)));
  });

  it('are reported for their fault alone', () => {
    const noise = verdicts.flatMap(({ mutant, noise }) =>
      noise.map((finding) => `${mutant.operator}: ${OpenSample.describe(mutant, finding)}`),
    );
    expect(noise).toEqual([]);
  });

  it('are clean again without it', () => {
    for (const sample of samples) expect(openSample(sample).findings()).toEqual([]);
  });

  it('are many', () => {
    const perRule = groups(mutants, ({ rule }) => rule);
    expect(faults.filter(({ rule }) => (perRule.get(rule)?.length ?? 0) < 5)).toEqual([]);
    expect(mutants.length).toBeGreaterThan(200);
  });
});
