import type { Configuration, SeveritySetting } from './api.js';

export const defaultConfiguration: Configuration = {
  severity: {},
  preset: 'recommended',
  completion: { skeletons: true, annotations: true, headerComment: true },
  hover: { documentation: true },
};

const severities: ReadonlySet<string> = new Set(['error', 'warning', 'information', 'hint', 'off']);

/** Settings over the defaults. What cannot be used is left out and named. */
export function mergeConfiguration(
  settings: Partial<Configuration>,
  ruleNames: readonly string[],
): { configuration: Configuration; complaints: string[] } {
  const complaints: string[] = [];
  const severity: Record<string, SeveritySetting> = {};
  for (const [rule, value] of Object.entries(settings.severity ?? {})) {
    if (!ruleNames.includes(rule)) complaints.push(`There is no rule "${rule}".`);
    else if (!severities.has(value))
      complaints.push(`"${String(value)}" is no severity for ${rule}: use error, warning, information, hint or off.`);
    else severity[rule] = value;
  }
  const preset = settings.preset === 'strict' ? 'strict' : 'recommended';
  if (settings.preset !== undefined && settings.preset !== preset)
    complaints.push(`"${String(settings.preset)}" is no preset: use recommended or strict.`);
  const configuration: Configuration = {
    severity,
    preset,
    completion: { ...defaultConfiguration.completion, ...settings.completion },
    hover: { ...defaultConfiguration.hover, ...settings.hover },
  };
  return { configuration, complaints };
}
