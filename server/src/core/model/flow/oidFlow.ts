import type { Catalog } from '../../catalog/catalog.js';
import type { CallbackFacts, OidFacts } from '../../catalog/schema.js';
import type { Item } from '../../syntax/ast.js';
import type { CallFact } from '../body.js';
import type { FunctionFact } from '../declarations.js';
import type { FileModel } from '../fileModel.js';
import type { ProjectModel } from '../projectModel.js';
import { cfgOf } from './functionCfg.js';
import { constantNumber, type FlowAnalysis, isSuccessTest } from './functionFlow.js';
import { callsByNode, type FlowResult, Interpreter } from './interpret.js';
import { OidEffect } from './oidEffect.js';
import { valueText } from './values.js';

interface Followed {
  role: string;
  flow: FlowResult;
  /** What the functions called there could return when it was followed. */
  asked: Map<string, string>;
}

const cache = new WeakMap<Item, Followed>();

/** Where the function is looked at from. */
export interface OidContext {
  file: FileModel;
  project: ProjectModel;
  flows: FlowAnalysis;
}

/** The paths of a function that works on requests of the role, and which of the OIDs each is about. Remembered while its
 * text and the results it built on stay the same. */
export function oidFlow(
  fn: FunctionFact,
  role: CallbackFacts,
  oids: readonly OidFacts[],
  { file, project, flows }: OidContext,
): FlowResult {
  const resultText = (name: string): string => {
    const value = flows.resultOf(name);
    return value ? valueText(value) : '';
  };
  const known = cache.get(fn.item);
  if (known?.role === role.name && [...known.asked].every(([name, text]) => resultText(name) === text))
    return known.flow;
  const asked = new Map<string, string>();
  const names = new Set(oids.map(({ name }) => name));
  const flow = new Interpreter(fn.item, cfgOf(file, fn), callsByNode(file.body(fn).calls), {
    constants: {
      numberOf: (name) => constantNumber(name, file.catalog, project),
      isSuccessTest: (name) => isSuccessTest(name, project),
      resultOf: ({ name }) => {
        asked.set(name, resultText(name));
        return flows.resultOf(name);
      },
    },
    effects: [new OidEffect(fn.item, (name) => names.has(name))],
    wanted: (call) => statusAt(call, role, file.catalog) !== undefined,
  }).run();
  cache.set(fn.item, { role: role.name, flow, asked });
  return flow;
}

/** Position of the status in a call that completes requests of the role. */
export function statusAt(call: CallFact, role: CallbackFacts, catalog: Catalog): number | undefined {
  return catalog.completesOf(call.name).includes(role.name) ? catalog.function(call.name)?.statusArgument : undefined;
}
