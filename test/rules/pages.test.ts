import { describe, expect, it } from 'vitest';
import type { Finding } from '../../server/src/core/api.js';
import { rules } from '../../server/src/core/rules/index.js';
import { Driver } from '../harness/core.js';
import { type ExpectedMessage, readFixture, withCrlf, withMarks } from '../harness/fixture.js';
import { type Block, type Example, pageNames, type RulePage, readPage, rewrite } from './page.js';

const update = process.env.UPDATE === '1';

describe('Rules', () => {
  const names = rules.map((rule) => rule.name);

  it('have a page each, and no page is without a rule', () => expect(pageNames).toEqual([...names].sort()));

  it('are listed in order', () => expect(names).toEqual([...new Set(names)].sort()));
});

for (const rule of rules.filter(({ name }) => pageNames.includes(name))) {
  const page = readPage(rule.name);
  describe(rule.name, () => {
    it('has a page of its name that says why', () => {
      expect(page.title).toBe(rule.name);
      expect(page.why.length).toBeGreaterThan(200);
      for (const name of rule.succeeds) expect(page.why).toContain(name);
      expect(page.why).toMatch(/error|warning|information|hint/);
    });

    it('has metadata that can be published', () => {
      expect(rule.name).toMatch(/^[a-z]+(-[a-z]+)+$/);
      expect(rule.summary).toMatch(/^[A-Z].*[^.]$/);
      expect(rule.since).toMatch(/^\d+\.\d+\.\d+$/);
      expect(rule.sources.length).toBeGreaterThan(0);
      for (const source of rule.sources) expect(source).toMatch(/^https:\/\/learn\.microsoft\.com\/[a-z0-9/_-]+$/);
      for (const name of rule.succeeds) expect(name).toMatch(/^(C28\d{3}|[A-Z]\w+|cpp\/[\w-]+)$/);
    });

    it('has enough examples', () => {
      expect(page.reported.length).toBeGreaterThanOrEqual(3);
      expect(page.accepted.length).toBeGreaterThanOrEqual(4);
      const fixed = page.reported.some((example) => example.fixed.length > 0);
      expect(fixed).toBe(rule.fix !== 'none');
    });

    for (const example of page.reported) it(`reports line ${example.line}`, () => reports(page, example));
    for (const example of page.reported.filter(({ fixed }) => fixed.length > 0)) {
      it(`fixes line ${example.line}`, () => fixes(page, example));
    }
    for (const example of page.accepted) it(`accepts line ${example.line}`, () => accepts(page, example));
  });
}

const sourceOf = ({ crlf, source }: Block): string => (crlf ? withCrlf(source) : source);

function open(page: RulePage, { blocks }: Example): Driver {
  const files = Object.fromEntries(blocks.map((block) => [block.file, sourceOf(block)]));
  return new Driver(files, { only: page.name });
}

function accepts(page: RulePage, example: Example): void {
  const driver = open(page, example);
  expect(driver.isNdisFile()).toBe(true);
  for (const name of driver.names) {
    expect(driver.fixture(name).marks).toEqual([]);
    expect(driver.marked(name)).toBe(driver.fixture(name).text);
  }
  expect(driver.failures).toEqual([]);
}

function reports(page: RulePage, example: Example): void {
  const driver = open(page, example);
  expect(driver.isNdisFile()).toBe(true);
  const marks = driver.names.flatMap((name) => driver.fixture(name).marks);
  expect(marks.length).toBeGreaterThan(0);
  for (const name of driver.names) {
    const { text, marks: expected, messages } = driver.fixture(name);
    const findings = driver.findings(name);
    expect(driver.marked(name)).toBe(withMarks(text, expected));
    expect(messages.length, 'each mark has a message').toBe(expected.length);
    saysSo(text, findings, messages);
    for (const finding of findings) isWholeMessage(finding);
    const preferred = findings.some(({ fixes }) => fixes.some((fix) => fix.preferred));
    if (example.fixed.length === 0) expect(preferred, 'the page shows what the fix does').toBe(false);
  }
  expect(driver.failures).toEqual([]);
}

/** Findings in the order of the text have the expected severities and parts of messages. */
function saysSo(text: string, findings: readonly Finding[], messages: readonly ExpectedMessage[]): void {
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length - 1;
  findings.forEach((finding, index) => {
    const expected = messages[index];
    expect(finding.message).toContain(expected?.text);
    expect(lineOf(finding.start)).toBe(expected?.line);
    if (expected?.severity !== undefined) expect(finding.severity).toBe(expected.severity);
  });
}

/** What is wrong, why, and what to do. */
function isWholeMessage({ message }: Finding): void {
  expect(message).toMatch(/^\S.*[:;,.] .*\.$/);
  expect(message).not.toMatch(/undefined|\[object|NaN| {2}|\.\./);
}

/** Takes the preferred fix of the first finding that has one, until none has. */
function fixes(page: RulePage, example: Example): void {
  const driver = open(page, example);
  for (let rounds = 0; applyFirst(driver); rounds++) expect(rounds, 'fixes come to an end').toBeLessThan(10);
  for (const block of example.fixed) {
    const result = driver.fixture(block.file).text;
    if (update && result !== sourceOf(block)) rewrite(page, block, result.replace(/\r\n/g, '\n'));
    else expect(result).toBe(sourceOf(block));
  }
  const unchanged = driver.names.filter((name) => !example.fixed.some(({ file }) => file === name));
  for (const name of unchanged) {
    const block = example.blocks.find(({ file }) => file === name) as Block;
    expect(driver.fixture(name).text).toBe(readFixture(sourceOf(block)).text);
  }
  for (const name of driver.names) expect(driver.marked(name)).toBe(driver.fixture(name).text);
}

function applyFirst(driver: Driver): boolean {
  for (const name of driver.names) {
    const fix = driver
      .findings(name)
      .flatMap((finding) => finding.fixes)
      .find((one) => one.preferred);
    if (!fix) continue;
    driver.apply(fix.edits());
    return true;
  }
  return false;
}
