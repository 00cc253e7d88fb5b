import { MarkupKind, type SignatureHelp, type SignatureHelpParams } from 'vscode-languageserver';
import type { SignatureAnswer } from '../../core/api.js';
import type { ClientAbilities } from '../abilities.js';
import { defineFeature } from '../feature.js';
import { plainText } from '../plainText.js';

export const signatureHelp = defineFeature<SignatureHelpParams, SignatureHelp | null>({
  method: 'textDocument/signatureHelp',
  capability: () => ({ signatureHelpProvider: { triggerCharacters: ['(', ','], retriggerCharacters: [','] } }),
  nothing: null,
  async handle(session, { textDocument, position }) {
    const answer = await session.ask(textDocument.uri, (service, document, id) =>
      service.signatureHelp(id, document.offsetAt(position)),
    );
    return answer ? toSignatureHelp(answer, session.abilities) : null;
  },
});

function toSignatureHelp(answer: SignatureAnswer, client: ClientAbilities): SignatureHelp {
  const documentation = (markdown: string | undefined) =>
    markdown === undefined
      ? {}
      : {
          documentation: client.markdownSignature
            ? { kind: MarkupKind.Markdown, value: markdown }
            : { kind: MarkupKind.PlainText, value: plainText(markdown) },
        };
  const parameters = answer.parameters.map((parameter) => ({
    label: client.labelOffsets
      ? ([parameter.start, parameter.end] satisfies [number, number])
      : answer.label.slice(parameter.start, parameter.end),
    ...documentation(parameter.documentation),
  }));
  return {
    signatures: [{ label: answer.label, parameters, ...documentation(answer.documentation) }],
    activeSignature: 0,
    activeParameter: answer.active,
  };
}
