import { type Diagnostic, DiagnosticSeverity, DiagnosticTag, type Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding, Severity, Range as Span } from '../core/api.js';
import { ruleAddress } from '../core/ruleInfo.js';
import type { Session } from './session.js';

const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const tags = { deprecated: DiagnosticTag.Deprecated, unnecessary: DiagnosticTag.Unnecessary };

/** A finding as the protocol has it, without what the client cannot show. */
export function toDiagnostic(session: Session, document: TextDocument, finding: Finding): Diagnostic {
  const { related, diagnosticTags, codeDescription } = session.abilities;
  const address = ruleAddress(finding.rule);
  const places = related ? relatedPlaces(session, finding) : [];
  return {
    range: toRange(document, finding),
    severity: severities[finding.severity],
    source: 'ndis',
    code: finding.rule,
    message: finding.message,
    ...(codeDescription && address !== undefined && { codeDescription: { href: address } }),
    ...(diagnosticTags && finding.tag && { tags: [tags[finding.tag]] }),
    ...(places.length > 0 && { relatedInformation: places }),
  };
}

function relatedPlaces(session: Session, finding: Finding) {
  return finding.related.flatMap((place) => {
    const document = session.textDocumentNow(place.uri);
    if (!document) return [];
    return [{ location: { uri: document.uri, range: toRange(document, place) }, message: place.message }];
  });
}

export function toRange(document: TextDocument, { start, end }: Span): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}
