import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Configuration } from '../core/api.js';
import type { StatedProject } from '../core/projects/stated.js';
import { ruleNames } from '../core/ruleInfo.js';
import { type LintFile, lintFileName, projectsFrom, readLintFile } from '../core/settings/lintFile.js';
import { mergeSettings } from '../core/settings/merge.js';
import { decode } from '../core/text/decode.js';
import { LineIndex } from '../core/text/lineIndex.js';
import { idOf } from './fileIds.js';
import type { LintOptions } from './options.js';
import { reason } from './sources.js';
import { UsageError } from './usage.js';

const known: ReadonlySet<string> = new Set(ruleNames);

/** A settings file, and the folder that it stands in. */
interface Found {
  settings: LintFile;
  folder: string;
}

/** Settings per folder: the nearest settings file, and the command line over it. */
export class Configurations {
  readonly #options: LintOptions;
  readonly #files = new Map<string, Promise<Found | undefined>>();
  readonly #merged = new Map<LintFile | undefined, Configuration>();

  constructor(options: LintOptions) {
    this.#options = options;
  }

  /** The same object for all files under the same settings. */
  async for(file: string): Promise<Configuration> {
    const settings = (await this.#nearest(path.dirname(file)))?.settings;
    let merged = this.#merged.get(settings);
    if (!merged) this.#merged.set(settings, (merged = this.#merge(settings)));
    return merged;
  }

  /** Projects that the settings files of these files state. */
  async projectsFor(files: readonly string[]): Promise<StatedProject[]> {
    const stated = new Map<LintFile, StatedProject[]>();
    for (const file of files) {
      const found = await this.#nearest(path.dirname(file));
      if (found && !stated.has(found.settings))
        stated.set(found.settings, projectsFrom(found.settings, idOf(found.folder)));
    }
    return [...stated.values()].flat();
  }

  #merge(settings: LintFile | undefined): Configuration {
    const { rules, preset } = this.#options;
    return mergeSettings(settings, { rules, preset }, known).configuration;
  }

  #nearest(folder: string): Promise<Found | undefined> {
    let found = this.#files.get(folder);
    if (!found) this.#files.set(folder, (found = this.#find(folder)));
    return found;
  }

  async #find(folder: string): Promise<Found | undefined> {
    const file = path.join(folder, lintFileName);
    const bytes = await readFile(file).catch((error: unknown) => {
      if ((error as { code?: string }).code === 'ENOENT') return undefined;
      throw new UsageError(`${file}: ${reason(error)}`);
    });
    if (bytes) return { settings: read(file, decode(bytes)), folder };
    const parent = path.dirname(folder);
    return parent === folder ? undefined : this.#nearest(parent);
  }
}

function read(file: string, text: string): LintFile {
  const { settings, problems } = readLintFile(text, known);
  const [problem] = problems;
  if (settings && !problem) return settings;
  const { line, column } = new LineIndex(text).positionAt(problem?.start ?? 0);
  throw new UsageError(`${file}:${line + 1}:${column + 1}: ${problem?.message ?? 'these are no settings'}`);
}
