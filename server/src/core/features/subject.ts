import type { Range } from '../api.js';
import type { Catalog } from '../catalog/catalog.js';
import type {
  CallbackFacts,
  ConstantFacts,
  EnumFacts,
  FunctionFacts,
  HeaderRevision,
  KernelFacts,
  MemberFacts,
  OidFacts,
  PortingFacts,
  StatusFacts,
  StructureFacts,
} from '../catalog/schema.js';
import type { RoleEvidence } from '../model/projectModel.js';
import { plainBefore, wordAt } from './cursor.js';
import { expressionBehind } from './expression.js';
import { membersOfExpression } from './expressionTypes.js';
import type { FeatureInput } from './feature.js';
import { callAround, longestExpression } from './place.js';

/** What the word under the cursor means, when it means something to NDIS. */
export type Subject =
  | { kind: 'callback'; role: CallbackFacts }
  /** A function of the project that serves as a callback. */
  | { kind: 'own-callback'; name: string; role: CallbackFacts; evidence: RoleEvidence[] }
  | { kind: 'function'; fn: FunctionFacts }
  | { kind: 'kernel'; routine: KernelFacts }
  | { kind: 'structure'; structure: StructureFacts }
  | { kind: 'member'; structure: StructureFacts; member: MemberFacts }
  | { kind: 'status'; status: StatusFacts }
  | { kind: 'oid'; oid: OidFacts }
  | { kind: 'constant'; constant: ConstantFacts }
  | { kind: 'enum'; enumeration: EnumFacts }
  | { kind: 'enum-value'; enumeration: EnumFacts; value: string }
  /** A parameter of the author's callback. */
  | { kind: 'parameter'; role: CallbackFacts; index: number; name: string }
  | { kind: 'revision'; name: string; of: { structure: StructureFacts; revision: HeaderRevision }[] }
  | { kind: 'type'; name: string; underlying: string }
  /** A number in the source that is the value of statuses or OIDs. */
  | { kind: 'number'; value: number; statuses: StatusFacts[]; oids: OidFacts[] }
  | { kind: 'old-name'; porting: PortingFacts[]; name: string };

export interface SubjectAt {
  subject: Subject;
  start: number;
  end: number;
}

/** The subject at the offset (absolute UTF-16); undefined in comments, literals and for names that mean nothing here. */
export function subjectAt(input: FeatureInput, offset: number): SubjectAt | undefined {
  const { file } = input;
  const { word, range } = wordAt(file.text, offset);
  if (!word || file.isQuoted(range.start + 1) || file.isQuoted(range.start)) return undefined;
  if (/^\d/.test(word)) {
    const number = numberSubject(input, word, range);
    return number && { subject: number, ...range };
  }
  const subject =
    memberSubject(input, word, range.start) ?? parameterSubject(input, word, offset) ?? nameSubject(input, word);
  return subject && { subject, ...range };
}

/** What a name means wherever it stands. */
export function nameSubject(input: FeatureInput, word: string): Subject | undefined {
  const { catalog } = input;
  const role = catalog.callback(word) ?? catalog.callbackByDocumentedName(word);
  const own = role && catalog.callbackByDocumentedName(word) === undefined ? undefined : ownCallback(input, word);
  if (own) return own;
  if (role) return { kind: 'callback', role };
  const fn = catalog.function(word);
  if (fn && !fn.versions?.legacy) return { kind: 'function', fn };
  return valueSubject(catalog, word) ?? ownCallback(input, word);
}

/** What a name of the interface stands for, without a driver around it. */
export function catalogSubject(catalog: Catalog, word: string): Subject | undefined {
  const role = catalog.callback(word) ?? catalog.callbackByDocumentedName(word);
  if (role) return { kind: 'callback', role };
  const fn = catalog.function(word);
  return fn ? { kind: 'function', fn } : valueSubject(catalog, word);
}

function valueSubject(catalog: Catalog, word: string): Subject | undefined {
  const status = catalog.status(word);
  if (status) return { kind: 'status', status };
  const structure = catalog.structure(word);
  if (structure) return { kind: 'structure', structure };
  const oid = catalog.oid(word);
  if (oid) return { kind: 'oid', oid };
  const enumeration = catalog.enum(word);
  if (enumeration) return { kind: 'enum', enumeration };
  const owner = catalog.enumValue(word);
  if (owner) return { kind: 'enum-value', enumeration: owner.type, value: word };
  const of = catalog.revisionsOf(word);
  if (of.length) return { kind: 'revision', name: word, of };
  const constant = catalog.constant(word);
  if (constant) return { kind: 'constant', constant };
  const porting = catalog.porting(word);
  if (porting.length) return { kind: 'old-name', porting, name: word };
  const fn = catalog.function(word);
  if (fn) return { kind: 'function', fn };
  const routine = catalog.kernel(word);
  if (routine) return { kind: 'kernel', routine };
  const underlying = catalog.underlyingType(word);
  return underlying === undefined ? undefined : { kind: 'type', name: word, underlying };
}

/** A hexadecimal number where a status or an OID can stand: as a case, compared or assigned. */
function numberSubject({ file, catalog }: FeatureInput, word: string, range: Range): Subject | undefined {
  const digits = /^0x([0-9a-f]{3,8})(?:u?l?l?|l?l?u?)$/i.exec(word)?.[1];
  if (digits === undefined) return undefined;
  const before = file.text.slice(Math.max(0, range.start - 200), range.start);
  const after = file.text.slice(range.end, range.end + 20);
  const cast = String.raw`(?:\(\s*\w*\s*)*(?:\)\s*)*`;
  const compared = new RegExp(String.raw`(\w*)\s*[\])]*\s*(?:[!=]=|[^!=<>+*/%&|^-]=)\s*${cast}$`).exec(before);
  if (!compared && !new RegExp(String.raw`\bcase\s+${cast}$`).test(before) && !/^\s*\)?\s*[!=]=/.test(after))
    return undefined;
  const value = Number.parseInt(digits, 16);
  const left = compared?.[1] ?? '';
  const statuses = /oid$/i.test(left) ? [] : catalog.statusByValue(value);
  const oids = /status$/i.test(left) ? [] : catalog.oidByValue(value);
  return statuses.length + oids.length ? { kind: 'number', value, statuses, oids } : undefined;
}

function ownCallback({ project }: FeatureInput, name: string): Subject | undefined {
  const evidence = project.rolesOf(name);
  const [first] = evidence;
  return first && { kind: 'own-callback', name, role: first.role, evidence };
}

function memberSubject(input: FeatureInput, word: string, start: number): Subject | undefined {
  const before = plainBefore(input.file, start).slice(-longestExpression).trimEnd();
  const link = /(->|\.)$/.exec(before)?.[0] ?? '';
  const base = link && expressionBehind(before.slice(0, -link.length));
  const around = base ? membersOfExpression(input, base, start) : undefined;
  const member = around && input.catalog.member(around.structure.name, around.path + word);
  if (around && member) return { kind: 'member', structure: around.structure, member };
  if (!base && !/[{,]\s*\.$/.test(before)) return undefined;
  const slots = input.catalog.slotsNamed(word);
  const [slot] = slots;
  const only = slots.length === 1 && slot ? input.catalog.structure(slot.structure) : undefined;
  const handler = only?.members.find((m) => m.name === word);
  return only && handler && { kind: 'member', structure: only, member: handler };
}

function parameterSubject(input: FeatureInput, word: string, offset: number): Subject | undefined {
  const fn = input.file.headAt(offset);
  const role = fn && input.project.roleOf(fn.name);
  if (!fn || !role) return undefined;
  const index = fn.params.findIndex((param) => param.name === word);
  return index >= 0 && index < role.signature.params.length
    ? { kind: 'parameter', role, index, name: word }
    : undefined;
}

/** The function being called around the offset, and which argument the offset is in. */
export function callAt(input: FeatureInput, offset: number): { callee: string; index: number } | undefined {
  if (input.file.isQuoted(offset)) return undefined;
  return callAround(plainBefore(input.file, offset));
}
