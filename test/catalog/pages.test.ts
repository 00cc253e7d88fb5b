import { describe, expect, it } from 'vitest';
import { checkPages } from '../../server/tools/catalog/pageChecks.js';
import { readPage, shapeProblems } from '../../server/tools/catalog/pages.js';
import { checkProse } from '../../server/tools/catalog/proseChecks.js';
import { compiled } from './compiled.js';

const page = (front: string, body = 'Text.') => readPage(`---\n${front}\n---\n${body}\n`);

const problemsOf = (file: string, front: string) =>
  checkPages(compiled.catalog, [{ file, page: page(front) }]).map(({ message }) => message);

describe('the pages of the catalog', () => {
  it('fit the facts', () => {
    expect(compiled.pageProblems).toEqual([]);
  });

  it('cover every connection-oriented callback', () => {
    const without = compiled.catalog.callbacks.filter(({ object, name }) => object && !compiled.pages[name]);
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  it('give their summaries to the catalog', () => {
    expect(compiled.catalog.summaries.PROTOCOL_CM_CLOSE_AF).toBe(compiled.pages.PROTOCOL_CM_CLOSE_AF?.summary);
  });
});

describe('a page', () => {
  it('keeps the month of its review to itself', () => {
    expect(page('name: NdisMSleep\nsummary: Waits.\nreviewed: 2026-11').reviewed).toBe('2026-11');
    expect(Object.values(compiled.pages).filter((one) => 'reviewed' in one)).toEqual([]);
  });

  it('is front matter and Markdown', () => {
    expect(page('name: NdisMSleep\nsummary: Waits.')).toEqual({ name: 'NdisMSleep', summary: 'Waits.', body: 'Text.' });
    expect(() => readPage('# No front matter')).toThrow(/front matter/);
  });

  it('has a form', () => {
    expect(shapeProblems(page('name: NdisMSleep\nsummary: Waits.\nirql: PASSIVE_LEVEL'))).toEqual(['unknown key irql']);
    expect(shapeProblems(page(`name: NdisMSleep\nsummary: ${'x'.repeat(151)}`))).toEqual([
      'the summary has 151 characters; 150 are allowed',
    ]);
    expect(shapeProblems(page('name: NdisMSleep\nsummary: Waits.\ntraps:\n  - One: two'))).toEqual([
      'traps must be a list of texts (quote those with a colon)',
    ]);
    expect(shapeProblems(page('name: NdisMSleep\nsummary: Waits.\nreviewed: yes'))).toEqual([
      'reviewed must be a year and a month: 2026-11',
    ]);
    expect(shapeProblems(page('name: NdisMSleep', ''))).toEqual(['summary is missing', 'the body is empty']);
  });

  it('names what exists', () => {
    expect(problemsOf('a/NdisNap.md', 'name: NdisNap\nsummary: x')).toEqual(['NdisNap is not in the catalog']);
    expect(problemsOf('a/NdisMSleep.md', 'name: NdisMSleep\nsummary: x\nparameters:\n  Seconds: y')).toEqual([
      'no parameter Seconds',
    ]);
    expect(problemsOf('a/Sleep.md', 'name: NdisMSleep\nsummary: x')).toEqual([
      'the file should be called NdisMSleep.md',
    ]);
    expect(problemsOf('a/NDIS_OBJECT_HEADER.md', 'name: NDIS_OBJECT_HEADER\nsummary: x\nmembers:\n  Typ: y')).toEqual([
      'no member Typ',
    ]);
  });

  it('explains every documented status and no other', () => {
    const front =
      'name: PROTOCOL_CM_CLOSE_AF\nsummary: x\nstatuses:\n  NDIS_STATUS_SUCCESS: y\n  NDIS_STATUS_PENDING: y\n  NDIS_STATUS_FAILURE: y';
    expect(problemsOf('a/ProtocolCmCloseAf.md', front)).toEqual([
      'NDIS_STATUS_NOT_ACCEPTED is documented and not on the page',
      'NDIS_STATUS_FAILURE is on the page and not in the documented facts',
    ]);
  });
});

describe('the text of a page', () => {
  const strange = (body: string, front = '') =>
    checkProse(
      compiled.catalog,
      [{ file: 'a/NdisMSleep.md', page: page(`name: NdisMSleep\nsummary: Waits.${front}`, body) }],
      new Set(['NdisOfOld']),
    ).map(({ message }) => message);

  it('names what exists', () => {
    expect(strange('Unlike NdisStallExecution, NdisMSlumber waits.')).toEqual([
      'the text names NdisMSlumber, which the catalog does not have',
    ]);
    expect(strange('As NdisOfOld. NET_BUFFERs and the OID_SWITCH_NIC requests; NDIS_STATUS_x.')).toEqual([]);
    expect(strange('NdisMSlumber waits.', '\nfollow:\n  - One page writes NdisMSlumber.')).toEqual([]);
  });

  it('is read past what is no text', () => {
    expect(strange('NdisMSleep waits.', '\nparameters:\n  MicrosecondsToSleep: 5.')).toEqual([]);
  });

  it('links to the documentation', () => {
    expect(strange('[One](https://learn.microsoft.com/windows-hardware/drivers/ddi/ndis/nf-ndis-ndismsleep)')).toEqual(
      [],
    );
    expect(strange('[Two](NdisMSleep.md)')).toEqual(['a link leads to NdisMSleep.md']);
  });
});
