import type { Completion } from '../../api.js';
import { rules } from '../../rules/index.js';
import type { FeatureInput } from '../feature.js';
import { word } from './item.js';

/** Names of rules inside a suppression comment, before the offset (absolute UTF-16). */
export function ruleNames({ file }: FeatureInput, offset: number): Completion[] {
  const line = file.text.slice(file.text.lastIndexOf('\n', offset - 1) + 1, offset);
  const typed =
    /(?:\/\/|\/\*).*\bndis-(?:disable-next-line|disable-line|disable|enable)\s+(?:[\w-]+\s*,?\s+)*([\w-]*)$/.exec(
      line,
    )?.[1];
  if (typed === undefined || / -- /.test(line)) return [];
  const range = { start: offset - typed.length, end: offset };
  return rules.map((rule) => word(rule.name, 'rule', range, { detail: rule.summary, docs: rule.name }));
}
