import type { Configuration, SeveritySetting } from '../api.js';
import type { DriverKind } from '../catalog/schema.js';
import { resolve } from '../projects/paths.js';
import type { StatedProject } from '../projects/stated.js';
import { type JsonMember, type JsonProblem, type JsonValue, readJson } from './json.js';

/** Name of the settings file that is committed beside a driver; it holds for its folder and what is below. */
export const lintFileName = '.ndislint.json';

export const severitySettings: readonly SeveritySetting[] = ['off', 'hint', 'information', 'warning', 'error'];

export const presets: readonly Configuration['preset'][] = ['recommended', 'strict'];

export const driverKindNames: readonly DriverKind[] = [
  'miniport',
  'protocol',
  'filter',
  'call-manager',
  'mcm',
  'client',
  'co-miniport',
];

/** An NDIS version as it is stated: 6.30 and 6.0 as well as 6.1. */
export const ndisVersionPattern = '^[456]\\.\\d{1,2}$';

/** What a settings file says; absent means not said. */
export interface LintFile {
  preset?: Configuration['preset'];
  rules: Record<string, SeveritySetting>;
  /** Drivers stated by hand; files and folders are relative to the settings file. */
  projects: StatedProject[];
}

export interface LintFileReading {
  /** Absent where the file is no JSON object at all. */
  settings?: LintFile;
  problems: JsonProblem[];
}

/**
 * Reads a settings file. Whatever is wrong in it is reported and skipped; the rest holds.
 * @param knownRules names that may stand under "rules"
 */
export function readLintFile(text: string, knownRules: ReadonlySet<string>): LintFileReading {
  const read = readJson(text);
  if ('problem' in read) return { problems: [read.problem] };
  const problems: JsonProblem[] = [];
  const settings: LintFile = { rules: {}, projects: [] };
  const members = membersOf(read.value, 'The settings', problems);
  if (!members) return { problems };
  for (const { key, value } of members) {
    if (key.value === '$schema') continue;
    else if (key.value === 'preset') readPreset(value, settings, problems);
    else if (key.value === 'rules') readRules(value, settings, knownRules, problems);
    else if (key.value === 'projects') readProjects(value, settings, problems);
    else problems.push({ ...key, message: `"${key.value}" is no setting; known are "preset", "rules" and "projects"` });
  }
  return { settings, problems };
}

function readPreset(value: JsonValue, settings: LintFile, problems: JsonProblem[]): void {
  const preset = value.kind === 'string' ? presets.find((name) => name === value.value) : undefined;
  if (preset) settings.preset = preset;
  else problems.push(problem(value, `"preset" is one of ${quoted(presets)}`));
}

function readRules(value: JsonValue, settings: LintFile, known: ReadonlySet<string>, problems: JsonProblem[]): void {
  for (const member of membersOf(value, '"rules"', problems) ?? []) {
    const name = member.key.value;
    const severity =
      member.value.kind === 'string' ? severitySettings.find((setting) => setting === textOf(member.value)) : undefined;
    if (!known.has(name)) problems.push({ ...member.key, message: unknownRule(name, known) });
    else if (severity) settings.rules[name] = severity;
    else problems.push(problem(member.value, `The severity of "${name}" is one of ${quoted(severitySettings)}`));
  }
}

function readProjects(value: JsonValue, settings: LintFile, problems: JsonProblem[]): void {
  if (value.kind !== 'array') {
    problems.push(problem(value, '"projects" is a list'));
    return;
  }
  for (const item of value.items) {
    const project = readProject(item, problems);
    if (project) settings.projects.push(project);
  }
}

function readProject(item: JsonValue, problems: JsonProblem[]): StatedProject | undefined {
  const members = membersOf(item, 'A project', problems);
  if (!members) return undefined;
  const name = textOf(member(members, 'name')?.value);
  const files = textsOf(member(members, 'files')?.value);
  if (name === undefined || !files) {
    problems.push(problem(item, 'A project has a "name" and "files", a list of paths relative to this file'));
    return undefined;
  }
  for (const { key } of members)
    if (!projectMembers.includes(key.value))
      problems.push({ ...key, message: `A project has no "${key.value}"; known are ${quoted(projectMembers)}` });
  const ndisVersions = readVersions(member(members, 'ndisVersion')?.value, problems);
  const kinds = readKinds(member(members, 'kinds')?.value, problems);
  return { name, files, ...(ndisVersions && { ndisVersions }), ...(kinds && { kinds }) };
}

const projectMembers = ['name', 'files', 'ndisVersion', 'kinds'];

function readVersions(value: JsonValue | undefined, problems: JsonProblem[]): string[] | undefined {
  if (!value) return undefined;
  const versions = value.kind === 'string' ? [value.value] : textsOf(value);
  if (versions?.every((version) => new RegExp(ndisVersionPattern).test(version))) return versions;
  problems.push(problem(value, '"ndisVersion" is a version in quotes such as "6.30", or a list of them'));
  return undefined;
}

function readKinds(value: JsonValue | undefined, problems: JsonProblem[]): DriverKind[] | undefined {
  if (!value) return undefined;
  const names = textsOf(value);
  const kinds = driverKindNames.filter((kind) => names?.includes(kind));
  if (names && kinds.length === new Set(names).size) return kinds;
  problems.push(problem(value, `"kinds" is a list of ${quoted(driverKindNames)}`));
  return undefined;
}

/** A list of strings that is not empty. */
function textsOf(value: JsonValue | undefined): string[] | undefined {
  const texts = value?.kind === 'array' ? value.items.map(textOf) : [];
  return texts.length === 0 || texts.includes(undefined) ? undefined : texts.filter((text) => text !== undefined);
}

function membersOf(value: JsonValue, what: string, problems: JsonProblem[]): JsonMember[] | undefined {
  if (value.kind === 'object') return value.members;
  problems.push(problem(value, `${what} must be an object in braces`));
  return undefined;
}

const member = (members: JsonMember[], name: string) => members.find(({ key }) => key.value === name);

const textOf = (value: JsonValue | undefined) => (value?.kind === 'string' ? value.value : undefined);

const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');

const problem = ({ start, end }: JsonValue, message: string): JsonProblem => ({ start, end, message });

/** Words that say which rule was not found, and the nearest one there is. */
export function unknownRule(name: string, known: ReadonlySet<string>): string {
  const near = nearest(name, known);
  return `There is no rule "${name}"${near ? `; did you mean "${near}"?` : ''}`;
}

function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(3, Math.floor(name.length / 3));
  for (const candidate of known) {
    const distance = editDistance(name, candidate);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

/** The projects of a settings file with their paths as ids, seen from the id of the folder that the file stands in. */
export function projectsFrom(settings: LintFile, folder: string): StatedProject[] {
  return settings.projects.map((project) => ({
    ...project,
    files: project.files.map((file) => resolve(folder, file)),
  }));
}
