import type { Completion } from '../../api.js';
import { rules } from '../../rules/index.js';
import { lineStartAt } from '../../text/lines.js';
import type { FeatureInput } from '../feature.js';
import { word } from './item.js';

const commands: readonly (readonly [name: string, detail: string])[] = [
  ['ndis-disable-next-line', 'silences rules in the next line'],
  ['ndis-disable-line', 'silences rules in this line'],
  ['ndis-disable', 'silences rules from here on'],
  ['ndis-enable', 'ends what ndis-disable began'],
];

/** The words of suppression comments, and names of rules inside one, before the offset (absolute UTF-16). */
export function ruleNames({ file }: FeatureInput, offset: number): Completion[] {
  if (!file.syntax.comments.some(({ start, end }) => start < offset && offset <= end)) return [];
  const line = file.text.slice(lineStartAt(file.text, offset), offset);
  const command = /(?:\/\/|\/\*)\s*(ndis-[\w-]*)$/.exec(line)?.[1];
  if (command !== undefined) {
    const range = { start: offset - command.length, end: offset };
    return commands.map(([name, detail]) => word(name, 'rule', range, { detail }));
  }
  const typed =
    /(?:\/\/|\/\*).*\bndis-(?:disable-next-line|disable-line|disable|enable)\s+(?:[\w-]+\s*,?\s+)*([\w-]*)$/.exec(
      line,
    )?.[1];
  if (typed === undefined || / -- /.test(line)) return [];
  const range = { start: offset - typed.length, end: offset };
  return rules.map((rule) => word(rule.name, 'rule', range, { detail: rule.summary, docs: rule.name }));
}
