import type { TextSpan } from './code.js';
import type { Sample } from './sample.js';

/** A place of the unbroken sample. */
export interface Place extends TextSpan {
  file: string;
}

export interface Edit extends Place {
  text: string;
}

/** One fault put into one sample. */
export interface Mutant {
  /** The rule that must find it. */
  rule: string;
  /** How it was broken, in words. */
  operator: string;
  sample: Sample;
  edits: Edit[];
  /** One of these places must be reported; where an edit stands, what it leaves counts. */
  expected: Place[];
  /** Findings that follow from the fault beside the expected one. */
  follows: Follow[];
}

export interface Follow {
  rule: string;
  /** Anywhere, without it. */
  place?: Place;
}

/** Breaks samples in one way. */
export interface Operator {
  rule: string;
  name: string;
  mutate: (sample: Sample) => Omit<Mutant, 'rule' | 'operator' | 'sample'>[];
}

/** Makes an operator; `follows` is what most mutants of it leave out. */
export function operator(
  rule: string,
  name: string,
  mutate: (sample: Sample) => { edits: Edit[]; expected: Place[]; follows?: Follow[] }[],
): Operator {
  return { rule, name, mutate: (sample) => mutate(sample).map((mutant) => ({ follows: [], ...mutant })) };
}

export const edit = (file: string, { start, end }: TextSpan, text: string): Edit => ({ file, start, end, text });

export const place = (file: string, { start, end }: TextSpan): Place => ({ file, start, end });

/** The texts of the files that the mutant changes. */
export function mutatedTexts({ sample, edits }: Mutant): Map<string, string> {
  const changed = new Map<string, string>();
  for (const file of new Set(edits.map((one) => one.file))) {
    const own = edits.filter((one) => one.file === file).sort((one, other) => other.start - one.start);
    const before = sample.texts.get(file) ?? '';
    changed.set(
      file,
      own.reduce((text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end), before),
    );
  }
  return changed;
}

/** Where a place of the unbroken sample lies after the edits. */
export function moved(edits: readonly Edit[], { file, start, end }: Place): Place {
  const own = edits.filter((one) => one.file === file);
  const shift = (offset: number, isEnd: boolean): number => {
    let delta = 0;
    for (const one of own) {
      const inside = isEnd ? offset > one.start && offset <= one.end : offset >= one.start && offset < one.end;
      const atInsertion = one.start === one.end && offset === one.start;
      if (atInsertion) delta += isEnd ? one.text.length : 0;
      else if (inside) delta += isEnd ? one.start + one.text.length - offset : one.start - offset;
      else if (one.end <= offset) delta += one.text.length - (one.end - one.start);
    }
    return offset + delta;
  };
  return { file, start: shift(start, false), end: shift(end, true) };
}
