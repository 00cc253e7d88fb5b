import type { Shape } from '../text/shape.js';
import type { Node } from './ast.js';

export class SyntaxNode implements Node {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly field: string | undefined;
  readonly children: readonly Node[];
  readonly broken: true | undefined;

  constructor(
    kind: string,
    start: number,
    end: number,
    field: string | undefined,
    children: readonly Node[],
    broken: true | undefined,
  ) {
    this.kind = kind;
    this.start = start;
    this.end = end;
    this.field = field;
    this.children = children;
    this.broken = broken;
  }
}

/** Syntax of a shape: nodes with offsets in it, good for every text that has the shape. */
export interface Template {
  readonly nodes: readonly Node[];
  /** ERROR and MISSING nodes among them. */
  readonly errors: number;
}

/** Characters of shapes that a cache holds at most; a node takes some 70 bytes, and two characters make one. */
const cacheSize = 150_000;

/** Templates by shape. Forgets what was not asked for since the last time it was full. */
export class TemplateCache {
  #young = new Map<string, Template>();
  #old = new Map<string, Template>();
  #size = 0;

  get(shape: string): Template | undefined {
    const young = this.#young.get(shape);
    if (young) return young;
    const old = this.#old.get(shape);
    return old && this.set(shape, old);
  }

  clear(): void {
    this.#young = new Map();
    this.#old = new Map();
    this.#size = 0;
  }

  set(shape: string, template: Template): Template {
    // Nothing at all may come of trouble in the runtime, which need not come again.
    if (template.nodes.length === 0) return template;
    this.#size += shape.length;
    if (this.#size > cacheSize) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#size = shape.length;
    }
    this.#young.set(shape, template);
    return template;
  }
}

/** The node with all offsets moved. */
export function shifted(node: Node, by: number): Node {
  const children = node.children.map((child) => shifted(child, by));
  return new SyntaxNode(node.kind, node.start + by, node.end + by, node.field, children, node.broken);
}

/** A node at the top of a piece; its offsets and those below count from `base`, an absolute offset. */
export interface TopNode {
  readonly node: Node;
  readonly base: number;
}

/** Stands for a simple statement in the skeleton of a function. */
const placeholder = '1;';

/** The shape with each simple statement replaced by a placeholder. */
export class Skeleton {
  readonly text: string;
  /** Offset in the shape of each character. */
  readonly offsets: Int32Array;
  /** Index in the shape's list of the statement that the placeholder at an offset stands for. */
  readonly statementAt: ReadonlyMap<number, number>;

  constructor(shape: Shape) {
    const { text, statements } = shape;
    const places = new Map<number, number>();
    this.offsets = new Int32Array(text.length + 1 + statements.length);
    let result = '';
    let from = 0;
    for (let n = 0; n < statements.length; n += 2) {
      const start = statements[n] as number;
      const end = statements[n + 1] as number;
      this.#copy(result.length, from, start);
      result += text.slice(from, start);
      // `else*a=b;` must not become `else1;`.
      if (/\w$/.test(result)) result += ' ';
      places.set(result.length, n);
      this.offsets[result.length] = start;
      this.offsets[result.length + 1] = end - 1;
      result += placeholder;
      from = end;
    }
    this.#copy(result.length, from, text.length + 1);
    this.text = result + text.slice(from);
    this.statementAt = places;
  }

  #copy(to: number, from: number, end: number): void {
    for (let at = from; at < end; at++) this.offsets[to++] = at;
  }
}

/** Puts templates in the place of a text. */
export class Instance {
  readonly #shape: Shape;
  readonly #skeleton: Skeleton | undefined;
  readonly #statements: readonly Template[];
  #inSkeleton = true;
  /** Offset in the shape of the statement that is being placed. */
  #shift = 0;
  #base = 0;

  constructor(shape: Shape, skeleton: Skeleton | undefined, statements: readonly Template[]) {
    this.#shape = shape;
    this.#skeleton = skeleton;
    this.#statements = statements;
  }

  /** `baseOf` says, per top node, what offsets count from. */
  place(template: Template, baseOf: (start: number, end: number) => number): TopNode[] {
    const found: TopNode[] = [];
    for (const node of template.nodes) {
      this.#base = baseOf(this.#startOf(node), this.#endOf(node));
      found.push({ node: this.#node(node), base: this.#base });
    }
    return found;
  }

  #offset(at: number): number {
    return this.#inSkeleton && this.#skeleton ? (this.#skeleton.offsets[at] as number) : at + this.#shift;
  }

  #startOf(node: Node): number {
    if (node.end > node.start) return this.#shape.startOf[this.#offset(node.start)] as number;
    // A node that was made up has no width: it stands right behind what comes before it.
    const at = this.#offset(node.start);
    return at > 0 ? (this.#shape.endOf[at - 1] as number) : (this.#shape.startOf[0] ?? 0);
  }

  #endOf(node: Node): number {
    return node.end > node.start ? (this.#shape.endOf[this.#offset(node.end - 1)] as number) : this.#startOf(node);
  }

  #node(node: Node): Node {
    const start = this.#startOf(node) - this.#base;
    const end = this.#endOf(node) - this.#base;
    const { children } = node;
    if (children.length === 0) return new SyntaxNode(node.kind, start, end, node.field, children, node.broken);
    const placed: Node[] = [];
    let { broken } = node;
    for (const child of children) {
      const n = this.#statementAt(child);
      if (n === undefined) placed.push(this.#node(child));
      else this.#statement(n, child.field, placed);
      if (placed.at(-1)?.broken) broken = true;
    }
    return new SyntaxNode(node.kind, start, end, node.field, placed, broken);
  }

  #statementAt(node: Node): number | undefined {
    if (!this.#inSkeleton || node.kind !== 'expression_statement') return undefined;
    return this.#skeleton?.statementAt.get(node.start);
  }

  /** Puts a statement in its placeholder's place. It takes the field: `alternative` and the like. */
  #statement(n: number, field: string | undefined, placed: Node[]): void {
    const template = this.#statements[n >> 1] as Template;
    this.#inSkeleton = false;
    this.#shift = this.#shape.statements[n] as number;
    for (const node of template.nodes) {
      const { kind, start, end, children, broken } = this.#node(node);
      placed.push(new SyntaxNode(kind, start, end, field, children, broken ?? (template.errors > 0 || undefined)));
    }
    this.#inSkeleton = true;
    this.#shift = 0;
  }
}
