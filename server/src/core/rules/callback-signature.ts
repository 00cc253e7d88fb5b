import type { Fix, TextEdit } from '../api.js';
import type { CallbackFacts } from '../catalog/schema.js';
import { ownCallbacks } from '../model/callbacks.js';
import { declared } from '../model/cText.js';
import type { FunctionFact } from '../model/declarations.js';
import type { FileModel } from '../model/fileModel.js';
import { type SignatureProblem, signatureProblems } from '../model/signatures.js';
import type { Span } from '../model/span.js';
import { sameType } from '../model/types.js';
import { newlineOf, replace } from './edits.js';
import { defineRule, type RuleInput } from './rule.js';
import { docs } from './sources.js';

export const callbackSignature = defineRule({
  name: 'callback-signature',
  severity: 'error',
  since: '0.1.0',
  summary: 'Definition whose return type or parameters do not fit its role',
  sources: [docs('devtest/declaring-functions-by-using-function-role-types-for-ndis-drivers')],
  succeeds: ['C28127', 'C28208'],
  fix: 'unsafe',
  check(input, report) {
    const { file, project } = input;
    if (project.isLegacy) return;
    for (const { fn, role, evidence } of ownCallbacks(file, project)) {
      if (evidence.every((item) => item.by === 'argument')) continue;
      for (const problem of signatureProblems(fn, role, project))
        report(place(fn, problem), message(fn, role, problem), { fixes: [rewrite(fn, role, input)] });
    }
  },
});

function place(fn: FunctionFact, problem: SignatureProblem): Span {
  if (problem.kind === 'return') return trimmed(fn);
  if (problem.kind === 'parameter') return fn.params[problem.index]?.span ?? fn.paramsSpan;
  return fn.paramsSpan;
}

/** The return type without the white space that follows it. */
function trimmed({ returnSpan, item }: FunctionFact): Span {
  const text = item.masked.slice(returnSpan.start, returnSpan.end);
  return { anchor: returnSpan.anchor, start: returnSpan.start, end: returnSpan.start + text.trimEnd().length };
}

function message(fn: FunctionFact, role: CallbackFacts, problem: SignatureProblem): string {
  const name = role.documentedName ?? role.name;
  if (problem.kind === 'return')
    return `${fn.name} returns ${problem.found}, but NDIS calls it as ${name}, which returns ${problem.expected}. Change the return type.`;
  if (problem.kind === 'count') {
    return `${fn.name} has ${problem.found} parameter${problem.found === 1 ? '' : 's'}, but NDIS calls it as ${name} with ${problem.expected}. Give it the parameters of ${role.name}.`;
  }
  return `${fn.name} takes ${problem.found} here, but NDIS passes ${problem.expected} to a ${name}. Change the parameter's type.`;
}

function rewrite(fn: FunctionFact, role: CallbackFacts, input: RuleInput): Fix {
  return {
    title: `Rewrite the signature of ${fn.name} as ${role.name}`,
    safe: false,
    preferred: true,
    edits: () => signatureProblems(fn, role, input.project).map((problem) => mend(fn, role, problem, input)),
  };
}

function mend(
  fn: FunctionFact,
  role: CallbackFacts,
  problem: SignatureProblem,
  { file, project }: RuleInput,
): TextEdit {
  if (problem.kind === 'return') return replace(file, trimmed(fn), role.signature.returns);
  const own = problem.kind === 'parameter' ? fn.params[problem.index] : undefined;
  const expected = problem.kind === 'parameter' ? role.signature.params[problem.index] : undefined;
  if (!own || !expected) return parameters(fn, role, file, project);
  return replace(file, own.span, declared({ ...expected, name: own.name || expected.name }));
}

/** The role's parameter list under the author's names: a parameter of the right type in the right place keeps its name,
 * and so does one that already has the documented name. */
function parameters(fn: FunctionFact, role: CallbackFacts, file: FileModel, project: RuleInput['project']): TextEdit {
  const newline = newlineOf(file);
  const names = role.signature.params.map((param, index) => {
    const own = fn.params[index];
    const keeps =
      own?.name &&
      sameType(own.type, param.type, project.types) === true &&
      !role.signature.params.some((other) => other.name === own.name && other !== param);
    return keeps ? own.name : param.name;
  });
  const lines = role.signature.params.map(
    (param, index) => `    ${declared({ ...param, name: names[index] as string })}`,
  );
  const text = lines.length ? `(${newline}${lines.join(`,${newline}`)}${newline}    )` : '(VOID)';
  return replace(file, fn.paramsSpan, text);
}
