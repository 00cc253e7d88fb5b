import type { FunctionFact } from '../declarations.js';
import type { FileModel } from '../fileModel.js';
import { buildCfg, type Cfg } from './cfg.js';

/** The control flow of a function of the file; it ends where the catalog knows a call that does not return. */
export function cfgOf(file: FileModel, fn: FunctionFact): Cfg {
  return buildCfg(fn.item, fn.body, (name) => file.catalog.irqlAct(name)?.act === 'end');
}
