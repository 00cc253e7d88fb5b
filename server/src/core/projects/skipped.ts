const skippedFolder = /^(?:\..*|node_modules|bin|obj|Debug|Release|x64|x86|ARM|ARM64|Win32|dist|objfre.*|objchk.*)$/i;

/** A folder that holds no source of a driver: tools' own, packages, and what builds write. */
export const isSkippedFolder = (name: string): boolean => skippedFolder.test(name);
