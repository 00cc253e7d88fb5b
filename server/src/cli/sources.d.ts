/** What is checked, and what is read beside it because it belongs to the same drivers. */
export interface Sources {
    /** Absolute paths to check, each once. */
    checked: string[];
    /** Absolute paths of everything to read, `checked` among them. */
    known: string[];
}
/** @param paths files and folders as the user names them */
export declare function findSources(paths: readonly string[]): Promise<Sources>;
/** Decoded text of a file. */
export declare function readText(file: string): Promise<string>;
/** A file system error in words for the user. */
export declare function reason(error: unknown): string;
