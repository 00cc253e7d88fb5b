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
  /** What the documentation calls it where it is registered: ProtocolSetOptions. */
  documentedName: string;
  /** Role type to declare it with where it is registered: PROTOCOL_SET_OPTIONS. */
  declareWith: string;
}

const found = new WeakMap<FileModel, { project: ProjectModel; callbacks: readonly OwnCallback[] }>();

/** The callbacks that the file defines; functions whose evidence names several roles are left out. */
export function ownCallbacks(file: FileModel, project: ProjectModel): readonly OwnCallback[] {
  const known = found.get(file);
  if (known?.project === project) return known.callbacks;
  const callbacks = findCallbacks(file, project);
  found.set(file, { project, callbacks });
  return callbacks;
}

function findCallbacks(file: FileModel, project: ProjectModel): OwnCallback[] {
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
        ...namesAt(role, evidence, project),
      },
    ];
  });
}

function namesAt(
  role: CallbackFacts,
  evidence: readonly RoleEvidence[],
  { catalog }: ProjectModel,
): Pick<OwnCallback, 'documentedName' | 'declareWith'> {
  const slot = evidence.find((item) => item.slot)?.slot;
  const member = slot && catalog.member(slot.structure.name, slot.member);
  return {
    documentedName: member?.documentedName ?? role.documentedName ?? role.name,
    declareWith: member?.declareWith ?? role.name,
  };
}
