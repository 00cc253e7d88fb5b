import type { Location, ReferenceParams } from 'vscode-languageserver';
import { defineFeature } from '../feature.js';
import { toRange } from '../findings.js';

export const references = defineFeature<ReferenceParams, Location[]>({
  method: 'textDocument/references',
  capability: () => ({ referencesProvider: true }),
  nothing: [],
  async handle(session, { textDocument, position }) {
    const places = await session.ask(textDocument.uri, (service, document, id) =>
      service.references(id, document.offsetAt(position)),
    );
    const found = await session.withTexts(places ?? []);
    return found.map(({ place, document }) => ({ uri: document.uri, range: toRange(document, place) }));
  },
});
