import type { Catalog } from '../catalog/catalog.js';
import type { CallbackFacts, FunctionFacts } from '../catalog/schema.js';
import { type Reaching, reaching } from '../model/reaching.js';
import { defineRule } from './rule.js';
import { ddi } from './sources.js';

export const callForbiddenHere = defineRule({
  name: 'call-forbidden-here',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Function called from a callback that must not call it',
  sources: [ddi('ndis/nf-ndis-ndissetoptionalhandlers'), ddi('ndis/nf-ndis-ndisfderegisterfilterdriver')],
  succeeds: ['NdisFDeregisterFilterDriver', 'NdisMNetPnPEventInOIDRequest'],
  fix: 'none',
  check({ file, summary, project, catalog }, report) {
    if (project.isLegacy) return;
    for (const fn of file.functions) {
      let from: Reaching | undefined;
      for (const call of file.body(fn).calls) {
        const facts = catalog.function(call.name);
        if (!facts?.callOnlyFrom && !facts?.notFrom) continue;
        from ??= reaching(fn, file, summary, project);
        const role = wrongCaller(facts, from, catalog);
        if (!role) continue;
        const caller = role.documentedName ?? role.name;
        const places = named(facts.callOnlyFrom ?? [], catalog).join(' or ');
        const rule = places ? `belongs into ${places}, not into ${caller}` : `must not be called from ${caller}`;
        const where = project.roleOf(fn.name) ? `which ${fn.name} is` : `from which ${fn.name} is called`;
        report(call.nameSpan, `${call.name} ${rule}, ${where}. Move the call.`);
      }
    }
  },
});

/** A callback that must not make the call. Where others may lead to it rightly, only an outright ban is broken. */
function wrongCaller(
  { callOnlyFrom, notFrom }: FunctionFacts,
  { roles, alone }: Reaching,
  catalog: Catalog,
): CallbackFacts | undefined {
  const isIn = (list: readonly string[], role: CallbackFacts): boolean =>
    list.some((name) => catalog.roleFits(name, role.name) === true || catalog.callback(name) === role);
  const banned = [...roles].find((role) => isIn(notFrom ?? [], role));
  if (banned || !callOnlyFrom || !alone) return banned;
  const [first] = roles;
  return [...roles].some((role) => isIn(callOnlyFrom, role)) ? undefined : first;
}

const named = (roles: readonly string[], catalog: Catalog): string[] =>
  roles.map((name) => catalog.callback(name)?.documentedName ?? name);
