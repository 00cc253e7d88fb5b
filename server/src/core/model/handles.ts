import type { HandleAct } from '../catalog/schema.js';
import type { Node } from '../syntax/ast.js';
import type { CallFact } from './body.js';
import type { FunctionFact } from './declarations.js';
import type { FileModel } from './fileModel.js';
import { cfgOf } from './flow/functionCfg.js';
import { constantNumber, isSuccessTest } from './flow/functionFlow.js';
import { ends, HandleEffect, type HandleStep } from './flow/handleEffect.js';
import type { HandleEvent } from './flow/handleState.js';
import { callsByNode, Interpreter } from './flow/interpret.js';
import { childByField, walk } from './nodes.js';
import type { ProjectModel } from './projectModel.js';
import { mayReach } from './reach.js';

/** Two acts on a handle, or on handles of one object, in an order that some path takes. */
export interface HandleOrder {
  fn: FunctionFact;
  first: HandleEvent;
  then: HandleStep;
  /** Where the first happens, the second follows unless the function is left. */
  sure: boolean;
}

const known = new WeakMap<ProjectModel, Map<FileModel, HandleOrder[]>>();

/** For each call of the file that comes after another on some path in an order that is of interest: one such order. */
export function handleOrders(
  file: FileModel,
  project: ProjectModel,
  ofInterest: (order: HandleOrder) => boolean,
): HandleOrder[] {
  let files = known.get(project);
  if (!files) known.set(project, (files = new Map<FileModel, HandleOrder[]>()));
  let orders = files.get(file);
  if (!orders) files.set(file, (orders = file.functions.flatMap((fn) => ordersIn(fn, file, project))));
  return [...new Map(orders.filter(ofInterest).map((order) => [order.then.call, order])).values()];
}

function ordersIn(fn: FunctionFact, file: FileModel, project: ProjectModel): HandleOrder[] {
  const { catalog } = file;
  const { calls } = file.body(fn);
  const actOf = (call: CallFact): HandleAct | undefined => catalog.function(call.name)?.handleAct;
  if (calls.filter(actOf).length < 2) return [];
  const mayAct = (call: CallFact): boolean => mayReach(call.name, decisive(project), project);
  const depend = branches(fn.body);
  const effect = new HandleEffect(fn.item, {
    actOf,
    mayAct,
    guardsEndOf: (act, condition) =>
      depend.some(
        (branch) =>
          isInside(condition, branch.condition) &&
          calls.some((call) => isInside(call.node, branch.whole) && endsAct(act, call, actOf(call), mayAct)),
      ),
    numberOf: (name) => constantNumber(name, catalog, project),
    isSuccessTest: (name) => isSuccessTest(name, project),
  });
  const { complete } = new Interpreter(fn.item, cfgOf(file, fn), callsByNode(calls), {
    constants: {
      numberOf: (name) => constantNumber(name, catalog, project),
      isSuccessTest: (name) => isSuccessTest(name, project),
      resultOf: () => undefined,
    },
    effects: [effect],
  }).run();
  if (!complete) return [];
  return effect.steps.flatMap((then) =>
    then.before.events
      // Behind a loop's end the same text speaks of another object, or of another turn of events.
      .filter((first) => first.call.node.start < then.call.node.start)
      .map((first) => ({
        fn,
        first,
        then,
        sure: depend.every((one) => !isInside(then.call.node, one.whole) || isInside(first.call.node, one.whole)),
      })),
  );
}

interface Branch {
  whole: Node;
  condition: Node;
}

/** The statements of a body that run only under a condition. */
function branches(body: Node): Branch[] {
  const found: Branch[] = [];
  walk(body, (whole) => {
    const condition = childByField(whole, 'condition');
    if (condition && (whole.kind === 'if_statement' || whole.kind === 'switch_statement'))
      found.push({ whole, condition });
  });
  return found;
}

const isInside = (inner: Node, outer: Node): boolean => outer.start <= inner.start && inner.end <= outer.end;

/** The call may put an end to what the act began. */
function endsAct(
  act: HandleAct['act'],
  call: CallFact,
  own: HandleAct | undefined,
  mayAct: (call: CallFact) => boolean,
): boolean {
  if (act !== 'activate' && act !== 'make-call' && act !== 'close-call') return false;
  return own ? ends[own.act] === act : mayAct(call);
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
