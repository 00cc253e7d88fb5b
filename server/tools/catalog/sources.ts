import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type {
  CallbackFacts,
  CompletionFacts,
  ConditionalIrql,
  DriverKind,
  FunctionFacts,
  HandlerPair,
  HeaderRevision,
  IrqlAct,
  IrqlRange,
  KernelFacts,
  OidFacts,
  Parameter,
  PortingFacts,
  Requirement,
  Signature,
  StatusFacts,
  VersionGate,
} from '../../src/core/catalog/schema.js';

/** A named set of items, one line each in its file. */
export type Items<T> = Record<string, T>;

/** Gate that the preprocessor conditions of a header say. */
export interface HeaderGate {
  header?: string;
  min?: string;
  legacy?: true;
}

/** Direction and optionality stand in the SAL text. */
export interface HeaderParameter {
  name: string;
  type: string;
  sal?: string;
}

export interface HeaderSignature {
  returns: string;
  params: HeaderParameter[];
}

export interface HeaderFunction extends HeaderGate {
  signature?: HeaderSignature;
  irql?: IrqlRange;
  irqlWhen?: ConditionalIrql[];
  raises?: NonNullable<FunctionFacts['raises']>;
  sal?: string[];
}

export interface CallbackSource extends HeaderFunction {
  signature: HeaderSignature;
  pointerTypes?: string[];
  pointerType?: true;
  aliases?: string[];
}

export interface FunctionSource extends HeaderFunction {
  kind: 'function' | 'macro';
  inline?: true;
  arguments?: string[];
  expandsTo?: string;
}

export interface KernelSource extends HeaderFunction {
  arguments?: string[];
  expandsTo?: string;
}

export interface MemberSource {
  name: string;
  type: string;
  min?: string;
  when?: string;
  bits?: number | string;
  sal?: string;
  members?: MemberSource[];
}

export interface StructureSource extends HeaderGate {
  kind?: 'union';
  tag?: string;
  aliases?: string[];
  pointerNames?: string[];
  members: MemberSource[];
  headerMember?: string;
  revisions?: HeaderRevision[];
}

export interface EnumSource extends HeaderGate {
  tag?: string;
  pointerNames?: string[];
  values: { name: string; value?: number | string; min?: string; when?: string }[];
}

/** Values are written as hexadecimal text where that is how people read them. Absent where the build computes them. */
export interface ValueSource extends HeaderGate {
  value?: number | string;
  alias?: string;
}

/** What is described in one line, for want of a page. */
export interface Described {
  line?: string;
  /** Of an enumeration: what a value means, where its name does not say it. */
  values?: Items<string>;
}

export interface DocumentedItem {
  page?: string;
  versions?: VersionGate;
}

export interface DocumentedCallback
  extends DocumentedItem,
    Partial<
      Pick<
        CallbackFacts,
        | 'documentedName'
        | 'otherNames'
        | 'irql'
        | 'statuses'
        | 'statusesInText'
        | 'otherStatuses'
        | 'pending'
        | 'completes'
        | 'triggeredBy'
        | 'pair'
        | 'object'
        | 'phase'
        | 'role'
        | 'stub'
        | 'contextsOut'
        | 'sdvRules'
        | 'servedBy'
      >
    > {
  completion?: CompletionFacts;
  /** Names that the documentation gives the parameters, where the header has others. */
  parameterNames?: string[];
  reservedParameters?: string[];
}

export interface DocumentedFunction
  extends DocumentedItem,
    Described,
    Partial<
      Pick<
        FunctionFacts,
        | 'irql'
        | 'statuses'
        | 'otherStatuses'
        | 'pending'
        | 'completedBy'
        | 'counterpart'
        | 'completes'
        | 'statusArgument'
        | 'statusMustBe'
        | 'caller'
        | 'callFrom'
        | 'then'
        | 'pair'
        | 'tags'
        | 'sdvRules'
      >
    > {
  /** Typed signature of a macro, which the header cannot give. */
  signature?: { returns: string; params: Parameter[] };
  parameterNames?: string[];
  reservedParameters?: string[];
}

export interface DocumentedHandler {
  documentedName?: string;
  declareWith?: string;
  requirement?: Partial<Record<DriverKind | 'any', Requirement>>;
  when?: string;
}

export interface DocumentedStructure extends DocumentedItem, Described {
  objectType?: string;
  /** What the revision constants begin with, where the headers give them another stem than the structure. */
  revisionStem?: string;
  /** Members beyond the last one of a revision's size constant that belong to the revision all the same. */
  alsoCovers?: Record<string, string[]>;
  sizeBySizeof?: true;
  registers?: DriverKind[];
  registeredThrough?: string[];
  activatedBy?: string[];
  handlers?: Items<DocumentedHandler>;
}

export interface Sources {
  version: string;
  facts: {
    callbacks: Items<CallbackSource>;
    functions: Items<FunctionSource>;
    structures: Items<StructureSource>;
    enums: Items<EnumSource>;
    statuses: Items<ValueSource>;
    oids: Items<ValueSource>;
    constants: Items<ValueSource>;
    types: Items<string>;
    kernel: Items<KernelSource>;
    'kernel-roles': Items<CallbackSource>;
  };
  documented: {
    callbacks: Items<DocumentedCallback>;
    functions: Items<DocumentedFunction>;
    structures: Items<DocumentedStructure>;
    enums: Items<DocumentedItem & Described>;
    statuses: Items<Partial<Pick<StatusFacts, 'indication' | 'refuses'>> & { page?: string } & Described>;
    oids: Items<Partial<Omit<OidFacts, 'name' | 'value' | 'page'>> & { page?: string } & Described>;
    constants: Items<{ group?: string } & Described>;
    kernel: Items<Partial<Pick<KernelFacts, 'tags' | 'irql'>>>;
    'kernel-roles': Items<{ serves?: string[]; irql?: IrqlRange }>;
    porting: PortingFacts[];
    'handler-pairs': HandlerPair[];
    'resource-pairs': Items<string[]>;
    'irql-acts': Items<IrqlAct>;
    /** Names that pages may speak of although the catalog does not have them, and why. */
    'other-names': Items<string>;
  };
}

/** Every fact file, and the key it has in the sources. */
export const factFiles = [
  'callbacks',
  'functions',
  'structures',
  'enums',
  'statuses',
  'oids',
  'constants',
  'types',
  'kernel',
  'kernel-roles',
] as const;

const documentedFiles = [
  'callbacks',
  'functions',
  'structures',
  'enums',
  'statuses',
  'oids',
  'constants',
  'kernel',
  'kernel-roles',
  'porting',
  'handler-pairs',
  'resource-pairs',
  'irql-acts',
  'other-names',
] as const;

/** The signature is a macro's from the documentation, or a header's with its SAL still to be read. */
export type AnySignature = Signature | HeaderSignature;

export function readSources(root: string): Sources {
  const read = (folder: string, file: string): unknown =>
    JSON.parse(readFileSync(path.join(root, 'server', 'catalog', folder, `${file}.json`), 'utf8'));
  const all = (folder: string, files: readonly string[]) =>
    Object.fromEntries(files.map((file) => [file, read(folder, file)]));
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  return {
    version,
    facts: all('facts', factFiles) as unknown as Sources['facts'],
    documented: all('documented', documentedFiles) as unknown as Sources['documented'],
  };
}

/** Page files below server/catalog/pages, relative to the root, in a stable order. */
export function pageFiles(root: string): string[] {
  const folder = path.join(root, 'server', 'catalog', 'pages');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.posix.join('server/catalog/pages', file.replace(/\\/g, '/')))
    .sort();
}
