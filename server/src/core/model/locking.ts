import type { Annotation, Item } from '../syntax/ast.js';
import type { FunctionFact } from './declarations.js';
import type { FileModel } from './fileModel.js';
import { walk } from './nodes.js';

/** What a file's summary keeps for questions about locks and the IRQL. */

/** `_IRQL_requires_max_(DISPATCH_LEVEL)`. */
export interface IrqlAnnotation {
  name: string;
  args: string;
}

/** A call with its arguments as written. */
export interface WrittenCall {
  name: string;
  args: string[];
}

/** More lock calls than these make no function that acquires or releases for its caller. */
const maxLockCalls = 2;

export function irqlAnnotations(annotations: readonly Annotation[]): readonly IrqlAnnotation[] | undefined {
  const found = annotations.filter(
    ({ kind, name, args }) =>
      kind === 'sal' && (/irql/i.test(name) || (name === '_When_' && args !== undefined && /irql/i.test(args))),
  );
  return found.length ? found.map(({ name, args = '' }) => ({ name, args })) : undefined;
}

const lockings = new WeakMap<Item, { lockCalls?: readonly WrittenCall[]; irql?: readonly IrqlAnnotation[] }>();

export function lockingOf(
  file: FileModel,
  fn: FunctionFact,
): { lockCalls?: readonly WrittenCall[]; irql?: readonly IrqlAnnotation[] } {
  let known = lockings.get(fn.item);
  if (known) return known;
  const calls = file.body(fn).calls.filter(({ name }) => changes(file, name));
  const irql = irqlAnnotations(fn.annotations);
  known = {
    ...(calls.length &&
      calls.length <= maxLockCalls && {
        lockCalls: calls.map(({ name, args }) => ({ name, args: args.map((arg) => arg.text) })),
      }),
    ...(irql && { irql }),
  };
  lockings.set(fn.item, known);
  return known;
}

function changes(file: FileModel, name: string): boolean {
  const act = file.catalog.irqlAct(name)?.act;
  return act !== undefined && !['read', 'test', 'section', 'end'].includes(act);
}

const uses = new WeakMap<Item, readonly string[]>();

/** Names that function bodies and initializers use as values, all-capital ones and locals left out. */
export function usesOf(file: FileModel): Set<string> {
  const all = new Set<string>();
  for (const fn of file.functions) for (const name of usesInBody(file, fn)) all.add(name);
  for (const { item, initializer } of file.variables) {
    if (!initializer) continue;
    walk(initializer, ({ kind, start, end }) => {
      if (kind === 'identifier') all.add(item.masked.slice(start, end));
    });
  }
  return all;
}

function usesInBody(file: FileModel, fn: FunctionFact): readonly string[] {
  let known = uses.get(fn.item);
  if (known) return known;
  const body = file.body(fn);
  const own = new Set([...fn.params.map((param) => param.name), ...body.locals.map((local) => local.name)]);
  known = [...body.uses].filter((name) => !own.has(name) && /[a-z]/.test(name));
  uses.set(fn.item, known);
  return known;
}
