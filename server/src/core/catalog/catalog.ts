import { nearest } from './nearest.js';
import type {
  CallbackFacts,
  CatalogData,
  ConstantFacts,
  DriverKind,
  EnumFacts,
  FunctionFacts,
  HandlerSlot,
  HeaderRevision,
  IrqlAct,
  KernelFacts,
  MemberFacts,
  OidFacts,
  PortingFacts,
  StatusFacts,
  StructureFacts,
} from './schema.js';

/** What a name stands for. */
export type Entry =
  | { kind: 'callback'; facts: CallbackFacts }
  | { kind: 'function'; facts: FunctionFacts }
  | { kind: 'kernel'; facts: KernelFacts }
  | { kind: 'structure'; facts: StructureFacts }
  | { kind: 'enum'; facts: EnumFacts }
  | { kind: 'enum-value'; facts: EnumFacts; value: EnumFacts['values'][number] }
  | { kind: 'status'; facts: StatusFacts }
  | { kind: 'oid'; facts: OidFacts }
  | { kind: 'constant'; facts: ConstantFacts }
  | { kind: 'revision'; facts: StructureFacts; revision: HeaderRevision }
  | { kind: 'type'; name: string; underlying: string };

/** A handler member with the structure it stands in. */
export interface Slot {
  structure: StructureFacts;
  member: MemberFacts;
}

const none: readonly string[] = [];

/**
 * Look-ups over the compiled catalog. Names are matched exactly, as C does. Every index is built when it is first
 * asked for, since a session uses few of them. An answer of undefined means that the catalog does not know.
 */
export class Catalog {
  readonly data: CatalogData;

  constructor(data: CatalogData) {
    this.data = data;
  }

  /** By role type, alias (also a misspelt one of the headers) or function pointer type; kernel role types too. */
  callback(name: string): CallbackFacts | undefined {
    return this.#callbacks().get(name);
  }

  /** By a name that can declare a function: a role type or an alias of one, not a function pointer type. NDIS only. */
  roleType(name: string): CallbackFacts | undefined {
    const role = this.#callbacks().get(name);
    if (!role || role.pointerType || role.pointerTypes?.includes(name)) return undefined;
    return this.#ownRoles().has(role) ? role : undefined;
  }

  /** By the name that the documentation gives the function: ProtocolCmCloseAf. */
  callbackByDocumentedName(name: string): CallbackFacts | undefined {
    return this.#documentedNames().get(name);
  }

  /** The role that a handler member of a structure asks for. */
  callbackForSlot(structure: string, member: string): CallbackFacts | undefined {
    const role = this.member(structure, member)?.role;
    return role === undefined ? undefined : this.callback(role);
  }

  /** The members that a role is registered in. */
  slots(role: string): HandlerSlot[] {
    return this.callback(role)?.registeredIn ?? [];
  }

  /** Every handler member of this name in the structures of NDIS 6. */
  slotsNamed(member: string): HandlerSlot[] {
    return this.#slotsByMember().get(member) ?? [];
  }

  /** Every handler member of a structure, in order. */
  handlers(structure: string): Slot[] {
    const facts = this.structure(structure);
    return (facts?.members ?? []).filter((member) => member.role).map((member) => ({ structure: facts!, member }));
  }

  /**
   * A function of role `given` may stand where role `expected` is asked for: the same role, an alias of it, or a role
   * that serves there (DRIVER_UNLOAD for MINIPORT_UNLOAD). Undefined when either name is unknown.
   */
  roleFits(given: string, expected: string): boolean | undefined {
    const one = this.callback(given);
    const other = this.callback(expected);
    if (!one || !other) return undefined;
    return one === other || (other.servedBy ?? []).includes(one.name);
  }

  function(name: string): FunctionFacts | undefined {
    return this.#functions().get(name);
  }

  /** A function or macro of NDIS, or a kernel routine. */
  routine(name: string): FunctionFacts | KernelFacts | undefined {
    return this.function(name) ?? this.kernel(name);
  }

  /** By name, struct tag, other typedef or pointer typedef; `struct`, `const` and trailing `*` are looked through. */
  structure(name: string): StructureFacts | undefined {
    return this.#structures().get(plainType(name));
  }

  /** A member by its name, or by a path through named nested members (`DATA.QUERY_INFORMATION.Oid`). */
  member(structure: string, member: string): MemberFacts | undefined {
    return this.#memberIndex(structure)?.get(member);
  }

  /** By its name, or by the kernel's name for the same value: STATUS_PENDING. */
  status(name: string): StatusFacts | undefined {
    return this.#statuses().get(name);
  }

  /** Roles whose documentation lists the status. */
  callbacksReturning(status: string): CallbackFacts[] {
    return this.data.callbacks.filter(
      (role) => role.statuses?.includes(status) || role.statusesInText?.includes(status),
    );
  }

  /** The number that a status, constant, OID or enumeration value stands for. */
  numberOf(name: string): number | undefined {
    const value =
      this.status(name)?.value ??
      this.constant(name)?.value ??
      this.oid(name)?.value ??
      this.enumValue(name)?.value.value;
    return value === undefined ? undefined : Number(value);
  }

  /** Functions that only an NDIS 5.x driver can call. */
  legacyNames(): readonly string[] {
    return this.#legacyNames();
  }

  /** Statuses with this 32-bit unsigned value; several names may share one. */
  statusByValue(value: number): StatusFacts[] {
    return this.#statusesByValue().get(value >>> 0) ?? [];
  }

  oid(name: string): OidFacts | undefined {
    return this.#oids().get(name);
  }

  /** OIDs with this 32-bit unsigned value; a few are known by two names. */
  oidByValue(value: number): OidFacts[] {
    return this.#oidsByValue().get(value >>> 0) ?? [];
  }

  constant(name: string): ConstantFacts | undefined {
    return this.#constants().get(name);
  }

  /** Object types that headers can say, the most frequent first. */
  objectTypes(): readonly string[] {
    return this.#objectTypes();
  }

  /** The structure that those begin with which say their own type, revision and size. */
  objectHeader(): StructureFacts | undefined {
    const first = this.data.structures.find(({ headerMember }) => headerMember !== undefined);
    return first && this.structure(this.member(first.name, first.headerMember ?? '')?.type ?? '');
  }

  /** Constants of one group of flags. */
  constantsOf(group: string): ConstantFacts[] {
    return this.data.constants.filter((constant) => constant.group === group);
  }

  enum(name: string): EnumFacts | undefined {
    return this.#enums().get(plainType(name));
  }

  enumValue(name: string): { type: EnumFacts; value: EnumFacts['values'][number] } | undefined {
    return this.#enumValues().get(name);
  }

  kernel(name: string): KernelFacts | undefined {
    return this.#kernel().get(name);
  }

  /** What a call of this name does to locks and to the IRQL, where it does anything. */
  irqlAct(name: string): IrqlAct | undefined {
    return Object.hasOwn(this.data.irqlActs, name) ? this.data.irqlActs[name] : undefined;
  }

  /** The structure and revision that a size or revision constant belongs to. A constant may serve several structures. */
  revisionsOf(constant: string): { structure: StructureFacts; revision: HeaderRevision }[] {
    return this.#revisions().get(constant) ?? [];
  }

  /**
   * Functions that complete a request of this role after NDIS_STATUS_PENDING. With a driver kind only those that such a
   * driver calls: an MCM has its own.
   */
  completionsOf(role: string, kind?: DriverKind): string[] {
    const { standAlone = [], mcm = [], any = [] } = this.callback(role)?.completion ?? {};
    if (kind === undefined) return [...any, ...standAlone, ...mcm];
    return [...any, ...(kind === 'mcm' ? mcm : standAlone)];
  }

  /** Role types whose pended request a call of this function completes, also through the function it expands to. */
  completesOf(functionName: string): readonly string[] {
    const own = this.function(functionName);
    if (!own) return none;
    const target = own.expandsTo === undefined ? undefined : this.function(this.typeExpands(functionName));
    return target ? [...new Set([...(own.completes ?? []), ...(target.completes ?? [])])] : (own.completes ?? none);
  }

  /** Both names are one call: equal, or a macro and the function that it expands to with the same arguments. */
  sameFunction(left: string, right: string): boolean {
    return this.typeExpands(left) === this.typeExpands(right);
  }

  /** The function that a call of this name reaches: the end of the chain of macros that pass their arguments on. */
  typeExpands(name: string): string {
    let reached = name;
    for (let steps = 0; steps < 4; steps++) {
      const next = this.function(reached)?.expandsTo;
      if (next === undefined) break;
      reached = next;
    }
    return reached;
  }

  /** What an alias of a pointer or scalar type stands for: NDIS_HANDLE is PVOID. One step. */
  underlyingType(name: string): string | undefined {
    return this.data.types[name];
  }

  /** What a name of the interface is, whichever kind. Callbacks are also found by their documented name. */
  find(name: string): Entry | undefined {
    const callback = this.callback(name) ?? this.callbackByDocumentedName(name);
    if (callback) return { kind: 'callback', facts: callback };
    const facts = this.function(name);
    if (facts) return { kind: 'function', facts };
    const structure = this.structure(name);
    if (structure) return { kind: 'structure', facts: structure };
    return this.#findValue(name);
  }

  /** Every name that begins so: callbacks (role types and documented names), functions, types, values. Sorted. */
  allNames(prefix = ''): string[] {
    const names = this.#sortedNames();
    const found: string[] = [];
    for (let at = lowerBound(names, prefix); at < names.length && names[at]!.startsWith(prefix); at++) {
      found.push(names[at]!);
    }
    return found;
  }

  /** The one-line summary of a callback's page, by any name of the callback. */
  summary(name: string): string | undefined {
    const role = this.callback(name) ?? this.callbackByDocumentedName(name);
    return role && Object.hasOwn(this.data.summaries, role.name) ? this.data.summaries[role.name] : undefined;
  }

  /**
   * An identifier that only an NDIS driver uses: `Ndis…` and the like that the catalog knows, a role type or handler
   * pointer type, `NDIS_STATUS_…`, `NET_BUFFER_LIST`. Names of the kernel and of general use are not.
   */
  isNdisName(identifier: string): boolean {
    return this.#ndisNames().has(identifier);
  }

  /** The role type that a misspelt one most likely means, or undefined when none is near. */
  nearestRole(name: string): string | undefined {
    const declaring = this.data.callbacks.flatMap(({ name: own, registeredIn = [] }) => [
      own,
      ...registeredIn.flatMap(({ declareWith }) => declareWith ?? []),
    ]);
    return nearest(name, [...new Set(declaring)]);
  }

  /** Functions that undo what this one did. */
  releasesOf(acquire: string): string[] {
    return this.#releases().get(acquire) ?? [];
  }

  /** NDIS 6 replacements of a name that NDIS 5 drivers use. */
  porting(name: string): PortingFacts[] {
    return this.#porting().get(name) ?? [];
  }

  /** A function that NDIS 6 replaced by another: the headers hide it from such a driver, or the porting table names it. */
  isOfNdis5(name: string): boolean {
    return this.function(name)?.versions?.legacy === true || this.porting(name).some(({ kind }) => kind === 'function');
  }

  #findValue(name: string): Entry | undefined {
    const status = this.status(name);
    if (status) return { kind: 'status', facts: status };
    const oid = this.oid(name);
    if (oid) return { kind: 'oid', facts: oid };
    const constant = this.constant(name);
    const revision = this.revisionsOf(name)[0];
    if (revision) return { kind: 'revision', facts: revision.structure, revision: revision.revision };
    if (constant) return { kind: 'constant', facts: constant };
    const type = this.enum(name);
    if (type) return { kind: 'enum', facts: type };
    const value = this.enumValue(name);
    if (value) return { kind: 'enum-value', facts: value.type, value: value.value };
    const kernel = this.kernel(name);
    if (kernel) return { kind: 'kernel', facts: kernel };
    const underlying = this.underlyingType(name);
    return underlying === undefined ? undefined : { kind: 'type', name, underlying };
  }

  #callbacks = lazy(() => {
    const index = new Map<string, CallbackFacts>();
    for (const callback of [...this.data.kernelRoles, ...this.data.callbacks]) {
      for (const name of [callback.name, ...(callback.aliases ?? []), ...(callback.pointerTypes ?? [])]) {
        index.set(name, callback);
      }
    }
    return index;
  });

  #objectTypes = lazy(() => {
    const counts = new Map<string, number>();
    for (const { objectType } of this.data.structures)
      if (objectType !== undefined) counts.set(objectType, (counts.get(objectType) ?? 0) + 1);
    return [...counts].sort(([, one], [, other]) => other - one).map(([name]) => name);
  });

  #ownRoles = lazy(() => new Set(this.data.callbacks));
  #legacyNames = lazy(() => this.data.functions.filter((fn) => fn.versions?.legacy).map((fn) => fn.name));

  #slotsByMember = lazy(() => {
    const index = new Map<string, HandlerSlot[]>();
    for (const structure of this.data.structures) {
      if (structure.versions?.legacy) continue;
      for (const { name, role } of structure.members) {
        if (role) index.set(name, [...(index.get(name) ?? []), { structure: structure.name, member: name }]);
      }
    }
    return index;
  });

  #documentedNames = lazy(() => {
    const index = new Map<string, CallbackFacts>();
    for (const callback of this.data.callbacks) {
      for (const name of callback.otherNames ?? []) index.set(name, callback);
      for (const { documentedName } of callback.registeredIn ?? []) {
        if (documentedName !== undefined) index.set(documentedName, callback);
      }
      if (callback.documentedName !== undefined) index.set(callback.documentedName, callback);
    }
    return index;
  });

  #functions = lazy(() => byName(this.data.functions));
  #kernel = lazy(() => byName(this.data.kernel));
  #statuses = lazy(() => {
    const index = byName(this.data.statuses);
    for (const status of this.data.statuses) {
      if (status.alias !== undefined && !index.has(status.alias)) index.set(status.alias, status);
    }
    return index;
  });
  #oids = lazy(() => byName(this.data.oids));
  #constants = lazy(() => byName(this.data.constants));
  #statusesByValue = lazy(() => byValue(this.data.statuses));
  #oidsByValue = lazy(() => byValue(this.data.oids));
  #structures = lazy(() => byTypeName(this.data.structures));
  #enums = lazy(() => byTypeName(this.data.enums));

  #enumValues = lazy(() => {
    const index = new Map<string, { type: EnumFacts; value: EnumFacts['values'][number] }>();
    for (const type of this.data.enums) for (const value of type.values) index.set(value.name, { type, value });
    return index;
  });

  #revisions = lazy(() => {
    const index = new Map<string, { structure: StructureFacts; revision: HeaderRevision }[]>();
    for (const structure of this.data.structures) {
      for (const revision of structure.revisions ?? []) {
        for (const name of [revision.revisionConstant, revision.sizeConstant]) {
          if (name !== undefined) index.set(name, [...(index.get(name) ?? []), { structure, revision }]);
        }
      }
    }
    return index;
  });

  #releases = lazy(() => new Map(this.data.resourcePairs.map(({ acquire, release }) => [acquire, release])));

  #porting = lazy(() => {
    const index = new Map<string, PortingFacts[]>();
    for (const facts of this.data.porting) {
      for (const name of facts.from) index.set(name, [...(index.get(name) ?? []), facts]);
    }
    return index;
  });

  #members = new Map<string, Map<string, MemberFacts>>();

  #memberIndex(structure: string): Map<string, MemberFacts> | undefined {
    const facts = this.structure(structure);
    if (!facts) return undefined;
    let index = this.#members.get(facts.name);
    if (!index) this.#members.set(facts.name, (index = this.#indexMembers(facts.members)));
    return index;
  }

  /** Members of anonymous structs and unions belong to the structure itself, also where the anonymous one has a type. */
  #indexMembers(members: MemberFacts[], path = '', index = new Map<string, MemberFacts>()): Map<string, MemberFacts> {
    for (const member of members) {
      const own = `${path}${member.name}`;
      if (member.name && !index.has(own)) index.set(own, member);
      const inner = member.members ?? (member.name ? undefined : this.structure(member.type)?.members);
      if (inner) this.#indexMembers(inner, member.name ? `${own}.` : path, index);
    }
    return index;
  }

  #sortedNames = lazy(() => {
    const { data } = this;
    const names = new Set<string>([...this.#callbacks().keys(), ...this.#documentedNames().keys()]);
    for (const name of this.#structures().keys()) names.add(name);
    for (const name of this.#enums().keys()) names.add(name);
    for (const name of this.#enumValues().keys()) names.add(name);
    for (const name of this.#revisions().keys()) names.add(name);
    for (const name of Object.keys(data.types)) names.add(name);
    for (const set of [data.functions, data.statuses, data.oids, data.constants, data.kernel]) {
      for (const { name } of set) names.add(name);
    }
    // In the order of UTF-16 units, as `lowerBound` compares.
    return [...names].sort();
  });

  #ndisNames = lazy(() => {
    const names = new Set<string>();
    for (const { name, aliases, pointerTypes } of this.data.callbacks) {
      for (const known of [name, ...(aliases ?? []), ...(pointerTypes ?? [])]) names.add(known);
    }
    const { functions, structures, statuses, constants, oids } = this.data;
    for (const { name } of [...functions, ...statuses, ...constants, ...oids])
      if (ndisPrefix.test(name)) names.add(name);
    for (const { name, pointerNames = [] } of structures) {
      for (const known of [name, ...pointerNames]) if (ndisPrefix.test(known)) names.add(known);
    }
    return names;
  });
}

/** Names of types and constants in the NDIS headers that other drivers use as well do not begin so. */
const ndisPrefix = /^(P?NDIS_|Ndis[A-Z]|P?NET_BUFFER|OID_(?:GEN|802_3|CO|PNP|TCP)_|P?CO_(?:ADDRESS_FAMILY|SAP|CALL_))/;

/** `const struct _NDIS_OID_REQUEST *` is about _NDIS_OID_REQUEST. */
const plainType = (type: string): string => type.replace(/\b(const|struct|union|enum|volatile)\b|[*\s]/g, '');

function lazy<T>(build: () => T): () => T {
  let built: T | undefined;
  return () => (built ??= build());
}

const byName = <T extends { name: string }>(items: T[]): Map<string, T> =>
  new Map(items.map((item) => [item.name, item]));

/** A tag is the name behind an underscore where the facts name no other. */
function byTypeName<T extends { name: string; tag?: string; aliases?: string[]; pointerNames?: string[] }>(items: T[]) {
  const index = new Map<string, T>();
  for (const item of items) {
    for (const name of [
      item.tag ?? `_${item.name}`,
      ...(item.aliases ?? []),
      ...(item.pointerNames ?? []),
      item.name,
    ]) {
      if (name !== undefined) index.set(name, item);
    }
  }
  return index;
}

function byValue<T extends { value?: number }>(items: T[]): Map<number, T[]> {
  const index = new Map<number, T[]>();
  for (const item of items) {
    if (item.value !== undefined) index.set(item.value, [...(index.get(item.value) ?? []), item]);
  }
  return index;
}

function lowerBound(sorted: string[], wanted: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
