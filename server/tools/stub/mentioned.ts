import type { HeaderSignature, MemberSource } from '../catalog/sources.js';
import type { StubSources } from '../stubHeader.js';
import { namesIn, readType } from './declarations.js';

/** Every typedef name that signatures, members and other typedefs mention, whether a fact explains it or not. */
export function mentionedTypes({ facts, documented }: StubSources): Set<string> {
  const signatures = [facts.callbacks, facts.functions, facts.kernel, facts['kernel-roles'], documented.functions];
  const types = [
    ...signatures.flatMap((group) => Object.values(group).flatMap(({ signature }) => typesOf(signature))),
    ...allMembers(facts).map(({ type }) => type),
    // A type with a body of its own is not taken apart; see the plain types of the stub.
    ...Object.values(facts.types).filter((type) => !type.includes('{')),
  ];
  return new Set(types.flatMap(namesIn));
}

/** Names of constants that array members have for their length. */
export function mentionedLengths({ facts }: StubSources): Set<string> {
  const arrays = allMembers(facts).map(({ type }) => readType(type).arrays);
  return new Set(arrays.flatMap((text) => text.match(/\b[A-Za-z_]\w*/g) ?? []));
}

function typesOf(signature: HeaderSignature | undefined): string[] {
  return signature ? [signature.returns, ...signature.params.map(({ type }) => type)] : [];
}

/** Members that have a type of their own, nested ones included. */
function allMembers({ structures }: StubSources['facts']): MemberSource[] {
  const flatten = (members: readonly MemberSource[]): MemberSource[] =>
    members.flatMap((member) => (member.members ? flatten(member.members) : [member]));
  return Object.values(structures).flatMap(({ members }) => flatten(members));
}
