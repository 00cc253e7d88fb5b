import type { Location } from '../api.js';
import { absolute, type Span } from '../model/span.js';
import type { FileSummary } from '../model/summary.js';
import type { FeatureInput } from './feature.js';
import { subjectAt } from './subject.js';

/** Definition on links that a C server does not have: from a handler member or a role type to the function that serves
 * it, from a completion call to the callback that it answers. */
export function definition(input: FeatureInput, offset: number): Location[] {
  const at = subjectAt(input, offset);
  if (!at) return [];
  const { subject } = at;
  if (subject.kind === 'member')
    return handlersOf(
      input,
      (role, slot) => slot?.member === subject.member.name && slot.structure === subject.structure,
    );
  if (subject.kind === 'callback') return handlersOf(input, (role) => role === subject.role.name);
  if (subject.kind === 'function' && subject.fn.completes) {
    const completed = new Set(input.catalog.completesOf(subject.fn.name));
    return handlersOf(input, (role) => completed.has(role));
  }
  return [];
}

/** References on the same links: registrations and role declarations of a callback, and the calls that complete it. */
export function references(input: FeatureInput, offset: number): Location[] {
  const at = subjectAt(input, offset);
  if (at?.subject.kind !== 'own-callback') return [];
  const { name } = at.subject;
  const declared = input.project.declarations(name).map(({ file, fact }) => place(file, fact.nameSpan));
  const registered = input.project.handlers(name).map(({ file, fact }) => place(file, fact.span));
  return [...declared, ...registered];
}

type Accept = (role: string, slot: { structure: object; member: string } | undefined) => boolean;

function handlersOf({ project }: FeatureInput, accept: Accept): Location[] {
  const names = new Set<string>();
  for (const file of project.files) {
    for (const [name, handlers] of file.handlers)
      if (handlers.some((handler) => accept(handler.role.name, handler.slot))) names.add(name);
    for (const name of file.declarations.keys())
      if (project.rolesOf(name).some((evidence) => accept(evidence.role.name, evidence.slot))) names.add(name);
  }
  return [...names].flatMap((name) => project.functions(name).map(({ file, fact }) => place(file, fact.nameSpan)));
}

function place(file: FileSummary, span: Span): Location {
  return { uri: file.uri, ...absolute(span) };
}
