import type { MemberFacts, StructureFacts } from '../catalog/schema.js';
import type { VariableScope } from '../model/registrations.js';
import { plainBefore } from './cursor.js';
import { type Path, type Root, readPath } from './expression.js';
import type { FeatureInput } from './feature.js';

/** What expressions of half-typed code are of. Offsets (absolute UTF-16) say where the expression stands. */

/** The type as written of an expression: `Adapter->Request`. */
export function typeOfExpression(input: FeatureInput, expression: string, offset: number): string | undefined {
  const path = readPath(expression);
  return path && typeOfPath(input, path, offset);
}

/** The catalog structure that the expression is, or points to. */
export function structureOfExpression(
  input: FeatureInput,
  expression: string,
  offset: number,
): StructureFacts | undefined {
  const path = readPath(expression);
  return path && structureOfPath(input, path, offset);
}

/** Members of a catalog structure, and the path that leads to them from the structure. */
export interface MembersAt {
  structure: StructureFacts;
  path: string;
  members: readonly MemberFacts[];
}

/** The catalog members that can stand behind the expression: those of its structure, or of a structure nested in one. */
export function membersOfExpression(input: FeatureInput, expression: string, offset: number): MembersAt | undefined {
  const path = readPath(expression);
  return path && membersOfPath(input, path, offset);
}

/** The catalog member that the expression (`Request->DATA.QUERY_INFORMATION.Oid`) ends in. */
export function memberOfExpression(
  input: FeatureInput,
  expression: string,
  offset: number,
): { structure: StructureFacts; member: MemberFacts } | undefined {
  const path = readPath(expression);
  const name = path?.members.at(-1);
  if (!path || name === undefined) return undefined;
  const around = membersOfPath(input, { root: path.root, members: path.members.slice(0, -1) }, offset);
  const member = around && input.catalog.member(around.structure.name, around.path + name);
  return around && member && { structure: around.structure, member };
}

function membersOfPath(input: FeatureInput, { root, members }: Path, offset: number): MembersAt | undefined {
  const whole = structureOfPath(input, { root, members }, offset);
  if (whole) return { structure: whole, path: '', members: whole.members };
  for (let length = members.length - 1; length >= 0; length--) {
    const structure = structureOfPath(input, { root, members: members.slice(0, length) }, offset);
    if (!structure) continue;
    const path = members.slice(length).join('.');
    const nested = input.catalog.member(structure.name, path)?.members;
    return nested && { structure, path: `${path}.`, members: nested };
  }
  return undefined;
}

function structureOfPath(input: FeatureInput, path: Path, offset: number): StructureFacts | undefined {
  const type = typeOfPath(input, path, offset);
  return type === undefined ? undefined : scopeAt(input, offset).structureOf(type);
}

function typeOfPath(input: FeatureInput, { root, members }: Path, offset: number): string | undefined {
  const scope = scopeAt(input, offset);
  let type = typeOfRoot(input, root, scope, offset);
  for (const member of members) type = type === undefined ? undefined : scope.typeOfMember(type, member);
  return type;
}

function scopeAt({ file, project, summary }: FeatureInput, offset: number): VariableScope {
  const fn = file.functionAt(offset);
  return project.scope(summary, fn ?? file.headAt(offset), fn && file.body(fn));
}

function typeOfRoot(input: FeatureInput, root: Root, scope: VariableScope, offset: number): string | undefined {
  if (root.kind === 'cast') return root.type;
  if (root.kind === 'variable') return scope.typeOfVariable(root.name) ?? textualType(input, root.name, offset);
  // The way of Windows from a member to the structure around it: the type is its second argument.
  if (root.callee === 'CONTAINING_RECORD') return root.args[1];
  const { catalog, project } = input;
  return catalog.routine(root.callee)?.signature?.returns ?? project.functions(root.callee)[0]?.fact.returnType;
}

/** In half-typed code the tree may have lost the declaration: find `TYPE name` in the text of the function. */
function textualType(input: FeatureInput, name: string, offset: number): string | undefined {
  const near = plainBefore(input.file, offset).slice(-6000);
  const before = near.slice(near.lastIndexOf('\n}') + 1);
  const matches = [...before.matchAll(new RegExp(String.raw`\b([A-Z_]\w+)\s+(\**)\s*${name}\s*[;=,)[]`, 'g'))];
  const last = matches.at(-1);
  return last && `${last[1]} ${last[2] ?? ''}`.trim();
}
