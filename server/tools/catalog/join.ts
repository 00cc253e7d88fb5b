import { networkPage } from '../../src/core/catalog/networkPage.js';
import type {
  CallbackFacts,
  CatalogData,
  ConstantFacts,
  EnumFacts,
  FunctionFacts,
  HandlerSlot,
  KernelFacts,
  OidFacts,
  StatusFacts,
  VersionGate,
} from '../../src/core/catalog/schema.js';
import { compareVersions } from '../../src/core/catalog/versions.js';
import { item } from './compact.js';
import { readSignature, withoutPlainSal } from './sal.js';
import type { CallbackSource, DocumentedCallback, HeaderGate, Items, Sources } from './sources.js';
import { joinStructures } from './structures.js';

/** What the header gates decides what compiles; the documentation speaks where the header has no gate. */
export function versionGate(header: HeaderGate, documented: VersionGate = {}): VersionGate {
  return item<VersionGate>({ ...documented, min: header.min ?? documented.min, legacy: header.legacy });
}

const names = (...sets: Items<unknown>[]) => [...new Set(sets.flatMap((set) => Object.keys(set)))].sort(byName);
const byName = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);

/** Facts of headers and documentation, joined by name. Pages are joined later. */
export function join(sources: Sources): CatalogData {
  const { facts, documented } = sources;
  const roles = roleOfPointerType(facts.callbacks, facts['kernel-roles']);
  const structures = joinStructures(sources, roles);
  const slots = slotsByRole(structures);
  const takers = functionsByParameterType(sources);
  const kinds = new Map(structures.map((structure) => [structure.name, structure.registers ?? []]));
  const callback = (name: string, source: CallbackSource, extra: DocumentedCallback) =>
    joinCallback(name, source, extra, slots.get(name) ?? [], takers, kinds);
  return {
    version: sources.version,
    newestNdis: newest(sources),
    callbacks: names(facts.callbacks).map((name) =>
      callback(name, facts.callbacks[name]!, { ...documented.callbacks[name], ...servedBy(sources, name) }),
    ),
    functions: joinFunctions(sources),
    structures,
    enums: joinEnums(sources),
    statuses: joinStatuses(sources),
    oids: joinOids(sources),
    constants: joinConstants(sources),
    types: facts.types,
    kernel: joinKernel(sources),
    kernelRoles: names(facts['kernel-roles']).map((name) =>
      callback(name, facts['kernel-roles'][name]!, irqlOfKernelRole(sources, name)),
    ),
    // The area is for those who read the data.
    porting: documented.porting.map(({ area: _area, ...entry }) => entry),
    handlerPairs: documented['handler-pairs'],
    resourcePairs: Object.entries(documented['resource-pairs']).map(([acquire, release]) => ({ acquire, release })),
    irqlActs: documented['irql-acts'],
    summaries: {},
  };
}

/** The headers leave the IRQL of some kernel callbacks to the documentation. */
function irqlOfKernelRole({ documented }: Sources, name: string): DocumentedCallback {
  const irql = documented['kernel-roles'][name]?.irql;
  return irql ? { irql } : {};
}

function servedBy({ documented }: Sources, role: string): DocumentedCallback {
  const others = Object.entries(documented['kernel-roles']).filter(([, { serves }]) => serves?.includes(role));
  return others.length ? { servedBy: others.map(([name]) => name) } : {};
}

function roleOfPointerType(...sets: Items<CallbackSource>[]): Map<string, string> {
  const roles = new Map<string, string>();
  for (const set of sets) {
    for (const [name, { pointerTypes, pointerType }] of Object.entries(set)) {
      for (const type of pointerTypes ?? []) roles.set(type, name);
      if (pointerType) roles.set(name, name);
    }
  }
  return roles;
}

function slotsByRole(structures: CatalogData['structures']): Map<string, HandlerSlot[]> {
  const slots = new Map<string, HandlerSlot[]>();
  for (const structure of structures) {
    for (const { name, role, documentedName, declareWith } of structure.members) {
      if (!role) continue;
      const slot = item<HandlerSlot>({ structure: structure.name, member: name, documentedName, declareWith });
      const known = slots.get(role) ?? [];
      // What a driver registers today comes before the structures of NDIS 5.
      slots.set(role, structure.registers ? [slot, ...known] : [...known, slot]);
    }
  }
  return slots;
}

/** Functions by the types of their parameters: a function with a CM_… handler parameter registers that role. */
function functionsByParameterType({ facts }: Sources): Map<string, string[]> {
  const takers = new Map<string, string[]>();
  for (const name of names(facts.functions, facts.kernel)) {
    const signature = facts.functions[name]?.signature ?? facts.kernel[name]?.signature;
    for (const type of new Set(signature?.params.map((parameter) => parameter.type))) {
      takers.set(type, [...(takers.get(type) ?? []), name]);
    }
  }
  return takers;
}

function joinCallback(
  name: string,
  source: CallbackSource,
  { versions, parameterNames, reservedParameters, ...documented }: DocumentedCallback,
  registeredIn: HandlerSlot[],
  takers: Map<string, string[]>,
  kinds: Map<string, NonNullable<CallbackFacts['kinds']>>,
): CallbackFacts {
  const types = [...(source.pointerTypes ?? []), ...(source.pointerType ? [name] : [])];
  const implementers = new Set(registeredIn.flatMap((slot) => kinds.get(slot.structure) ?? []));
  return item<CallbackFacts>({
    kind: 'callback',
    name,
    header: source.header,
    versions: versionGate(source, versions),
    ...documented,
    pointerTypes: source.pointerTypes,
    aliases: source.aliases,
    pointerType: source.pointerType,
    signature: withoutPlainSal(
      readSignature(source.signature, {
        ...(parameterNames && { parameterNames }),
        ...(reservedParameters && { reservedParameters }),
      }),
    ),
    headerIrql: source.irql,
    irqlWhen: source.irqlWhen,
    sal: source.sal,
    registeredIn,
    registeredBy: types.flatMap((type) => takers.get(type) ?? []),
    kinds: [...implementers],
  });
}

function joinFunctions({ facts, documented }: Sources): FunctionFacts[] {
  return names(facts.functions).map((name) => {
    const { signature, irql, min, legacy, sal, ...source } = facts.functions[name]!;
    const { versions, signature: typed, line: _, ...extra } = documented.functions[name] ?? {};
    const { parameterNames, reservedParameters, ...rest } = extra;
    return item<FunctionFacts>({
      name,
      ...source,
      versions: versionGate(item<HeaderGate>({ header: undefined, min, legacy }), versions),
      ...rest,
      signature: signature
        ? withoutPlainSal(
            readSignature(signature, {
              ...(parameterNames && { parameterNames }),
              ...(reservedParameters && { reservedParameters }),
            }),
          )
        : typed,
      headerIrql: irql,
      ...resultFacts(sal),
    });
  });
}

function joinKernel({ facts, documented }: Sources): KernelFacts[] {
  return names(facts.kernel).map((name) => {
    const { signature, sal, irql, irqlWhen, raises, arguments: names, expandsTo } = facts.kernel[name]!;
    return item<KernelFacts>({
      name,
      irql,
      irqlWhen,
      raises,
      arguments: names,
      expandsTo,
      signature: signature && withoutPlainSal(readSignature(signature)),
      mustInspectResult: resultFacts(sal).mustInspectResult,
      ...documented.kernel[name],
    });
  });
}

/** Annotations of the result: some ask that it be looked at. */
function resultFacts(sal: string[] = []): { mustInspectResult?: true; sal?: string[] } {
  const inspect = sal.some((annotation) => /^(_Must_inspect_result_|_Check_return_)/.test(annotation));
  const others = sal.filter((annotation) => !/^(_Must_inspect_result_|_Check_return_)$/.test(annotation));
  return { ...(inspect && { mustInspectResult: true as const }), ...(others.length && { sal: others }) };
}

function joinEnums({ facts, documented }: Sources): EnumFacts[] {
  return names(facts.enums).map((name) => {
    const { values, min, legacy, ...source } = facts.enums[name]!;
    const { page, versions } = documented.enums[name] ?? {};
    const gate = versionGate(item<HeaderGate>({ header: undefined, min, legacy }), versions);
    return item<EnumFacts>({
      kind: 'enum',
      name,
      ...source,
      versions: gate,
      page,
      values: values.map(({ name: value, value: number, min: since }) =>
        item({ name: value, value: number, min: since }),
      ),
    });
  });
}

function joinStatuses({ facts, documented }: Sources): StatusFacts[] {
  return names(facts.statuses, documented.statuses).map((name) => {
    const { value, alias, min } = facts.statuses[name] ?? {};
    const { line: _, page, ...rest } = documented.statuses[name] ?? {};
    return item<StatusFacts>({ name, value: unsigned(value), alias, min, ...rest, page: ownPage(name, page) });
  });
}

function joinOids({ facts, documented }: Sources): OidFacts[] {
  return names(facts.oids, documented.oids).map((name) => {
    const { value, alias, min } = facts.oids[name] ?? {};
    const { min: documentedMin, line: _, page, ...rest } = documented.oids[name] ?? {};
    const known = { name, value: unsigned(value), alias, min: min ?? documentedMin };
    return item<OidFacts>({ ...known, ...rest, page: ownPage(name, page) });
  });
}

/** The address follows from the name, so that the catalog need not carry it. */
function ownPage(name: string, page: string | undefined): true | undefined {
  if (page === undefined) return undefined;
  if (page !== networkPage(name)) throw new Error(`${name}: the page ${page} is not named after it`);
  return true;
}

function joinConstants({ facts, documented }: Sources): ConstantFacts[] {
  return names(facts.constants).map((name) => {
    const { value, min } = facts.constants[name]!;
    const { group } = documented.constants[name] ?? {};
    return item<ConstantFacts>({ name, value: unsigned(value) ?? value, min, group });
  });
}

function unsigned(value: number | string | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return value !== undefined && /^0x[0-9A-Fa-f]+$/.test(value) ? Number.parseInt(value, 16) : undefined;
}

/** The newest NDIS version that any header gate names. */
function newest({ facts }: Sources): string {
  const gates = [facts.callbacks, facts.functions, facts.structures, facts.enums, facts.statuses, facts.oids].flatMap(
    (set: Items<HeaderGate>) => Object.values(set).flatMap(({ min }) => (min ? [min] : [])),
  );
  return gates.reduce((newestYet, gate) => (compareVersions(gate, newestYet) > 0 ? gate : newestYet), '6.0');
}
