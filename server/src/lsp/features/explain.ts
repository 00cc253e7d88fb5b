import { defineFeature } from '../feature.js';

/** `ndis/explain`: the page of a rule or of an API item, as Markdown. Not part of the Language Server Protocol. */
export const explain = defineFeature<{ name?: unknown }, { markdown: string } | null>({
  method: 'ndis/explain',
  nothing: null,
  async handle(session, { name }) {
    const markdown = typeof name === 'string' ? await (await session.service)?.explain(name) : undefined;
    return markdown === undefined ? null : { markdown };
  },
});
