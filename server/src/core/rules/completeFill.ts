import type { Fix, TextEdit } from '../api.js';
import type { CallbackFacts, MemberFacts } from '../catalog/schema.js';
import { freshName, sharedPrefix } from '../generate/names.js';
import { skeleton } from '../generate/skeleton.js';
import type { StructureFill } from '../model/registrations.js';
import { edgeOf } from '../model/span.js';
import { append, insertLinesAfter, insertLinesBefore, newlineOf, replace } from './edits.js';
import type { RuleInput } from './rule.js';

/** One fix that makes the registration whole: declarations before, assignments in place, definitions at the end. */
export function completeFill(fill: StructureFill, missing: readonly MemberFacts[], input: RuleInput): Fix[] {
  if (fill.style === 'positional') return [];
  const roles = missing.map((member) => ({
    member: member.name,
    role: input.catalog.callbackForSlot(fill.structure.name, member.name),
  }));
  const callbacks = roles.filter((entry): entry is { member: string; role: CallbackFacts } => entry.role !== undefined);
  const title =
    missing.length === 1
      ? `Write and register ${missing[0]?.name}`
      : `Write and register all ${missing.length} missing callbacks`;
  return [{ title, safe: false, preferred: true, edits: () => edits(fill, callbacks, input) }];
}

function edits(
  fill: StructureFill,
  callbacks: readonly { member: string; role: CallbackFacts }[],
  { file, project, catalog }: RuleInput,
): TextEdit[] {
  const beside = fill.handlers.flatMap(({ value }) => value ?? []);
  const prefix = sharedPrefix(project, beside);
  const newline = newlineOf(file);
  const named = callbacks.map(({ member, role }) => ({
    member,
    role,
    roleType: fill.structure.members.find(({ name }) => name === member)?.declareWith ?? role.name,
    name: freshName(prefix, role, project),
  }));
  const fresh = named.filter(({ name }) => !project.functions(name).length);
  const declarations = fresh
    .filter(({ name }) => !project.declarations(name).length)
    .map(({ name, roleType }) => `${roleType} ${name};`);
  const definitions = fresh.map(({ name, role }) => {
    const summary = catalog.summary(role.name);
    return skeleton(role, {
      declaration: false,
      annotations: true,
      ...(summary ? { header: summary } : {}),
      name,
      prefix,
      newline,
    }).plain;
  });
  const before = fill.inFunction?.span ?? { anchor: fill.item, start: 0, end: 0 };
  return [
    ...(declarations.length ? [insertLinesBefore(file, before, [...declarations, ''])] : []),
    ...assignments(fill, named, file),
    ...(definitions.length ? [append(file, definitions.join(newline + newline))] : []),
  ];
}

function assignments(
  fill: StructureFill,
  named: readonly { member: string; name: string }[],
  file: RuleInput['file'],
): TextEdit[] {
  if (fill.style === 'assignment')
    return [
      insertLinesAfter(
        file,
        fill.lastStatement,
        named.map(({ member, name }) => `${fill.place}.${member} = ${name};`),
      ),
    ];
  const last = fill.handlers.at(-1)?.span;
  if (!last) return [];
  return [
    replace(
      file,
      edgeOf(last, 'end'),
      named.map(({ member, name }) => `,${newlineOf(file)}    .${member} = ${name}`).join(''),
    ),
  ];
}
