import path from 'node:path';
import { Catalog } from '../../server/src/core/catalog/catalog.js';
import { type Compiled, compileCatalog } from '../../server/tools/catalog/compile.js';

export const root = path.resolve(import.meta.dirname, '../..');

/** The catalog of this repository, compiled once per test file. */
export const compiled: Compiled = compileCatalog(root);

export const catalog = new Catalog(compiled.catalog);
