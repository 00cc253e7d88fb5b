/**
 * The shape of the compiled catalog (`dist/catalog.json`, facts) and of its prose (`dist/pages.json`).
 * A field that is absent is unknown; nothing here has a default.
 */

/** Levels in rising order; `DIRQL` is whatever level the device interrupts at. */
export type Irql = 'PASSIVE_LEVEL' | 'APC_LEVEL' | 'DISPATCH_LEVEL' | 'DIRQL' | 'HIGH_LEVEL';

export interface IrqlRange {
  min?: Irql;
  max?: Irql;
}

/** An IRQL limit that holds under a condition on the arguments, from a `_When_` annotation. */
export interface ConditionalIrql extends IrqlRange {
  /** C expression over the parameters, as the header writes it. */
  when: string;
}

export type Direction = 'in' | 'out' | 'inout';

export interface Parameter {
  name: string;
  /** C type as written in the header, without SAL. An array parameter keeps its brackets: `UCHAR[1]`. */
  type: string;
  direction?: Direction;
  /** The header marks it `_opt_`, or the documentation says it may be NULL. */
  optional?: true;
  reserved?: true;
  /** Header annotation, `_Out_writes_bytes_(Length)`; absent where direction and `optional` say it in full. */
  sal?: string;
}

export interface Signature {
  returns: string;
  params: Parameter[];
}

/** NDIS versions as "6.0", "6.30". */
export interface VersionGate {
  /** First NDIS version that has the item. */
  min?: string;
  /** Last NDIS version that has it. */
  max?: string;
  supersededFrom?: string;
  replacement?: string[];
  /** NDIS 5.x only: hidden in an NDIS 6 build. */
  legacy?: true;
}

/** Driver kinds, as registration sees them. */
export type DriverKind = 'miniport' | 'protocol' | 'filter' | 'call-manager' | 'mcm' | 'client' | 'co-miniport';

export type Requirement = 'required' | 'optional' | 'conditional' | 'forbidden' | 'reserved';

/** Facts every named item of the interface may have. */
export interface ItemFacts {
  name: string;
  header?: string;
  versions?: VersionGate;
  /** Address of the DDI page, relative to https://learn.microsoft.com/windows-hardware/drivers/ddi/ */
  page?: string;
}

export interface HandlerSlot {
  structure: string;
  member: string;
  /** Name of the callback in this slot where it differs from the role's own (ProtocolSetOptions). */
  documentedName?: string;
  /** Role-type alias to declare the callback with in this slot (PROTOCOL_SET_OPTIONS). */
  declareWith?: string;
}

export interface CallbackFacts extends ItemFacts {
  kind: 'callback';
  /** The name that the documentation uses for the function: ProtocolCmCloseAf. */
  documentedName?: string;
  /** Further documented names of the same role: ProtocolSetOptions. */
  otherNames?: string[];
  /** Function pointer types that stand for it: CM_CLOSE_AF_HANDLER. */
  pointerTypes?: string[];
  /** Other role-type names of the same function type, misspelt ones included. */
  aliases?: string[];
  /** The name is a function pointer type: it cannot declare a function. */
  pointerType?: true;
  signature: Signature;
  /** Role types whose functions may stand where this one is expected: DRIVER_UNLOAD for MINIPORT_UNLOAD. */
  servedBy?: string[];
  /** What the header annotates. */
  headerIrql?: IrqlRange;
  irqlWhen?: ConditionalIrql[];
  /** What the documentation says. */
  irql?: IrqlRange;
  /** Function-level annotations of the header other than plain IRQL limits. */
  sal?: string[];
  registeredIn?: HandlerSlot[];
  /** Functions that take the callback as an argument. */
  registeredBy?: string[];
  /** Statuses of the return table. */
  statuses?: string[];
  /** Statuses that only the remarks name; they count as documented. */
  statusesInText?: string[];
  /** Other statuses may be returned than those listed. */
  otherStatuses?: true;
  /** `forbidden` only where the documentation says so. */
  pending?: 'allowed' | 'forbidden';
  /** Functions that complete the request after NDIS_STATUS_PENDING. */
  completion?: CompletionFacts;
  /** Functions whose pended request this callback completes. */
  completes?: string[];
  /** In words, each beginning with the name of what makes NDIS call it. */
  triggeredBy?: string[];
  pair?: string;
  /** What it belongs to: AF, SAP, VC, call, party, OID, data, status. */
  object?: string;
  phase?: string;
  /** Who implements it, in words (call-manager, client, shared …). Connection-oriented callbacks only. */
  role?: string;
  /** Driver kinds that implement it, from the structures it is registered in. */
  kinds?: DriverKind[];
  /** Success and NDIS_STATUS_PENDING are its only answers. */
  cannotFail?: true;
  /** Functions that the callback, or what it sets off, has to call in any driver. */
  mustCall?: string[];
  /** Functions by which a driver becomes one that NDIS calls at fewer levels than the documented range has. */
  irqlOpenWith?: string[];
  /** One of these has to have been called before success makes sense. */
  onlyAfter?: string[];
  /** What a driver without the feature may answer, in words. */
  stub?: string;
  /** Out parameters that must be written before NDIS_STATUS_SUCCESS. */
  contextsOut?: string[];
  sdvRules?: string[];
}

/** Completion functions per kind of driver; `any` where the kind makes no difference. */
export interface CompletionFacts {
  standAlone?: string[];
  mcm?: string[];
  any?: string[];
  /** Callback of the other party that NDIS then calls, in words. */
  then?: string;
}

/** `dpr`: needs DISPATCH_LEVEL. `registers`: takes handlers. `queues`: work item, timer or DPC. `paged`: says that the
 * code around it is pageable (PAGED_CODE). */
export type FunctionTag =
  | 'waits'
  | 'acquires-spin-lock'
  | 'releases-spin-lock'
  | 'raises-irql'
  | 'lowers-irql'
  | 'dpr'
  | 'allocates'
  | 'frees'
  | 'completes'
  | 'registers'
  | 'queues'
  | 'paged';

/** The largest value that an argument (position from 0) may have. */
export interface ArgumentMax {
  argument: number;
  value: number;
  unit: string;
}

/** What a call does to the VC, call, SAP or AF whose handle it is given. */
export interface HandleAct {
  act:
    | 'activate'
    | 'deactivate'
    | 'delete'
    | 'make-call'
    | 'close-call'
    | 'report-closed'
    | 'close-af'
    | 'deregister-sap';
  /** Position of the handle, from 0. */
  argument: number;
}

export interface FunctionFacts extends ItemFacts {
  kind: 'function' | 'macro';
  /** Absent for macros of which only the argument list is known. */
  signature?: Signature;
  /** Argument names of a macro without a typed signature. */
  arguments?: string[];
  inline?: true;
  headerIrql?: IrqlRange;
  irqlWhen?: ConditionalIrql[];
  irql?: IrqlRange;
  /** IRQL that the function raises to. */
  raises?: Irql;
  statuses?: string[];
  otherStatuses?: true;
  pending?: 'allowed' | 'forbidden';
  /** Role types of the callbacks that complete the function after NDIS_STATUS_PENDING. */
  completedBy?: string[];
  /** The function or macro this macro expands to with the same arguments. */
  expandsTo?: string;
  /** Stand-alone / MCM counterpart. */
  counterpart?: string;
  /** Role types of the callbacks whose pended request it completes. */
  completes?: string[];
  /** Position of the status argument that must not be NDIS_STATUS_PENDING, from 0. */
  statusArgument?: number;
  /** Role types of the callbacks that may call it, where the documentation limits them. */
  callOnlyFrom?: string[];
  /** Role types of the callbacks that must not call it, nor have it called on their behalf. */
  notFrom?: string[];
  /** One of these has to have been called before a call with success makes sense. */
  onlyAfter?: string[];
  /** Only a driver that got the object from one of these may call it. */
  creatorOnly?: string[];
  handleAct?: HandleAct;
  argumentMax?: ArgumentMax;
  /** The only status that the documentation allows for that argument. */
  statusMustBe?: string;
  mustInspectResult?: true;
  /** Functions that leave room for this one: behind them, on the same object, it cannot fail. */
  succeedsAfter?: string[];
  /** Who may call it, in words. */
  caller?: string;
  /** Where it is called from, in words. */
  callFrom?: string;
  /** Callback of the other party that NDIS then calls, in words. */
  then?: string;
  /** Function that undoes it. */
  pair?: string;
  /** Acts this function is known for. */
  tags?: FunctionTag[];
  sdvRules?: string[];
  /** Function-level annotations of the header other than plain IRQL limits. */
  sal?: string[];
}

export interface MemberFacts {
  name: string;
  type: string;
  /** First NDIS version of the member, where it is gated. */
  min?: string;
  /** Any other preprocessor condition around it. */
  when?: string;
  /** Width of a bit field; text where it is an expression. */
  bits?: number | string;
  sal?: string;
  /** Members of an anonymous or named nested struct or union. */
  members?: MemberFacts[];
  /** Role type, where the member is a handler. */
  role?: string;
  /** Requirement per driver kind (`any` where it does not depend on it). */
  requirement?: Partial<Record<DriverKind | 'any', Requirement>>;
  /** On what a conditional requirement depends, in words. */
  requiredWhen?: string;
  /** See HandlerSlot. */
  documentedName?: string;
  declareWith?: string;
}

export interface HeaderRevision {
  revision: number;
  revisionConstant?: string;
  sizeConstant?: string;
  /** Last member that the size constant covers. */
  lastMember?: string;
  /** Members past `lastMember` that nevertheless belong to this revision (a fact corrected by hand). */
  alsoCovers?: string[];
  min?: string;
  /** In bytes; arm64 where it differs from x64. */
  size?: { x64?: number; x86?: number; arm64?: number };
}

export interface StructureFacts extends ItemFacts {
  kind: 'struct' | 'union';
  /** Where it is not the name behind an underscore. */
  tag?: string;
  /** PNDIS_…: typedef names of a pointer to it. */
  pointerNames?: string[];
  /** Other typedef names of the structure itself. */
  aliases?: string[];
  members: MemberFacts[];
  /** Path of the NDIS_OBJECT_HEADER member ("Header"), where it has one. */
  headerMember?: string;
  objectType?: string;
  revisions?: HeaderRevision[];
  /** The constant or expression to write for Header.Size where sizeof is the right choice. */
  sizeBySizeof?: true;
  /** Functions one of which has to be called once the structure is registered, or it serves for nothing. */
  activatedBy?: string[];
  /** Driver kinds that register it. */
  registers?: DriverKind[];
  /** Functions that take it. */
  registeredThrough?: string[];
}

export interface EnumFacts extends ItemFacts {
  kind: 'enum';
  tag?: string;
  pointerNames?: string[];
  values: { name: string; value?: number | string; min?: string }[];
}

export interface StatusFacts {
  name: string;
  /** 32-bit value, unsigned. Absent for names that only the documentation has. */
  value?: number;
  /** A status indication rather than a return code. */
  indication?: true;
  /** Other name of the same value: STATUS_PENDING. */
  alias?: string;
  /** It refuses a request for what the request is: of a wrong length or with wrong content, or of an unknown kind. */
  refuses?: 'malformed' | 'unsupported';
  min?: string;
  /** It has a page, at the address that `networkPage` makes of the name. */
  page?: true;
}

export interface OidFacts {
  name: string;
  value?: number;
  /** Letters of the list pages: M mandatory, O optional. */
  query?: string;
  set?: string;
  requestTypes?: string[];
  structures?: string[];
  /** It has a page, at the address that `networkPage` makes of the name. */
  page?: true;
  min?: string;
  alias?: string;
  /** In the list of mandatory OIDs for miniports. */
  mandatory?: true;
  obsolete?: true;
  /** Role types of the callbacks that must not fail it, and failures that they may answer all the same. */
  mustSucceed?: { by: string[]; except?: string[] };
  /** Who sends it to whom between call manager and client. */
  condis?: { sentBy?: string; handledBy?: string; request?: string; structure?: string; replacedBy?: string[] };
}

export interface ConstantFacts {
  name: string;
  value?: number | string;
  /** Family of constants it belongs to, e.g. the enumeration-like flag group. */
  group?: string;
  min?: string;
}

/** What a call does to locks and to the IRQL. Arguments are positions from 0. */
export interface IrqlAct {
  /** `try` acquires where the result is not zero; `read` gives the current IRQL; `test` tells whether the caller runs at
   * `level`; `section` stands in a pragma and puts functions into `section`; `end` does not return. */
  act: 'acquire' | 'release' | 'try' | 'raise' | 'lower' | 'read' | 'test' | 'section' | 'end';
  lock?: 'spin' | 'rw' | 'mutex';
  /** Argument that names the lock; absent for a lock that the system has one of. */
  argument?: number;
  /** Level that the IRQL is raised to, or the argument that says it. */
  level?: Irql | number;
  /** For callers at DISPATCH_LEVEL, whose IRQL it leaves alone; a release may follow the way the lock was acquired. */
  atDispatch?: true | 'as-acquired';
  /** Argument that says with a flag whether the caller is at DISPATCH_LEVEL. */
  atDispatchWhen?: number;
  /** Where the caller keeps the IRQL to go back to; absent where the lock itself does. */
  irql?: number | 'result';
  /** Others may hold the lock at the same time. */
  shared?: true;
  section?: string;
}

/** A kernel routine or macro that drivers call beside NDIS. */
export interface KernelFacts {
  argumentMax?: ArgumentMax;
  name: string;
  signature?: Signature;
  /** Argument names of a macro. */
  arguments?: string[];
  expandsTo?: string;
  irql?: IrqlRange;
  irqlWhen?: ConditionalIrql[];
  raises?: Irql;
  mustInspectResult?: true;
  tags?: FunctionTag[];
}

/** A rename from NDIS 5.x to 6.0. */
export interface PortingFacts {
  kind: string;
  from: string[];
  to: string[];
  area?: string;
  note?: string;
  /** Role type of the NDIS 6 callback. */
  role?: string;
}

/** Handlers that go together. `subject` is a role type, or a function for `call-requires`. */
export interface HandlerPair {
  rule: 'both-or-none' | 'requires' | 'call-requires';
  subject: string;
  /** Role type. */
  other: string;
  when?: string;
  page?: string;
}

export interface CatalogData {
  version: string;
  /** Newest NDIS version that the headers behind the facts know. */
  newestNdis: string;
  callbacks: CallbackFacts[];
  functions: FunctionFacts[];
  structures: StructureFacts[];
  enums: EnumFacts[];
  statuses: StatusFacts[];
  oids: OidFacts[];
  constants: ConstantFacts[];
  /** Named pointer and scalar types of the interface: alias to underlying type. */
  types: Record<string, string>;
  kernel: KernelFacts[];
  /** Role types of the kernel headers: DRIVER_UNLOAD, KDEFERRED_ROUTINE … */
  kernelRoles: CallbackFacts[];
  porting: PortingFacts[];
  /** Handler or function pairs and both-or-none sets. */
  handlerPairs: HandlerPair[];
  resourcePairs: { acquire: string; release: string[] }[];
  /** By the name of the function or macro. */
  irqlActs: Record<string, IrqlAct>;
  /** One-line summaries of the callbacks' pages, by role type: code that is written carries them. The others are in
   * pages.json alone. */
  summaries: Record<string, string>;
}

/** One page of prose, from `catalog/pages/<family>/<Name>.md`. Macros, structures, enumerations, statuses, OIDs and
 * constants without a page of their own may have one that is nothing but a line: a summary, and of an enumeration its
 * values. */
export interface Page {
  name: string;
  summary: string;
  step?: string;
  parameters?: Record<string, string>;
  statuses?: Record<string, string>;
  returns?: string;
  members?: Record<string, string>;
  traps?: string[];
  follow?: string[];
  replacement?: string;
  /** Month of the last check against the sources by someone other than the writer, "2026-11". Not compiled. */
  reviewed?: string;
  /** Markdown. */
  body?: string;
}

/** `dist/pages.json`. */
export type PagesData = Record<string, Page>;
