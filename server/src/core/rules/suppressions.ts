import type { FileModel } from '../model/fileModel.js';
import { absolute } from '../model/span.js';
import { LineIndex } from '../text/lineIndex.js';
import { readSuppressions, type Suppression } from '../text/suppression.js';
import { checksNamed } from './checkNames.js';
import type { Rule } from './rule.js';

/** A suppression and what has come of it. */
export interface SuppressionUse {
  suppression: Suppression;
  /** It has silenced something. */
  used: boolean;
  /** Of its names, those that have. */
  names: Set<string>;
  /** It is one of this project's own comments, not a pragma for another tool. */
  own: boolean;
  /** The text of the comment. */
  text: string;
}

/** The suppressions of a file, and what they have silenced so far. */
export class Suppressions {
  readonly uses: SuppressionUse[];
  private readonly text: string;
  private index: LineIndex | undefined;
  private readonly succeeded: ReadonlyMap<string, readonly string[]>;

  constructor(file: FileModel, rules: readonly Rule[]) {
    this.text = file.text;
    this.succeeded = new Map(rules.map((rule) => [rule.name, rule.succeeds]));
    this.uses = readSuppressions(file.text, file.syntax).map((suppression) => {
      const text = file.text.slice(suppression.start, suppression.end);
      return { suppression, used: false, names: new Set(), own: /ndis-disable/.test(text), text };
    });
  }

  /** Whether a finding of the rule at the offset (absolute UTF-16) is silenced; what silences it counts as used. */
  silence(rule: string, offset: number): boolean {
    if (!this.uses.length) return false;
    this.index ??= new LineIndex(this.text);
    const line = this.index.lineAt(offset);
    let silenced = false;
    for (const use of this.uses) {
      if (!holds(use.suppression, line)) continue;
      const names = use.suppression.rules.filter((name) => this.means(name, rule));
      if (!names.length && !use.suppression.all) continue;
      for (const name of names) use.names.add(name);
      use.used = silenced = true;
    }
    return silenced;
  }

  private means(name: string, rule: string): boolean {
    const succeeds = this.succeeded.get(rule) ?? [];
    return name === rule || checksNamed(name).some((check) => succeeds.includes(check));
  }
}

function holds({ fromLine, toLine }: Suppression, line: number): boolean {
  return fromLine <= line && line <= toLine;
}

/** The place of a suppression as the rules report it. */
export function placeOf(use: SuppressionUse): Parameters<typeof absolute>[0] {
  return { anchor: { start: 0 }, start: use.suppression.start, end: use.suppression.end };
}
