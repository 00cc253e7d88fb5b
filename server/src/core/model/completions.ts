import type { CallbackFacts } from '../catalog/schema.js';
import { type BodyFacts, type CallFact, memberChain } from './body.js';
import { ownCallbacks } from './callbacks.js';
import type { FunctionFact } from './declarations.js';
import type { FileModel } from './fileModel.js';
import { flags } from './flow/effects.js';
import { FlowAnalysis, isRequest } from './flow/functionFlow.js';
import { nameOf } from './nodes.js';
import type { ProjectModel } from './projectModel.js';
import type { Span } from './span.js';
import { pendingKey, pendingReturns } from './statuses.js';

/** Calls that certainly complete the callback's own request, themselves or in a function of the driver: they hand over the
 * very pointer that the callback was given. Where the callback is given none, one request of a kind is under way for an
 * object: a handle that comes from the callback's own parameters means it. */
function ownCompletions(
  fn: FunctionFact,
  role: CallbackFacts,
  file: FileModel,
  flows: FlowAnalysis,
): { own: CallFact[]; others: boolean } {
  const requests = requestsOf(fn, role);
  const completes = (call: CallFact): boolean => {
    const by = flows.completionBy(call, fn);
    return by !== undefined && file.catalog.completesOf(by).includes(role.name);
  };
  const calls = file.body(fn).calls.filter(completes);
  const means = requests.size
    ? (call: CallFact): boolean => call.args.some((arg) => requests.has(arg.text.trim()))
    : handsBackOwn(fn, role, file);
  const own = calls.filter(means);
  return { own, others: own.length < calls.length };
}

/** Whether a completion call names the callback's own object: by a parameter, or by a member of what a parameter points
 * to. What is handed back as it was given (an event, call parameters) has to be the callback's too. */
function handsBackOwn(fn: FunctionFact, role: CallbackFacts, file: FileModel): (call: CallFact) => boolean {
  const own = ownNames(fn, file.body(fn));
  const given = new Map(role.signature.params.map(({ type }, index) => [type, fn.params[index]?.name]));
  return (call) => {
    const params = file.catalog.function(call.name)?.signature?.params ?? [];
    const handles = params.flatMap(({ type }, index) => (type.endsWith('HANDLE') ? (call.args[index] ?? []) : []));
    const [object] = handles;
    const { root } = object ? memberChain(fn.item, object.node) : {};
    const same = params.every(({ type }, index) => {
      if (!/^P(?!NDIS_HANDLE)/.test(type) || !given.has(type)) return true;
      return call.args[index]?.name === given.get(type);
    });
    return same && root !== undefined && own.has(root);
  };
}

/** Parameters of the function, and variables that are given one of them and nothing else. */
function ownNames(fn: FunctionFact, body: BodyFacts): ReadonlySet<string> {
  const own = new Set(fn.params.map((param) => param.name));
  const values = new Map<string, (string | undefined)[]>();
  const add = (name: string, value: string | undefined): unknown =>
    values.get(name)?.push(value) ?? values.set(name, [value]);
  for (const { name, initializer } of body.locals) if (initializer) add(name, nameOf(fn.item, initializer));
  for (const { target, valueName, operator } of body.assignments) add(target, operator === '=' ? valueName : undefined);
  for (const [name, [value, ...more]] of values) {
    if (value !== undefined && own.has(value) && !more.length && !values.has(value)) own.add(name);
    else own.delete(name);
  }
  return own;
}

/** Parameters of the callback that are pointers to a request, by the role's types. */
function requestsOf(fn: FunctionFact, role: CallbackFacts): ReadonlySet<string> {
  return new Set(
    fn.params.filter((_, index) => isRequest(role.signature.params[index]?.type ?? '')).map((param) => param.name),
  );
}

export interface CompletedReturn {
  fn: FunctionFact;
  call: string;
  status: string;
  at: Span;
}

/** Returns of a final status on paths that have already completed the request by call. */
export function completedReturns(file: FileModel, project: ProjectModel): CompletedReturn[] {
  const flows = new FlowAnalysis(file, project);
  return ownCallbacks(file, project).flatMap(({ fn, role }) => {
    const { own, others } = ownCompletions(fn, role, file, flows);
    if (!own.length || others) return [];
    const flow = flows.of(fn);
    if (!flow.complete) return [];
    const found = flow.returns.flatMap(({ implicit, value, state, span }) => {
      const call = own.find((candidate) => state.flags.has(flags.called(candidate.name)));
      const [atom] = [...value.atoms].filter(([key]) => key !== pendingKey).map(([, found]) => found);
      if (implicit || !call || value.unknown || value.atoms.has(pendingKey) || !atom) return [];
      return [{ fn, call: call.name, status: atom.name, at: span }];
    });
    // Several statuses may reach one return: it is told once.
    return [...new Map(found.map((one) => [one.at.start, one])).values()];
  });
}

/** Completion calls that a path reaches after another completion of the same request. */
export function completedTwice(file: FileModel, project: ProjectModel): { fn: FunctionFact; call: CallFact }[] {
  const flows = new FlowAnalysis(file, project);
  return ownCallbacks(file, project).flatMap(({ fn, role }) => {
    const { own, others } = ownCompletions(fn, role, file, flows);
    if (own.length < 2 || others || !returnsStatus(role)) return [];
    const flow = flows.of(fn);
    if (!flow.complete) return [];
    const twice = flow.calls.filter(
      ({ call, state }) =>
        own.includes(call) && own.some((other) => other !== call && state.flags.has(flags.called(other.name))),
    );
    return [...new Set(twice.map(({ call }) => call))].map((call) => ({ fn, call }));
  });
}

/** A callback without a result may complete many things: what it is given is a list. */
function returnsStatus(role: CallbackFacts): boolean {
  return role.signature.returns.toUpperCase() !== 'VOID';
}

export interface ForeignCompletion {
  fn: FunctionFact;
  role: CallbackFacts;
  call: CallFact;
  /** The completion function of the role. */
  right: string;
}

/** Completion calls that hand over the callback's own request but complete another kind of request. */
export function foreignCompletions(file: FileModel, project: ProjectModel): ForeignCompletion[] {
  const { catalog } = file;
  const pending = new Set(pendingReturns(file, project).map(({ fn }) => fn));
  return ownCallbacks(file, project).flatMap(({ fn, role }) => {
    const [right] = catalog.completionsOf(role.name, project.driverKinds.has('mcm') ? 'mcm' : undefined);
    const requests = requestsOf(fn, role);
    if (!right || !(requests.size || (pending.has(fn) && isNeverCompleted(role, project)))) return [];
    const own = requests.size
      ? (call: CallFact): boolean => call.args.some((arg) => requests.has(arg.text.trim()))
      : handsBackOwn(fn, role, file);
    const foreign = file.body(fn).calls.filter((call) => {
      const completed = catalog.completesOf(call.name);
      return completed.length > 0 && !completed.includes(role.name) && own(call);
    });
    return foreign.map((call) => ({ fn, role, call, right }));
  });
}

/** Nothing in the driver calls a completion function of the role. */
export function isNeverCompleted(role: CallbackFacts, project: ProjectModel): boolean {
  const completions = project.catalog.completionsOf(role.name);
  return (
    completions.length > 0 && !project.isPartial && !project.callsAny(completions) && !project.mentions(completions)
  );
}
