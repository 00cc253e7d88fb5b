import type { Fix, TextEdit } from '../api.js';
import { absolute } from '../model/span.js';
import { lineStartAt, nextLineAt } from '../text/lines.js';
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
    for (const comment of ownComments(input)) {
      const idle = comment.names.filter((name) => isIdle(name, comment, input));
      const isWhole = idle.length === comment.names.length;
      if (idle.length === 0 && !(comment.names.length === 0 && isIdleForAll(comment, input))) continue;
      const fix = isWhole ? remove(comment, input) : takeOut(idle, comment, input);
      report(placeOf(comment.use), messageFor(idle, isWhole, input), { tag: 'unnecessary', fixes: [fix] });
    }
  },
});

/** A comment of this project. One that disables several rules counts once, though each of them can end by itself. */
interface OwnComment {
  readonly use: SuppressionUse;
  readonly names: readonly string[];
  readonly used: ReadonlySet<string>;
}

function ownComments({ suppressions }: RuleInput): OwnComment[] {
  const own = suppressions.filter((use) => use.own);
  const starts = [...new Set(own.map(({ suppression }) => suppression.start))];
  return starts.map((start) => {
    const uses = own.filter(({ suppression }) => suppression.start === start);
    return {
      use: uses[0] as SuppressionUse,
      names: uses.flatMap(({ suppression }) => suppression.rules),
      used: new Set(uses.flatMap(({ names }) => [...names])),
    };
  });
}

/** The name silences nothing. Of a rule that is switched off nobody can tell, nor of this one before it is done. */
const isIdle = (name: string, { used }: OwnComment, input: RuleInput): boolean =>
  isUnknown(name, input) || (input.running.has(name) && !used.has(name) && name !== suppressionUnused.name);

/** Written as a rule is, and none; numbers and the ids of other tools are not judged. */
const isUnknown = (name: string, { ruleNames }: RuleInput): boolean =>
  /^[a-z]+(-[a-z]+)+$/.test(name) && !ruleNames.has(name);

const isIdleForAll = ({ use }: OwnComment, { running, ruleNames }: RuleInput): boolean =>
  !use.used && running.size === ruleNames.size;

function messageFor(idle: readonly string[], isWhole: boolean, input: RuleInput): string {
  const unknown = idle.find((name) => isUnknown(name, input));
  if (unknown !== undefined)
    return isWhole
      ? `There is no rule ${unknown}: this comment silences nothing. Name a rule, or delete the comment.`
      : `There is no rule ${unknown}: naming it silences nothing. Name a rule, or take it out.`;
  const reports = idle.length > 1 ? 'report' : 'reports';
  const what = idle.length > 0 ? `${idle.join(', ')} ${reports} nothing` : 'no rule reports anything';
  return `Nothing is left to silence here: ${what} in the lines that this comment is for. ${isWhole ? 'Delete it' : `Take ${idle.length > 1 ? 'them' : 'it'} out`}.`;
}

/** Takes names out of the comment and leaves the others, and the author's reason. */
function takeOut(idle: readonly string[], { use, names }: OwnComment, { file }: RuleInput): Fix {
  const edits = (): TextEdit[] => {
    const { start, end } = absolute(placeOf(use));
    const [, head = '', list = ''] =
      /^(\W*ndis-[\w-]+\s+)([\w\s,./-]*?\w)(?=\s+--\s|\s*[^\w\s,./-]|\s*$)/.exec(use.text) ?? [];
    const left = names.filter((name) => !idle.includes(name)).join(', ');
    return list
      ? [
          {
            uri: file.uri,
            start: start + head.length,
            end: Math.min(end, start + head.length + list.length),
            text: left,
          },
        ]
      : [];
  };
  return { title: `Take out ${idle.join(', ')}`, safe: true, preferred: true, edits };
}

/** Deletes the comment, with its line where nothing else stands there. */
function remove({ use }: OwnComment, { file }: RuleInput): Fix {
  const edits = (): TextEdit[] => {
    const { start, end } = absolute(placeOf(use));
    const lineStart = lineStartAt(file.text, start);
    const lineEnd = nextLineAt(file.text, end) ?? file.text.length;
    const alone = file.text.slice(lineStart, start).trim() === '' && file.text.slice(end, lineEnd).trim() === '';
    if (alone) return [{ uri: file.uri, start: lineStart, end: lineEnd, text: '' }];
    const before = /[ \t]*$/.exec(file.text.slice(lineStart, start))?.[0].length ?? 0;
    return [{ uri: file.uri, start: start - before, end, text: '' }];
  };
  return { title: 'Delete the comment', safe: true, preferred: true, edits };
}
