import type { Item, Node } from '../../syntax/ast.js';
import type { CallFact } from '../body.js';
import type { FunctionFact } from '../declarations.js';
import type { FileModel } from '../fileModel.js';
import { type Act, type Acts, actsWith } from '../irqlActs.js';
import { textOf } from '../nodes.js';
import type { ProjectModel } from '../projectModel.js';
import type { Span } from '../span.js';
import { cfgOf } from './functionCfg.js';
import { constantNumber, isSuccessTest } from './functionFlow.js';
import { type Constants, callsByNode, Interpreter } from './interpret.js';
import { asideOf, IrqlEffect, type IrqlEvent, mayLock } from './irqlEffect.js';
import { IrqlState } from './irqlState.js';
import { State } from './state.js';
import type { Value } from './values.js';

export interface IrqlReturn {
  span: Span;
  implicit: boolean;
  value: Value;
  state: IrqlState;
}

/** Locks and IRQL along the paths of one function, as they look from its entry. */
export interface IrqlFlow {
  /** Nothing in the function has to do with locks or the IRQL: every point of it is as its entry. */
  plain: boolean;
  /** The states that reach the call, before it. */
  statesAt(call: CallFact): readonly IrqlState[];
  returns: readonly IrqlReturn[];
  events: readonly IrqlEvent[];
  /** Every path was followed, and the whole body was read. */
  complete: boolean;
  /** Paths were kept apart throughout: what one of them shows can happen. */
  exact: boolean;
}

interface Cached {
  flow: IrqlFlow;
  /** What the functions and macros called here did when the flow was computed. */
  print: string;
}

/** Values only matter for which branches go together: locks and levels keep states apart by themselves. */
const maxStates = 16;

const cache = new WeakMap<Item, Cached>();

/** Follows locks and the IRQL through functions of a file. Remembered as long as the function's text and what its calls
 * do stay the same. */
export class IrqlFlows {
  private readonly file: FileModel;
  private readonly project: ProjectModel;
  private readonly actsNamed: (name: string) => Acts;

  constructor(file: FileModel, project: ProjectModel, actsNamed: (name: string) => Acts) {
    this.file = file;
    this.project = project;
    this.actsNamed = actsNamed;
  }

  of(fn: FunctionFact): IrqlFlow {
    const print = this.print(fn);
    const known = cache.get(fn.item);
    if (known?.print === print) return known.flow;
    const flow = this.matters(fn, print) ? this.follow(fn) : plainFlow(fn, this.pagedAt(fn));
    cache.set(fn.item, { flow, print });
    return flow;
  }

  private print(fn: FunctionFact): string {
    const names = new Set(this.file.body(fn).calls.map((call) => call.name));
    let print = '';
    for (const name of names) {
      const acts = this.actsNamed(name);
      if (acts.length) print += `${name}:${acts === 'unknown' ? acts : acts.map(actText).join()};`;
    }
    return print;
  }

  /** The body has acts, or speaks of levels. */
  private matters(fn: FunctionFact, print: string): boolean {
    if (print) return true;
    const text = fn.item.masked.slice(fn.body.start, fn.body.end);
    return /_DISPATCH_LEVEL\b/.test(text) || callsThroughMember(text);
  }

  private pagedAt(fn: FunctionFact): CallFact | undefined {
    return this.file.body(fn).calls.find((call) => isPagedCode(this.file, call.name));
  }

  private follow(fn: FunctionFact): IrqlFlow {
    const { item } = fn;
    if (holdsByScope(this.file, item, fn.body)) return lostFlow;
    const effect = new IrqlEffect(item, {
      actsOf: (call) =>
        actsWith(
          this.actsNamed(call.name),
          call.args.map((arg) => arg.text),
        ),
      isPagedCode: (name) => isPagedCode(this.file, name),
      numberOf: (name) => constantNumber(name, this.file.catalog, this.project),
    });
    const interpreter = new Interpreter(item, cfgOf(this.file, fn), callsByNode(this.file.body(fn).calls), {
      constants: this.constants(),
      effects: [effect],
      maxStates,
      // The form of an acquire may hang on the value of an argument.
      wanted: (call) => this.hasCondition(call.name),
    });
    const { returns, complete, exact } = interpreter.run(State.empty.withAside(IrqlState.entry));
    return {
      plain: false,
      statesAt: (call) => [...(effect.reached.get(call.node)?.values() ?? [])],
      returns: returns.map(({ span, implicit, value, state }) => ({ span, implicit, value, state: asideOf(state) })),
      events: effect.events,
      complete,
      exact,
    };
  }

  private hasCondition(name: string): boolean {
    const acts = this.actsNamed(name);
    return acts !== 'unknown' && acts.some((act) => act.staysIf !== undefined);
  }

  private constants(): Constants {
    return {
      numberOf: (name) => constantNumber(name, this.file.catalog, this.project),
      isSuccessTest: (name) => isSuccessTest(name, this.project),
      resultOf: () => undefined,
    };
  }
}

const maybeMemberCall = /(?:[lL]ock|LOCK|[mM]utex|[iI]rql)\w*(?:(?:->|\.)\w+)?\s*\(/;

/** A member that speaks of locks is called: a method, or a pointer in a structure. */
export function callsThroughMember(text: string): boolean {
  if (!maybeMemberCall.test(text)) return false;
  for (const [callee] of text.matchAll(/[\w.>\]-]*(?:->|\.)\s*\w+(?=\s*\()/g)) if (mayLock(callee)) return true;
  return false;
}

const isPagedCode = (file: FileModel, name: string): boolean =>
  file.catalog.routine(name)?.tags?.includes('paged') === true;

/** Objects of C++ that hold a lock until the end of their scope are out of sight. */
export function holdsByScope(file: FileModel, item: Item, body: Node): boolean {
  return (
    file.syntax.language === 'cpp' &&
    /\b\w*(?:Lock|lock|Guard|Irql|Mutex)\w*(?:<[^;>]*>)?\s+\w+\s*[({]/.test(textOf(item, body))
  );
}

const lost = IrqlState.entry.asLost();
const lostFlow: IrqlFlow = {
  plain: false,
  statesAt: () => [lost],
  returns: [],
  events: [],
  complete: false,
  exact: false,
};

function plainFlow(fn: FunctionFact, paged: CallFact | undefined): IrqlFlow {
  const below = paged && IrqlState.entry.narrowed(({ min }) => ({ min, max: 1 }), paged.span);
  return {
    plain: true,
    statesAt: (call) => [below && paged && call.node.start > paged.node.start ? below : IrqlState.entry],
    returns: [],
    events: [],
    complete: fn.body.broken !== true,
    exact: true,
  };
}

function actText(act: Act): string {
  return [act.act, act.lock, act.place, act.form, act.staysIf, act.level, act.irql, act.inResult, act.shared].join('/');
}
