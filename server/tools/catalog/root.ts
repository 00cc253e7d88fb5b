import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. A bundled tool lies in another folder than its source, so it is looked for. */
export function findRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'server', 'catalog', 'facts'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('server/catalog not found above the catalog tools');
    folder = parent;
  }
  return folder;
}
