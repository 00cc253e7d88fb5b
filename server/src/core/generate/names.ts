import type { CallbackFacts } from '../catalog/schema.js';
import type { ProjectModel } from '../model/projectModel.js';
import { stem } from './skeleton.js';

/** Prefix of new callbacks where the driver has none. */
const defaultPrefix = 'Sample';

/** What a new callback is called: the prefix and the part of the documented name that tells it from others; the whole
 * documented name where the driver has that name for something else. */
export function freshName(prefix: string, role: CallbackFacts, project: ProjectModel): string {
  const short = `${prefix}${stem(role)}`;
  return isFree(short, role, project) ? short : `${prefix}${role.documentedName ?? role.name}`;
}

function isFree(name: string, role: CallbackFacts, project: ProjectModel): boolean {
  if (project.rolesOf(name).length) return project.roleOf(name) === role;
  return !project.functions(name).length && !project.declarations(name).length;
}

/** The prefix that most callbacks of the driver begin with (`Acme` of AcmeCmOpenAf); `names` are asked first. */
export function sharedPrefix(project: ProjectModel, names: readonly string[] = []): string {
  const registered = project.files.flatMap((file) => [...file.handlers.keys()]);
  return mostOften(prefixes(names, project)) ?? mostOften(prefixes(registered, project)) ?? defaultPrefix;
}

function prefixes(names: readonly string[], project: ProjectModel): string[] {
  return names.flatMap((name) => {
    const role = project.roleOf(name);
    const end = role ? stem(role) : '';
    return end && name.endsWith(end) && name.length > end.length ? [name.slice(0, -end.length)] : [];
  });
}

function mostOften(list: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const one of list) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
