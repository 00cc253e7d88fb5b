/** The file lists the sources of one driver, so that the files around it belong together. */
export const marksProject = (id: string): boolean => /(?:\.vcxproj|\/sources)$/i.test(id);
