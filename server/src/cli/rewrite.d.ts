import type { TextEdit } from '../core/api.js';
/** Puts the edits' text in place of the ranges, in the file's own encoding. Offsets are those of the decoded text. */
export declare function replaceInBytes(bytes: Buffer, edits: readonly Pick<TextEdit, 'start' | 'end' | 'text'>[]): Buffer;
