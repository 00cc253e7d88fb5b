import { readFile, writeFile } from 'node:fs/promises';
import type { Finding, TextEdit } from '../core/api.js';
import { safeFixes } from '../core/features/codeActions.js';
import type { Service } from '../core/service.js';
import { isKitFile } from '../core/settings/kits.js';
import { decode } from '../core/text/decode.js';
import { idOf, languageOf, pathOf, shownPath } from './fileIds.js';
import { replaceInBytes } from './rewrite.js';
import { reason } from './sources.js';

/** Rounds of fixes in one file: a fix may make another one possible, or two may touch the same place. */
const rounds = 10;

/**
 * Applies the safe fixes of a file, on disk, until there are none left.
 * @returns how many findings were mended, and what could not be written, in words
 */
export async function applyFixes(service: Service, file: string): Promise<{ fixed: number; failures: string[] }> {
  let fixed = 0;
  for (let round = 0; round < rounds; round++) {
    const { edits, findings } = safeFixes(fixable(service, file));
    if (edits.length === 0) break;
    const failures = await rewriteAll(service, byFile(edits));
    if (failures.length > 0) return { fixed, failures };
    fixed += findings.length;
  }
  return { fixed, failures: [] };
}

/** Findings of the file whose safe fix changes no file of a kit. */
function fixable(service: Service, file: string): Finding[] {
  const id = idOf(file);
  service.open(id, languageOf(file), service.textOf(id) ?? '');
  try {
    return service.diagnose(id).filter(
      ({ fixes }) =>
        !fixes
          .find(({ safe }) => safe)
          ?.edits()
          .some(({ uri }) => isKitFile(uri)),
    );
  } finally {
    service.close(id);
  }
}

function byFile(edits: readonly TextEdit[]): Map<string, TextEdit[]> {
  const files = new Map<string, TextEdit[]>();
  for (const edit of edits) files.set(edit.uri, [...(files.get(edit.uri) ?? []), edit]);
  return files;
}

async function rewriteAll(service: Service, files: ReadonlyMap<string, TextEdit[]>): Promise<string[]> {
  const failures: string[] = [];
  for (const [id, edits] of files) {
    try {
      await rewrite(service, id, edits);
    } catch (error) {
      failures.push(`${shownPath(pathOf(id))} cannot be mended: ${reason(error)}`);
    }
  }
  return failures;
}

/** Changes no byte but those of the edits, so that a file keeps its encoding and its line ends. */
async function rewrite(service: Service, id: string, edits: readonly TextEdit[]): Promise<void> {
  const path = pathOf(id);
  const bytes = await readFile(path);
  if (decode(bytes) !== service.textOf(id)) throw new Error('it was changed in the meantime');
  const changed = replaceInBytes(bytes, edits);
  await writeFile(path, changed);
  service.addFile(id, decode(changed));
}
