import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionList,
  type CompletionParams,
  InsertTextFormat,
  MarkupKind,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Completion, CompletionKind } from '../../core/api.js';
import type { ClientAbilities } from '../abilities.js';
import { defineFeature } from '../feature.js';
import { toRange } from '../findings.js';
import { plainText } from '../plainText.js';

export const completion = defineFeature<CompletionParams, CompletionList>({
  method: 'textDocument/completion',
  capability: () => ({ completionProvider: { triggerCharacters: ['.', '>', ' ', '['], resolveProvider: true } }),
  nothing: { isIncomplete: false, items: [] },
  async handle(session, { textDocument, position, context }) {
    const list = await session.ask(textDocument.uri, (service, document, id) => {
      const answer = service.completion(id, document.offsetAt(position), context?.triggerCharacter);
      const items = answer.items.map((item) => toItem(item, id, document, session.abilities));
      return { isIncomplete: answer.incomplete, items };
    });
    return list ?? { isIncomplete: false, items: [] };
  },
});

/** Documentation comes only for the item that is looked at. */
export const completionResolve = defineFeature<CompletionItem, CompletionItem | null>({
  method: 'completionItem/resolve',
  nothing: null,
  async handle(session, item) {
    const { docs } = (item.data ?? {}) as { docs?: unknown };
    if (typeof docs !== 'string') return item;
    const markdown = await (await session.service)?.resolveCompletion(docs);
    if (markdown === undefined) return item;
    const documentation = session.abilities.markdownCompletion
      ? { kind: MarkupKind.Markdown, value: markdown }
      : { kind: MarkupKind.PlainText, value: plainText(markdown) };
    return { ...item, documentation };
  },
});

/** Kind to show, and one of the first protocol version for clients that know no other. */
const kinds: Record<CompletionKind, [CompletionItemKind, CompletionItemKind?]> = {
  skeleton: [CompletionItemKind.Snippet],
  template: [CompletionItemKind.Snippet],
  callback: [CompletionItemKind.Interface],
  function: [CompletionItemKind.Function],
  macro: [CompletionItemKind.Function],
  structure: [CompletionItemKind.Struct, CompletionItemKind.Class],
  member: [CompletionItemKind.Field],
  status: [CompletionItemKind.Constant, CompletionItemKind.Value],
  constant: [CompletionItemKind.Constant, CompletionItemKind.Value],
  oid: [CompletionItemKind.Constant, CompletionItemKind.Value],
  'enum-member': [CompletionItemKind.EnumMember, CompletionItemKind.Enum],
  type: [CompletionItemKind.TypeParameter, CompletionItemKind.Class],
  rule: [CompletionItemKind.Value],
};

function toItem(item: Completion, id: string, document: TextDocument, client: ClientAbilities): CompletionItem {
  const snippet = item.snippet && client.snippets;
  const additional = item.additional?.filter((edit) => edit.uri === id);
  return {
    label: item.label,
    kind: kindFor(item.kind, client),
    textEdit: { range: toRange(document, item.replace), newText: snippet ? item.insert : item.plain },
    insertTextFormat: snippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    ...(item.detail !== undefined && { detail: item.detail }),
    ...labelDetails(item, client),
    ...(item.call && client.commands.has(showArguments.command) && { command: showArguments }),
    ...(item.filterText !== undefined && { filterText: item.filterText }),
    ...(item.sortText !== undefined && { sortText: item.sortText }),
    ...(item.preselect && { preselect: true }),
    ...(item.deprecated && (client.completionTags ? { tags: [CompletionItemTag.Deprecated] } : { deprecated: true })),
    ...(additional?.length && {
      additionalTextEdits: additional.map((edit) => ({ range: toRange(document, edit), newText: edit.text })),
    }),
    ...(item.docs !== undefined && { data: { docs: item.docs } }),
  };
}

/** Shows the arguments of a call that was just inserted, as typing its parenthesis would. */
const showArguments = { title: 'Show arguments', command: 'editor.action.triggerParameterHints' };

/** Kinds whose short detail, a type, tells one from the other. A long one would leave no room for the label. */
const typed: ReadonlySet<CompletionKind> = new Set(['member', 'function', 'macro']);

/** What stands in every row; the detail alone is shown for the row that is looked at. */
function labelDetails(item: Completion, client: ClientAbilities): Pick<CompletionItem, 'labelDetails'> {
  const { labelDetail, detail, kind, deprecated } = item;
  const description = typed.has(kind) || deprecated ? detail : undefined;
  if (!client.labelDetails || (labelDetail === undefined && description === undefined)) return {};
  return {
    labelDetails: {
      ...(labelDetail !== undefined && { detail: labelDetail }),
      ...(description !== undefined && { description }),
    },
  };
}

function kindFor(kind: CompletionKind, client: ClientAbilities): CompletionItemKind {
  const [modern, first = modern] = kinds[kind];
  return client.completionKinds.has(modern) ? modern : first;
}
