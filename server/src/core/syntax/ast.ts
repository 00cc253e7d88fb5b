/**
 * A plain syntax tree: what the parser saw, as data. Offsets are UTF-16 and relative to the start of the item that the
 * node belongs to, so that an item which only moved keeps its nodes (and everything derived from them).
 *
 * It differs from tree-sitter's own tree in this: there are no comments; literals have nothing below them; the condition
 * of a conditional directive is one `identifier` that spans its text; a long list of numbers shows the first one only.
 * What the parser had to add has no width: the semicolon of a macro that brings its own, the type of a function that has
 * none. A macro that heads a block is a `while_statement` where its name tells of a loop, else an `if_statement`.
 */
export interface Node {
  /** Grammar node type (`call_expression`), of tree-sitter-c or tree-sitter-cpp. */
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  /** Field name in the parent (`function`, `arguments`, `declarator` …). */
  readonly field?: string | undefined;
  /** Named children in order; for binary, unary, assignment and update expressions and for field access (`.`, `->`)
   * the operator token is a child with field `operator`. */
  readonly children: readonly Node[];
  /** The node is an ERROR or MISSING node, or has one somewhere below. */
  readonly broken?: true | undefined;
}

/**
 * One top-level piece of a file: a function definition, a declaration, a typedef. Preprocessor lines are no items, and
 * what namespaces and `extern "C"` enclose stands at the top.
 */
export interface Item {
  /** Absolute UTF-16 offset of the item in its file. The parser moves it when text before the item changes. */
  start: number;
  readonly length: number;
  /** Original text of the item (not masked). */
  readonly text: string;
  /** The text as C reads it, at the same length: annotations, comments and hidden branches blanked, macros that stand for
   * keywords replaced. */
  readonly masked: string;
  readonly root: Node;
  /** What the mask took out inside this item, offsets relative to the item. */
  readonly annotations: readonly Annotation[];
  /** Conditional inclusion around the item, outermost first: `#if` expressions as written (`!` before a negated one). */
  readonly conditions: readonly string[];
  /** In a branch that conditional resolution did not choose, or that `#if 0` hides. Rules skip it. */
  readonly hidden?: true;
}

/** Something the mask blanked or replaced that still carries meaning. */
export interface Annotation {
  readonly kind: 'sal' | 'direction' | 'calling-convention' | 'macro' | 'pragma' | 'section';
  /** The name alone: `_Use_decl_annotations_`, `IN`, `NTAPI`, `alloc_text`. */
  readonly name: string;
  /** Argument text between the parentheses, where there are any. */
  readonly args?: string;
  readonly start: number;
  readonly end: number;
}

/** A preprocessor definition found anywhere in the file, absolute offsets. */
export interface MacroDefinition {
  readonly name: string;
  /** Parameter names of a function-like macro. */
  readonly params?: readonly string[];
  /** Replacement text with line continuations removed. */
  readonly body: string;
  readonly start: number;
  readonly end: number;
  readonly conditions: readonly string[];
}

export interface Include {
  readonly path: string;
  readonly quoted: boolean;
  readonly start: number;
  readonly end: number;
}

/** A file as understood at one moment. */
export interface SyntaxFile {
  readonly items: readonly Item[];
  readonly macros: readonly MacroDefinition[];
  readonly includes: readonly Include[];
  readonly pragmas: readonly Annotation[];
  readonly comments: readonly { readonly start: number; readonly end: number }[];
  /** Ranges of string and character literals, for "nothing in strings". */
  readonly literals: readonly { readonly start: number; readonly end: number }[];
  /** Ranges that conditional resolution or `#if 0` hides, absolute. */
  readonly hidden: readonly { readonly start: number; readonly end: number }[];
  readonly language: 'c' | 'cpp';
  /** Count of ERROR and MISSING nodes. */
  readonly errors: number;
}
