import type { Node } from '../../syntax/ast.js';
import type { CallFact } from '../body.js';
import type { ParamFact } from '../declarators.js';
import type { Effect } from './interpret.js';
import type { State } from './state.js';

/** Flags that effects leave in a state. */
export const flags = {
  written: (param: string): string => `written:${param}`,
  called: (name: string): string => `called:${name}`,
};

/** Records which pointer parameters may have been written through: assigned to, or handed to anything that could. */
export function outParameters(params: readonly ParamFact[], textOf: (node: Node) => string): Effect {
  const pointers = params.filter((param) => param.name && isPointerLike(param.type)).map((param) => param.name);
  const mark = (text: string, state: State): State => {
    let next = state;
    for (const name of pointers) if (mentionsName(text, name)) next = next.withFlag(flags.written(name));
    return next;
  };
  return {
    onCall: (call, state) => call.args.reduce((next, arg) => mark(arg.text, next), state),
    onAssign: (lvalue, _target, value, state) => {
      const after = /^\w+$/.test(lvalue) ? state : mark(lvalue, state);
      return mark(withoutReads(textOf(value)), after);
    },
  };
}

/** Names like PNDIS_HANDLE hide their star; a plain handle or number is no place to write to. */
function isPointerLike(type: string): boolean {
  return type.includes('*') || /^P[A-Z]/.test(type);
}

/** Reading through the pointer (`*p`) gives nothing away. */
function withoutReads(text: string): string {
  return text.replace(/(^|[=(,+\-!&|])\s*\*\s*\w+/g, '$1');
}

function mentionsName(text: string, name: string): boolean {
  return new RegExp(`(^|[^\\w>.])${name}($|\\W)`).test(text);
}

/** Records which of the functions that matter were called on the way. */
export function callsMade(matters: (call: CallFact) => boolean): Effect {
  return { onCall: (call, state) => (matters(call) ? state.withFlag(flags.called(call.name)) : state) };
}
