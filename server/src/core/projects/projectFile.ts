import type { BuildFile } from './buildFile.js';
import { readCompileCommands } from './compileCommands.js';
import { DdkSources } from './ddkSources.js';
import { MsBuildFile } from './msBuild.js';

const visualStudio = /\.(?:vcxproj|vcxitems|props|targets)$/i;
const ddkSources = /\/sources(?:\.inc)?$/i;
const compilationDatabase = /\/compile_commands\.json$/i;

/** Text past which a project is no longer one that somebody wrote. */
const longest = 4 << 20;

/** Files that `readProjectFile` can read, by name. */
export function isProjectFile(id: string): boolean {
  return visualStudio.test(id) || ddkSources.test(id) || compilationDatabase.test(id);
}

/** Reads a Visual Studio project or what it imports, a DDK `sources` file or what it includes, or a compilation database.
 * Whatever cannot be read in it is left out; undefined for other files. */
export function readProjectFile(id: string, text: string): BuildFile | undefined {
  if (compilationDatabase.test(id)) return readCompileCommands(id, text);
  if (text.length > longest) return undefined;
  if (visualStudio.test(id)) return new MsBuildFile(id, text);
  return ddkSources.test(id) ? new DdkSources(id, text) : undefined;
}
