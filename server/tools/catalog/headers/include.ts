import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { decode } from '../../../src/core/text/decode.js';
import { type Header, readHeader } from './tokens.js';

/** What a header is read for: everything, constants, kernel routines, or values that the others name. */
export type Part = 'ndis' | 'values' | 'kernel' | 'named';

/** Headers by file name in lower case; headers in a folder called ndis belong to NDIS. */
const wanted: Record<string, Part> = {
  'ndis.h': 'ndis',
  'ntddndis.h': 'ndis',
  'netpnp.h': 'ndis',
  'ndisndk.h': 'ndis',
  'ndiswwan.h': 'values',
  'ndischimney.h': 'values',
  'ndistapi.h': 'values',
  'ndiswan.h': 'values',
  'dot11wdi.h': 'values',
  'wdm.h': 'kernel',
  'ntddk.h': 'kernel',
  'ntifs.h': 'kernel',
  'netioddk.h': 'kernel',
  'ntstatus.h': 'named',
  'netevent.h': 'named',
  'ifdef.h': 'named',
};

export interface IncludedHeader {
  part: Part;
  header: Header;
}

/**
 * The headers below an include root that facts come from, in a stable order. Names are compared without regard to case,
 * as Windows does. Where a folder tree holds several of one name (several kits), the one in the last folder counts.
 */
export function readInclude(root: string): IncludedHeader[] {
  const found = new Map<string, { part: Part; file: string }>();
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
    const name = nameOf(file);
    const part = name.startsWith('ndis/') ? 'ndis' : wanted[name];
    if (part && name.endsWith('.h')) found.set(name, { part, file });
  }
  return [...found]
    .sort(([left], [right]) => rank(left) - rank(right) || (left < right ? -1 : 1))
    .map(([name, { part, file }]) => ({ part, header: readHeader(name, decode(readFileSync(path.join(root, file)))) }));
}

/** `ndis/nbl.h` for a header in a folder ndis, else the file's own name. */
function nameOf(file: string): string {
  const [name = '', folder] = file.toLowerCase().split(/[\\/]/).reverse();
  return folder === 'ndis' ? `ndis/${name}` : name;
}

/** ndis.h first: of two headers that declare a name, the first counts. */
const rank = (name: string): number => {
  const at = Object.keys(wanted).indexOf(name);
  return at < 0 ? 1.5 : at;
};
