import type { Item, Node } from '../../syntax/ast.js';
import { type CallFact, squeezed } from '../body.js';
import { bare, childByField, textOf, walk } from '../nodes.js';
import type { Block, Cfg, Edge, Step } from './cfg.js';

/** What can still decide something, block by block: values of places (lvalue texts without white space), and outcomes of
 * conditions. Forgetting the rest keeps paths from being told apart for nothing. */
export interface Live {
  /** The value of the place can decide something somewhere: it is tested, returned, given to a call that matters, or
   * assigned to such a place. */
  tracks(place: string): boolean;
  /** The place, or the text of the condition, is read in the block or behind it. */
  isLive(block: Block, name: string): boolean;
}

interface Assignment {
  block: Block;
  left: string;
  right: Node;
}

/** `repeated` are the texts of conditions whose outcomes are remembered. */
export function liveness(
  item: Item,
  cfg: Cfg,
  callFacts: ReadonlyMap<Node, CallFact>,
  repeated: ReadonlySet<string>,
  wanted: (call: CallFact) => boolean,
): Live {
  const uses = new Uses(cfg.blocks.length);
  const assignments: Assignment[] = [];
  for (const block of cfg.blocks) {
    const add = (node: Node): void => addPlaces(item, node, block, uses);
    for (const edge of block.edges) {
      for (const node of tested(edge)) add(node);
      const fact = factOf(item, edge);
      if (fact !== undefined && (fact.startsWith('#') || repeated.has(fact))) uses.add(block.id, fact);
    }
    for (const step of block.steps) {
      if (step.kind === 'return' && step.value) add(step.value);
      walkStep(item, step, block, assignments, (call) => {
        const fact = callFacts.get(call);
        if (fact && wanted(fact)) for (const arg of fact.args) add(arg.node);
      });
    }
  }
  spread(item, uses, assignments);
  const rows = uses.flowBack(cfg.blocks);
  return {
    tracks: (place) => uses.index.has(place),
    isLive: (block, name) => {
      const bit = uses.index.get(name);
      return bit !== undefined && (((rows[block.id] as Uint32Array)[bit >> 5] as number) & (1 << (bit & 31))) !== 0;
    },
  };
}

/** Names by block. */
class Uses {
  readonly index = new Map<string, number>();
  private readonly inBlock: number[][];

  constructor(blocks: number) {
    this.inBlock = Array.from({ length: blocks }, () => []);
  }

  add(block: number, name: string): void {
    let bit = this.index.get(name);
    if (bit === undefined) this.index.set(name, (bit = this.index.size));
    (this.inBlock[block] as number[]).push(bit);
  }

  /** For each block one bit per name: used in it, or in a block that can follow. */
  flowBack(blocks: readonly Block[]): Uint32Array[] {
    const words = (this.index.size + 31) >> 5;
    const rows = blocks.map(() => new Uint32Array(words));
    this.inBlock.forEach((bits, block) => {
      const row = rows[block] as Uint32Array;
      for (const bit of bits) row[bit >> 5] = (row[bit >> 5] as number) | (1 << (bit & 31));
    });
    for (let changed = true; changed; ) {
      changed = false;
      for (let at = blocks.length - 1; at >= 0; at--) {
        const { id, edges } = blocks[at] as Block;
        for (const { to } of edges) if (union(rows[id] as Uint32Array, rows[to.id] as Uint32Array)) changed = true;
      }
    }
    return rows;
  }
}

/** Adds the bits of the one to the other; whether that brought any. */
function union(into: Uint32Array, from: Uint32Array): boolean {
  let changed = false;
  for (let i = 0; i < into.length; i++) {
    const before = into[i] as number;
    const after = (before | (from[i] as number)) >>> 0;
    if (after === before) continue;
    into[i] = after;
    changed = true;
  }
  return changed;
}

function tested({ test }: Edge): Node[] {
  if (!test || test.kind === 'macro') return [];
  return test.kind === 'condition' ? [test.node] : [test.subject];
}

/** Under which text the outcome of the edge's test is remembered. */
function factOf(item: Item, { test }: Edge): string | undefined {
  if (test?.kind === 'macro') return `#${test.text}`;
  return test?.kind === 'condition' ? squeezed(textOf(item, bare(test.node))) : undefined;
}

function walkStep(item: Item, step: Step, block: Block, assignments: Assignment[], onCall: (call: Node) => void): void {
  walk(step.kind === 'return' ? (step.value ?? step.node) : step.node, (node) => {
    if (node.kind === 'call_expression') onCall(node);
    const initialized = node.kind === 'init_declarator';
    if (!initialized && node.kind !== 'assignment_expression') return;
    const left = childByField(node, initialized ? 'declarator' : 'left');
    const right = childByField(node, initialized ? 'value' : 'right');
    if (left && right) assignments.push({ block, left: targetText(item, left, initialized), right });
  });
}

function targetText(item: Item, left: Node, initialized: boolean): string {
  const text = squeezed(textOf(item, bare(left)));
  return initialized ? (/[A-Za-z_]\w*$/.exec(text)?.[0] ?? text) : text;
}

/** What is assigned to a tracked place is read there, until nothing is new. */
function spread(item: Item, uses: Uses, assignments: readonly Assignment[]): void {
  let open = assignments;
  for (let before = -1; before !== uses.index.size; ) {
    before = uses.index.size;
    open = open.filter(({ block, left, right }) => {
      if (!uses.index.has(left)) return true;
      addPlaces(item, right, block, uses);
      return false;
    });
  }
}

function addPlaces(item: Item, node: Node, block: Block, uses: Uses): void {
  walk(node, ({ kind, start, end }) => {
    if (kind === 'identifier' || kind === 'field_expression' || kind === 'pointer_expression') {
      uses.add(block.id, squeezed(item.masked.slice(start, end)));
    }
  });
}
