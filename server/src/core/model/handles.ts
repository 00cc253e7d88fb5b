import type { HandleAct } from '../catalog/schema.js';
import type { CallFact } from './body.js';
import type { FunctionFact } from './declarations.js';
import type { FileModel } from './fileModel.js';
import { buildCfg } from './flow/cfg.js';
import { constantNumber, isSuccessTest } from './flow/functionFlow.js';
import { HandleEffect, type HandleStep } from './flow/handleEffect.js';
import type { HandleEvent } from './flow/handleState.js';
import { callsByNode, Interpreter } from './flow/interpret.js';
import type { ProjectModel } from './projectModel.js';
import { mayReach } from './reach.js';

/** Two acts on a handle, or on handles of one object, in an order that some path takes. */
export interface HandleOrder {
  fn: FunctionFact;
  first: HandleEvent;
  then: HandleStep;
}

const known = new WeakMap<ProjectModel, Map<FileModel, HandleOrder[]>>();

/** For each call of the file that comes after another on some path in an order that is of interest: one such order. */
export function handleOrders(
  file: FileModel,
  project: ProjectModel,
  ofInterest: (first: HandleEvent, then: HandleStep) => boolean,
): HandleOrder[] {
  let files = known.get(project);
  if (!files) known.set(project, (files = new Map<FileModel, HandleOrder[]>()));
  let orders = files.get(file);
  if (!orders) files.set(file, (orders = file.functions.flatMap((fn) => ordersIn(fn, file, project))));
  const chosen = orders.filter(({ first, then }) => ofInterest(first, then));
  return [...new Map(chosen.map((order) => [order.then.call, order])).values()];
}

function ordersIn(fn: FunctionFact, file: FileModel, project: ProjectModel): HandleOrder[] {
  const { catalog } = file;
  const { calls } = file.body(fn);
  const actOf = (call: CallFact): HandleAct | undefined => catalog.function(call.name)?.handleAct;
  if (calls.filter(actOf).length < 2) return [];
  const effect = new HandleEffect(fn.item, {
    actOf,
    mayAct: (call) => mayReach(call.name, decisive(project), project),
    numberOf: (name) => constantNumber(name, catalog, project),
    isSuccessTest: (name) => isSuccessTest(name, project),
  });
  const { complete } = new Interpreter(fn.item, buildCfg(fn.item, fn.body), callsByNode(calls), {
    constants: {
      numberOf: (name) => constantNumber(name, catalog, project),
      isSuccessTest: (name) => isSuccessTest(name, project),
      resultOf: () => undefined,
    },
    effects: [effect],
  }).run();
  if (!complete) return [];
  return effect.steps.flatMap((then) => then.before.events.map((first) => ({ fn, first, then })));
}

const decisiveOf = new WeakMap<ProjectModel['catalog'], ReadonlySet<string>>();

/** Functions after which a handle may be in another state, or a pending call have ended. */
function decisive({ catalog }: ProjectModel): ReadonlySet<string> {
  let names = decisiveOf.get(catalog);
  if (!names) {
    const waiting = [...catalog.data.functions, ...catalog.data.kernel].filter(({ tags }) => tags?.includes('waits'));
    const acting = catalog.data.functions.filter(({ handleAct }) => handleAct);
    decisiveOf.set(catalog, (names = new Set([...waiting, ...acting].map(({ name }) => name))));
  }
  return names;
}
