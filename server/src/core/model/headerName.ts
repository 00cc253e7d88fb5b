/** The file is a header by its name: its functions are everyone's who includes it, static or not. */
export const isHeaderName = (uri: string): boolean => /\.(h|hpp|hxx|hh|inl)$/i.test(uri);
