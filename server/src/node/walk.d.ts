export declare const isSourceName: (name: string) => boolean;
/**
 * Sources, headers, project files and settings files below a folder, in the order of their names; links are not
 * followed, so that no loop is walked. Folders that cannot be read count as empty.
 * @param depth levels of folders to go down; 0 is the folder alone
 */
export declare function walk(folder: string, depth: number): Promise<string[]>;
