import type {
  CallbackSource,
  EnumSource,
  FunctionSource,
  HeaderSignature,
  Items,
  KernelSource,
  MemberSource,
  Sources,
  StructureSource,
  ValueSource,
} from '../sources.js';
import { readAnnotations } from './annotations.js';
import {
  type Declaration,
  type DeclaredAggregate,
  type DeclaredEnum,
  type DeclaredFunction,
  type DeclaredMember,
  declarationsOf,
} from './declarations.js';
import { Values } from './evaluate.js';
import { Gates } from './gates.js';
import type { IncludedHeader, Part } from './include.js';
import { revisionsOf, type SizeMacro, sizeMacros } from './revisions.js';
import type { HeaderMacro } from './tokens.js';

export type Facts = Sources['facts'];

/** What the headers cannot tell: which of their names are of interest, and which constants belong together. */
export interface Guidance {
  /** Function pointer types that are documented as callbacks. */
  callbacks: ReadonlySet<string>;
  /** Macros, and kernel routines without annotations, that are known otherwise. */
  functions: ReadonlySet<string>;
  kernel: ReadonlySet<string>;
  constants: ReadonlySet<string>;
  /** Stem of the revision constants, where it is not the structure's or its size constants'. */
  revisionStems: ReadonlyMap<string, string>;
  /** Facts of the last time, for sizes in bytes that take a compiler. */
  before: Facts;
}

export function collect(headers: readonly IncludedHeader[], guidance: Guidance): Facts {
  return new Collector(headers, guidance).facts();
}

interface Found {
  part: Part;
  declaration: Declaration;
}

class Collector {
  readonly #guidance: Guidance;
  readonly #gates: Gates;
  readonly #macros = new Map<string, HeaderMacro & { header: string; part: Part }>();
  readonly #values: Values;
  readonly #found: Found[];
  readonly #sizes: SizeMacro[];
  readonly #pointers: Set<string>;

  constructor(headers: readonly IncludedHeader[], guidance: Guidance) {
    this.#guidance = guidance;
    this.#gates = new Gates(
      headers.flatMap(({ header }) => [...header.tokens, ...header.macros].flatMap(({ conditions }) => conditions)),
    );
    for (const { part, header } of headers) {
      for (const macro of header.macros) this.#addMacro({ ...macro, header: header.name, part });
    }
    this.#found = headers.flatMap(({ part, header }) =>
      declarationsOf(header, this.#gates).map((declaration) => ({
        part,
        declaration,
      })),
    );
    const aliases = this.#found.flatMap(({ declaration }) => (declaration.kind === 'alias' ? [declaration] : []));
    this.#values = new Values(this.#macros, new Map(aliases.map(({ name, type }) => [name, type])));
    this.#pointers = new Set(aliases.map(({ name }) => name));
    this.#sizes = sizeMacros(this.#macros.values());
  }

  facts(): Facts {
    const enums = this.#enums();
    const callbacks = this.#roles('ndis');
    const kernelRoles = this.#roles('kernel');
    const structures = this.#structures();
    const functions = this.#functions();
    const kernel = this.#kernel();
    return {
      callbacks,
      functions,
      structures,
      enums,
      ...this.#constants(),
      types: this.#types(new Set([callbacks, structures, enums].flatMap((items) => namesOf(items)))),
      kernel,
      'kernel-roles': kernelRoles,
    };
  }

  /** Of several definitions the best one counts, see `#score`. */
  #addMacro(macro: HeaderMacro & { header: string; part: Part }): void {
    if (this.#gates.excludedInC(macro.conditions)) return;
    const known = this.#macros.get(macro.name);
    if (!known || this.#score(macro) > this.#score(known)) this.#macros.set(macro.name, macro);
  }

  /** Declarations of some kinds by name, the best one of each. */
  #best<T extends Declaration>(part: Part, matches: (declaration: Declaration) => declaration is T): Map<string, T> {
    const best = new Map<string, T>();
    for (const { part: where, declaration } of this.#found) {
      if (where !== part || !matches(declaration)) continue;
      const known = best.get(declaration.name);
      if (!known || this.#score(declaration) > this.#score(known)) best.set(declaration.name, declaration);
    }
    return best;
  }

  /** What x64 builds have counts for more, then what NDIS 6 has, then what stands under no other condition. */
  #score({ conditions }: { conditions: readonly string[] }): number {
    const { min, legacy, when } = this.#gates.read(conditions);
    return (this.#gates.usual(conditions) ? 8 : 0) + (legacy ? 0 : 4) + (when ? 0 : 2) + (min ? 0 : 1);
  }

  #gate({ header, conditions }: { header: string; conditions: readonly string[] }) {
    const { min, legacy } = this.#gates.read(conditions);
    return { header, ...(min && { min }), ...(legacy && { legacy }) };
  }

  #roles(part: Part): Items<CallbackSource> {
    const documented = this.#guidance.callbacks;
    const types = this.#best(
      part,
      (found): found is DeclaredFunction =>
        found.kind === 'function-type' || (found.kind === 'function-pointer' && documented.has(found.name)),
    );
    const roles: Items<CallbackSource> = {};
    for (const found of types.values()) {
      if (part === 'kernel' && !this.#isRole(found)) continue;
      roles[found.name] = {
        ...this.#gate(found),
        signature: signatureOf(found),
        ...readAnnotations(found.sal),
        ...(found.kind === 'function-pointer' && { pointerType: true as const }),
      };
    }
    for (const { part: where, declaration } of this.#found) {
      if (where !== part || declaration.kind !== 'alias') continue;
      const role = roles[declaration.type.replace(/ \*$/, '')];
      if (!role) continue;
      const key = declaration.type.endsWith(' *') ? 'pointerTypes' : 'aliases';
      role[key] = [...new Set([...(role[key] ?? []), declaration.name])].sort();
    }
    return roles;
  }

  /** The kernel headers declare roles with annotations or with a pointer type of the same name; the rest is COM-like. */
  #isRole({ name, sal }: DeclaredFunction): boolean {
    return /_IRQL_|_Function_class_/.test(sal.join(' ')) || this.#pointers.has(`P${name}`);
  }

  #functions(): Items<FunctionSource> {
    const functions: Items<FunctionSource> = {};
    for (const found of this.#best('ndis', isFunction).values()) {
      functions[found.name] = {
        kind: 'function',
        ...this.#gate(found),
        ...(found.inline && { inline: true as const }),
        signature: signatureOf(found),
        ...readAnnotations(found.sal),
      };
    }
    for (const macro of this.#macros.values()) {
      if (macro.part !== 'ndis' || functions[macro.name] || !this.#guidance.functions.has(macro.name)) continue;
      const target = expansionOf(macro);
      functions[macro.name] = {
        kind: 'macro',
        ...this.#gate(macro),
        ...(macro.params && { arguments: [...macro.params] }),
        ...(target !== undefined && functions[target] && { expandsTo: target }),
      };
    }
    return functions;
  }

  #kernel(): Items<KernelSource> {
    const routines: Items<KernelSource> = {};
    const known = this.#guidance.kernel;
    for (const found of this.#best('kernel', isFunction).values()) {
      // File systems, the cache and transaction managers, and the user side of system calls.
      if (/^(FsRtl|Cc|Tm|Lsa|Pfx|Nt)[A-Z]/.test(found.name)) continue;
      const sal = [...found.sal, ...found.params.map((parameter) => parameter.sal ?? '')].join(' ');
      if (!known.has(found.name) && !/_IRQL_|_lock_|__drv_(max|min)IRQL/.test(sal)) continue;
      routines[found.name] = { header: found.header, signature: signatureOf(found), ...readAnnotations(found.sal) };
    }
    // Twice: a macro may expand to a macro.
    for (const macro of [...this.#macros.values(), ...this.#macros.values()]) {
      if (macro.part !== 'kernel' || routines[macro.name]) continue;
      const target = expansionOf(macro) ?? (known.has(macro.name) ? calledBy(macro) : undefined);
      const expandsTo = target !== undefined && routines[target] ? target : undefined;
      if (expandsTo === undefined && !known.has(macro.name)) continue;
      const { header, params } = macro;
      routines[macro.name] = {
        header,
        ...(params?.length && { arguments: [...params] }),
        ...(expandsTo && { expandsTo }),
      };
    }
    return routines;
  }

  #structures(): Items<StructureSource> {
    const structures: Items<StructureSource> = {};
    const others = this.#otherNames();
    const declared = this.#best(
      'ndis',
      (found): found is DeclaredAggregate => found.kind === 'struct' || found.kind === 'union',
    );
    for (const declaration of declared.values()) {
      const found = withNames(declaration, others);
      const members = found.members.map((member) => this.#member(member));
      const headerMember = members.find(({ type }) => type === 'NDIS_OBJECT_HEADER')?.name;
      const revisions = revisionsOf(found.name, members, {
        sizes: this.#sizes,
        stem: this.#guidance.revisionStems.get(found.name),
        isConstant: (name) => this.#macros.has(name),
        gate: (name) => this.#gates.read(this.#macros.get(name)!.conditions).min,
        before: this.#guidance.before.structures[found.name],
      });
      structures[found.name] = {
        ...(found.kind === 'union' && { kind: 'union' as const }),
        ...this.#gate(found),
        ...(found.tag !== undefined && { tag: found.tag }),
        ...(found.aliases.length > 0 && { aliases: found.aliases }),
        ...(found.pointers.length > 0 && { pointerNames: found.pointers }),
        members,
        ...(headerMember !== undefined && { headerMember }),
        ...(headerMember !== undefined && revisions.length > 0 && { revisions }),
      };
    }
    return structures;
  }

  /** Names that typedefs elsewhere give a structure: `typedef struct _X X, *PX;`, `typedef X Y;`. By tag or name. */
  #otherNames(): Map<string, { names: string[]; pointers: string[] }> {
    const found = new Map<string, { names: string[]; pointers: string[] }>();
    for (const { part, declaration } of this.#found) {
      if (part !== 'ndis' || declaration.kind !== 'alias') continue;
      const [, subject, star] = /^(?:struct |union )?(\w+)( \*)?$/.exec(declaration.type) ?? [];
      if (subject === undefined) continue;
      const known = found.get(subject) ?? { names: [], pointers: [] };
      known[star ? 'pointers' : 'names'].push(declaration.name);
      found.set(subject, known);
    }
    return found;
  }

  #member({ conditions, sal, members, ...member }: DeclaredMember): MemberSource {
    const { min, when } = this.#gates.read(conditions);
    return {
      ...member,
      ...(min && { min }),
      ...(when && { when }),
      ...(sal && { sal }),
      ...(members && { members: members.map((inner) => this.#member(inner)) }),
    };
  }

  #enums(): Items<EnumSource> {
    const enums: Items<EnumSource> = {};
    const mentioned = this.#mentioned();
    for (const part of ['kernel', 'named', 'ndis'] as const) {
      for (const found of this.#best(part, (one): one is DeclaredEnum => one.kind === 'enum').values()) {
        const values = this.#enumValues(found);
        if (part !== 'ndis' && !(part === 'named' && mentioned.has(found.name))) continue;
        enums[found.name] = {
          ...this.#gate(found),
          ...(found.tag !== undefined && { tag: found.tag }),
          ...(found.pointers.length > 0 && { pointerNames: found.pointers }),
          values,
        };
      }
    }
    return enums;
  }

  /** Names of types that members of NDIS structures have, and that its typedefs stand for. */
  #mentioned(): Set<string> {
    const typesOf = (members: readonly DeclaredMember[]): string[] =>
      members.flatMap(({ type, members: inner }) => [type, ...typesOf(inner ?? [])]);
    const types = this.#found.flatMap(({ part, declaration }) => {
      if (part !== 'ndis') return [];
      if (declaration.kind === 'alias') return [declaration.type];
      return 'members' in declaration ? typesOf(declaration.members) : [];
    });
    return new Set(types.flatMap((type) => type.match(/\w+/g) ?? []));
  }

  #enumValues(found: DeclaredEnum): EnumSource['values'] {
    let next: number | undefined = 0;
    return found.values.flatMap(({ name, expression, conditions }) => {
      if (!this.#gates.usual(conditions)) return [];
      const value: number | undefined = expression === undefined ? next : this.#values.expression(expression);
      next = value === undefined ? undefined : value + 1;
      if (value !== undefined) this.#values.define(name, value);
      const { min, when } = this.#gates.read(conditions);
      return [{ name, ...(value !== undefined && { value }), ...(min && { min }), ...(when && { when }) }];
    });
  }

  #constants(): Pick<Facts, 'statuses' | 'oids' | 'constants'> {
    const statuses: Items<ValueSource> = {};
    const oids: Items<ValueSource> = {};
    const constants: Items<ValueSource> = {};
    for (const macro of this.#macros.values()) {
      if ((macro.part !== 'ndis' && macro.part !== 'values') || macro.params || macro.body === '') continue;
      const { name } = macro;
      const value = isSwitch(name) ? undefined : this.#values.macro(name);
      const gate = this.#gate(macro);
      const alias = value === undefined ? undefined : this.#values.alias(name);
      const other = alias !== undefined && { alias };
      if (value === undefined) {
        // Known by name alone: what the build computes, or a size.
        if (isSwitch(name) || name in this.#guidance.before.constants) constants[name] = gate;
      } else if (/^NDIS_STATUS_(?!INDICATION_(?:FLAGS|REVISION)_)/.test(name))
        statuses[name] = { ...gate, value: hex(value), ...other };
      else if (/^OID_\w/.test(name)) oids[name] = { ...gate, value: hex(value), ...other };
      else if (isConstantName(name) || this.#guidance.constants.has(name)) {
        constants[name] = { ...gate, value: value > 0x7fffffff || value < -0x7fffffff ? hex(value) : value };
      }
    }
    return { statuses, oids, constants };
  }

  /** Names for scalars and handles: what is not a structure, enum or role. */
  #types(known: ReadonlySet<string>): Items<string> {
    const types: Items<string> = {};
    for (const { part, declaration } of this.#found) {
      if (part !== 'ndis' || declaration.kind !== 'alias' || known.has(declaration.name)) continue;
      types[declaration.name] ??= declaration.type;
    }
    return types;
  }
}

/** A structure with all its names; one that is declared by its tag alone takes the name of the typedef. */
function withNames(
  found: DeclaredAggregate,
  others: Map<string, { names: string[]; pointers: string[] }>,
): DeclaredAggregate {
  const more = [others.get(found.name), found.tag === found.name ? undefined : others.get(found.tag ?? '')];
  const names = [found.name, ...found.aliases, ...more.flatMap((other) => other?.names ?? [])];
  const pointers = [...new Set([...found.pointers, ...more.flatMap((other) => other?.pointers ?? [])])];
  const [name = found.name, ...aliases] = [...new Set(names)].filter((one) => one !== found.tag);
  return { ...found, name, aliases, pointers };
}

const isFunction = (found: Declaration): found is DeclaredFunction => found.kind === 'function';

const signatureOf = ({ returns, params }: DeclaredFunction): HeaderSignature => ({ returns, params });

/** Every name that an item is known by. */
function namesOf(
  items: Items<{ aliases?: string[]; pointerNames?: string[]; pointerTypes?: string[]; tag?: string }>,
): string[] {
  return Object.entries(items).flatMap(([name, { aliases = [], pointerNames = [], pointerTypes = [] }]) => [
    name,
    ...aliases,
    ...pointerNames,
    ...pointerTypes,
  ]);
}

/** TAPI, RAS and the like have their constants in the same headers. */
const isConstantName = (name: string): boolean =>
  /^(NDIS_|NBL_|NB_|CO_|NET_|IPSEC_OFFLOAD_V2_)/.test(name) && !/^NDIS_SIZEOF_|_SIZE_HAS_CHANGED$/.test(name);

/** Switches of the build, and versions that the build computes: names that a driver reads. */
const isSwitch = (name: string): boolean => /^(NDIS_SUPPORT_|NDIS_LEGACY_)|^NDIS_\w*_(MAJOR|MINOR)_VERSION$/.test(name);

const hex = (value: number): string => `0x${(value >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;

/** The function that a macro calls with its own parameters in their order, or whose name it simply is. */
function expansionOf({ params, body }: HeaderMacro): string | undefined {
  const plain = body
    .replace(/;$/, '')
    .replace(/(?<!\w)\(\s*(\w+)\s*\)/g, '$1')
    .trim();
  if (!params) return /^[A-Za-z_]\w*$/.exec(plain)?.[0];
  const call = /^\(?\s*([A-Za-z_]\w*)\s*\(([^()]*)\)\s*\)?$/.exec(plain);
  const given = call?.[2]!.split(',').map((argument) => argument.trim());
  return given && given.join() === params.join() ? call![1] : undefined;
}

/** The one function that a macro calls, whatever it does around the call. */
function calledBy({ body }: HeaderMacro): string | undefined {
  const calls = [...body.matchAll(/\b([A-Za-z_]\w*)\s*\(/g)].map((call) => call[1]!);
  return calls.length === 1 ? calls[0] : undefined;
}
