import type { CallbackFacts } from '../catalog/schema.js';
import { callersIn, callersOutside, isReachedOtherwise } from './callGraph.js';
import type { FunctionFact } from './declarations.js';
import type { FileModel } from './fileModel.js';
import type { ProjectModel } from './projectModel.js';
import type { FileSummary } from './summary.js';

/** The callbacks on whose behalf a function runs. */
export interface Reaching {
  roles: ReadonlySet<CallbackFacts>;
  /** Nothing but these callbacks is known to lead to the function. */
  alone: boolean;
}

/** The callbacks that lead to the function by calls, through functions of any file of the driver; for a callback, itself
 * alone. */
export function reaching(fn: FunctionFact, file: FileModel, own: FileSummary, project: ProjectModel): Reaching {
  const roles = new Set<CallbackFacts>();
  const seen = new Set<string>();
  let alone = true;
  const climb = (name: string, isStatic: boolean): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const role = project.roleOf(name);
    if (role) {
      roles.add(role);
      return;
    }
    const callers = [
      ...callersIn(file, name).map((caller) => caller.fn),
      ...(isStatic ? [] : project.files.flatMap((other) => (other === own ? [] : callersOutside(other, name)))),
    ];
    if (!callers.length || isReachedOtherwise({ name, isStatic }, own, project)) alone = false;
    for (const caller of callers) climb(caller.name, caller.isStatic);
  };
  climb(fn.name, fn.isStatic);
  return { roles, alone };
}
