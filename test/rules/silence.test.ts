import { describe, expect, it } from 'vitest';
import { Driver } from '../harness/core.js';

const entry = 'NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path) { return STATUS_SUCCESS; }\n';
const source = (before: string, close: string): string => `#include <ndis.h>
NDIS_STATUS Wait(VOID)
{
${before}    NdisStallExecution(${close});
    return NDIS_STATUS_SUCCESS;
}
${entry}`;

const rulesOf = (driver: Driver): string[] => driver.findings().map(({ rule }) => rule);

describe('A suppression comment', () => {
  it('is written by a quick fix, and the finding goes', () => {
    const driver = new Driver(source('', '$0100'));
    expect(rulesOf(driver)).toEqual(['stall-too-long']);
    const silence = driver.actions().find(({ title }) => title === 'Silence stall-too-long here');
    driver.apply(silence?.edits() ?? []);
    expect(driver.fixture().text).toContain(
      '    // ndis-disable-next-line stall-too-long\n    NdisStallExecution(100);',
    );
    expect(rulesOf(driver)).toEqual([]);
  });

  it('that silences something is not unused, one that does not is', () => {
    const comment = '    // ndis-disable-next-line stall-too-long\n';
    expect(rulesOf(new Driver(source(comment, '100')))).toEqual([]);
    expect(rulesOf(new Driver(source(comment, '10')))).toEqual(['suppression-unused']);
  });

  it('for a rule that is switched off is left alone', () => {
    const driver = new Driver(source('    // ndis-disable-next-line stall-too-long\n', '10'), {
      severity: { 'stall-too-long': 'off' },
    });
    expect(rulesOf(driver)).toEqual([]);
  });

  const applied = (driver: Driver, title: string): string => {
    driver.apply(
      driver
        .actions()
        .find((action) => action.title === title)
        ?.edits() ?? [],
    );
    return driver.fixture().text;
  };

  it('takes a second rule in, so that both hold', () => {
    const comment = '    // ndis-disable-next-line pool-tag -- because\n';
    const driver = new Driver(source(comment, '$0100'));
    expect(applied(driver, 'Silence stall-too-long here')).toContain(
      '    // ndis-disable-next-line pool-tag, stall-too-long -- because\n    NdisStallExecution(100);',
    );
    expect(driver.findings().map(({ rule, message }) => [rule, message.includes('stall')])).toEqual([
      ['suppression-unused', false],
    ]);
    const block = new Driver(source('    /* ndis-disable-next-line pool-tag */\n', '$0100'));
    expect(applied(block, 'Silence stall-too-long here')).toContain('pool-tag, stall-too-long */\n');
  });

  it('is written as the lines of the file end, and never into a line that goes on', () => {
    const driver = new Driver(source('', '$0100').replaceAll('\n', '\r\n'));
    expect(applied(driver, 'Silence stall-too-long here')).toContain(
      '\r\n    // ndis-disable-next-line stall-too-long\r\n',
    );
    const spliced = new Driver(source('    (void) \\\n', '$0100'));
    expect(rulesOf(spliced)).toEqual(['stall-too-long']);
    expect(spliced.actions().map(({ title }) => title)).toEqual(['Explain stall-too-long']);
  });

  it('keeps the names that silence something when the others are taken out', () => {
    for (const [before, after] of [
      ['// ndis-disable-next-line pool-tag, stall-too-long', '// ndis-disable-next-line stall-too-long'],
      ['/* ndis-disable stall-too-long pool-tag */', '/* ndis-disable stall-too-long */'],
      ['//ndis-disable pool-tag,stall-too-long,object-header -- slow', '//ndis-disable stall-too-long -- slow'],
    ] as const) {
      const driver = new Driver(source(`    ${before}\n`, '100'));
      expect(rulesOf(driver)).toEqual(['suppression-unused']);
      driver.apply(driver.findings()[0]?.fixes[0]?.edits() ?? []);
      expect(driver.fixture().text).toContain(`    ${after}\n    NdisStallExecution`);
      expect(rulesOf(driver)).toEqual([]);
    }
  });

  it('for every rule is unused where none reports anything, and not judged while some are off', () => {
    const text = source('    // ndis-disable-next-line\n', '10');
    expect(new Driver(text).findings().map(({ message }) => message)).toEqual([
      'Nothing is left to silence here: no rule reports anything in the lines that this comment is for. Delete it.',
    ]);
    expect(rulesOf(new Driver(text, { severity: { 'pool-tag': 'off' } }))).toEqual([]);
    expect(rulesOf(new Driver(source('    // ndis-disable-next-line\n', '100')))).toEqual([]);
  });

  it('can keep another one that is not needed now', () => {
    const kept = '    // ndis-disable-next-line suppression-unused\n    // ndis-disable-next-line stall-too-long\n';
    expect(rulesOf(new Driver(source(kept, '10')))).toEqual([]);
  });

  it('completes its own words', () => {
    expect(new Driver(source('    // ndis-dis$0\n', '100')).labels()).toEqual([
      'ndis-disable',
      'ndis-disable-line',
      'ndis-disable-next-line',
      'ndis-enable',
    ]);
    expect(new Driver(source('    x = "// ndis-dis$0";\n', '100')).labels()).toEqual([]);
  });

  it('completes the names of rules', () => {
    const driver = new Driver(source('    // ndis-disable-next-line stall$0\n', '100'));
    expect(driver.labels()).toContain('stall-too-long');
    const plain = new Driver(source('    // a comment $0\n', '100'));
    expect(plain.labels()).toEqual([]);
  });
});
