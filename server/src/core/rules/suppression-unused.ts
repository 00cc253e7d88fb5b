import type { Fix } from '../api.js';
import { absolute } from '../model/span.js';
import { defineRule, type RuleInput } from './rule.js';
import { docs } from './sources.js';
import { placeOf, type SuppressionUse } from './suppressions.js';

export const suppressionUnused = defineRule({
  name: 'suppression-unused',
  severity: 'hint',
  since: '0.1.0',
  summary: 'Suppression comment that silences nothing, or names no rule',
  sources: [docs('devtest/code-analysis-for-drivers')],
  succeeds: [],
  fix: 'safe',
  afterOthers: true,
  check(input, report) {
    for (const use of input.suppressions) {
      if (!use.own) continue;
      const unknown = use.suppression.rules.find(
        (name) => /^[a-z]+(-[a-z]+)+$/.test(name) && !input.ruleNames.has(name),
      );
      if (unknown !== undefined) {
        report(
          placeOf(use),
          `There is no rule ${unknown}: this comment silences nothing. Name a rule, or delete the comment.`,
          { tag: 'unnecessary', fixes: [remove(use, input)] },
        );
      } else if (!use.used && use.suppression.rules.every((name) => input.running.has(name))) {
        report(
          placeOf(use),
          `Nothing is left to silence here: ${use.suppression.rules.join(', ') || 'no rule'} reports nothing in the lines that this comment is for. Delete it.`,
          { tag: 'unnecessary', fixes: [remove(use, input)] },
        );
      }
    }
  },
});

/** Deletes the comment, with its line where nothing else stands there. */
function remove(use: SuppressionUse, { file }: RuleInput): Fix {
  const edits = (): ReturnType<Fix['edits']> => {
    const { start, end } = absolute(placeOf(use));
    const lineStart = file.text.lastIndexOf('\n', start - 1) + 1;
    const lineEnd = file.text.indexOf('\n', end);
    const alone =
      file.text.slice(lineStart, start).trim() === '' &&
      file.text.slice(end, lineEnd < 0 ? undefined : lineEnd).trim() === '';
    if (alone)
      return [{ uri: file.uri, start: lineStart, end: lineEnd < 0 ? file.text.length : lineEnd + 1, text: '' }];
    const before = /[ \t]*$/.exec(file.text.slice(lineStart, start))?.[0].length ?? 0;
    return [{ uri: file.uri, start: start - before, end, text: '' }];
  };
  return { title: 'Delete the comment', safe: true, preferred: true, edits };
}
