import type { CallbackFacts } from '../catalog/schema.js';
import { ownCallbacks } from './callbacks.js';
import type { FunctionFact } from './declarations.js';
import type { FileModel } from './fileModel.js';
import { callsMade, flags } from './flow/effects.js';
import { cfgOf } from './flow/functionCfg.js';
import { constantNumber, FlowAnalysis, isSuccessTest } from './flow/functionFlow.js';
import { callsByNode, Interpreter } from './flow/interpret.js';
import type { State } from './flow/state.js';
import type { Value } from './flow/values.js';
import type { ProjectModel } from './projectModel.js';
import { mayReach } from './reach.js';
import type { Span } from './span.js';

/** Success that a callback gives on a path that takes none of the steps which have to come before it. */
export interface SkippedStep {
  fn: FunctionFact;
  role: CallbackFacts;
  before: readonly string[];
  at: Span;
}

export function skippedSteps(file: FileModel, project: ProjectModel): SkippedStep[] {
  return ownCallbacks(file, project).flatMap(({ fn, role }) => {
    const before = role.onlyAfter ?? [];
    const places = before.length ? successesWithout(new Set(before), fn, role, file, project) : [];
    return places.map((at) => ({ fn, role, before, at }));
  });
}

/** Returns and completions with success that no call which may lead to one of the functions precedes. */
function successesWithout(
  wanted: ReadonlySet<string>,
  fn: FunctionFact,
  role: CallbackFacts,
  file: FileModel,
  project: ProjectModel,
): Span[] {
  const { catalog } = file;
  const flows = new FlowAnalysis(file, project);
  const { calls, returns, complete } = new Interpreter(fn.item, cfgOf(file, fn), callsByNode(file.body(fn).calls), {
    constants: {
      numberOf: (name) => constantNumber(name, catalog, project),
      isSuccessTest: (name) => isSuccessTest(name, project),
      resultOf: (call) => flows.resultOf(call.name),
    },
    effects: [callsMade((call) => mayReach(call.name, wanted, project)), anyOtherCall],
    wanted: (call) => catalog.completesOf(call.name).includes(role.name),
  }).run();
  if (!complete) return [];
  const skips = (value: Value | undefined, state: State): boolean => isSuccess(value) && state.flags.size === 0;
  const places = [
    ...returns.flatMap(({ implicit, value, state, span }) => (!implicit && skips(value, state) ? [span] : [])),
    ...calls.flatMap(({ call, args, state }) =>
      skips(args[catalog.function(call.name)?.statusArgument ?? -1], state) ? [call.nameSpan] : [],
    ),
  ];
  return [...new Map(places.map((span) => [span.start, span])).values()];
}

/** A call through a pointer may lead anywhere. */
const anyOtherCall = { onOtherCall: (_: unknown, state: State): State => state.withFlag(flags.called('')) };

/** It is NDIS_STATUS_SUCCESS and nothing else, because the code says so. */
function isSuccess(value: Value | undefined): boolean {
  const success = value?.atoms.get('0');
  return success !== undefined && value?.unknown === false && value.atoms.size === 1 && !success.tested;
}
