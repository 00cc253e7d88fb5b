import type { CodeAction, Finding, TextEdit } from '../api.js';
import type { FileModel } from '../model/fileModel.js';
import { lineStartAt, newlineIn } from '../text/lines.js';

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
      edits: () => safeFixes(safe).edits,
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
  return [...fixes, ...silenced(file, finding), explain];
}

/** A comment above the line that silences this one finding's rule there. Where one stands there already it takes the
 * name in: a second comment would push the first away from its line. */
function silenced(file: FileModel, finding: Finding): CodeAction[] {
  const lineStart = lineStartAt(file.text, finding.start);
  const before = file.text.slice(lineStartAt(file.text, lineStart - 1), lineStart);
  // A comment in a line that goes on in the next one would swallow it.
  if (/\\\s*$/.test(before)) return [];
  const known = /ndis-disable-next-line(?:[\s,]+[\w./-]*\w)+/.exec(before);
  const place = known ? lineStart - before.length + known.index + known[0].length : lineStart;
  const indent = /^[ \t]*/.exec(file.text.slice(lineStart))?.[0] ?? '';
  const newline = newlineIn(file.text);
  const text = known ? `, ${finding.rule}` : `${indent}// ndis-disable-next-line ${finding.rule}${newline}`;
  return [
    {
      title: `Silence ${finding.rule} here`,
      kind: 'quickfix',
      findings: [finding],
      edits: () => [{ uri: file.uri, start: place, end: place, text }],
    },
  ];
}

/** The safe fixes in the order of the text, each whole or not at all; of two that overlap the first wins, the other comes
 * up again. */
export function safeFixes(findings: readonly Finding[]): { edits: TextEdit[]; findings: Finding[] } {
  const edits: TextEdit[] = [];
  const mended: Finding[] = [];
  for (const finding of findings) {
    const own = finding.fixes.find((candidate) => candidate.safe)?.edits() ?? [];
    if (own.length === 0 || own.some((edit) => edits.some((other) => overlap(edit, other)))) continue;
    edits.push(...own);
    mended.push(finding);
  }
  return { edits, findings: mended };
}

/** Two insertions at the same place overlap too: which comes first would be left to chance. */
function overlap(edit: TextEdit, other: TextEdit): boolean {
  return (
    other.uri === edit.uri &&
    edit.start < other.end + (other.start === other.end ? 1 : 0) &&
    other.start < edit.end + (edit.start === edit.end ? 1 : 0)
  );
}
