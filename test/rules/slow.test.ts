import { describe, expect, it } from 'vitest';
import { rules } from '../../server/src/core/rules/index.js';
import { Driver } from '../harness/core.js';

const source = `#include <ndis.h>
// ndis-disable-next-line pool-tag
VOID Wait(VOID)
{
    NdisStallExecution(100);
}
NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path) { return STATUS_SUCCESS; }
`;

/** A clock that goes on by so much each time it is looked at. */
function clock(): { step: number; now: () => number } {
  let at = 0;
  const self = { step: 0, now: () => (at += self.step) };
  return self;
}

describe('A rule that takes too long', () => {
  const rulesOf = (driver: Driver, file?: string): string[] => driver.findings(file).map(({ rule }) => rule);
  const all = ['suppression-unused', 'stall-too-long'];

  it('is forgiven once, then named once and left out of the file', () => {
    const time = clock();
    const driver = new Driver({ 'a.c': source, 'b.c': source.replace('DriverEntry', 'Other') }, { now: time.now });
    time.step = 1500;
    expect(rulesOf(driver)).toEqual(all);
    expect(driver.failures).toEqual([]);
    expect(rulesOf(driver)).toEqual(all);
    expect(driver.failures.map(({ rule }) => rule).sort()).toEqual(rules.map(({ name }) => name));
    expect(driver.failures[0]?.error).toBe('it took 1500 ms and is left out in this file until it is closed');
    time.step = 0;
    expect(rulesOf(driver)).toEqual([]);
    expect(rulesOf(driver, 'b.c')).toEqual(all);
    expect(driver.failures).toHaveLength(rules.length);
  });

  it('is not left out where only the first time was slow', () => {
    const time = clock();
    const driver = new Driver(source, { now: time.now });
    for (const step of [1500, 10, 1500, 10]) {
      time.step = step;
      expect(rulesOf(driver)).toEqual(all);
    }
    expect(driver.failures).toEqual([]);
  });
});
