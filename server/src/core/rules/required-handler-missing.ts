import type { Fix, TextEdit } from '../api.js';
import type { CallbackFacts, DriverKind, MemberFacts } from '../catalog/schema.js';
import { freshName, sharedPrefix } from '../generate/names.js';
import { skeleton } from '../generate/skeleton.js';
import { isHandedOver, isWhole, structureFills } from '../model/fills.js';
import type { StructureFill } from '../model/registrations.js';
import { edgeOf } from '../model/span.js';
import { append, insertLinesAfter, insertLinesBefore, newlineOf, replace } from './edits.js';
import { defineRule, type RuleInput } from './rule.js';
import { ddi } from './sources.js';

export const requiredHandlerMissing = defineRule({
  name: 'required-handler-missing',
  severity: 'error',
  since: '0.1.0',
  summary: 'Registration without an entry point that NDIS requires',
  sources: [
    ddi('ndis/ns-ndis-_ndis_co_call_manager_optional_handlers'),
    ddi('ndis/ns-ndis-_ndis_co_client_optional_handlers'),
  ],
  succeeds: [],
  fix: 'unsafe',
  check(input, report) {
    const { file, summary, project, catalog } = input;
    for (const fill of structureFills(file, summary, project)) {
      if (!fill.handlers.length || !fill.structure.registers) continue;
      for (const handler of fill.handlers.filter(
        (setting) => setting.value === 'NULL' && isRequired(memberOf(fill, setting.member), project.driverKinds),
      )) {
        report(
          handler.valueSpan,
          `${handler.member} is NULL, but ${fill.structure.name} requires it: NDIS refuses the registration or calls through NULL. Supply a function, one that refuses if need be.`,
          {},
        );
      }
      if (!isWhole(fill, file) || (fill.inFunction && !isHandedOver(fill, catalog)) || setElsewhere(fill, input))
        continue;
      const missing = fill.structure.members.filter(
        (member) => isRequired(member, project.driverKinds) && !fill.members.has(member.name),
      );
      if (!missing.length) continue;
      report(
        fill.nameSpan,
        `${fill.place} registers without ${names(missing)}, which ${fill.structure.name} requires: NDIS refuses the registration or calls through NULL. Register ${missing.length === 1 ? 'it' : 'them'}, if only to refuse.`,
        { fixes: complete(fill, missing, input) },
      );
    }
  },
});

function memberOf(fill: StructureFill, name: string): MemberFacts | undefined {
  return fill.structure.members.find((member) => member.name === name);
}

/** Required for every driver, or for a kind that this driver is. */
function isRequired(member: MemberFacts | undefined, kinds: ReadonlySet<DriverKind>): boolean {
  const requirement = member?.role ? member.requirement : undefined;
  if (!requirement) return false;
  if (requirement.any === 'required') return true;
  const own = [...kinds].filter((kind) => requirement[kind] !== undefined);
  return own.length > 0 && own.every((kind) => requirement[kind] === 'required');
}

/** Another function of the file fills the same structure type: the rest may be there. */
function setElsewhere(fill: StructureFill, { file, summary, project }: RuleInput): boolean {
  return structureFills(file, summary, project).some(
    (other) =>
      other !== fill &&
      other.structure === fill.structure &&
      other.place === fill.place &&
      other.inFunction !== fill.inFunction &&
      !fill.inFunction,
  );
}

function names(missing: readonly MemberFacts[]): string {
  const shown = missing.slice(0, 3).map((member) => member.name);
  return missing.length > 3 ? `${shown.join(', ')} and ${missing.length - 3} more` : shown.join(', ');
}

/** One fix that makes the registration whole: declarations before, assignments in place, definitions at the end. */
function complete(fill: StructureFill, missing: readonly MemberFacts[], input: RuleInput): Fix[] {
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
    roleType: memberOf(fill, member)?.declareWith ?? role.name,
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
