import type { DefinitionParams, Location } from 'vscode-languageserver';
import { defineFeature } from '../feature.js';
import { toRange } from '../findings.js';

/** Answers on links that a C server does not have: handler member, role type, completion call. */
export const definition = defineFeature<DefinitionParams, Location[]>({
  method: 'textDocument/definition',
  capability: () => ({ definitionProvider: true }),
  nothing: [],
  async handle(session, { textDocument, position }) {
    const places = await session.ask(textDocument.uri, (service, document, id) =>
      service.definition(id, document.offsetAt(position)),
    );
    const found = await session.withTexts(places ?? []);
    return found.map(({ place, document }) => ({ uri: document.uri, range: toRange(document, place) }));
  },
});
