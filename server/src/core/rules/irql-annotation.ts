import { nearest } from '../catalog/nearest.js';
import type { FunctionDeclarationFact, FunctionFact } from '../model/declarations.js';
import { constantNumber } from '../model/flow/functionFlow.js';
import { contractOf } from '../model/irqlContract.js';
import { levelsOfRole } from '../model/irqlEntry.js';
import { levels, meet } from '../model/irqlLevels.js';
import type { Span } from '../model/span.js';
import type { Annotation, Item } from '../syntax/ast.js';
import { levelsText } from './irqlWords.js';
import { defineRule, type Report, type RuleInput } from './rule.js';
import { docs } from './sources.js';

export const irqlAnnotation = defineRule({
  name: 'irql-annotation',
  severity: 'warning',
  since: '0.1.0',
  summary: 'IRQL annotation that says nothing, or something impossible',
  sources: [docs('devtest/irql-annotations-for-drivers')],
  succeeds: ['C28151', 'C28153', 'C28266'],
  fix: 'none',
  check(input, report) {
    for (const fact of [...input.file.functions, ...input.file.declarations])
      if (fact.annotations.length) check(fact, input, report);
  },
});

function check(
  fact: FunctionFact | FunctionDeclarationFact,
  { file, project, catalog }: RuleInput,
  report: Report,
): void {
  const contract = contractOf(fact.annotations, (name) => constantNumber(name, catalog, project));
  for (const problem of contract.problems) {
    const { name, args = '' } = problem.annotation;
    const at = spanOf(fact.item, problem.annotation);
    if (problem.kind === 'impossible') {
      report(
        at,
        `${name}(${args}) leaves no IRQL to call ${fact.name} at: the annotations before it ask for ${levelsText(problem.before)}. Keep the one that is true.`,
      );
    } else if (isNoLevel(args)) {
      const near = nearest(args.trim(), levels);
      report(
        at,
        `${name} needs an IRQL, and "${args}" is none: analysis tools skip the annotation.${near ? ` Did you mean ${near}?` : ''} Write a level such as DISPATCH_LEVEL.`,
      );
    }
  }
  const role = contract.levels && !file.isHeader() ? project.roleOf(fact.name) : undefined;
  const asked = role && levelsOfRole(role);
  const first = fact.annotations.find(({ kind, name }) => kind === 'sal' && /IRQL/i.test(name));
  if (!role || !asked || !contract.levels || !first || project.isLegacy || meet(asked, contract.levels)) return;
  report(
    spanOf(fact.item, first),
    `${fact.name} is annotated for ${levelsText(contract.levels)}, but NDIS calls it as ${role.documentedName ?? role.name} at ${levelsText(asked)}. Annotate what the role promises, or leave it to the role type.`,
  );
}

/** Certainly no level: nothing, a number that no IRQL has, or the slip of a level's name. Other names may be defined
 * elsewhere. */
function isNoLevel(args: string): boolean {
  const text = args.trim();
  return text === '' || /^\d+$/.test(text) || (/^\w+$/.test(text) && nearest(text, levels) !== undefined);
}

function spanOf(item: Item, { start, end }: Annotation): Span {
  return { anchor: item, start, end };
}
