import type { Catalog } from '../../catalog/catalog.js';
import type { Item } from '../../syntax/ast.js';
import type { CallFact } from '../body.js';
import type { FunctionFact } from '../declarations.js';
import type { FileModel } from '../fileModel.js';
import type { ProjectModel } from '../projectModel.js';
import { buildCfg } from './cfg.js';
import { callsMade, outParameters } from './effects.js';
import { type Constants, callsByNode, type FlowResult, Interpreter } from './interpret.js';
import { unite, type Value, valueText } from './values.js';

interface Cached {
  flow: FlowResult;
  /** What the functions called here could return when the flow was computed. */
  asked: Map<string, string>;
}

const cache = new WeakMap<Item, Cached>();
const maxDepth = 4;

/** Follows the paths of functions, with the results of the project's own functions where these can be seen. Remembers a
 * function's flow as long as its text and the results it built on stay the same. */
export class FlowAnalysis {
  private readonly results = new Map<string, Value | undefined>();
  private readonly file: FileModel;
  private readonly project: ProjectModel;
  /** How many calls deep this analysis was asked for. */
  private readonly depth: number;

  constructor(file: FileModel, project: ProjectModel, depth = 0) {
    this.file = file;
    this.project = project;
    this.depth = depth;
  }

  of(fn: FunctionFact): FlowResult {
    const known = cache.get(fn.item);
    if (known && this.holds(known)) return known.flow;
    const asked = new Map<string, string>();
    const { item } = fn;
    const body = this.file.body(fn);
    const cfg = buildCfg(item, fn.body);
    const effects = [
      outParameters(fn.params, (node) => item.masked.slice(node.start, node.end)),
      callsMade((call) => this.matters(call)),
    ];
    const flow = new Interpreter(item, cfg, callsByNode(body.calls), {
      constants: this.constants(asked),
      effects,
      wanted: (call) => this.file.catalog.routine(call.name) !== undefined,
    }).run();
    cache.set(item, { flow, asked });
    return flow;
  }

  private holds(known: Cached): boolean {
    return [...known.asked].every(([name, text]) => textOfResult(this.resultOf(name)) === text);
  }

  private matters(call: CallFact): boolean {
    return this.file.catalog.completesOf(call.name).length > 0;
  }

  private constants(asked: Map<string, string>): Constants {
    return {
      numberOf: (name) => constantNumber(name, this.file.catalog, this.project),
      isSuccessTest: (name) => isSuccessTest(name, this.project),
      resultOf: (call) => {
        const value = this.resultOf(call.name);
        asked.set(call.name, textOfResult(value));
        return value;
      },
    };
  }

  /** What the named function of this file can return; undefined where that is not fully known. */
  private resultOf(name: string): Value | undefined {
    if (this.results.has(name)) return this.results.get(name);
    this.results.set(name, undefined);
    const fn = this.depth < maxDepth ? this.file.functionNamed(name) : undefined;
    if (!fn) return undefined;
    const flow = new FlowAnalysis(this.file, this.project, this.depth + 1).of(fn);
    const values = flow.returns.filter((point) => !point.implicit).map((point) => point.value);
    const [first, ...rest] = values;
    const value = flow.complete && first ? rest.reduce(unite, first) : undefined;
    this.results.set(name, value);
    return value;
  }
}

function textOfResult(value: Value | undefined): string {
  return value ? valueText(value) : '';
}

/** Number of a status or constant, through the project's own macros where they are plain names for one. */
export function constantNumber(name: string, catalog: Catalog, project: ProjectModel): number | undefined {
  let at = name;
  for (let steps = 0; steps < 4; steps++) {
    const number = catalog.numberOf(at);
    if (number !== undefined) return number;
    const macro = project.macro(at);
    if (!macro || macro.params) return undefined;
    const body = macro.body
      .replace(/^\(+|\)+$/g, '')
      .replace(/^\(\s*\w+\s*\)/, '')
      .trim();
    if (/^(0[xX][0-9a-fA-F]+|\d+)[uUlL]*$/.test(body)) return Number(body.replace(/[uUlL]+$/, ''));
    if (!/^\w+$/.test(body)) return undefined;
    at = body;
  }
  return undefined;
}

/** NT_SUCCESS, and macros of the project that wrap it. */
export function isSuccessTest(name: string, project: ProjectModel): boolean {
  if (name === 'NT_SUCCESS') return true;
  return /\bNT_SUCCESS\s*\(/.test(project.macro(name)?.body ?? '');
}
