import type { Completion } from '../../api.js';
import type { CallbackFacts } from '../../catalog/schema.js';
import { sharedPrefix } from '../../generate/names.js';
import { skeleton, stem } from '../../generate/skeleton.js';
import { lineStartAt, newlineIn } from '../../text/lines.js';
import type { Cursor } from '../cursor.js';
import type { FeatureInput } from '../feature.js';
import { rank, snippet, word } from './item.js';

/** At file scope: a complete definition for every role, found by role type, by documented name and by handler member;
 * and for functions that are declared or registered but not yet defined, under their own names. */
export function skeletons(input: FeatureInput, cursor: Cursor): Completion[] {
  if (cursor.place.kind !== 'file' || !input.configuration.completion.skeletons || lineBefore(input, cursor) !== '')
    return [];
  const prefix = sharedPrefix(input.project);
  const missing = undefinedCallbacks(input);
  const named = missing.map(({ name, role }) => item(input, cursor, role, { prefix, name }));
  const all = input.catalog.data.callbacks
    .filter((role) => !role.pointerType && !role.versions?.legacy)
    .flatMap((role) => [...variants(role), role].map((one) => item(input, cursor, one, { prefix })));
  return [...named, ...all];
}

/** A role by the names that it has in several members: ProtocolSetOptions and MiniportSetOptions are one type. */
export function variants(role: CallbackFacts): CallbackFacts[] {
  return (role.registeredIn ?? []).flatMap((slot) => {
    const documentedName = slot.documentedName ?? role.documentedName;
    if (slot.declareWith === undefined || documentedName === undefined) return [];
    return [{ ...role, name: slot.declareWith, documentedName, registeredIn: [slot], aliases: [] }];
  });
}

/** What stands before the word on its line: behind a type the word is the name of something being declared. */
function lineBefore({ file }: FeatureInput, { range }: Cursor): string {
  return file.text.slice(lineStartAt(file.text, range.start), range.start).trim();
}

function item(
  input: FeatureInput,
  cursor: Cursor,
  role: CallbackFacts,
  how: { prefix: string; name?: string },
): Completion {
  const { configuration, catalog, file } = input;
  const summary = catalog.summary(role.name);
  const declared = how.name !== undefined && input.project.declarations(how.name).length > 0;
  const { snippet: insert, plain } = skeleton(role, {
    declaration: !declared,
    annotations: configuration.completion.annotations,
    ...(configuration.completion.headerComment && summary ? { header: summary } : {}),
    ...(how.name === undefined ? {} : { name: how.name }),
    prefix: how.prefix,
    newline: newlineIn(file.text),
  });
  const label = how.name ?? role.documentedName ?? role.name;
  const members = role.registeredIn?.map((slot) => slot.member) ?? [];
  const detail = how.name === undefined ? role.name : `define as ${role.documentedName ?? role.name}`;
  return {
    ...snippet(label, 'skeleton', cursor.range, insert, {
      plain,
      detail,
      docs: role.name,
      sortText: rank(how.name === undefined ? relevance(input, role) : 0),
    }),
    filterText: filterFor(cursor, [label, role.name, ...(role.aliases ?? []), ...members, stem(role)]),
  };
}

/** Editors filter by one text: the name that goes on where the author began. */
function filterFor(cursor: Cursor, names: string[]): string {
  const typed = cursor.typed.toLowerCase();
  return (
    names.find((name) => typed && name.toLowerCase().startsWith(typed)) ??
    names.find((name) => typed && name.toLowerCase().includes(typed)) ??
    (names[0] as string)
  );
}

/** Roles of structures that the driver registers come first. */
function relevance({ project }: FeatureInput, role: CallbackFacts): number {
  const registered = project.files.some((file) =>
    file.fills.some((fill) => role.registeredIn?.some((slot) => slot.structure === fill.structure.name)),
  );
  return registered ? 1 : 2;
}

interface Missing {
  name: string;
  role: CallbackFacts;
}

/** Functions that a role type declares or a handler member names, and that no file defines. */
function undefinedCallbacks({ project }: FeatureInput): Missing[] {
  const names = new Set<string>();
  for (const file of project.files) {
    for (const name of file.handlers.keys()) names.add(name);
    for (const [name, declarations] of file.declarations)
      if (declarations.some((d) => d.kind === 'role-declaration')) names.add(name);
  }
  return [...names].flatMap((name) => {
    const role = project.roleOf(name);
    return role && !project.functions(name).length ? [{ name, role }] : [];
  });
}

/** Role types by name, for declarations by hand. */
export function roleTypes(input: FeatureInput, cursor: Cursor): Completion[] {
  if (cursor.place.kind !== 'file' || !/^(static|extern|EXTERN_C|extern\s*"C")?$/.test(lineBefore(input, cursor)))
    return [];
  const { callbacks, kernelRoles } = input.catalog.data;
  const own = callbacks.filter((role) => !role.pointerType).flatMap((role) => [role, ...variants(role)]);
  const typed = cursor.typed.toUpperCase();
  const kernel = typed ? kernelRoles.filter(({ name }) => name.startsWith(typed)) : [];
  return [...own, ...kernel].map((role) =>
    word(role.name, 'type', cursor.range, {
      detail: `role type of ${role.documentedName ?? 'the kernel'}`,
      sortText: rank(role.documentedName === undefined ? 5 : 3),
      docs: role.name,
    }),
  );
}
