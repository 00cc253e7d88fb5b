import type { ProjectModel } from './projectModel.js';

const bound = 200;

/** Whether a call of the name may lead to one of the wanted functions: false where everything that it leads to is known
 * and none of them is among it. Routines of the system lead nowhere. */
export function mayReach(name: string, wanted: ReadonlySet<string>, project: ProjectModel): boolean {
  const seen = new Set([name]);
  for (const at of seen) {
    if (wanted.has(at) || seen.size > bound) return true;
    const next = callsOf(at, project);
    if (!next) return true;
    for (const one of next) seen.add(one);
  }
  return false;
}

/** What the function or macro calls; undefined where it cannot be seen. */
function callsOf(name: string, project: ProjectModel): Iterable<string> | undefined {
  const macro = project.macro(name);
  if (macro) {
    return (macro.body.match(/\b[A-Za-z_]\w*(?=\s*\()/g) ?? []).filter((word) => !keywords.has(word));
  }
  const functions = project.functions(name);
  if (functions.length) return functions.flatMap(({ fact }) => [...fact.calls]);
  return project.catalog.routine(name) ? [] : undefined;
}

const keywords = new Set(['if', 'while', 'for', 'switch', 'return', 'sizeof', 'do', 'defined']);
