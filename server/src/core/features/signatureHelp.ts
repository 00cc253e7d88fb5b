import type { SignatureAnswer } from '../api.js';
import type { FunctionFacts, KernelFacts, Parameter, Signature } from '../catalog/schema.js';
import { declared } from '../model/cText.js';
import type { FeatureInput, PagesLoader } from './feature.js';
import { irqlText } from './markdown.js';
import { callAt } from './subject.js';

/** Signature help for the documented function whose arguments the offset (absolute UTF-16) is in. */
export async function signatureHelp(
  input: FeatureInput,
  offset: number,
  pages: PagesLoader,
): Promise<SignatureAnswer | undefined> {
  const call = callAt(input, offset);
  const routine = call && input.catalog.routine(call.callee);
  if (!call || !routine) return undefined;
  const signature = signatureOf(input, routine);
  if (!signature) return undefined;
  const page = (await pages())[call.callee];
  const { label, spans } = layOut(call.callee, signature);
  const parameters = signature.params.map((param, index) => {
    const span = spans[index] as { start: number; end: number };
    const text = page?.parameters?.[param.name];
    return text === undefined ? span : { ...span, documentation: text };
  });
  const irql = irqlText(routine.irql ?? ('headerIrql' in routine ? routine.headerIrql : undefined));
  const documentation = [page?.summary, irql && `**${irql}**`].filter((t) => t).join('\n\n');
  const answer: SignatureAnswer = {
    label,
    parameters,
    active: Math.min(call.index, Math.max(0, signature.params.length - 1)),
  };
  if (documentation) answer.documentation = documentation;
  return answer;
}

/** That of the routine itself, or of the one that a macro is another name for. */
function signatureOf({ catalog }: FeatureInput, routine: FunctionFacts | KernelFacts): Signature | undefined {
  const target = routine.expandsTo === undefined ? undefined : catalog.routine(routine.expandsTo);
  return routine.signature ?? untyped(routine.arguments) ?? target?.signature;
}

function untyped(names: string[] | undefined): Signature | undefined {
  return names && { returns: '', params: names.map((name): Parameter => ({ name, type: '' })) };
}

function layOut(name: string, signature: Signature): { label: string; spans: { start: number; end: number }[] } {
  const spans: { start: number; end: number }[] = [];
  let label = `${signature.returns} ${name}(`.trimStart();
  signature.params.forEach((param, index) => {
    if (index) label += ', ';
    const start = label.length;
    label += declared(param).trim();
    spans.push({ start, end: label.length });
  });
  return { label: `${label})`, spans };
}
