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

  it('completes the names of rules', () => {
    const driver = new Driver(source('    // ndis-disable-next-line stall$0\n', '100'));
    expect(driver.labels()).toContain('stall-too-long');
    const plain = new Driver(source('    // a comment $0\n', '100'));
    expect(plain.labels()).toEqual([]);
  });
});
