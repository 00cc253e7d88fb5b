import type { CallFact } from './body.js';
import { callsIn } from './callText.js';
import type { ProjectModel } from './projectModel.js';
import type { Span } from './span.js';

/** A call that the source makes, if only through a macro of the project. */
export interface MeantCall {
  name: string;
  args: { text: string; span: Span }[];
}

/** Macros that call macros are followed this far. */
const deepest = 3;

/** The call itself; for a macro, the calls in its body with the arguments in place. What a macro brings of its own has the
 * place of the macro's name. */
export function meantCalls(call: CallFact, project: ProjectModel): MeantCall[] {
  const given = call.args.map(({ text, span }) => ({ text, span }));
  return expanded(call.name, given, call.nameSpan, project, 0);
}

function expanded(
  name: string,
  args: MeantCall['args'],
  place: Span,
  project: ProjectModel,
  depth: number,
): MeantCall[] {
  const [macro, ...others] = project.catalog.routine(name) ? [] : project.macros(name);
  if (!macro) return [{ name, args }];
  if (depth >= deepest || others.some((other) => other.body !== macro.body)) return [];
  if (!macro.params) {
    const target = /^\(?\s*([A-Za-z_]\w*)\s*\)?$/.exec(macro.body)?.[1];
    return target === undefined ? [] : expanded(target, args, place, project, depth + 1);
  }
  const params = new Map(macro.params.map((param, index) => [param, args[index]]));
  return callsIn(macro.body).flatMap((inner) => {
    const written = inner.args.map(
      (text) => params.get(text.replace(/^\(\s*(\w+)\s*\)$/, '$1')) ?? { text, span: place },
    );
    return expanded(inner.name, written, place, project, depth + 1);
  });
}
