/** Milliseconds that a rule may take in one file; the budget of all of them together is far below. */
const limit = 1000;

/** What is known of a rule in one file. */
type Slowness = 'once' | 'skipped';

/**
 * Finds the rules that take too long in a file, so that an editor goes on without them there. What rules share is worked
 * out by the first one that asks for it and then kept, so that a rule is forgiven once.
 */
export class RuleTimes {
  private readonly slow = new Map<string, Map<string, Slowness>>();
  private readonly now: () => number;

  /** @param now milliseconds since some moment */
  constructor(now: () => number) {
    this.now = now;
  }

  isSkipped(uri: string, rule: string): boolean {
    return this.slow.get(uri)?.get(rule) === 'skipped';
  }

  /** Runs the rule. @returns the time that it took in milliseconds where it is skipped from now on */
  measure(uri: string, rule: string, run: () => void): number | undefined {
    const began = this.now();
    run();
    const took = this.now() - began;
    if (took <= limit) {
      this.slow.get(uri)?.delete(rule);
      return undefined;
    }
    const known = this.slow.get(uri) ?? new Map<string, Slowness>();
    this.slow.set(uri, known);
    const isSecond = known.has(rule);
    known.set(rule, isSecond ? 'skipped' : 'once');
    return isSecond ? took : undefined;
  }

  forget(uri: string): void {
    this.slow.delete(uri);
  }
}
