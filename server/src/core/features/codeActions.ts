import type { CodeAction, Finding } from '../api.js';
import type { FileModel } from '../model/fileModel.js';

/** Quick fixes for the findings that touch the range (absolute UTF-16), their explanations, and one action that applies
 * every safe fix of the file. */
export function codeActions(file: FileModel, findings: readonly Finding[], start: number, end: number): CodeAction[] {
  const touched = findings.filter((finding) => finding.start <= end && start <= finding.end);
  const actions = touched.flatMap((finding) => fixActions(file, finding));
  const safe = findings.filter((finding) => finding.fixes.some((fix) => fix.safe));
  if (safe.length)
    actions.push({
      title: 'Apply all safe NDIS fixes',
      kind: 'source.fixAll.ndis',
      findings: safe,
      edits: () => safeEdits(safe),
    });
  return actions;
}

function fixActions(file: FileModel, finding: Finding): CodeAction[] {
  const fixes = finding.fixes.map(
    (fix): CodeAction => ({
      title: fix.title,
      kind: 'quickfix',
      findings: [finding],
      ...(fix.preferred ? { preferred: true } : {}),
      edits: () => fix.edits(),
    }),
  );
  const explain: CodeAction = {
    title: `Explain ${finding.rule}`,
    kind: 'quickfix',
    findings: [finding],
    edits: () => [],
    command: { title: 'Explain rule', command: 'ndis.explainRule', arguments: [finding.rule] },
  };
  return [...fixes, silenced(file, finding), explain];
}

/** A comment above the line that silences this one finding's rule there. */
function silenced(file: FileModel, finding: Finding): CodeAction {
  const lineStart = file.text.lastIndexOf('\n', finding.start - 1) + 1;
  const indent = /^[ \t]*/.exec(file.text.slice(lineStart))?.[0] ?? '';
  const newline = file.text.includes('\r\n') ? '\r\n' : '\n';
  const text = `${indent}// ndis-disable-next-line ${finding.rule}${newline}`;
  return {
    title: `Silence ${finding.rule} here`,
    kind: 'quickfix',
    findings: [finding],
    edits: () => [{ uri: file.uri, start: lineStart, end: lineStart, text }],
  };
}

/** Edits of the safe fixes in the order of the text; of two that overlap the first wins, the other comes up again. */
export function safeEdits(findings: readonly Finding[]): ReturnType<CodeAction['edits']> {
  const taken: ReturnType<CodeAction['edits']> = [];
  for (const finding of findings) {
    const fix = finding.fixes.find((candidate) => candidate.safe);
    const edits = fix?.edits() ?? [];
    const clash = edits.some((edit) =>
      taken.some(
        (other) =>
          other.uri === edit.uri &&
          edit.start < other.end + (other.start === other.end ? 1 : 0) &&
          other.start < edit.end + (edit.start === edit.end ? 1 : 0),
      ),
    );
    if (!clash) taken.push(...edits);
  }
  return taken;
}
