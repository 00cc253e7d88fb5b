import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  LSPErrorCodes,
  ResponseError,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeAction as Action, TextEdit as Edit } from '../../core/api.js';
import { isKitFile } from '../../core/settings/kits.js';
import { defineFeature } from '../feature.js';
import { toDiagnostic, toRange } from '../findings.js';
import type { Session } from '../session.js';

const fixAll = 'source.fixAll.ndis';

/** Enough to find an action again when its edits are asked for. */
interface ActionData {
  uri: string;
  version: number;
  start: number;
  end: number;
  kind: string;
  title: string;
  /** Which of several actions with the same title. */
  nth: number;
}

export const codeAction = defineFeature<CodeActionParams, CodeAction[]>({
  method: 'textDocument/codeAction',
  capability: (client) => ({
    codeActionProvider: client.codeActionLiterals
      ? {
          codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.Refactor, fixAll],
          resolveProvider: client.lazyEdits,
        }
      : false,
  }),
  nothing: [],
  async handle(session, { textDocument, range, context }) {
    const answer = await session.ask(textDocument.uri, (service, document, id) => {
      const start = document.offsetAt(range.start);
      const end = document.offsetAt(range.end);
      const actions = isKitFile(id) ? [] : service.codeActions(id, start, end);
      return { actions, document, start, end };
    });
    if (!answer) return [];
    const { actions, document, start, end } = answer;
    const wanted = actions.filter((action) => isWanted(action, context.only) && canRun(session, action));
    const sameTitle = new Map<string, number>();
    return await Promise.all(
      wanted.map((action) => {
        const nth = sameTitle.get(action.title) ?? 0;
        sameTitle.set(action.title, nth + 1);
        const { kind, title } = action;
        const data = { uri: document.uri, version: document.version, start, end, kind, title, nth };
        return toCodeAction(session, document, action, data);
      }),
    );
  },
});

export const codeActionResolve = defineFeature<CodeAction, CodeAction | null>({
  method: 'codeAction/resolve',
  nothing: null,
  async handle(session, action) {
    const data = action.data as ActionData | undefined;
    if (!data || action.edit) return action;
    const edits = await session.ask(data.uri, (service, document, id) => {
      if (document.version !== data.version) return undefined;
      const alike = service
        .codeActions(id, data.start, data.end)
        .filter(({ title, kind }) => title === data.title && kind === data.kind);
      return alike[data.nth]?.edits();
    });
    if (!edits) throw new ResponseError(LSPErrorCodes.ContentModified, 'The text has changed since this was offered');
    return { ...action, edit: await toWorkspaceEdit(session, edits) };
  },
});

/** Fixing everything at once is done only for those who ask for it by its kind. */
function isWanted({ kind }: Action, only: readonly string[] | undefined): boolean {
  if (!only?.length) return kind !== fixAll;
  return only.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`));
}

const canRun = (session: Session, { command }: Action) => !command || session.abilities.commands.has(command.command);

async function toCodeAction(
  session: Session,
  document: TextDocument,
  action: Action,
  data: ActionData,
): Promise<CodeAction> {
  const { title, kind, findings, command } = action;
  return {
    title,
    kind,
    ...(findings.length > 0 && { diagnostics: findings.map((finding) => toDiagnostic(session, document, finding)) }),
    ...(action.preferred && { isPreferred: true }),
    ...(command && { command }),
    ...(!command && session.abilities.lazyEdits && { data }),
    ...(!command && !session.abilities.lazyEdits && { edit: await toWorkspaceEdit(session, action.edits()) }),
  };
}

async function toWorkspaceEdit(session: Session, edits: readonly Edit[]): Promise<WorkspaceEdit> {
  const byFile = new Map<TextDocument, TextEdit[]>();
  for (const { place, document } of await session.withTexts(edits.filter((edit) => !isKitFile(edit.uri)))) {
    const list = byFile.get(document) ?? [];
    list.push({ range: toRange(document, place), newText: place.text });
    byFile.set(document, list);
  }
  if (!session.abilities.documentChanges) {
    return { changes: Object.fromEntries([...byFile].map(([document, list]) => [document.uri, list])) };
  }
  return { documentChanges: [...byFile].map(([document, list]) => versioned(session, document, list)) };
}

function versioned(session: Session, { uri }: TextDocument, edits: TextEdit[]): TextDocumentEdit {
  return { textDocument: { uri, version: session.documents.get(uri)?.version ?? null }, edits };
}
