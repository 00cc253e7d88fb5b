import type { Catalog } from '../catalog/catalog.js';
import type { CallbackFacts, DriverKind, StructureFacts } from '../catalog/schema.js';
import { compareVersions, versionOfDefinition } from '../catalog/versions.js';
import type { BodyReader } from './bodies.js';
import type { BodyFacts, LocalFact } from './body.js';
import type { FunctionFact, StructFact } from './declarations.js';
import { driverKinds } from './driverKinds.js';
import { isHeaderName } from './headerName.js';
import type { VariableScope } from './registrations.js';
import type { Span } from './span.js';
import type { DeclarationSummary, FileSummary, FunctionSummary, HandlerSummary, MacroSummary } from './summary.js';
import { catalogScope, type TypeScope } from './types.js';

export interface InFile<T> {
  file: FileSummary;
  fact: T;
}

/** Why a function counts as a callback of a role. */
export interface RoleEvidence {
  role: CallbackFacts;
  by: 'declaration' | 'registration' | 'argument' | 'convention';
  uri: string;
  span: Span;
  slot?: { structure: StructureFacts; member: string };
}

/** What can be stated of a driver by hand. */
export interface StatedFacts {
  readonly ndisVersions?: readonly string[];
  readonly kinds?: readonly DriverKind[];
}

/** What is known of a driver beside its files. */
export interface ProjectOptions {
  definitions?: ReadonlyMap<string, string>;
  unresolvedIncludes?: boolean;
  isPartial?: boolean;
  viewpoint?: string;
  stated?: StatedFacts | undefined;
  read?: BodyReader;
}

/** The files that build into one driver, as one. Made anew after each change; questions are answered from the files'
 * summaries and remembered. */
export class ProjectModel {
  readonly types: TypeScope;
  private readonly roles = new Map<string, RoleEvidence[]>();
  private kinds: ReadonlySet<DriverKind> | undefined;
  private structs: Map<string, StructFact> | undefined;
  private readonly globals = new Map<string, string | undefined>();
  private readonly aliases = new Map<string, string | undefined>();
  private readonly baseNames = new Map<string, string>();
  private called: Set<string> | undefined;
  private knownVersions: string[] | undefined;
  private readonly indexes: Partial<
    Record<'functions' | 'declarations' | 'handlers' | 'macros', Map<string, FileSummary[]>>
  > = {};

  readonly name: string;
  readonly catalog: Catalog;
  readonly files: readonly FileSummary[];
  /** Preprocessor definitions of the build, where a project file tells. */
  readonly definitions: ReadonlyMap<string, string>;
  /** A quoted include leads to no file that is known: declarations may be out of sight. */
  readonly unresolvedIncludes: boolean;
  /** Code of the driver may be out of sight, declarations or not: what nothing here does may be done there. */
  readonly isPartial: boolean;
  /** The file from which names are looked up. */
  readonly viewpoint: string | undefined;
  /** What its author states of the driver; it wins over what the sources show. */
  private readonly stated: StatedFacts;
  /** Reads functions of the other files. */
  readonly read: BodyReader;

  constructor(name: string, catalog: Catalog, files: readonly FileSummary[], options: ProjectOptions = {}) {
    this.name = name;
    this.catalog = catalog;
    this.files = files;
    this.definitions = options.definitions ?? new Map();
    this.unresolvedIncludes = options.unresolvedIncludes ?? false;
    this.isPartial = this.unresolvedIncludes || (options.isPartial ?? false);
    this.viewpoint = options.viewpoint;
    this.stated = options.stated ?? {};
    this.read = options.read ?? (() => undefined);
    const catalogTypes = catalogScope(catalog);
    this.types = {
      aliasOf: (type) => this.alias(type) ?? catalogTypes.aliasOf(type),
      isAggregate: (type) => catalogTypes.isAggregate(type) || this.struct(type) !== undefined,
    };
  }

  functions(name: string): InFile<FunctionSummary>[] {
    return this.holders('functions', name).map((file) => ({ file, fact: file.functions.get(name) as FunctionSummary }));
  }

  /** The files that define a function of the name, whether or not they let others call it. */
  definers(name: string): readonly FileSummary[] {
    return this.index('functions').get(name) ?? [];
  }

  declarations(name: string): InFile<DeclarationSummary>[] {
    return this.holders('declarations', name).flatMap((file) =>
      (file.declarations.get(name) ?? []).map((fact) => ({ file, fact })),
    );
  }

  /** Places that make the function a callback: handler members and arguments. */
  handlers(name: string): InFile<HandlerSummary>[] {
    return this.holders('handlers', name).flatMap((file) =>
      (file.handlers.get(name) ?? []).map((fact) => ({ file, fact })),
    );
  }

  /** The files that have something of this kind by the name, and in which the name means what it means in the file that
   * the project is seen from: a function that is static in one source has nothing to do with functions of its name
   * elsewhere. */
  private holders(kind: 'functions' | 'declarations' | 'handlers', name: string): readonly FileSummary[] {
    const holders = this.index(kind).get(name) ?? [];
    const from = this.viewpoint;
    if (from === undefined || !holders.length) return holders;
    const hidesFrom = (file: FileSummary): boolean =>
      file.functions.get(name)?.isStatic === true && !isHeaderName(file.uri);
    if (this.definers(name).some((file) => file.uri === from && hidesFrom(file))) {
      return holders.filter((file) => file.uri === from || isHeaderName(file.uri));
    }
    return holders.filter((file) => file.uri === from || !hidesFrom(file));
  }

  /** Files by the names that they have. */
  private index(kind: keyof ProjectModel['indexes']): Map<string, FileSummary[]> {
    let index = this.indexes[kind];
    if (index) return index;
    index = new Map();
    for (const file of this.files) {
      for (const name of file[kind].keys()) {
        const list = index.get(name);
        if (list) list.push(file);
        else index.set(name, [file]);
      }
    }
    this.indexes[kind] = index;
    return index;
  }

  /** Roles of the function by declaration and registration, with the evidence. */
  rolesOf(name: string): RoleEvidence[] {
    let roles = this.roles.get(name);
    if (!roles) this.roles.set(name, (roles = [...this.declaredRoles(name), ...this.registeredRoles(name)]));
    return roles;
  }

  /** The one role that all evidence agrees on; undefined with none or with several. */
  roleOf(name: string): CallbackFacts | undefined {
    const [first, ...rest] = this.rolesOf(name);
    return first && rest.every((evidence) => evidence.role === first.role) ? first.role : undefined;
  }

  private declaredRoles(name: string): RoleEvidence[] {
    return this.declarations(name).flatMap(({ file, fact }): RoleEvidence[] => {
      const role = fact.kind === 'role-declaration' ? this.catalog.roleType(fact.type) : undefined;
      return role ? [{ role, by: 'declaration', uri: file.uri, span: fact.span }] : [];
    });
  }

  private registeredRoles(name: string): RoleEvidence[] {
    return this.handlers(name).map(({ file, fact }): RoleEvidence => {
      const { role, slot, span } = fact;
      return slot
        ? { role, by: 'registration', uri: file.uri, span, slot }
        : { role, by: 'argument', uri: file.uri, span };
    });
  }

  /** Some function of the project calls one of these. */
  callsAny(names: Iterable<string>): boolean {
    this.called ??= new Set(this.files.flatMap((file) => [...file.calls]));
    for (const name of names) if (this.called.has(name)) return true;
    return false;
  }

  /** One of the names stands in a macro's body: a use of the macro may be a call. */
  mentions(names: readonly string[]): boolean {
    const wanted = new Set(names);
    return this.files.some((file) =>
      [...file.macros.values()].some((macro) => (macro.body.match(/\w+/g) ?? []).some((word) => wanted.has(word))),
    );
  }

  /** Kinds of driver that the project registers as. */
  get driverKinds(): ReadonlySet<DriverKind> {
    return (this.kinds ??= this.stated.kinds ? new Set(this.stated.kinds) : this.findKinds());
  }

  private findKinds(): ReadonlySet<DriverKind> {
    return driverKinds(new Set(this.files.flatMap((file) => file.fills.map((fill) => fill.structure))), this.catalog);
  }

  /** The project is written for NDIS 5.x: contracts of NDIS 6 do not bind it. */
  get isLegacy(): boolean {
    const versions = this.versions;
    if (versions.length) return versions.every((version) => Number.parseFloat(version) < 6);
    if (this.driverKinds.size) return false;
    return this.callsAny(this.catalog.legacyNames());
  }

  /** NDIS versions that the build or the sources define, lowest first; empty where nothing tells. */
  get versions(): readonly string[] {
    return (this.knownVersions ??= this.findVersions());
  }

  private findVersions(): string[] {
    if (this.stated.ndisVersions) return [...this.stated.ndisVersions].sort(compareVersions);
    const names = [...this.definitions.keys(), ...this.files.flatMap((file) => [...file.macros.keys()])];
    const versions = names.filter((name) => /^NDIS\d+(_MINIPORT)?$/.test(name)).map(versionOfDefinition);
    return [...new Set(versions.filter((version) => version !== undefined))].sort(compareVersions);
  }

  get newestVersion(): string | undefined {
    return this.versions.at(-1);
  }

  /** The driver's newest NDIS version is this one or a later one; true where the version is not known. */
  hasVersion(version: string): boolean {
    const newest = this.newestVersion;
    return newest === undefined || compareVersions(newest, version) >= 0;
  }

  macro(name: string): MacroSummary | undefined {
    return this.index('macros').get(name)?.[0]?.macros.get(name);
  }

  /** The definitions of the macro in all files that have one. */
  macros(name: string): MacroSummary[] {
    return (this.index('macros').get(name) ?? []).map((file) => file.macros.get(name) as MacroSummary);
  }

  /** What variable names mean in a function, or at file scope. */
  scope(file: FileSummary, fn?: Pick<FunctionFact, 'params'>, body?: BodyFacts): VariableScope {
    const locals = new Map<string, string>();
    for (const param of fn?.params ?? []) locals.set(param.name, param.type);
    const spelled = new Map<string, NonNullable<LocalFact['members']>>();
    for (const { name, type, members } of body?.locals ?? []) {
      locals.set(name, members ? `{${name}}` : type);
      if (members) spelled.set(`{${name}}`, members);
    }
    return {
      typeOfVariable: (name) => locals.get(name) ?? file.globals.get(name) ?? this.global(name),
      typeOfMember: (type, member) =>
        spelled.has(type) ? spelled.get(type)?.find((m) => m.name === member)?.type : this.memberType(type, member),
      structureOf: (type) => this.catalogStructure(type),
    };
  }

  private global(name: string): string | undefined {
    return remembered(this.globals, name, () => this.findGlobal(name));
  }

  private findGlobal(name: string): string | undefined {
    for (const file of this.files) {
      const type = file.globals.get(name);
      if (type) return type;
    }
    return undefined;
  }

  private memberType(type: string, member: string): string | undefined {
    const base = this.baseName(type);
    const struct = this.struct(base);
    if (struct) return struct.members.find((m) => m.name === member)?.type;
    return this.catalog.member(base, member)?.type;
  }

  private catalogStructure(type: string): StructureFacts | undefined {
    const base = this.baseName(type);
    return this.struct(base) ? undefined : this.catalog.structure(base);
  }

  /** The structure name that a type is or points to, typedefs followed. */
  private baseName(type: string): string {
    return remembered(this.baseNames, type, () => this.findBaseName(type));
  }

  private findBaseName(type: string): string {
    let name = plainName(type);
    for (let steps = 0; steps < 8; steps++) {
      const next = this.alias(name);
      if (next === undefined) break;
      name = plainName(next);
    }
    return name;
  }

  private alias(name: string): string | undefined {
    return remembered(this.aliases, name, () => this.findAlias(name));
  }

  private findAlias(name: string): string | undefined {
    for (const file of this.files) {
      const alias = file.aliases.get(name);
      if (alias !== undefined && plainName(alias) !== name) return alias;
    }
    const struct = this.struct(name);
    return struct?.pointerNames.includes(name) && struct.names[0] ? `${struct.names[0]} *` : undefined;
  }

  private struct(name: string): StructFact | undefined {
    if (!this.structs) {
      this.structs = new Map();
      for (const file of this.files) {
        for (const struct of file.structs)
          for (const key of [...struct.names, ...struct.pointerNames]) this.structs.set(key, struct);
      }
    }
    return this.structs.get(name);
  }
}

function plainName(type: string): string {
  return type.replace(/\b(const|volatile|struct|union)\b|[*&]|\[[^\]]*\]/g, ' ').trim();
}

/** What was found for the key before: the same few names are asked for over and over. */
function remembered<T>(known: Map<string, T>, key: string, find: () => T): T {
  if (known.has(key)) return known.get(key) as T;
  const found = find();
  known.set(key, found);
  return found;
}
