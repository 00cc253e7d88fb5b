/** Placeholder until suppressions are read. */
export interface Suppression { rules: string[]; all?: boolean; fromLine: number; toLine: number; start: number; end: number }
export function readSuppressions(_text: string, _syntax: unknown): Suppression[] { return []; }
