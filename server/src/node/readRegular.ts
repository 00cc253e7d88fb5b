import { readFile, stat } from 'node:fs/promises';

/** Bytes past which nothing that this project reads is a text that somebody wrote. */
const largest = 64 << 20;

/** A plain file's bytes. Devices and pipes never end, and whatever is larger is no source: undefined, as for a file that
 * is not there. */
export async function readRegular(path: string): Promise<Uint8Array | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() && found.size <= largest ? await readFile(path) : undefined;
  } catch {
    return undefined;
  }
}
