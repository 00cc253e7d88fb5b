import type { Item, Node } from '../../syntax/ast.js';
import { type CallFact, squeezed } from '../body.js';
import { bare, childByField, textOf, walk } from '../nodes.js';
import type { Cfg, Edge, Step } from './cfg.js';

/**
 * The places (lvalue texts without white space) whose values can decide something: tested, returned, given to a call that
 * matters, or assigned to one of these. Values of other places need not be followed, which keeps paths from being told
 * apart for nothing.
 */
export function trackedPlaces(
  item: Item,
  cfg: Cfg,
  callFacts: ReadonlyMap<Node, CallFact>,
  wanted: (call: CallFact) => boolean,
): ReadonlySet<string> {
  const places = new Set<string>();
  const add = (node: Node): void => addPlaces(item, node, places);
  const assignments: { left: string; right: Node }[] = [];
  for (const block of cfg.blocks) {
    for (const edge of block.edges) for (const node of tested(edge)) add(node);
    for (const step of block.steps) {
      if (step.kind === 'return' && step.value) add(step.value);
      walkStep(item, step, assignments, (call) => {
        const fact = callFacts.get(call);
        if (fact && wanted(fact)) for (const arg of fact.args) add(arg.node);
      });
    }
  }
  spread(places, assignments, add);
  return places;
}

function tested({ test }: Edge): Node[] {
  if (!test || test.kind === 'macro') return [];
  return test.kind === 'condition' ? [test.node] : [test.subject];
}

function walkStep(item: Item, step: Step, assignments: { left: string; right: Node }[], onCall: (call: Node) => void): void {
  walk(step.kind === 'return' ? (step.value ?? step.node) : step.node, (node) => {
    if (node.kind === 'call_expression') onCall(node);
    const initialized = node.kind === 'init_declarator';
    const left = initialized || node.kind === 'assignment_expression' ? childByField(node, initialized ? 'declarator' : 'left') : undefined;
    const right = left && childByField(node, initialized ? 'value' : 'right');
    if (left && right) assignments.push({ left: targetText(item, left, initialized), right });
  });
}

function targetText(item: Item, left: Node, initialized: boolean): string {
  const text = squeezed(textOf(item, bare(left)));
  return initialized ? (/[A-Za-z_]\w*$/.exec(text)?.[0] ?? text) : text;
}

/** What is assigned to a tracked place is tracked, until nothing is new. */
function spread(places: Set<string>, assignments: { left: string; right: Node }[], add: (node: Node) => void): void {
  let open = assignments;
  for (let before = -1; before !== places.size; ) {
    before = places.size;
    open = open.filter(({ left, right }) => {
      if (!places.has(left)) return true;
      add(right);
      return false;
    });
  }
}

function addPlaces(item: Item, node: Node, places: Set<string>): void {
  walk(node, ({ kind, start, end }) => {
    if (kind === 'identifier' || kind === 'field_expression' || kind === 'pointer_expression') {
      places.add(squeezed(item.masked.slice(start, end)));
    }
  });
}
