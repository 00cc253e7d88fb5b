import type { Catalog } from '../../../src/core/catalog/catalog.js';
import type { CallbackFacts, FunctionFacts, IrqlRange, KernelFacts } from '../../../src/core/catalog/schema.js';
import { atLeast } from '../../../src/core/catalog/versions.js';
import type { FunctionText } from '../code.js';
import type { Edit, Place } from '../mutant.js';

/** Calls to put into a driver. */

export type Routine = FunctionFacts | KernelFacts;

/** Routines of NDIS and the kernel that a driver of any sample may call where it likes, but for what `test` is after. */
export function callable(catalog: Catalog, test: (routine: Routine) => boolean): Routine[] {
  return [...catalog.data.functions, ...catalog.data.kernel].filter(
    (routine) => routine.signature && isUnbound(routine, catalog) && test(routine),
  );
}

/** The routine brings no other finding with it: it is of every NDIS 6 version, takes nothing and gives nothing back. */
function isUnbound(routine: Routine, catalog: Catalog): boolean {
  if (catalog.irqlAct(routine.name) || catalog.releasesOf(routine.name).length > 0) return false;
  if (!('kind' in routine)) return true;
  const { versions, callOnlyFrom, notFrom, counterpart, completes, tags, argumentMax, onlyAfter } = routine;
  const isOfAll = !versions?.legacy && !versions?.supersededFrom && (!versions?.min || !atLeast(versions.min, '6.1'));
  const isBound = callOnlyFrom ?? notFrom ?? counterpart ?? completes ?? argumentMax ?? onlyAfter;
  return isOfAll && !isBound && !tags?.some((tag) => tag === 'registers' || tag === 'allocates' || tag === 'frees');
}

/** A call as a statement, its result dropped on purpose: NULL for pointers and handles, 1 for numbers. */
export function callText({ name, signature }: Routine): string {
  const args = signature?.params.map(({ type }) => (/\*|\[|HANDLE|^P[A-Z]/.test(type) ? 'NULL' : '1')) ?? [];
  return `${signature?.returns.toLowerCase() === 'void' ? '' : '(void)'}${name}(${args.join(', ')});`;
}

export const limits = (facts: Routine | CallbackFacts): IrqlRange =>
  facts.irql ?? ('headerIrql' in facts ? facts.headerIrql : undefined) ?? {};

/** An edit that puts text at the start of a function's body, and the place it takes. */
export function atStart(fn: FunctionText, text: string): { edit: Edit; place: Place } {
  const { start } = fn.body;
  return insertion(fn.file, start, ` ${text}`);
}

export function insertion(file: string, at: number, text: string): { edit: Edit; place: Place } {
  return { edit: { file, start: at, end: at, text }, place: { file, start: at, end: at } };
}

/** The entry whose turn it is. */
export const turn = <T>(entries: readonly T[], index: number): T | undefined => entries[index % entries.length];
