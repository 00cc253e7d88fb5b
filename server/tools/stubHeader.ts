import type {
  CallbackSource,
  EnumSource,
  FunctionSource,
  HeaderSignature,
  KernelSource,
  MemberSource,
  Sources,
  StructureSource,
  ValueSource,
} from './catalog/sources.js';
import { completeName, declare, namesIn } from './stub/declarations.js';
import { ndisMacros } from './stub/macros.js';
import { mentionedLengths, mentionedTypes } from './stub/mentioned.js';
import { isVisible, versionMacros } from './stub/version.js';
import { vanishingAnnotations, windowsBase } from './stub/windowsBase.js';

/** What the stub is made from: the header facts, and the typed signatures of macros, which only documentation has. */
export interface StubSources {
  facts: Sources['facts'];
  documented: Pick<Sources['documented'], 'functions'>;
}

/**
 * A self-contained stand-in for ndis.h, for compiling a driver where no WDK is: every type, role type, structure,
 * constant and prototype of the facts that a build for this version sees. It is for checking names and types; layouts
 * are those of the facts, but kernel objects have sizes of their own, and nothing can be linked against it.
 * @param version NDIS version of the build, 6.0 or later: "6.30"
 */
export function stubHeader(sources: StubSources, version: string): string {
  return new Stub(sources, version).text();
}

class Stub {
  private readonly sources: StubSources;
  private readonly version: string;
  /** Everything that has a declaration by now. */
  private readonly declared: Set<string>;
  private readonly lines: string[] = [];
  private readonly facts: StubSources['facts'];
  private readonly structures: Map<string, StructureSource>;
  /** Structures by any of their typedef names that stand for the structure itself. */
  private readonly byName = new Map<string, string>();
  private readonly defined = new Set<string>();
  private readonly callbackNames: Set<string>;

  constructor(sources: StubSources, version: string) {
    this.sources = sources;
    this.version = version;
    this.facts = sources.facts;
    const base = `${windowsBase}\n${vanishingAnnotations()}`;
    this.declared = new Set([...base.matchAll(/\b[A-Za-z_]\w*/g)].map(([name]) => name));
    this.callbackNames = new Set(
      Object.entries(this.facts.callbacks).flatMap(([name, { aliases = [] }]) => [name, ...aliases]),
    );
    this.structures = new Map(this.visible(this.facts.structures));
    for (const [name, { aliases = [] }] of this.structures) {
      for (const each of [name, ...aliases]) this.byName.set(each, name);
    }
  }

  text(): string {
    this.constants();
    this.enums();
    this.forwardStructures();
    this.plainTypes();
    this.callbacks();
    this.plainTypes();
    for (const name of this.structures.keys()) this.structure(name);
    this.functions();
    return [
      '#pragma once',
      windowsBase,
      vanishingAnnotations(),
      versionMacros(this.version, this.knownVersions()),
      ...this.foreign(),
      ...this.lines,
      ndisMacros,
      '',
    ].join('\n');
  }

  private visible<T extends { min?: string; legacy?: true }>(items: Record<string, T>): [string, T][] {
    return Object.entries(items).filter(([name, item]) => !this.declared.has(name) && isVisible(item, this.version));
  }

  private *knownVersions(): Generator<string> {
    const { callbacks, functions, structures, constants } = this.facts;
    for (const group of [callbacks, functions, structures, constants]) {
      for (const { min } of Object.values(group)) if (min) yield min;
    }
  }

  /** Takes a name once; a second declaration of it would be an error in C++. */
  private claim(name: string): boolean {
    if (this.declared.has(name)) return false;
    this.declared.add(name);
    return true;
  }

  private constants(): void {
    const { constants, statuses, oids } = this.facts;
    const enumerators = new Set(
      Object.values(this.facts.enums).flatMap(({ values }) => values.map(({ name }) => name)),
    );
    for (const [name, { value }] of this.visible<ValueSource>(constants)) {
      if (value !== undefined && !enumerators.has(name) && this.claim(name))
        this.lines.push(`#define ${name} ${value}`);
    }
    for (const [name, { value }] of this.visible<ValueSource>(statuses)) {
      if (value !== undefined && this.claim(name)) this.lines.push(`#define ${name} ((NDIS_STATUS)${value})`);
    }
    for (const [name, { value }] of this.visible<ValueSource>(oids)) {
      if (value !== undefined && this.claim(name)) this.lines.push(`#define ${name} ${value}`);
    }
  }

  private enums(): void {
    for (const [name, source] of this.visible<EnumSource>(this.facts.enums)) {
      if (!this.claim(name)) continue;
      const values = source.values.filter((value) => isVisible(value, this.version) && this.claim(value.name));
      const body = values.flatMap(({ name: each, value, when }) =>
        conditional(when, `  ${each}${value === undefined ? '' : ` = ${value}`},`),
      );
      const pointers = (source.pointerNames ?? []).filter((pointer) => this.claim(pointer)).map((each) => `, *${each}`);
      this.lines.push(`typedef enum ${source.tag ?? ''} {`, ...body, `} ${name}${pointers.join('')};`);
    }
  }

  private forwardStructures(): void {
    for (const [name, source] of this.structures) {
      const names = [name, ...(source.aliases ?? [])].filter((each) => this.claim(each));
      const pointers = (source.pointerNames ?? []).filter((each) => this.claim(each)).map((each) => `*${each}`);
      const all = [...names, ...pointers];
      if (all.length) this.lines.push(`typedef ${structureTag(name, source)} ${all.join(', ')};`);
    }
  }

  /** A callback that has not been declared yet: what rests on it comes after all callbacks. */
  private isComing(name: string): boolean {
    return this.callbackNames.has(name) && !this.declared.has(name);
  }

  /** Typedefs of scalars and pointers, each after those it rests on. */
  private plainTypes(): void {
    const emit = (name: string): void => {
      const type = this.facts.types[name];
      // A type with a body of its own would need to be taken apart; its name becomes opaque where it is used.
      if (type === undefined || type.includes('{') || namesIn(type).some((each) => this.isComing(each))) return;
      if (!this.claim(name)) return;
      for (const each of namesIn(type)) emit(each);
      this.lines.push(`typedef ${declare(type, name)};`);
    };
    for (const name of Object.keys(this.facts.types)) emit(name);
  }

  private callbacks(): void {
    const all = { ...this.facts.callbacks, ...this.facts['kernel-roles'] };
    for (const [name, source] of this.visible<CallbackSource>(all)) {
      if (!this.claim(name)) continue;
      const { signature, pointerType, aliases = [], pointerTypes = [] } = source;
      this.lines.push(`typedef ${prototype(signature, pointerType ? `(*${name})` : `(${name})`)};`);
      for (const alias of aliases) if (this.claim(alias)) this.lines.push(`typedef ${name} ${alias};`);
      for (const pointer of pointerTypes) if (this.claim(pointer)) this.lines.push(`typedef ${name} *${pointer};`);
    }
  }

  /** Defines a structure after those that it contains. */
  private structure(name: string): void {
    const source = this.structures.get(name);
    if (!source || this.defined.has(name)) return;
    this.defined.add(name);
    const members = source.members.flatMap((member) => this.member(member, '  '));
    this.lines.push(`${structureTag(name, source)} {`, ...members, '};');
    for (const { revision, revisionConstant, sizeConstant, lastMember, min } of source.revisions ?? []) {
      if (!isVisible({ ...(min && { min }) }, this.version)) continue;
      if (revisionConstant && this.claim(revisionConstant)) {
        this.lines.push(`#define ${revisionConstant} ${revision}`);
      }
      if (sizeConstant && lastMember && this.claim(sizeConstant)) {
        this.lines.push(`#define ${sizeConstant} RTL_SIZEOF_THROUGH_FIELD(${name}, ${lastMember})`);
      }
    }
  }

  private member(member: MemberSource, indent: string): string[] {
    if (!isVisible(member, this.version)) return [];
    const { name, type, bits, when, members } = member;
    if (members) {
      const inner = members.flatMap((each) => this.member(each, `${indent}  `));
      return conditional(when, `${indent}${type} {`, ...inner, `${indent}} ${name};`);
    }
    // A member without a name or members: C takes the members of its type for its own, C++ does not.
    if (name === '') return conditional('!defined(__cplusplus)', `${indent}${type};`);
    const needed = completeName(type);
    if (needed) this.structure(this.byName.get(this.resolve(needed)) ?? '');
    return conditional(when, `${indent}${declare(type, name)}${bits === undefined ? '' : ` : ${bits}`};`);
  }

  /** The name behind a chain of typedefs of whole objects. */
  private resolve(name: string): string {
    const type = this.facts.types[name];
    const next = type === undefined ? undefined : completeName(type);
    return next === undefined || next === name ? name : this.resolve(next);
  }

  private functions(): void {
    this.lines.push('#ifdef __cplusplus', 'extern "C" {', '#endif');
    const { functions, kernel } = this.facts;
    const later: string[] = [];
    for (const name of definedNames(ndisMacros)) this.claim(name);
    for (const [name, source] of this.visible<FunctionSource | KernelSource>({ ...kernel, ...functions })) {
      const signature = source.signature ?? this.sources.documented.functions[name]?.signature;
      if (source.expandsTo && source.arguments) {
        const list = source.arguments.join(', ');
        if (this.claim(name)) later.push(`#define ${name}(${list}) ${source.expandsTo}(${list})`);
      } else if (signature && this.claim(name)) {
        this.lines.push(`${prototype(signature, name)};`);
      }
    }
    this.lines.push('#ifdef __cplusplus', '}', '#endif', ...later);
  }

  /** Types that no fact explains get a body that nobody can use; lengths from foreign headers get any value. */
  private foreign(): string[] {
    const lengths = [...mentionedLengths(this.sources)].filter((name) => this.claim(name));
    const types = [...mentionedTypes(this.sources)].filter((name) => this.claim(name));
    return [...lengths.map((name) => `#define ${name} 16`), ...types.map(opaque)];
  }
}

function definedNames(text: string): string[] {
  return [...text.matchAll(/#define (\w+)/g)].map(([, name = '']) => name);
}

/** A handler type that no fact explains takes any function; whatever else is unknown is a structure or a pointer to one. */
function opaque(name: string): string {
  if (name.endsWith('_HANDLER')) return `typedef void *${name};`;
  return name.startsWith('P')
    ? `typedef struct Opaque${name} *${name};`
    : `typedef struct Opaque${name} { PVOID Opaque; } ${name};`;
}

function structureTag(name: string, { kind, tag }: StructureSource): string {
  return `${kind ?? 'struct'} ${tag ?? `_${name}`}`;
}

function prototype({ returns, params }: HeaderSignature, name: string): string {
  const list = params.map((parameter) => (parameter.type === '...' ? '...' : declare(parameter.type, parameter.name)));
  return `${declare(returns, name)}(${list.join(', ') || 'void'})`;
}

/** Lines that stand only under a condition of the preprocessor that is not a minimum version. */
function conditional(when: string | undefined, ...lines: string[]): string[] {
  return when === undefined ? lines : [`#if ${when}`, ...lines, '#endif'];
}
