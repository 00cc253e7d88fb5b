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
 * Applies the safe fixes of a file until there are none left, and writes what came of it.
 * @returns how many findings were mended, and what could not be written, in words
 */
export async function applyFixes(service: Service, file: string): Promise<{ fixed: number; failures: string[] }> {
  const texts = new Texts(service);
  try {
    const fixed = await mend(service, file, texts);
    await texts.write();
    return { fixed, failures: [] };
  } catch (error) {
    await texts.forget();
    return { fixed: 0, failures: [`${texts.at} cannot be mended: ${reason(error)}`] };
  }
}

async function mend(service: Service, file: string, texts: Texts): Promise<number> {
  let fixed = 0;
  let findings = fixable(service, file);
  for (let round = 0; round < rounds && findings.length > 0; round++) {
    const { edits, findings: mended } = safeFixes(findings);
    const undo = await texts.change(edits);
    const left = fixable(service, file);
    // A fix that leaves its finding would be applied again and again.
    if (described(left) === described(findings)) {
      undo();
      break;
    }
    fixed += mended.length;
    findings = left;
  }
  return fixed;
}

const described = (findings: readonly Finding[]): string =>
  findings.map(({ rule, message }) => `${rule}: ${message}`).join('\n');

/** Findings of the file whose safe fix changes no file of a kit. */
function fixable(service: Service, file: string): Finding[] {
  const id = idOf(file);
  service.open(id, languageOf(file), service.textOf(id) ?? '');
  try {
    return service.diagnose(id).filter(({ fixes }) => {
      const edits = fixes.find(({ safe }) => safe)?.edits() ?? [];
      return edits.length > 0 && !edits.some(({ uri }) => isKitFile(uri));
    });
  } finally {
    service.close(id);
  }
}

/** The files that fixes change, byte by byte as they will be written: each keeps its encoding and its line ends. */
class Texts {
  /** The file that was worked on last, as it is reported. */
  at = '';
  readonly #service: Service;
  readonly #fresh = new Map<string, Buffer>();

  constructor(service: Service) {
    this.#service = service;
  }

  /** Puts edits in, for the service to look at. @returns what takes them back */
  async change(edits: readonly TextEdit[]): Promise<() => void> {
    const before = new Map<string, Buffer>();
    for (const id of new Set(edits.map(({ uri }) => uri))) {
      this.at = shownPath(pathOf(id));
      const bytes = this.#fresh.get(id) ?? (await readFile(pathOf(id)));
      if (decode(bytes) !== this.#service.textOf(id)) throw new Error('it was changed in the meantime');
      before.set(id, bytes);
      this.#take(
        id,
        replaceInBytes(
          bytes,
          edits.filter(({ uri }) => uri === id),
        ),
      );
    }
    return () => {
      for (const [id, bytes] of before) this.#take(id, bytes);
    };
  }

  async write(): Promise<void> {
    for (const [id, bytes] of this.#fresh) {
      this.at = shownPath(pathOf(id));
      const old = await readFile(pathOf(id));
      if (!old.equals(bytes)) await writeFile(pathOf(id), bytes);
    }
  }

  /** What is on disk counts again. */
  async forget(): Promise<void> {
    for (const id of this.#fresh.keys()) {
      const bytes = await readFile(pathOf(id)).catch(() => undefined);
      if (bytes) this.#service.addFile(id, decode(bytes));
    }
  }

  #take(id: string, bytes: Buffer): void {
    this.#fresh.set(id, bytes);
    this.#service.addFile(id, decode(bytes));
  }
}
