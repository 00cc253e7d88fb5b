import { readFile, writeFile } from 'node:fs/promises';
import type { TextEdit } from '../core/api.js';
import { safeEdits } from '../core/features/codeActions.js';
import type { Service } from '../core/service.js';
import { isKitFile } from '../core/settings/kits.js';
import { decode } from '../core/text/decode.js';
import { idOf, languageOf, pathOf } from './fileIds.js';
import { replaceInBytes } from './rewrite.js';

/** Rounds of fixes in one file: a fix may make another one possible, or two may touch the same place. */
const rounds = 10;

/**
 * Applies the safe fixes of a file, on disk, until there are none left.
 * @returns how many findings were mended
 */
export async function applyFixes(service: Service, file: string): Promise<number> {
  let fixed = 0;
  for (let round = 0; round < rounds; round++) {
    const { edits, findings } = fixesOf(service, file);
    if (edits.length === 0) break;
    for (const [id, list] of byFile(edits)) await rewrite(service, id, list);
    fixed += findings;
  }
  return fixed;
}

function fixesOf(service: Service, file: string): { edits: TextEdit[]; findings: number } {
  const id = idOf(file);
  service.open(id, languageOf(file), service.textOf(id) ?? '');
  try {
    const findings = service.diagnose(id).filter(({ fixes }) => fixes.some(({ safe }) => safe));
    const edits = safeEdits(findings);
    return edits.some(({ uri }) => isKitFile(uri)) ? { edits: [], findings: 0 } : { edits, findings: findings.length };
  } finally {
    service.close(id);
  }
}

function byFile(edits: readonly TextEdit[]): Map<string, TextEdit[]> {
  const files = new Map<string, TextEdit[]>();
  for (const edit of edits) files.set(edit.uri, [...(files.get(edit.uri) ?? []), edit]);
  return files;
}

/** Changes no byte but those of the edits, so that a file keeps its encoding and its line ends. */
async function rewrite(service: Service, id: string, edits: readonly TextEdit[]): Promise<void> {
  const path = pathOf(id);
  const bytes = await readFile(path);
  const changed = replaceInBytes(bytes, edits);
  await writeFile(path, changed);
  service.addFile(id, decode(changed));
}
