import type { Catalog } from '../../catalog/catalog.js';
import type { Item } from '../../syntax/ast.js';
import { type Definition, definitionOf } from '../bodies.js';
import type { CallFact } from '../body.js';
import type { FunctionFact } from '../declarations.js';
import type { FileModel } from '../fileModel.js';
import type { ProjectModel } from '../projectModel.js';
import { callsMade, flags, outParameters } from './effects.js';
import { cfgOf } from './functionCfg.js';
import { type Comparison, type Constants, callsByNode, type FlowResult, Interpreter } from './interpret.js';
import { unite, type Value, valueText } from './values.js';

interface Cached {
  flow: FlowResult;
  /** What the functions called here could return when the flow was computed. */
  asked: Map<string, string>;
  /** What the functions that were given a request here completed it with. */
  handed: Map<CallFact, string | undefined>;
}

const cache = new WeakMap<Item, Cached>();
const maxDepth = 4;

/** Functions whose remembered flow is known to hold, with the depth at which that was found. */
type Current = Map<Item, number>;

/** The same as the project is now. */
const current = new WeakMap<ProjectModel, Current>();

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
    if (known && (this.isCurrent(fn.item) || this.holds(known, fn))) return known.flow;
    const asked: Cached['asked'] = new Map();
    const handed: Cached['handed'] = new Map();
    const { item } = fn;
    const body = this.file.body(fn);
    const cfg = cfgOf(this.file, fn);
    const effects = [
      outParameters(fn.params, (node) => item.masked.slice(node.start, node.end)),
      callsMade((call) => this.matters(call, fn, handed)),
    ];
    const flow = new Interpreter(item, cfg, callsByNode(body.calls), {
      constants: this.constants(asked),
      effects,
      wanted: (call) => this.file.catalog.routine(call.name) !== undefined,
    }).run();
    cache.set(item, { flow, asked, handed });
    this.setCurrent(item);
    return flow;
  }

  private isCurrent(item: Item): boolean {
    return (current.get(this.project)?.get(item) ?? maxDepth + 1) <= this.depth;
  }

  private setCurrent(item: Item): void {
    let items = current.get(this.project);
    if (!items) current.set(this.project, (items = new Map() as Current));
    items.set(item, this.depth);
  }

  /** The completion function that certainly completes a request by the call: the called one, or one that a function of the
   * driver calls on all of its paths with the request that it is given. */
  completionBy(call: CallFact, fn: FunctionFact): string | undefined {
    const { catalog } = this.file;
    if (catalog.completesOf(call.name).length > 0) return call.name;
    if (catalog.routine(call.name) || this.depth >= maxDepth) return undefined;
    const requests = requestParameters(fn);
    const given = call.args.findIndex((arg) => requests.has(arg.text.trim()));
    const found = given < 0 ? undefined : definitionOf(call.name, this.file, this.project);
    return found && new FlowAnalysis(found.file, this.project, this.depth + 1).completionOf(found.fn, given);
  }

  /** The completion function that all paths of the function give its parameter to. */
  private completionOf(fn: FunctionFact, parameter: number): string | undefined {
    const name = fn.params[parameter]?.name;
    if (!name || !requestParameters(fn).has(name)) return undefined;
    const completing = this.file.body(fn).calls.flatMap((call) => {
      const by = this.completionBy(call, fn);
      return by === undefined ? [] : [{ call, by }];
    });
    const [first] = completing;
    // A path is known by the names that it calls: another request's completion would look the same.
    const isOwn = ({ call, by }: (typeof completing)[number]): boolean =>
      by === first?.by && call.args.some((arg) => arg.text.trim() === name);
    if (!first || !completing.every(isOwn)) return undefined;
    const flow = this.of(fn);
    const completes = ({ state }: FlowResult['returns'][number]): boolean =>
      completing.some(({ call }) => state.flags.has(flags.called(call.name)));
    return flow.complete && flow.returns.length > 0 && flow.returns.every(completes) ? first.by : undefined;
  }

  private holds(known: Cached, fn: FunctionFact): boolean {
    const holds =
      [...known.asked].every(([name, text]) => textOfResult(this.resultOf(name)) === text) &&
      [...known.handed].every(([call, by]) => this.completionBy(call, fn) === by);
    if (holds) this.setCurrent(fn.item);
    return holds;
  }

  private matters(call: CallFact, fn: FunctionFact, handed: Cached['handed']): boolean {
    if (handed.has(call)) return handed.get(call) !== undefined;
    const by = this.completionBy(call, fn);
    if (by !== call.name) handed.set(call, by);
    return by !== undefined;
  }

  private constants(asked: Map<string, string>): Constants {
    return {
      numberOf: (name) => constantNumber(name, this.file.catalog, this.project),
      isSuccessTest: (name) => isSuccessTest(name, this.project),
      comparisonOf: (name) => comparisonOf(name, this.project),
      resultOf: (call) => {
        const value = this.resultOf(call.name);
        asked.set(call.name, textOfResult(value));
        return value;
      },
    };
  }

  /** What the named function can return; undefined where that is not fully known. */
  resultOf(name: string): Value | undefined {
    if (this.results.has(name)) return this.results.get(name);
    // A function that calls itself adds nothing of its own.
    this.results.set(name, undefined);
    const found = this.depth < maxDepth ? definitionOf(name, this.file, this.project) : undefined;
    const value = found && resultOfDefinition(found, this.project, this.depth + 1);
    this.results.set(name, value);
    return value;
  }
}

/** Results of functions, with the depth at which each was asked for: deeper down less is known. */
type Results = Map<Item, { value: Value | undefined; depth: number }>;

/** Results as the project is now. */
const resultsIn = new WeakMap<ProjectModel, Results>();

function resultOfDefinition({ file, fn }: Definition, project: ProjectModel, depth: number): Value | undefined {
  let results = resultsIn.get(project);
  if (!results) resultsIn.set(project, (results = new Map() as Results));
  const known = results.get(fn.item);
  if (known && known.depth <= depth) return known.value;
  results.set(fn.item, { value: undefined, depth });
  const flow = new FlowAnalysis(file, project, depth).of(fn);
  const values = flow.returns.filter((point) => !point.implicit).map((point) => point.value);
  const [first, ...rest] = values;
  const value = flow.complete && first ? rest.reduce(unite, first) : undefined;
  results.set(fn.item, { value, depth });
  return value;
}

/** Parameters that are pointers to an OID request. */
function requestParameters(fn: FunctionFact): ReadonlySet<string> {
  return new Set(fn.params.filter(({ type }) => isRequest(type)).map(({ name }) => name));
}

/** The type is a pointer to an OID request. */
export function isRequest(type: string): boolean {
  return /^(P|struct _)?(NDIS_OID_REQUEST)(\s*\*)?$/.test(type);
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

/** `#define SUCCEEDED(s) ((s) == NDIS_STATUS_SUCCESS)`: what a macro of one argument compares it with. */
function comparisonOf(name: string, project: ProjectModel): Comparison | undefined {
  const { params, body } = project.macro(name) ?? {};
  const [param, ...more] = params ?? [];
  if (param === undefined || more.length || !body) return undefined;
  const plain = body.replace(/[()\s]/g, '');
  const [, left, operator, right] = /^(\w+)([=!]=)(\w+)$/.exec(plain) ?? [];
  if (!left || !right || (left !== param) === (right !== param)) return undefined;
  return { constant: left === param ? right : left, equal: operator === '==' };
}
