import type { Tree } from 'web-tree-sitter';
import type { Node } from './ast.js';
import { SyntaxNode } from './template.js';

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

/** Nodes below this depth are left out: whoever walks the tree later must not run out of stack. */
const deepest = 1000;

const noChildren: readonly Node[] = [];

/** Literals are one character to the parser: nothing below them means anything. */
const leaves = new Set(['string_literal', 'char_literal', 'raw_string_literal', 'system_lib_string']);

/** Reads trees of one language into plain nodes; offsets are those of the text that was parsed. */
export class TreeReader {
  readonly #runtime: Runtime;
  readonly #names: Names;
  readonly #operatorField: number;
  readonly #leaf: readonly boolean[];
  #tree = 0;
  #hasError = false;
  #depth = 0;
  /** ERROR and MISSING nodes of the tree that was read last. */
  errors = 0;

  constructor(runtime: Runtime, names: Names) {
    this.#runtime = runtime;
    this.#names = names;
    this.#operatorField = names.fields.indexOf('operator');
    this.#leaf = names.types.map((type) => leaves.has(type));
  }

  /** The named children of the root. */
  read(tree: Tree): Node[] {
    const runtime = this.#runtime;
    this.#tree = (tree as unknown as { 0: number })[0];
    this.errors = 0;
    this.#depth = 0;
    runtime._ts_tree_root_node_wasm(this.#tree);
    this.#hasError = runtime._ts_node_has_error_wasm(this.#tree) !== 0;
    runtime._ts_tree_root_node_wasm(this.#tree);
    runtime._ts_tree_cursor_new_wasm(this.#tree);
    const found: Node[] = [];
    try {
      // A text in which nothing can be understood has an ERROR node for its root.
      if (runtime._ts_tree_cursor_current_node_type_id_wasm(this.#tree) === errorType) this.errors++;
      this.#children(found);
    } finally {
      runtime._ts_tree_cursor_delete_wasm(this.#tree);
    }
    return found;
  }

  /** Adds the children of the node at the cursor; true when one of them is broken. */
  #children(found: Node[]): boolean {
    const runtime = this.#runtime;
    if (!runtime._ts_tree_cursor_goto_first_child_wasm(this.#tree)) return false;
    let broken = false;
    do if (this.#child(found)) broken = true;
    while (runtime._ts_tree_cursor_goto_next_sibling_wasm(this.#tree));
    runtime._ts_tree_cursor_goto_parent_wasm(this.#tree);
    return broken;
  }

  /** Adds the child at the cursor where it is one to show; true when it is broken. */
  #child(found: Node[]): boolean {
    const runtime = this.#runtime;
    const type = runtime._ts_tree_cursor_current_node_type_id_wasm(this.#tree);
    if (type === errorType || this.#names.named[type] === true) {
      const node = this.#node(type);
      found.push(node);
      return node.broken === true;
    }
    if (runtime._ts_tree_cursor_current_field_id_wasm(this.#tree) === this.#operatorField) found.push(this.#node(type));
    if (!this.#hasError || !runtime._ts_tree_cursor_current_node_is_missing_wasm(this.#tree)) return false;
    this.errors++;
    return true;
  }

  #node(type: number): Node {
    const runtime = this.#runtime;
    const tree = this.#tree;
    const field = this.#names.fields[runtime._ts_tree_cursor_current_field_id_wasm(tree)] ?? undefined;
    const start = runtime._ts_tree_cursor_start_index_wasm(tree);
    const end = runtime._ts_tree_cursor_end_index_wasm(tree);
    let broken: true | undefined;
    if (this.#hasError && (type === errorType || runtime._ts_tree_cursor_current_node_is_missing_wasm(tree))) {
      this.errors++;
      broken = true;
    }
    const kind = type === errorType ? 'ERROR' : (this.#names.types[type] as string);
    let children = noChildren;
    if (this.#leaf[type] !== true && this.#depth < deepest) {
      const found: Node[] = [];
      this.#depth++;
      if (this.#children(found)) broken = true;
      this.#depth--;
      if (found.length > 0) children = found;
    }
    return new SyntaxNode(kind, start, end, field, children, broken);
  }
}
