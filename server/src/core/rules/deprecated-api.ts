import type { Fix, TextEdit } from '../api.js';
import type { FunctionFacts, Signature } from '../catalog/schema.js';
import type { CallFact } from '../model/body.js';
import { replace } from './edits.js';
import { defineRule, type RuleInput } from './rule.js';
import { docs } from './sources.js';

export const deprecatedApi = defineRule({
  name: 'deprecated-api',
  severity: 'hint',
  since: '0.1.0',
  summary: 'Function that NDIS 6 has replaced, in an NDIS 6 driver',
  sources: [docs('network/obsolete-interfaces-in-ndis-6-20')],
  succeeds: ['C28159'],
  fix: 'unsafe',
  check(input, report) {
    const { file, project, catalog } = input;
    if (project.isLegacy || !project.driverKinds.size) return;
    for (const fn of file.functions) {
      for (const call of file.body(fn).calls) {
        const facts = catalog.function(call.name);
        const replacement = facts ? replacementsOf(facts, input) : replacementsOfGone(call.name, input);
        if (!replacement.length || project.functions(call.name).length || project.macro(call.name)) continue;
        report(
          call.nameSpan,
          `${call.name} is ${!facts || catalog.isOfNdis5(call.name) ? 'of NDIS 5' : 'obsolete'}; NDIS 6 drivers use ${replacement.join(', ')}.`,
          {
            tag: 'deprecated',
            fixes: fixes(call, facts, replacement, input),
          },
        );
      }
    }
  },
});

/** What to use instead, where the driver's NDIS version already has it. */
function replacementsOf(facts: FunctionFacts, { catalog, project }: RuleInput): string[] {
  const { versions } = facts;
  if (versions?.supersededFrom && (project.newestVersion === undefined || !project.hasVersion(versions.supersededFrom)))
    return [];
  const direct = versions?.supersededFrom || versions?.legacy ? (versions.replacement ?? []) : [];
  if (direct.length) return direct;
  return catalog.isOfNdis5(facts.name) ? catalog.porting(facts.name).flatMap((entry) => entry.to) : [];
}

/** The same for a name of NDIS 5 that the headers do not have any more: nothing else tells what it took. */
function replacementsOfGone(name: string, { catalog }: RuleInput): string[] {
  if (catalog.find(name)) return [];
  return catalog.porting(name).flatMap(({ kind, to }) => (kind === 'function' ? to : []));
}

/** One fix for each function that may be meant; which of several is right only the author knows. */
function fixes(
  call: CallFact,
  facts: FunctionFacts | undefined,
  replacement: readonly string[],
  input: RuleInput,
): Fix[] {
  const isOnly = replacement.length === 1;
  return replacement.flatMap((name) => fixTo(name, call, facts, input, isOnly) ?? []);
}

/** A plain rename is safe where both signatures agree in count, order and types. Otherwise arguments that nobody knows get
 * the names of their parameters: the compiler asks for them, and until then the function can still be read. */
function fixTo(
  name: string,
  call: CallFact,
  facts: FunctionFacts | undefined,
  { catalog, file }: RuleInput,
  isOnly: boolean,
): Fix | undefined {
  const { signature } = catalog.routine(name) ?? {};
  if (!signature) return undefined;
  const preferred = isOnly ? { preferred: true } : {};
  if (facts?.signature && isSame(facts.signature, signature)) {
    const edits = (): TextEdit[] => [replace(file, call.nameSpan, name)];
    return { title: `Change to ${name}`, safe: isOnly, ...preferred, edits };
  }
  const args = signature.params.map((param) => kept(param, facts, call) ?? param.name);
  return {
    title: `Rewrite as a call of ${name} with its arguments to fill`,
    safe: false,
    ...preferred,
    edits: () => [replace(file, call.span, `${name}(${args.join(', ')})`)],
  };
}

function isSame(one: Signature, other: Signature): boolean {
  const types = ({ params }: Signature): string => params.map(({ type }) => type.replace(/\s+/g, '')).join();
  return types(one) === types(other) && one.returns === other.returns;
}

/** The argument that the old call gives for a parameter of the same name and type. */
function kept(
  param: { name: string; type: string },
  facts: FunctionFacts | undefined,
  call: CallFact,
): string | undefined {
  const index =
    facts?.signature?.params.findIndex(({ name, type }) => name === param.name && type === param.type) ?? -1;
  return call.args[index]?.text;
}
