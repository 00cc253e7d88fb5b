import type { CatalogData } from '../../src/core/catalog/schema.js';
import type { Problem } from './problems.js';

const folder = 'server/catalog/documented';

/** Names that point at nothing, and facts told twice that differ. */
export function checkFacts(catalog: CatalogData): Problem[] {
  return [...danglingNames(catalog), ...completionsThatDisagree(catalog), ...revisionsThatLie(catalog)];
}

function danglingNames(catalog: CatalogData): Problem[] {
  const roles = new Set([...catalog.callbacks, ...catalog.kernelRoles].flatMap((c) => [c.name, ...(c.aliases ?? [])]));
  const functions = new Set([...catalog.functions, ...catalog.kernel].map((f) => f.name));
  const structures = new Set(catalog.structures.map((s) => s.name));
  const statuses = new Set(catalog.statuses.flatMap((s) => (s.alias ? [s.name, s.alias] : [s.name])));
  const constants = new Set(catalog.constants.map((c) => c.name));
  const problems: Problem[] = [];
  const need = (set: Set<string>, what: string, file: string, owner: string, key: string, found: string[] = []) => {
    for (const name of found) {
      if (!set.has(name))
        problems.push({
          file: `${folder}/${file}.json`,
          message: `${owner}: ${key} names ${name}, which is no ${what}`,
        });
    }
  };
  for (const c of catalog.callbacks) {
    const { standAlone = [], mcm = [], any = [] } = c.completion ?? {};
    need(functions, 'function', 'callbacks', c.name, 'completion', [...standAlone, ...mcm, ...any]);
    need(functions, 'function', 'callbacks', c.name, 'completes', c.completes);
    need(functions, 'function', 'callbacks', c.name, 'mustCall', c.mustCall);
    need(functions, 'function', 'callbacks', c.name, 'onlyAfter', c.onlyAfter);
    need(roles, 'role type', 'callbacks', c.name, 'pair', list(c.pair));
    need(roles, 'role type', 'callbacks', c.name, 'servedBy', c.servedBy);
    need(
      statuses,
      'status',
      'callbacks',
      c.name,
      'statuses',
      ndisOnly([...(c.statuses ?? []), ...(c.statusesInText ?? [])]),
    );
    need(
      new Set(c.signature.params.map((p) => p.name)),
      'parameter',
      'callbacks',
      c.name,
      'contextsOut',
      c.contextsOut,
    );
    need(functions, 'function', 'callbacks', c.name, 'triggeredBy', c.triggeredBy?.flatMap(functionNames));
  }
  for (const f of catalog.functions) {
    need(functions, 'function', 'functions', f.name, 'expandsTo', list(f.expandsTo));
    need(functions, 'function', 'functions', f.name, 'counterpart', list(f.counterpart));
    need(functions, 'function', 'functions', f.name, 'pair', list(f.pair));
    need(functions, 'function', 'functions', f.name, 'onlyAfter', f.onlyAfter);
    need(functions, 'function', 'functions', f.name, 'creatorOnly', f.creatorOnly);
    need(roles, 'role type', 'functions', f.name, 'completes', f.completes);
    need(roles, 'role type', 'functions', f.name, 'completedBy', f.completedBy);
    need(
      statuses,
      'status',
      'functions',
      f.name,
      'statuses',
      ndisOnly([...(f.statuses ?? []), ...list(f.statusMustBe)]),
    );
    const status = f.statusArgument === undefined ? undefined : f.signature?.params[f.statusArgument];
    if (f.statusArgument !== undefined && status?.type !== 'NDIS_STATUS') {
      problems.push({
        file: `${folder}/functions.json`,
        message: `${f.name}: argument ${f.statusArgument} is no NDIS_STATUS`,
      });
    }
  }
  for (const s of catalog.structures) {
    need(constants, 'constant', 'structures', s.name, 'objectType', list(s.objectType));
    need(functions, 'function', 'structures', s.name, 'registeredThrough', s.registeredThrough);
    need(
      roles,
      'role type',
      'structures',
      s.name,
      'declareWith',
      s.members.flatMap((m) => list(m.declareWith)),
    );
  }
  for (const pair of catalog.handlerPairs) {
    const subjects = pair.rule === 'call-requires' ? functions : roles;
    need(subjects, 'known name', 'handler-pairs', pair.subject, 'subject', [pair.subject]);
    need(roles, 'role type', 'handler-pairs', pair.subject, 'other', [pair.other]);
  }
  for (const { acquire, release } of catalog.resourcePairs) {
    need(functions, 'function', 'resource-pairs', acquire, 'pair', [acquire, ...release]);
  }
  // What does not return may be the compiler's own, and is known for nothing else.
  const acting = Object.keys(catalog.irqlActs).filter((name) => catalog.irqlActs[name]?.act !== 'end');
  need(functions, 'function', 'irql-acts', 'irql-acts', 'an entry', acting);
  for (const o of catalog.oids) {
    need(functions, 'function', 'oids', o.name, 'replacedBy', o.condis?.replacedBy);
    need(roles, 'role type', 'oids', o.name, 'mustSucceed', o.mustSucceed?.by);
    need(statuses, 'status', 'oids', o.name, 'mustSucceed', o.mustSucceed?.except);
  }
  for (const c of catalog.callbacks) {
    need(
      structures,
      'structure',
      'callbacks',
      c.name,
      'registeredIn',
      c.registeredIn?.map((slot) => slot.structure),
    );
  }
  return problems;
}

const list = (name: string | undefined): string[] => (name === undefined ? [] : [name]);

/** NTSTATUS names come from other headers. */
const ndisOnly = (statuses: string[]): string[] => statuses.filter((status) => status.startsWith('NDIS_STATUS_'));

const functionNames = (words: string): string[] =>
  (words.match(/\bNdis[A-Z]\w+/g) ?? []).filter((name) => !name.endsWith('Handle'));

/** A callback names its completion functions, and they name the callback: both must say the same. */
function completionsThatDisagree({ callbacks, functions }: CatalogData): Problem[] {
  const problems: Problem[] = [];
  const said = new Set<string>();
  for (const { name, completion } of callbacks) {
    const { standAlone = [], mcm = [], any = [] } = completion ?? {};
    for (const fn of [...standAlone, ...mcm, ...any]) said.add(`${fn} ${name}`);
  }
  const answered = new Set(
    functions.flatMap(({ name, completes }) => (completes ?? []).map((role) => `${name} ${role}`)),
  );
  for (const pair of new Set([...said, ...answered])) {
    if (said.has(pair) && answered.has(pair)) continue;
    const [fn, role] = pair.split(' ');
    const message = said.has(pair)
      ? `${role} names ${fn} as its completion, but ${fn} does not say so`
      : `${fn} says that it completes ${role}, but ${role} does not name it`;
    problems.push({ file: `${folder}/callbacks.json`, message });
  }
  return problems;
}

/** Members named by a revision must exist. */
function revisionsThatLie({ structures }: CatalogData): Problem[] {
  return structures.flatMap(({ name, members, revisions, headerMember }) => {
    const own = new Set(
      members.flatMap((member) => [member.name, ...(member.members ?? []).map((inner) => inner.name)]),
    );
    const named = (revisions ?? []).flatMap(({ lastMember, alsoCovers }) => [
      ...list(lastMember),
      ...(alsoCovers ?? []),
    ]);
    return [...named, ...list(headerMember)]
      .filter((member) => !own.has(member.split('.')[0]!))
      .map((member) => ({ file: 'server/catalog/facts/structures.json', message: `${name} has no member ${member}` }));
  });
}
