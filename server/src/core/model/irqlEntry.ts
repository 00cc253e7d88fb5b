import type { CallbackFacts } from '../catalog/schema.js';
import { callersIn, callersOutside, isReachedOtherwise } from './callGraph.js';
import type { PendingCall } from './callPlaces.js';
import type { FunctionFact } from './declarations.js';
import type { FileModel } from './fileModel.js';
import { constantNumber } from './flow/functionFlow.js';
import { mayLock } from './flow/irqlEffect.js';
import { type IrqlState, isFoundAtDispatch } from './flow/irqlState.js';
import { actsWith } from './irqlActs.js';
import type { CallActs } from './irqlCalls.js';
import { type Contract, contractOf } from './irqlContract.js';
import {
  anyLevel,
  device,
  dispatch,
  type Levels,
  levelNamed,
  levelsOf,
  meet,
  passive,
  span as spanning,
} from './irqlLevels.js';
import type { IrqlAnnotation } from './locking.js';
import type { ProjectModel, RoleEvidence } from './projectModel.js';
import type { Span } from './span.js';
import type { FileSummary, FunctionSummary } from './summary.js';

/** Why a function is entered at the levels that it is. */
export type EntryReason =
  | { kind: 'role'; role: CallbackFacts; uri: string; span: Span }
  | { kind: 'annotation'; name: string }
  | { kind: 'entry-point' }
  | CallerReason;

/** A function of the project calls it. */
export interface CallerReason {
  kind: 'caller';
  name: string;
  levels: Levels;
  /** The call, and its file where it is another one. */
  span?: Span;
  uri?: string;
  /** What raised the IRQL before the call. */
  at?: Span;
  /** How the caller is entered, where that decides. */
  from?: EntryReason;
}

/** The levels that a function is entered at. */
export interface Entry {
  /** All that any caller may come at. */
  levels: Levels;
  /** Every caller may come at this level or above, as far as contracts say; PASSIVE_LEVEL where nothing is known. */
  reach: number;
  /** Who comes at the lowest `levels.min`, and who decides `reach`; absent where nothing is known. */
  by?: EntryReason;
}

const unknownEntry: Entry = { levels: anyLevel, reach: passive };

/** Where Windows enters every driver. */
const entryPoint = 'DriverEntry';

/** How far callers of callers are followed. */
const maxDepth = 4;

/** Finds the levels that functions are entered at: from their role, their annotations, or all of their callers. */
export class Entries {
  private readonly own = new Map<string, Entry>();
  private readonly others = new Map<FunctionSummary, Entry>();
  private readonly unseen = new Map<FunctionSummary, boolean>();
  private depth = 0;
  private readonly file: FileModel;
  private readonly summary: FileSummary;
  private readonly project: ProjectModel;
  private readonly acts: CallActs;
  private readonly isLegacy: boolean;

  constructor(file: FileModel, summary: FileSummary, project: ProjectModel, acts: CallActs) {
    this.file = file;
    this.summary = summary;
    this.project = project;
    this.acts = acts;
    this.isLegacy = project.isLegacy;
  }

  of(fn: FunctionFact): Entry {
    let entry = this.own.get(fn.name);
    if (entry) return entry;
    // Recursion brings no caller of its own.
    this.own.set(fn.name, unknownEntry);
    entry = this.byContract(fn.name) ?? this.byCallers({ name: fn.name, isStatic: fn.isStatic }, this.summary);
    this.own.set(fn.name, entry);
    return entry;
  }

  /** NDIS or the kernel calls the function. */
  isCallback(name: string): boolean {
    return name === entryPoint || this.rolesOf(name).length > 0;
  }

  /** What role and annotations of a function say. */
  private byContract(name: string): Entry | undefined {
    const roles = this.rolesOf(name);
    const annotated = this.annotated(name);
    if (roles.length) return this.ofRoles(roles, annotated?.levels);
    if (name === entryPoint)
      return { levels: { min: passive, max: passive }, reach: passive, by: { kind: 'entry-point' } };
    if (!annotated?.levels) return undefined;
    const { levels, conditional } = annotated;
    return { levels, reach: conditional ? passive : levels.max, by: { kind: 'annotation', name } };
  }

  /** Roles of NDIS and of the kernel. What NDIS 6 asks of handlers does not bind an NDIS 5 driver. */
  private rolesOf(name: string): RoleEvidence[] {
    const roles = this.project.rolesOf(name);
    const known = this.isLegacy ? roles.filter((evidence) => evidence.by === 'argument') : roles;
    return [...known, ...this.kernelRoles(name)];
  }

  private kernelRoles(name: string): RoleEvidence[] {
    const { catalog } = this.file;
    return this.project.declarations(name).flatMap(({ file, fact }): RoleEvidence[] => {
      const role =
        fact.kind === 'role-declaration' && !catalog.roleType(fact.type) ? catalog.callback(fact.type) : undefined;
      return role ? [{ role, by: 'declaration', uri: file.uri, span: fact.span }] : [];
    });
  }

  private ofRoles(roles: readonly RoleEvidence[], annotated: Levels | undefined): Entry {
    const ranges = roles.map(({ role }) => levelsOfRole(role));
    const [first, ...rest] = ranges;
    const [evidence] = roles;
    if (!first || !evidence || rest.some((range) => !range)) return unknownEntry;
    if (!annotated && roles.some(({ role }) => this.project.callsAny(role.irqlOpenWith ?? []))) return unknownEntry;
    const all = rest.reduce<Levels>((wide, range) => spanning(wide, range as Levels), first);
    const reach = Math.min(...roles.map(({ role }) => reachOfRole(role)));
    // The author knows when a handler is called earlier than NDIS promises.
    const levels = (annotated && meet(all, annotated)) ?? all;
    const { role, uri, span } = evidence;
    return { levels, reach: Math.min(reach, levels.max), by: { kind: 'role', role, uri, span } };
  }

  private annotated(name: string): Contract<IrqlAnnotation> | undefined {
    const annotations = [
      ...this.project.functions(name).flatMap(({ fact }) => fact.irql ?? []),
      ...this.project.declarations(name).flatMap(({ fact }) => fact.irql ?? []),
    ];
    if (!annotations.length) return undefined;
    return contractOf(annotations, (constant) => constantNumber(constant, this.file.catalog, this.project));
  }

  private byCallers(fn: { name: string; isStatic: boolean }, own: FileSummary): Entry {
    if (this.depth >= maxDepth || this.isOpen(fn) || isReachedOtherwise(fn, own, this.project)) return unknownEntry;
    this.depth++;
    const entries = this.callersOf(fn, own);
    this.depth--;
    const [first, ...rest] = entries;
    return first ? rest.reduce(joined, first) : unknownEntry;
  }

  /** Callers may be out of sight. */
  private isOpen(fn: { isStatic: boolean }): boolean {
    return this.file.isHeader() || (!fn.isStatic && (this.project.isPartial || this.file.syntax.language === 'cpp'));
  }

  private callersOf(fn: { name: string; isStatic: boolean }, own: FileSummary): Entry[] {
    const entries: Entry[] = [];
    for (const other of this.project.files) {
      if (fn.isStatic && other.uri !== own.uri) continue;
      if (other.uri === this.file.uri) entries.push(...this.callsHere(fn.name));
      else
        for (const caller of callersOutside(other, fn.name))
          if (caller.name !== fn.name) entries.push(...this.callsElsewhere(fn.name, caller, other));
    }
    return entries;
  }

  private callsHere(name: string): Entry[] {
    return callersIn(this.file, name).flatMap(({ fn, call }) => {
      if (fn.name === name) return [];
      const entry = this.of(fn);
      const flow = this.acts.flows.of(fn);
      if (!flow.complete) return [unknownEntry];
      const states = flow.statesAt(call);
      const reachOfState = reachesAt(states, entry, flow.exact);
      return states.flatMap((state) => {
        const levels = state.levels(entry.levels);
        if (state.lost || !levels) return state.lost ? [unknownEntry] : [];
        const by: EntryReason = { kind: 'caller', name: fn.name, levels, span: call.span };
        if (levels.at) by.at = levels.at;
        else if (entry.by) by.from = entry.by;
        return [{ levels, reach: reachOfState(state), by }];
      });
    });
  }

  /** What the calls of the function in one of another file tell. */
  private callsElsewhere(name: string, caller: FunctionSummary, file: FileSummary): Entry[] {
    const enters = this.entryElsewhere(caller, file);
    const { places, testsIrql } = caller.callPlaces ?? {};
    const found = places?.get(name);
    if (!found || this.actsUnseen(caller)) return [unknownEntry];
    return found.map(({ span, under = [] }) => {
      const moved = under === 'unknown' ? undefined : this.under(under, enters.levels);
      if (!moved) return unknownEntry;
      const { levels, at } = moved;
      const by: EntryReason = { kind: 'caller', name: caller.name, levels, span, uri: file.uri };
      if (at) return { levels, reach: levels.min, by: { ...by, at } };
      if (testsIrql === 'itself') return unknownEntry;
      return {
        levels,
        reach: testsIrql ? levels.min : enters.reach,
        by: { ...by, ...(enters.by && { from: enters.by }) },
      };
    });
  }

  private entryElsewhere(caller: FunctionSummary, file: FileSummary): Entry {
    let entry = this.others.get(caller);
    if (!entry) {
      this.others.set(caller, unknownEntry);
      entry = this.byContract(caller.name) ?? this.byCallers(caller, file);
      this.others.set(caller, entry);
    }
    return entry;
  }

  /** The levels after calls that acquire or raise, for a caller at `entry`, and what brought them about; undefined where
   * it cannot be told. */
  private under(calls: readonly PendingCall[], entry: Levels): { levels: Levels; at?: Span } | undefined {
    let result: { levels: Levels; at?: Span } = { levels: entry };
    for (const call of calls) {
      const acts = actsWith(this.acts.named(call.name), call.args);
      if (acts === 'unknown') return undefined;
      for (const act of acts) {
        if (act.act === 'read' || act.act === 'test') continue;
        if (act.act !== 'acquire' && act.act !== 'raise') return undefined;
        if (act.act === 'acquire' && act.lock === 'mutex' && act.level === undefined) continue;
        const to = act.level === undefined ? dispatch : levelNamed(act.level);
        if (to === undefined) return undefined;
        if (to > result.levels.min) result = { levels: { min: to, max: to }, at: call.span };
      }
    }
    return result;
  }

  /** The function calls one whose name says nothing of locks and that moves them all the same. */
  private actsUnseen(caller: FunctionSummary): boolean {
    let unseen = this.unseen.get(caller);
    if (unseen === undefined) {
      const { catalog } = this.file;
      const isUnseen = (name: string): boolean =>
        !catalog.routine(name) && !mayLock(name) && !catalog.irqlAct(name) && this.acts.named(name).length > 0;
      this.unseen.set(caller, (unseen = [...caller.calls].some(isUnseen)));
    }
    return unseen;
  }
}

/** Levels of the role as documented; of the header where the documentation is silent, and where the header allows more
 * at the lower end. */
export function levelsOfRole(role: CallbackFacts): Levels | undefined {
  if (role.irqlWhen?.length) return undefined;
  const documented = levelsOf(role.irql);
  const header = levelsOf(role.headerIrql);
  if (!documented || !header) return documented ?? header;
  return { min: Math.min(documented.min, header.min), max: documented.max };
}

/** The level that the role is documented to be called at, at most. An upper bound that only the header has promises no
 * more than that. */
function reachOfRole(role: CallbackFacts): number {
  const levels = levelsOfRole(role);
  if (!levels) return passive;
  return role.irql || levels.min === levels.max || levels.min >= device ? levels.max : passive;
}

function joined(a: Entry, b: Entry): Entry {
  const lower = b.levels.min < a.levels.min || (b.levels.min === a.levels.min && b.reach < a.reach) ? b : a;
  const entry: Entry = { levels: spanning(a.levels, b.levels), reach: Math.min(a.reach, b.reach) };
  if (a.by && b.by && lower.by) entry.by = lower.by;
  return entry;
}

/** How high the contract of the function lets paths come to the states of one place. Where a path on which a test found
 * DISPATCH_LEVEL comes there too, the test guards nothing. */
export function reachesAt(states: readonly IrqlState[], entry: Entry, exact: boolean): (state: IrqlState) => number {
  const unguarded =
    exact && states.some((state) => isFoundAtDispatch(state) && state.levels(entry.levels) !== undefined);
  return (state) => {
    const reach = reachOf(state, entry);
    return unguarded && !state.lost && !state.level ? Math.max(reach, entry.reach) : reach;
  };
}

/** The highest level that the contract of the function lets a path come to the state at: PASSIVE_LEVEL where a test
 * stands before it. */
function reachOf(state: IrqlState, entry: Entry): number {
  if (state.lost) return passive;
  if (state.level) return state.level.at ? state.level.min : passive;
  const levels = state.levels(entry.levels);
  if (!levels) return passive;
  // Who tests for less than DISPATCH_LEVEL means that threads may wait here.
  const tested = state.guarded || state.entry.max < dispatch;
  return tested ? levels.min : Math.min(entry.reach, state.entry.max);
}
