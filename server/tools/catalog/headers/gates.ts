import { compareVersions, versionOfDefinition } from '../../../src/core/catalog/versions.js';
import { evaluateCondition, type KnownMacros } from '../../../src/core/text/condition.js';

/** What preprocessor conditions say about the NDIS versions that have an item. */
export interface Gate {
  min?: string;
  legacy?: true;
  /** A condition that says more than a first NDIS version. */
  when?: string;
}

const support = /\bNDIS_SUPPORT_NDIS\d+\b/g;
const legacy = /\bNDIS_LEGACY_\w+\b/g;

/** Macros whose state is the same in every build that drivers make of these headers. */
const settled: [string, number | null][] = [
  ['MIDL_PASS', null],
  ['RC_INVOKED', null],
  ['_MSC_VER', 1930],
  ['__midl', null],
  ['_PREFAST_', null],
  ['NDIS_WRAPPER', null],
  ['_NTIFS_', null],
];

const inC: [string, number | null][] = [...settled, ['__cplusplus', null]];

/** What most drivers are built for; used only to choose between several declarations of a name. */
const architecture: [string, number | null][] = [
  ['_AMD64_', 1],
  ['_M_AMD64', 100],
  ['_WIN64', 1],
  ['_X86_', null],
  ['_M_IX86', null],
  ['_ARM_', null],
  ['_M_ARM', null],
  ['_ARM64_', null],
  ['_M_ARM64', null],
  ['_IA64_', null],
];

/** Reads gates. Conditions repeat all through a header, so answers are kept. */
export class Gates {
  readonly #versions: string[];
  readonly #kept = new Map<string, Gate>();
  readonly #states = new Map<string, boolean | undefined>();

  /** `conditions`: every condition of the headers, for the versions that they name. */
  constructor(conditions: Iterable<string>) {
    const versions = new Set(['5.0', '6.0']);
    for (const condition of conditions) {
      for (const name of condition.match(support) ?? []) versions.add(versionOfDefinition(name)!);
    }
    this.#versions = [...versions].sort(compareVersions);
  }

  /** Versions and remaining conditions of something that stands under all of these. */
  read(conditions: readonly string[]): Gate {
    const gates = [...new Set(conditions)].map((condition) => this.#gate(condition));
    const mins = gates.flatMap(({ min }) => (min ? [min] : [])).sort(compareVersions);
    const others = gates.flatMap(({ when }) => (when ? [when] : []));
    return {
      ...(mins.length > 0 && { min: mins.at(-1)! }),
      ...(gates.some((gate) => gate.legacy) && { legacy: true }),
      ...(others.length > 0 && { when: others.join(' && ') }),
    };
  }

  /** Never part of a driver's build: MIDL, the code analyser. */
  excluded(conditions: readonly string[]): boolean {
    return conditions.some((condition) => this.#settledState(condition, settled) === false);
  }

  /** Not part of a C build either. */
  excludedInC(conditions: readonly string[]): boolean {
    return conditions.some((condition) => this.#settledState(condition, inC) === false);
  }

  /** Part of a 64-bit build, as far as can be told: of several declarations of a name this one counts. */
  usual(conditions: readonly string[]): boolean {
    return !conditions.some((condition) => this.#settledState(condition, [...inC, ...architecture]) === false);
  }

  /** Part of a build for the newest NDIS version, as far as can be told. */
  current(conditions: readonly string[]): boolean {
    return conditions.every((condition) => this.#holds(condition, this.#versions.at(-1)!, 0) !== false);
  }

  #settledState(condition: string, known: [string, number | null][]): boolean | undefined {
    const key = `${known.length} ${condition}`;
    if (!this.#states.has(key)) this.#states.set(key, evaluateCondition(condition, new Map(known)));
    return this.#states.get(key);
  }

  #gate(condition: string): Gate {
    let gate = this.#kept.get(condition);
    if (!gate) this.#kept.set(condition, (gate = this.#compute(condition)));
    return gate;
  }

  #compute(condition: string): Gate {
    if (!/NDIS_(?:SUPPORT_NDIS\d|LEGACY_)/.test(condition)) {
      if (this.#settledState(condition, [...inC, ...architecture]) === true) return {};
      if (condition.includes('__cplusplus')) return { when: condition };
      return /NTDDI_VERSION|NDIS_SUPPORT_60_COMPATIBLE_API|WINAPI_FAMILY|defined/.test(condition)
        ? {}
        : { when: condition };
    }
    const newest = this.#versions.at(-1)!;
    if (this.#holds(condition, newest, 0) === true) {
      const first = this.#versions.find((version) => this.#holds(condition, version, 0) === true)!;
      return first.startsWith('5') ? {} : { min: first };
    }
    const first = this.#versions.find((version) => this.#holds(condition, version, 0) !== false);
    if (first === undefined || first.startsWith('5')) return { legacy: true, when: condition };
    return { ...(first !== '6.0' && { min: first }), when: condition };
  }

  #holds(condition: string, version: string, legacyBuild: number): boolean | undefined {
    const known = new Map<string, number | null>(settled);
    for (const name of condition.match(support) ?? []) {
      known.set(name, compareVersions(version, versionOfDefinition(name)!) >= 0 ? 1 : 0);
    }
    for (const name of condition.match(legacy) ?? []) known.set(name, legacyBuild);
    return evaluateCondition(condition, known satisfies KnownMacros);
  }
}
