import type { Tree } from 'web-tree-sitter';
import type { Shape } from '../text/shape.js';
import type { Node } from './ast.js';

/**
 * The exported functions of the tree-sitter runtime that reading a tree needs. The cursor lives in the runtime's transfer
 * buffer between calls, so that each step is one call without copying: four times as fast as the cursor class.
 */
export interface Runtime {
  _ts_tree_root_node_wasm(tree: number): void;
  _ts_node_has_error_wasm(tree: number): number;
  _ts_tree_cursor_new_wasm(tree: number): void;
  _ts_tree_cursor_delete_wasm(tree: number): void;
  _ts_tree_cursor_goto_first_child_wasm(tree: number): number;
  _ts_tree_cursor_goto_next_sibling_wasm(tree: number): number;
  _ts_tree_cursor_goto_parent_wasm(tree: number): number;
  _ts_tree_cursor_current_node_type_id_wasm(tree: number): number;
  _ts_tree_cursor_current_field_id_wasm(tree: number): number;
  _ts_tree_cursor_current_node_is_missing_wasm(tree: number): number;
  _ts_tree_cursor_start_index_wasm(tree: number): number;
  _ts_tree_cursor_end_index_wasm(tree: number): number;
}

/** The functions above that a runtime lacks: not empty when the package was exchanged for another version. */
export function missingFunctions(runtime: Partial<Runtime>): string[] {
  const wanted: (keyof Runtime)[] = [
    '_ts_tree_root_node_wasm',
    '_ts_node_has_error_wasm',
    '_ts_tree_cursor_new_wasm',
    '_ts_tree_cursor_delete_wasm',
    '_ts_tree_cursor_goto_first_child_wasm',
    '_ts_tree_cursor_goto_next_sibling_wasm',
    '_ts_tree_cursor_goto_parent_wasm',
    '_ts_tree_cursor_current_node_type_id_wasm',
    '_ts_tree_cursor_current_field_id_wasm',
    '_ts_tree_cursor_current_node_is_missing_wasm',
    '_ts_tree_cursor_start_index_wasm',
    '_ts_tree_cursor_end_index_wasm',
  ];
  return wanted.filter((name) => typeof runtime[name] !== 'function');
}

/** A language as the reader needs it: names by number. */
export interface Names {
  readonly types: readonly string[];
  readonly fields: readonly (string | null)[];
  /** Whether the type with the number is named, by number. */
  readonly named: readonly boolean[];
}

const errorType = 0xffff;

class SyntaxNode implements Node {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly field: string | undefined;
  readonly children: readonly Node[];
  readonly broken: true | undefined;

  constructor(kind: string, start: number, end: number, field: string | undefined, children: readonly Node[], broken: true | undefined) {
    this.kind = kind;
    this.start = start;
    this.end = end;
    this.field = field;
    this.children = children;
    this.broken = broken;
  }
}

/** A child of the tree's root, offsets relative to `base`. */
export interface TopNode {
  readonly node: Node;
  readonly base: number;
}

const noChildren: readonly Node[] = [];

/** Literals are one character to the parser: nothing below them means anything. */
const leaves = new Set(['string_literal', 'char_literal', 'raw_string_literal', 'system_lib_string']);

/** Reads trees of one language into plain nodes, with offsets of the text that the shape stands for. */
export class TreeReader {
  readonly #runtime: Runtime;
  readonly #names: Names;
  readonly #operatorField: number;
  readonly #leaf: readonly boolean[];
  #tree = 0;
  #hasError = false;
  #shape: Shape | undefined;
  #startOf: Int32Array = new Int32Array(0);
  #endOf: Int32Array = new Int32Array(0);
  #base = 0;
  /** ERROR and MISSING nodes of the tree that was read last. */
  errors = 0;

  constructor(runtime: Runtime, names: Names) {
    this.#runtime = runtime;
    this.#names = names;
    this.#operatorField = names.fields.indexOf('operator');
    this.#leaf = names.types.map((type) => leaves.has(type));
  }

  /** The named children of the root. `baseOf` says, per child, what its offsets count from. */
  read(tree: Tree, shape: Shape, baseOf: (start: number, end: number) => number): TopNode[] {
    const runtime = this.#runtime;
    this.#tree = (tree as unknown as { 0: number })[0];
    this.#shape = shape;
    this.#startOf = shape.startOf;
    this.#endOf = shape.endOf;
    this.errors = 0;
    runtime._ts_tree_root_node_wasm(this.#tree);
    this.#hasError = runtime._ts_node_has_error_wasm(this.#tree) !== 0;
    runtime._ts_tree_root_node_wasm(this.#tree);
    runtime._ts_tree_cursor_new_wasm(this.#tree);
    const found: TopNode[] = [];
    try {
      // A file in which nothing can be understood has an ERROR node for its root.
      if (runtime._ts_tree_cursor_current_node_type_id_wasm(this.#tree) === errorType) this.errors++;
      if (runtime._ts_tree_cursor_goto_first_child_wasm(this.#tree)) {
        do this.#top(found, baseOf);
        while (runtime._ts_tree_cursor_goto_next_sibling_wasm(this.#tree));
      }
    } finally {
      runtime._ts_tree_cursor_delete_wasm(this.#tree);
      this.#shape = undefined;
    }
    return found;
  }

  #top(found: TopNode[], baseOf: (start: number, end: number) => number): void {
    const { start, end } = this.#range();
    const type = this.#runtime._ts_tree_cursor_current_node_type_id_wasm(this.#tree);
    if (!this.#isNamed(type)) {
      if (this.#hasError && this.#runtime._ts_tree_cursor_current_node_is_missing_wasm(this.#tree)) this.errors++;
      return;
    }
    this.#base = baseOf(start, end);
    found.push({ node: this.#node(type), base: this.#base });
  }

  #isNamed(type: number): boolean {
    return type === errorType || this.#names.named[type] === true;
  }

  #range(): { start: number; end: number } {
    const from = this.#runtime._ts_tree_cursor_start_index_wasm(this.#tree);
    const to = this.#runtime._ts_tree_cursor_end_index_wasm(this.#tree);
    if (to > from) return { start: this.#startOf[from] as number, end: this.#endOf[to - 1] as number };
    // A node that was made up has no width: it stands right behind what comes before it.
    const at = from > 0 ? (this.#endOf[from - 1] as number) : (this.#startOf[0] ?? 0);
    return { start: at, end: at };
  }

  #node(type: number): Node {
    const runtime = this.#runtime;
    const tree = this.#tree;
    const field = this.#names.fields[runtime._ts_tree_cursor_current_field_id_wasm(tree)] ?? undefined;
    const { start, end } = this.#range();
    let broken: true | undefined;
    if (this.#hasError && (type === errorType || runtime._ts_tree_cursor_current_node_is_missing_wasm(tree))) {
      this.errors++;
      broken = true;
    }
    const kind = type === errorType ? 'ERROR' : (this.#names.types[type] as string);
    let children = noChildren;
    if (this.#leaf[type] !== true && runtime._ts_tree_cursor_goto_first_child_wasm(tree)) {
      const found: Node[] = [];
      do if (this.#child(found)) broken = true;
      while (runtime._ts_tree_cursor_goto_next_sibling_wasm(tree));
      runtime._ts_tree_cursor_goto_parent_wasm(tree);
      if (found.length > 0) children = found;
    }
    return new SyntaxNode(kind, start - this.#base, end - this.#base, field, children, broken);
  }

  /** Adds the child at the cursor where it is one to show; true when it is broken. */
  #child(found: Node[]): boolean {
    const runtime = this.#runtime;
    const type = runtime._ts_tree_cursor_current_node_type_id_wasm(this.#tree);
    if (this.#isNamed(type)) {
      const node = this.#node(type);
      found.push(node);
      return node.broken === true;
    }
    if (runtime._ts_tree_cursor_current_field_id_wasm(this.#tree) === this.#operatorField) found.push(this.#node(type));
    if (!this.#hasError || !runtime._ts_tree_cursor_current_node_is_missing_wasm(this.#tree)) return false;
    this.errors++;
    return true;
  }
}
