import type { HeaderRevision, MemberFacts, StructureFacts } from '../../src/core/catalog/schema.js';
import { item } from './compact.js';
import { versionGate } from './join.js';
import { plain } from './sal.js';
import type { DocumentedHandler, DocumentedStructure, Items, MemberSource, Sources } from './sources.js';

/** Structures with the roles of their handler members and what registering them asks for. */
export function joinStructures({ facts, documented }: Sources, roles: Map<string, string>): StructureFacts[] {
  return Object.keys(facts.structures)
    .sort()
    .map((name) => {
      const { kind, tag, members, revisions, min, legacy, ...source } = facts.structures[name]!;
      const { versions, handlers, alsoCovers, ...extra } = documented.structures[name] ?? {};
      return item<StructureFacts>({
        kind: kind ?? 'struct',
        name,
        ...source,
        tag: tag === `_${name}` ? undefined : tag,
        page: extra.page,
        objectType: extra.objectType,
        sizeBySizeof: extra.sizeBySizeof,
        registers: extra.registers,
        registeredThrough: extra.registeredThrough,
        activatedBy: extra.activatedBy,
        versions: versionGate({ ...(min && { min }), ...(legacy && { legacy }) }, versions),
        members: members.map((member) => joinMember(member, roles, handlers)),
        revisions: revisions?.map((revision) => withExtra(revision, alsoCovers)),
      });
    });
}

function joinMember(
  member: MemberSource,
  roles: Map<string, string>,
  handlers?: Items<DocumentedHandler>,
): MemberFacts {
  const { documentedName, declareWith, requirement, when } = handlers?.[member.name] ?? {};
  const { sal, ...rest } = member;
  return item<MemberFacts>({
    ...rest,
    sal: sal && plain.has(sal) ? undefined : sal,
    members: member.members?.map((inner) => joinMember(inner, roles)),
    role: roles.get(member.type),
    documentedName,
    declareWith,
    requirement,
    requiredWhen: when,
  });
}

function withExtra(revision: HeaderRevision, extra: DocumentedStructure['alsoCovers']): HeaderRevision {
  const covers = extra?.[String(revision.revision)];
  const { x64, x86, arm64 } = revision.size ?? {};
  const size = item<NonNullable<HeaderRevision['size']>>({ x64, x86, arm64: arm64 === x64 ? undefined : arm64 });
  return item<HeaderRevision>({ ...revision, size, alsoCovers: covers });
}
