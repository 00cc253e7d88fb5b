import type { Finding } from '../../src/core/api.js';
import type { Service } from '../../src/core/service.js';
import type { Tooling } from '../toolService.js';
import { type Mutant, moved, mutatedTexts, type Place } from './mutant.js';
import type { Sample } from './sample.js';

export interface PlacedFinding extends Finding {
  file: string;
}

export interface Verdict {
  mutant: Mutant;
  found: boolean;
  /** Findings above hint that neither were asked for nor follow. */
  noise: PlacedFinding[];
}

const folder = 'file:///driver/';

/** A sample driver, open in a service as in an editor. */
export class OpenSample {
  readonly sample: Sample;
  /** What is reported without a fault; nothing, when all is well. */
  readonly baseline: readonly PlacedFinding[];
  private readonly service: Service;

  constructor(sample: Sample, tooling: Tooling) {
    this.sample = sample;
    this.service = tooling.service(({ rule, error }) => {
      throw new Error(`${rule} failed: ${error}`);
    });
    for (const [file, text] of sample.texts) this.service.addFile(folder + file, text);
    for (const { name, text } of sample.files) this.service.open(folder + name, 'c', text);
    this.baseline = this.findings();
  }

  /** All findings of all files, hints included. */
  findings(): PlacedFinding[] {
    return this.sample.files.flatMap(({ name }) =>
      this.service.diagnose(folder + name).map((finding) => ({ ...finding, file: name })),
    );
  }

  /** Breaks the driver, looks, and mends it again. */
  judge(mutant: Mutant): Verdict {
    const changed = mutatedTexts(mutant);
    for (const [file, text] of changed) this.put(file, text);
    const findings = this.findings();
    for (const file of changed.keys()) this.put(file, this.sample.texts.get(file) ?? '');
    const known = new Set(this.baseline.map(nameOf));
    return verdict(
      mutant,
      findings.filter((finding) => !known.has(nameOf(finding))),
    );
  }

  /** `file:line:column`, from 1, of a finding in the mutated text. */
  static describe(mutant: Mutant, { file, start, rule, message }: PlacedFinding): string {
    const text = mutatedTexts(mutant).get(file) ?? mutant.sample.texts.get(file) ?? '';
    const lines = text.slice(0, start).split('\n');
    return `${file}:${lines.length}:${(lines.at(-1) ?? '').length + 1} ${rule}: ${message}`;
  }

  private put(file: string, text: string): void {
    const isSource = this.sample.files.some(({ name }) => name === file);
    if (isSource) this.service.change(folder + file, text);
    else this.service.addFile(folder + file, text);
  }
}

/** The same finding, wherever an edit above has moved it. */
const nameOf = ({ file, rule, message }: PlacedFinding): string => `${file}: ${rule}: ${message}`;

function verdict(mutant: Mutant, findings: PlacedFinding[]): Verdict {
  const expected = mutant.expected.map((one) => moved(mutant.edits, one));
  const follows = mutant.follows.map(({ rule, place }) => ({ rule, place: place && moved(mutant.edits, place) }));
  const isExpected = (finding: PlacedFinding): boolean =>
    finding.rule === mutant.rule && expected.some((one) => touches(finding, one));
  const isFollowing = (finding: PlacedFinding): boolean =>
    follows.some(({ rule, place }) => finding.rule === rule && (!place || touches(finding, place)));
  return {
    mutant,
    found: findings.some(isExpected),
    noise: findings.filter((finding) => finding.severity !== 'hint' && !isExpected(finding) && !isFollowing(finding)),
  };
}

const touches = (one: PlacedFinding, other: Place): boolean =>
  one.file === other.file && one.start <= other.end && other.start <= one.end;
