import { statSync } from 'node:fs';
import { collect } from './headers/collect.js';
import { readInclude } from './headers/include.js';
import { compareFacts, reportText } from './headers/report.js';
import { writeFacts } from './headers/write.js';
import { findRoot } from './root.js';
import { readSources, type Sources } from './sources.js';

const usage = 'usage: npm run catalog:sync -- <include root of a WDK> [--dry-run]';

/**
 * Regenerates server/catalog/facts from the headers below a folder, such as an installed kit's Include\10.0.26100.0, and
 * prints by name what changed.
 */
export function main(args: string[]): number {
  const [folder] = args.filter((argument) => !argument.startsWith('--'));
  if (folder === undefined || !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    console.error(usage);
    return 2;
  }
  const headers = readInclude(folder);
  if (!headers.some(({ header }) => header.name === 'ndis.h')) {
    console.error(`no ndis.h below ${folder}`);
    return 2;
  }
  const root = findRoot();
  const sources = readSources(root);
  const facts = collect(headers, guidance(sources));
  console.log(reportText(compareFacts(sources.facts, facts)));
  if (!args.includes('--dry-run')) writeFacts(root, facts);
  return 0;
}

/** What the documented facts know that headers do not tell. */
function guidance({ facts, documented }: Sources) {
  const stems = Object.entries(documented.structures).flatMap(([name, { revisionStem }]): [string, string][] =>
    revisionStem === undefined ? [] : [[name, revisionStem]],
  );
  const paired = Object.entries(documented['resource-pairs']).flatMap(([acquire, release]) => [acquire, ...release]);
  return {
    callbacks: new Set(Object.keys(documented.callbacks)),
    // A macro is of interest when something is said about it.
    functions: new Set([...Object.keys(documented.functions), ...Object.keys(documented['irql-acts'])]),
    kernel: new Set([...Object.keys(documented.kernel), ...Object.keys(documented['irql-acts']), ...paired]),
    constants: new Set(Object.keys(documented.constants)),
    revisionStems: new Map(stems),
    before: facts,
  };
}
