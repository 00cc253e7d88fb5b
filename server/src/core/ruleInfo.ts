import { rules } from './rules/index.js';

const byName = new Map(rules.map((rule) => [rule.name, rule]));

export const ruleNames: readonly string[] = rules.map((rule) => rule.name);

/** Page that a finding links to: the first of the rule's sources. */
export const ruleAddress = (name: string): string | undefined => byName.get(name)?.sources[0];
