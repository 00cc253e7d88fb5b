import type { FileSummary } from '../model/summary.js';
import { folderOf, isBelow, nameOf, sameFileKey } from './paths.js';

/** The known files, found by id, folder or name. Cases of letters do not count. */
export class FileIndex {
  private readonly byKey = new Map<string, FileSummary>();
  private readonly byFolder = new Map<string, FileSummary[]>();
  private readonly byName = new Map<string, FileSummary[]>();

  constructor(files: Iterable<FileSummary>) {
    for (const file of files) {
      const key = sameFileKey(file.uri);
      // One file under two spellings of its name.
      const known = this.byKey.get(key);
      if (known) {
        this.replace(known, file);
        continue;
      }
      this.byKey.set(key, file);
      add(this.byFolder, folderOf(key), file);
      add(this.byName, nameOf(key), file);
    }
  }

  get all(): Iterable<FileSummary> {
    return this.byKey.values();
  }

  get(id: string): FileSummary | undefined {
    return this.byKey.get(sameFileKey(id));
  }

  /** Puts a new summary of the same file in the place of its old one. */
  replace(old: FileSummary, fresh: FileSummary): boolean {
    const key = sameFileKey(old.uri);
    if (this.byKey.get(key) !== old) return false;
    this.byKey.set(key, fresh);
    exchange(this.byFolder.get(folderOf(key)), old, fresh);
    exchange(this.byName.get(nameOf(key)), old, fresh);
    return true;
  }

  in(folder: string): readonly FileSummary[] {
    return this.byFolder.get(sameFileKey(folder)) ?? [];
  }

  below(folder: string): FileSummary[] {
    const key = sameFileKey(folder);
    return [...this.byFolder].flatMap(([other, files]) => (isBelow(other, key) ? files : []));
  }

  /** The files that an id of a build file stands for, in which `*`, `?` and `**` may stand. */
  matching(pattern: string): readonly FileSummary[] {
    if (!/[*?]/.test(pattern)) return [this.get(pattern)].filter((file) => file !== undefined);
    const fixed = folderOf(pattern.slice(0, pattern.search(/[*?]/)));
    const isFlat = !/[*?]/.test(folderOf(pattern));
    const matches = matcher(pattern);
    return (isFlat ? this.in(fixed) : this.below(fixed)).filter((file) => matches.test(file.uri));
  }

  /** The known file that a quoted include most likely means: same folder first, then the longest common path. */
  included(from: FileSummary, path: string): FileSummary | undefined {
    const folder = folderOf(from.uri);
    let best: FileSummary | undefined;
    for (const candidate of this.byName.get(nameOf(path).toLowerCase()) ?? []) {
      if (folderOf(candidate.uri) === folder) return candidate;
      if (!best || commonLength(candidate.uri, folder) > commonLength(best.uri, folder)) best = candidate;
    }
    return best;
  }
}

/** What an id with `*`, `?` and `**` in it stands for. */
export function matcher(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/?|[*?]|[^*?]+/g, (part) => {
    if (part.startsWith('**')) return '(?:[^/]*/)*';
    if (part === '*') return '[^/]*';
    return part === '?' ? '[^/]' : part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${source}$`, 'i');
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function exchange<T>(list: T[] | undefined, old: T, fresh: T): void {
  const at = list?.indexOf(old) ?? -1;
  if (list && at >= 0) list[at] = fresh;
}

/** Length of the path that two ids have in common. */
export function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
