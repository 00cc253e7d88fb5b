import { describe, expect, it } from 'vitest';
import type { Finding } from '../../server/src/core/api.js';
import { rules } from '../../server/src/core/rules/index.js';
import { Driver } from '../harness/core.js';
import { withCrlf } from '../harness/fixture.js';
import { parse } from '../syntax/parser.js';
import { type Example, readPage } from './page.js';

/** Every fix of every reported example of every page, not only the preferred ones that the pages show. */
const cases = rules
  .filter(({ fix }) => fix !== 'none')
  .flatMap(({ name }) => readPage(name).reported.map((example) => ({ name, example })));

const open = (example: Example, only?: string): Driver =>
  new Driver(
    Object.fromEntries(example.blocks.map(({ file, crlf, source }) => [file, crlf ? withCrlf(source) : source])),
    only === undefined ? {} : { only },
  );

/** Findings of all files, with the file. */
const findings = (driver: Driver): { file: string; finding: Finding }[] =>
  driver.names.flatMap((file) => driver.findings(file).map((finding) => ({ file, finding })));

const errorsIn = (driver: Driver): number =>
  driver.names
    .filter((name) => /\.(c|cpp|h|hpp)$/.test(name))
    .map((name) => parse(driver.fixture(name).text, /\.(cpp|hpp)$/.test(name) ? 'cpp' : 'c').errors)
    .reduce((sum, errors) => sum + errors, 0);

const alike = (driver: Driver, { rule, message }: Finding): number =>
  findings(driver).filter(({ finding }) => finding.rule === rule && finding.message === message).length;

/** A fix by the place of its finding among all of the example. */
const fixes = cases.flatMap(({ name, example }) =>
  findings(open(example, name)).flatMap(({ finding }, nth) =>
    finding.fixes.map(({ title }, index) => ({ name, example, title, nth, index })),
  ),
);

it.each(fixes)('$name, line $example.line: $title', ({ name, example, nth, index }) => {
  const driver = open(example, name);
  const { finding } = findings(driver)[nth] as { finding: Finding };
  const [before, errors] = [alike(driver, finding), errorsIn(driver)];
  const edits = finding.fixes[index]?.edits() ?? [];
  expect(edits).not.toEqual([]);
  driver.apply(edits);
  expect(errorsIn(driver), driver.fixture().text).toBeLessThanOrEqual(errors);
  expect(alike(driver, finding), driver.fixture().text).toBeLessThan(before);
});

it.each([...new Set(cases.map(({ name }) => name))])('%s says whether it has safe fixes', (name) => {
  const own = cases.filter((one) => one.name === name).flatMap(({ example }) => findings(open(example, name)));
  const isSafe = own.some(({ finding }) => finding.fixes.some(({ safe }) => safe));
  expect(rules.find((rule) => rule.name === name)?.fix).toBe(isSafe ? 'safe' : 'unsafe');
});

describe.each(cases)('all safe fixes of $name, line $example.line', ({ example }) => {
  it('come to an end and leave nothing safe', () => {
    const driver = open(example);
    for (let rounds = 0; ; rounds++) {
      const all = driver.names
        .flatMap((file) => driver.actions(file))
        .find(({ kind }) => kind === 'source.fixAll.ndis');
      if (!all) break;
      expect(rounds, driver.fixture().text).toBeLessThan(10);
      const unsafe = all.findings.filter(({ fixes }) => !fixes.some(({ safe }) => safe));
      expect(unsafe).toEqual([]);
      driver.apply(all.edits());
    }
    expect(findings(driver).filter(({ finding }) => finding.fixes.some(({ safe }) => safe))).toEqual([]);
  });
});
