/** Name under which the service knows a file: its path behind `file://`, nothing escaped, a drive letter in lower case. */
export declare function idOf(file: string): string;
/** Path that such a name stands for. */
export declare const pathOf: (id: string) => string;
/** Language id by the ending of the name; what a header is written in is seen from its text. */
export declare const languageOf: (file: string) => string;
/** Path as it is reported: relative to the current folder where it lies below, with `/`. */
export declare function shownPath(file: string): string;
