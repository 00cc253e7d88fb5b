import type { Configuration, SeveritySetting } from '../api.js';
import { defaultConfiguration } from '../configuration.js';
import { type LintFile, presets, severitySettings, unknownRule } from './lintFile.js';

/** What an editor sends under `ndis`. Nothing in it is trusted to have the right shape. */
export type EditorSettings = Record<string, unknown>;

/**
 * Settings file and editor settings as one; the editor's win. A rule or preset set to "default" there says nothing.
 * @returns the configuration and, in plain words, what could not be used of the editor's settings
 */
export function mergeSettings(
  file: LintFile | undefined,
  editor: EditorSettings,
  knownRules: ReadonlySet<string>,
): { configuration: Configuration; complaints: string[] } {
  const complaints: string[] = [];
  const editorRules = ruleSettings(editor.rules, knownRules, complaints);
  const preset = presets.find((name) => name === editor.preset);
  if (!preset && typeof editor.preset === 'string' && editor.preset !== 'default')
    complaints.push(`ndis.preset is one of default, ${presets.join(', ')}.`);
  const completion = objectOf(editor.completion);
  const hover = objectOf(editor.hover);
  const defaults = defaultConfiguration;
  const configuration: Configuration = {
    severity: { ...file?.rules, ...editorRules },
    preset: preset ?? file?.preset ?? defaults.preset,
    completion: {
      skeletons: flag(completion.skeletons, defaults.completion.skeletons),
      annotations: flag(completion.annotations, defaults.completion.annotations),
      headerComment: flag(completion.headerComment, defaults.completion.headerComment),
    },
    hover: { documentation: flag(hover.documentation, defaults.hover.documentation) },
  };
  return { configuration, complaints };
}

function ruleSettings(
  value: unknown,
  known: ReadonlySet<string>,
  complaints: string[],
): Record<string, SeveritySetting> {
  const result: Record<string, SeveritySetting> = {};
  for (const [name, setting] of Object.entries(objectOf(value))) {
    if (setting === 'default' || setting === undefined || setting === null) continue;
    const severity = severitySettings.find((candidate) => candidate === setting);
    if (!known.has(name)) complaints.push(`ndis.rules: ${unknownRule(name, known)}.`);
    else if (severity) result[name] = severity;
    else complaints.push(`ndis.rules.${name} is one of default, ${severitySettings.join(', ')}.`);
  }
  return result;
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

const flag = (value: unknown, otherwise: boolean) => (typeof value === 'boolean' ? value : otherwise);
