import type { CallbackFacts } from '../catalog/schema.js';
import type { FunctionFact } from './declarations.js';
import type { FileModel } from './fileModel.js';
import type { ProjectModel, RoleEvidence } from './projectModel.js';

/** A function of the file that is a callback, with everything that makes it one. */
export interface OwnCallback {
  fn: FunctionFact;
  role: CallbackFacts;
  evidence: RoleEvidence[];
  declared: boolean;
  registered: boolean;
}

/** The callbacks that the file defines; functions whose evidence names several roles are left out. */
export function ownCallbacks(file: FileModel, project: ProjectModel): OwnCallback[] {
  return file.functions.flatMap((fn) => {
    const evidence = project.rolesOf(fn.name);
    const role = project.roleOf(fn.name);
    if (!role) return [];
    return [
      {
        fn,
        role,
        evidence,
        declared: evidence.some((e) => e.by === 'declaration'),
        registered: evidence.some((e) => e.by !== 'declaration'),
      },
    ];
  });
}
