import type { Item, Node } from '../../syntax/ast.js';
import { bare, childByField, operatorOf, textOf } from '../nodes.js';

/** What decides whether an edge is taken. */
export type Test =
  | { kind: 'condition'; node: Node; when: boolean }
  /** A preprocessor condition left in the body: the same text decides the same way throughout the function. */
  | { kind: 'macro'; text: string; when: boolean }
  /** Cases that lead here, or (`except`) the cases that a default does not cover. */
  | { kind: 'case'; subject: Node; values: Node[]; except: boolean };

export interface Edge {
  to: Block;
  test?: Test;
}

export type Step = { kind: 'evaluate'; node: Node } | { kind: 'return'; node: Node; value?: Node };

/** Steps without a branch between them. */
export interface Block {
  id: number;
  steps: Step[];
  edges: Edge[];
}

/** The control flow of one function body. */
export interface Cfg {
  entry: Block;
  /** Reached when control falls off the closing brace. */
  end: Block;
  blocks: Block[];
  /** The body has pieces that the parser could not read: paths may be missing. */
  broken: boolean;
}

/** Builds the control flow graph of a function body. Short-circuit operators become edges of their own, so that every
 * condition test is on one atomic expression. `ends` knows the functions that do not return. */
export function buildCfg(item: Item, body: Node, ends: (name: string) => boolean = () => false): Cfg {
  return new Builder(item, ends).build(body);
}

interface Targets {
  breakTo?: Block;
  continueTo?: Block;
  leaveTo?: Block;
  /** What a return runs through on its way out, inner ones first. */
  finals?: readonly Node[];
}

const constantFalse = new Set(['0', 'FALSE', 'false', 'NULL']);
const constantTrue = new Set(['1', 'TRUE', 'true']);

class Builder {
  private readonly blocks: Block[] = [];
  private readonly labels = new Map<string, Block>();
  private broken = false;
  private at: Block;

  private readonly item: Item;
  private readonly ends: (name: string) => boolean;

  constructor(item: Item, ends: (name: string) => boolean) {
    this.item = item;
    this.ends = ends;
    this.at = this.block();
  }

  build(body: Node): Cfg {
    const entry = this.at;
    this.statements(body.children, {});
    const end = this.block();
    this.goto(end);
    return { entry, end, blocks: this.blocks, broken: this.broken };
  }

  private block(): Block {
    const block: Block = { id: this.blocks.length, steps: [], edges: [] };
    this.blocks.push(block);
    return block;
  }

  private goto(to: Block): void {
    this.at.edges.push({ to });
  }

  private label(name: string): Block {
    let block = this.labels.get(name);
    if (!block) this.labels.set(name, (block = this.block()));
    return block;
  }

  private statements(nodes: readonly Node[], targets: Targets): void {
    for (const node of nodes) this.statement(node, targets);
  }

  private statement(node: Node, targets: Targets): void {
    switch (node.kind) {
      case 'compound_statement':
      case 'else_clause':
      case 'seh_finally_clause':
      case 'finally_clause':
      case 'linkage_specification':
        return this.statements(node.children, targets);
      case 'expression_statement':
      case 'declaration':
        if (node.broken) this.broken = true;
        if (this.choice(node)) return;
        this.at.steps.push({ kind: 'evaluate', node });
        if (this.endsAt(node)) this.at = this.block();
        return;
      case 'throw_statement':
        this.at.steps.push({ kind: 'evaluate', node });
        this.at = this.block();
        return;
      case 'return_statement':
        return this.returns(node, targets);
      case 'if_statement':
        return this.branch(node, targets);
      case 'while_statement':
        return this.whileLoop(node, targets);
      case 'do_statement':
        return this.doLoop(node, targets);
      case 'for_statement':
        return this.forLoop(node, targets);
      case 'switch_statement':
        return this.switches(node, targets);
      case 'labeled_statement':
        return this.labeled(node, targets);
      case 'goto_statement': {
        const name = childByField(node, 'label');
        return this.jump(name ? this.label(textOf(this.item, name)) : undefined);
      }
      case 'break_statement':
        return this.jump(targets.breakTo);
      case 'continue_statement':
        return this.jump(targets.continueTo);
      case 'seh_leave_statement':
        return this.jump(targets.leaveTo);
      case 'seh_try_statement':
      case 'try_statement':
        return this.tries(node, targets);
      case 'preproc_if':
      case 'preproc_ifdef':
        return this.preprocessor(node, targets);
      case 'comment':
      case 'type_definition':
      case 'preproc_def':
      case 'preproc_function_def':
      case 'preproc_call':
      case 'preproc_include':
      case 'attributed_statement':
        return;
      default:
        this.broken = this.broken || node.kind === 'ERROR' || node.broken === true;
        this.statements(
          node.children.filter((child) => /statement$/.test(child.kind)),
          targets,
        );
    }
  }

  private returns(node: Node, targets: Targets): void {
    const [value] = node.children;
    const { finals = [] } = targets;
    finals.forEach((final, index) => this.statement(final, { finals: finals.slice(index + 1) }));
    this.at.steps.push(value ? { kind: 'return', node, value } : { kind: 'return', node });
    this.at = this.block();
  }

  private jump(to: Block | undefined): void {
    if (to) this.goto(to);
    else this.broken = true;
    this.at = this.block();
  }

  /** Adds the evaluation of a condition to the current block and leads its outcomes to the two blocks. */
  private condition(whole: Node, yes: Block, no: Block): void {
    const node = bare(whole);
    const operator = node.kind === 'binary_expression' ? operatorOf(this.item, node) : '';
    const left = childByField(node, 'left');
    const right = childByField(node, 'right');
    if ((operator === '&&' || operator === '||') && left && right) {
      const between = this.block();
      this.condition(left, operator === '&&' ? between : yes, operator === '&&' ? no : between);
      this.at = between;
      return this.condition(right, yes, no);
    }
    const argument = childByField(node, 'argument');
    if (node.kind === 'unary_expression' && argument && operatorOf(this.item, node) === '!') {
      return this.condition(argument, no, yes);
    }
    const text = textOf(this.item, node);
    this.at.steps.push({ kind: 'evaluate', node });
    if (!constantFalse.has(text)) this.at.edges.push({ to: yes, ...this.test(node, text, true) });
    if (!constantTrue.has(text)) this.at.edges.push({ to: no, ...this.test(node, text, false) });
  }

  /** The statement is a call that does not return. */
  private endsAt({ kind, children: [expression] }: Node): boolean {
    const call = kind === 'expression_statement' && expression ? bare(expression) : undefined;
    const callee = call?.kind === 'call_expression' ? childByField(call, 'function') : undefined;
    return callee !== undefined && this.ends(textOf(this.item, callee));
  }

  /** `Condition ? First() : Second();` as the branch that it is. */
  private choice(statement: Node): boolean {
    const [expression] = statement.kind === 'expression_statement' ? statement.children : [];
    const node = expression && bare(expression);
    if (node?.kind !== 'conditional_expression') return false;
    const condition = childByField(node, 'condition');
    const yes = childByField(node, 'consequence');
    const no = childByField(node, 'alternative');
    if (!condition || !yes || !no) return false;
    const [first, second, after] = [this.block(), this.block(), this.block()];
    this.condition(condition, first, second);
    first.steps.push({ kind: 'evaluate', node: yes });
    second.steps.push({ kind: 'evaluate', node: no });
    first.edges.push({ to: after });
    second.edges.push({ to: after });
    this.at = after;
    return true;
  }

  private test(node: Node, text: string, when: boolean): { test?: Test } {
    return constantFalse.has(text) || constantTrue.has(text) ? {} : { test: { kind: 'condition', node, when } };
  }

  private branch(node: Node, targets: Targets): void {
    const condition = childByField(node, 'condition');
    const consequence = childByField(node, 'consequence');
    const alternative = childByField(node, 'alternative');
    if (!condition || !consequence) {
      this.broken = true;
      return;
    }
    const yes = this.block();
    const no = this.block();
    const after = this.block();
    this.condition(condition, yes, no);
    this.inBlock(yes, consequence, targets, after);
    if (alternative) this.inBlock(no, alternative, targets, after);
    else no.edges.push({ to: after });
    this.at = after;
  }

  private inBlock(start: Block, node: Node, targets: Targets, after: Block): void {
    this.at = start;
    this.statement(node, targets);
    this.goto(after);
  }

  private whileLoop(node: Node, targets: Targets): void {
    const condition = childByField(node, 'condition');
    const body = childByField(node, 'body');
    const head = this.block();
    const inside = this.block();
    const after = this.block();
    this.goto(head);
    this.at = head;
    if (condition) this.condition(condition, inside, after);
    if (body) this.inBlock(inside, body, { ...targets, breakTo: after, continueTo: head }, head);
    this.at = after;
  }

  private doLoop(node: Node, targets: Targets): void {
    const condition = childByField(node, 'condition');
    const body = childByField(node, 'body');
    const inside = this.block();
    const test = this.block();
    const after = this.block();
    this.goto(inside);
    if (body) this.inBlock(inside, body, { ...targets, breakTo: after, continueTo: test }, test);
    this.at = test;
    if (condition) this.condition(condition, inside, after);
    this.at = after;
  }

  private forLoop(node: Node, targets: Targets): void {
    const initializer = childByField(node, 'initializer');
    const condition = childByField(node, 'condition');
    const update = childByField(node, 'update');
    const body = childByField(node, 'body');
    const head = this.block();
    const inside = this.block();
    const next = this.block();
    const after = this.block();
    if (initializer) this.at.steps.push({ kind: 'evaluate', node: initializer });
    this.goto(head);
    this.at = head;
    if (condition) this.condition(condition, inside, after);
    else this.goto(inside);
    if (body) this.inBlock(inside, body, { ...targets, breakTo: after, continueTo: next }, next);
    if (update) next.steps.push({ kind: 'evaluate', node: update });
    next.edges.push({ to: head });
    this.at = after;
  }

  private switches(node: Node, targets: Targets): void {
    const condition = childByField(node, 'condition');
    const body = childByField(node, 'body');
    if (!condition || !body) {
      this.broken = true;
      return;
    }
    const subject = bare(condition);
    this.at.steps.push({ kind: 'evaluate', node: subject });
    const from = this.at;
    const after = this.block();
    const values: Node[] = [];
    let hasDefault = false;
    let fallthrough: Block | undefined;
    for (const child of casesOf(body)) {
      const value = childByField(child, 'value');
      const start = this.block();
      if (value) {
        values.push(value);
        from.edges.push({ to: start, test: { kind: 'case', subject, values: [value], except: false } });
      } else {
        hasDefault = true;
        from.edges.push({ to: start, test: { kind: 'case', subject, values, except: true } });
      }
      if (fallthrough) fallthrough.edges.push({ to: start });
      this.at = start;
      this.statements(
        child.children.filter((c) => c !== value),
        { ...targets, breakTo: after },
      );
      fallthrough = this.at;
    }
    fallthrough?.edges.push({ to: after });
    if (!hasDefault) from.edges.push({ to: after, test: { kind: 'case', subject, values, except: true } });
    this.at = after;
  }

  private labeled(node: Node, targets: Targets): void {
    const name = childByField(node, 'label');
    if (name) {
      const block = this.label(textOf(this.item, name));
      this.goto(block);
      this.at = block;
    }
    this.statements(
      node.children.filter((child) => child !== name),
      targets,
    );
  }

  private tries(node: Node, targets: Targets): void {
    const before = this.at;
    const after = this.block();
    const handlers = node.children.filter((child) => /except_clause|catch_clause/.test(child.kind));
    const finals = node.children.filter((child) => /finally_clause/.test(child.kind));
    const body = childByField(node, 'body') ?? node.children.find((child) => child.kind === 'compound_statement');
    const end = this.block();
    const inside: Targets = { ...targets, leaveTo: end };
    if (finals.length) {
      inside.finals = [...finals, ...(targets.finals ?? [])];
      if (targets.breakTo) inside.breakTo = this.leading(finals, targets, targets.breakTo);
      if (targets.continueTo) inside.continueTo = this.leading(finals, targets, targets.continueTo);
    }
    if (body) this.statement(body, inside);
    this.goto(end);
    for (const handler of handlers) {
      const start = this.block();
      before.edges.push({ to: start });
      this.at = start;
      this.statements(
        handler.children.filter((child) => child.kind === 'compound_statement'),
        targets,
      );
      this.goto(after);
    }
    this.at = end;
    for (const final of finals) this.statement(final, targets);
    this.goto(after);
    this.at = after;
  }

  /** A block that leads through the statements. */
  private leading(statements: readonly Node[], targets: Targets, to: Block): Block {
    const { at } = this;
    const start = this.block();
    this.at = start;
    this.statements(statements, targets);
    this.goto(to);
    this.at = at;
    return start;
  }

  private preprocessor(node: Node, targets: Targets): void {
    const condition = childByField(node, 'condition') ?? childByField(node, 'name');
    const alternative = childByField(node, 'alternative');
    const start = this.item.masked.slice(node.start, condition?.start ?? node.start);
    const text = `${start.trim().replace(/^#\s*/, '')} ${condition ? textOf(this.item, condition) : ''}`;
    const yes = this.block();
    const no = this.block();
    const after = this.block();
    this.at.edges.push(
      { to: yes, test: { kind: 'macro', text, when: true } },
      { to: no, test: { kind: 'macro', text, when: false } },
    );
    this.at = yes;
    this.statements(
      node.children.filter((child) => child !== condition && child !== alternative),
      targets,
    );
    this.goto(after);
    this.at = no;
    if (alternative) this.alternative(alternative, targets);
    this.goto(after);
    this.at = after;
  }

  private alternative(node: Node, targets: Targets): void {
    if (/^preproc_elif/.test(node.kind)) return this.preprocessor(node, targets);
    this.statements(node.children, targets);
  }
}

/** Case statements of a switch body, in order; those inside nested switches are not ours. */
function casesOf(body: Node): Node[] {
  if (body.kind === 'case_statement') return [body];
  return body.children.filter((child) => child.kind === 'case_statement');
}
