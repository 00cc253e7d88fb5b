import { type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver';
import { defineFeature } from '../feature.js';
import { toRange } from '../findings.js';
import { plainText } from '../plainText.js';

export const hover = defineFeature<HoverParams, Hover | null>({
  method: 'textDocument/hover',
  capability: () => ({ hoverProvider: true }),
  nothing: null,
  async handle(session, { textDocument, position }) {
    const answer = await session.ask(textDocument.uri, async (service, document, id) => {
      const found = await service.hover(id, document.offsetAt(position));
      return found && { markdown: found.markdown, range: toRange(document, found) };
    });
    if (!answer) return null;
    const contents = session.abilities.markdownHover
      ? { kind: MarkupKind.Markdown, value: answer.markdown }
      : { kind: MarkupKind.PlainText, value: plainText(answer.markdown) };
    return { contents, range: answer.range };
  },
});
