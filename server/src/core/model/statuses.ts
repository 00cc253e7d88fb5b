import type { CallbackFacts } from '../catalog/schema.js';
import { type CallFact } from './body.js';
import { ownCallbacks } from './callbacks.js';
import type { FunctionFact } from './declarations.js';
import type { FileModel } from './fileModel.js';
import { flags } from './flow/effects.js';
import { FlowAnalysis } from './flow/functionFlow.js';
import type { Atom, Value } from './flow/values.js';
import type { ProjectModel } from './projectModel.js';
import type { Span } from './span.js';

/** Keys of the two statuses that every contract turns on. */
const successKey = '0';
export const pendingKey = String(0x103);

export interface PendingReturn {
  fn: FunctionFact;
  role: CallbackFacts;
  /** Where the status comes from: the constant that was returned or assigned, else the return. */
  at: Span;
}

/** Places where a callback of the file is sure to be able to return NDIS_STATUS_PENDING. */
export function pendingReturns(file: FileModel, project: ProjectModel): PendingReturn[] {
  const flows = new FlowAnalysis(file, project);
  return ownCallbacks(file, project).flatMap(({ fn, role }) => {
    const flow = flows.of(fn);
    if (!flow.complete) return [];
    const places = new Map<string, Span>();
    for (const point of flow.returns) {
      const atom = point.value.atoms.get(pendingKey);
      // A test for the status does not show that it can be there.
      if (!atom || atom.tested || point.implicit) continue;
      const at = atom.origin.anchor === fn.item ? atom.origin : point.span;
      places.set(`${at.start}:${at.end}`, at);
    }
    return [...places.values()].map((at) => ({ fn, role, at }));
  });
}

export interface StatusArgument {
  call: CallFact;
  argument: Span;
  value: Value;
}

/** The status argument of every completion call in the file, with the values it can have there. */
export function statusArguments(file: FileModel, project: ProjectModel): StatusArgument[] {
  const { catalog } = file;
  const flows = new FlowAnalysis(file, project);
  return file.functions.flatMap((fn) => {
    if (!file.body(fn).calls.some((call) => catalog.function(call.name)?.statusArgument !== undefined)) return [];
    const flow = flows.of(fn);
    if (!flow.complete) return [];
    return flow.calls.flatMap(({ call, args }) => {
      const index = catalog.function(call.name)?.statusArgument;
      const argument = index === undefined ? undefined : call.args[index];
      const value = index === undefined ? undefined : args[index];
      return argument && value ? [{ call, argument: argument.span, value }] : [];
    });
  });
}

/** Returns of plain NDIS_STATUS_SUCCESS that a path reaches without writing through the parameter. */
export function successWithout(param: string, fn: FunctionFact, flows: FlowAnalysis): Span[] {
  const flow = flows.of(fn);
  if (!flow.complete) return [];
  const places = new Map<number, Span>();
  for (const { value, state, span, implicit } of flow.returns) {
    const success = value.atoms.get(successKey);
    if (
      implicit ||
      !success ||
      value.unknown ||
      value.atoms.size > 1 ||
      success.tested ||
      state.flags.has(flags.written(param))
    )
      continue;
    places.set(span.start, span);
  }
  return [...places.values()];
}

export interface ReturnedStatus {
  fn: FunctionFact;
  role: CallbackFacts;
  atom: Atom;
  /** Where the status comes from, else the return. */
  at: Span;
}

/** Every status constant that a callback of the file is sure to be able to return because its code says so. */
export function returnedStatuses(file: FileModel, project: ProjectModel): ReturnedStatus[] {
  const flows = new FlowAnalysis(file, project);
  return ownCallbacks(file, project).flatMap(({ fn, role }) => {
    const flow = flows.of(fn);
    if (!flow.complete) return [];
    const found = new Map<string, ReturnedStatus>();
    for (const { value, span, implicit } of flow.returns) {
      if (implicit) continue;
      for (const atom of value.atoms.values()) {
        if (atom.tested || atom.origin.anchor !== fn.item) continue;
        found.set(`${atom.origin.start}`, { fn, role, atom, at: atom.origin.start < fn.span.end ? atom.origin : span });
      }
    }
    return [...found.values()];
  });
}
