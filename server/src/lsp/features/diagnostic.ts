import { type DocumentDiagnosticParams, DocumentDiagnosticReportKind } from 'vscode-languageserver';
import { defineFeature } from '../feature.js';
import { resultId } from '../resultId.js';

type Report =
  | { kind: typeof DocumentDiagnosticReportKind.Full; resultId: string; items: object[] }
  | { kind: typeof DocumentDiagnosticReportKind.Unchanged; resultId: string };

/** Findings for clients that ask for them. An edit in one file may change the findings of another. */
export const diagnostic = defineFeature<DocumentDiagnosticParams, Report>({
  method: 'textDocument/diagnostic',
  capability: (client) =>
    client.pullDiagnostics
      ? { diagnosticProvider: { identifier: 'ndis', interFileDependencies: true, workspaceDiagnostics: false } }
      : {},
  nothing: { kind: DocumentDiagnosticReportKind.Full, resultId: '', items: [] },
  async handle(session, { textDocument, previousResultId }) {
    await session.workspace.near(textDocument.uri);
    const items = (await session.diagnostics.of(textDocument.uri)) ?? [];
    const id = resultId(items);
    if (id === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: id };
    return { kind: DocumentDiagnosticReportKind.Full, resultId: id, items };
  },
});
