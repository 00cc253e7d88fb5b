import type { Configuration, Severity, SeveritySetting } from '../core/api.js';
import { ruleNames } from '../core/ruleInfo.js';
import { presets, severitySettings, unknownRule } from '../core/settings/lintFile.js';
import { UsageError } from './usage.js';

export type Format = 'text' | 'json' | 'sarif';

export interface LintOptions {
  command: 'lint';
  format: Format;
  paths: string[];
  rules: Record<string, SeveritySetting>;
  preset?: Configuration['preset'];
  failOn: Severity;
  fix: boolean;
  baseline?: string;
  writeBaseline?: string;
}

export type Options =
  | LintOptions
  | { command: 'explain'; name: string }
  | { command: 'rules'; format: 'text' | 'json' }
  | { command: 'help' | 'version' };

/** Severities from the gravest to the least. */
export const severities: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

const formats: readonly Format[] = ['text', 'json', 'sarif'];
const withValue = ['--format', '--rule', '--preset', '--fail-on', '--baseline', '--write-baseline'];
const alone = ['--fix', '--help', '--version'];

/** Understands the arguments, or says in a `UsageError` what is wrong with them. */
export function readOptions(args: readonly string[]): Options {
  const { flags, rest } = split(args);
  if (flags.some(([flag]) => flag === '--help')) return { command: 'help' };
  if (flags.some(([flag]) => flag === '--version')) return { command: 'version' };
  const [first, ...others] = rest;
  if (first === 'explain') return explainOptions(others, flags);
  if (first === 'rules' && others.length === 0) return rulesOptions(flags);
  return lintOptions(rest, flags);
}

type Flag = [name: string, value: string];

function split(args: readonly string[]): { flags: Flag[]; rest: string[] } {
  const flags: Flag[] = [];
  const rest: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') return { flags, rest: [...rest, ...args.slice(i + 1)] };
    if (arg === '-h') {
      flags.push(['--help', '']);
      continue;
    }
    if (!arg.startsWith('-') || arg === '-') {
      rest.push(arg);
      continue;
    }
    const [, name = '', inline] = /^([^=]*)(?:=([^]*))?$/.exec(arg) ?? [];
    if (alone.includes(name) && inline === undefined) flags.push([name, '']);
    else if (withValue.includes(name)) flags.push([name, inline ?? valueOf(name, args[++i])]);
    else
      throw new UsageError(
        inline !== undefined && alone.includes(name) ? `${name} takes no value` : `unknown option ${arg}`,
      );
  }
  return { flags, rest };
}

function valueOf(flag: string, value: string | undefined): string {
  if (value === undefined || value.startsWith('--')) throw new UsageError(`${flag} needs a value`);
  return value;
}

function explainOptions(names: string[], flags: Flag[]): Options {
  const [name, second] = names;
  if (name === undefined || second !== undefined) throw new UsageError('explain takes one name');
  if (flags[0]) throw new UsageError(`explain takes no ${flags[0][0]}`);
  return { command: 'explain', name };
}

function rulesOptions(flags: Flag[]): Options {
  let format: 'text' | 'json' = 'text';
  for (const [flag, value] of flags) {
    if (flag !== '--format') throw new UsageError(`rules takes no ${flag}`);
    format = oneOf(flag, value, ['text', 'json']);
  }
  return { command: 'rules', format };
}

function lintOptions(paths: string[], flags: Flag[]): LintOptions {
  const options: LintOptions = { command: 'lint', format: 'text', paths, rules: {}, failOn: 'warning', fix: false };
  for (const [flag, value] of flags) applyFlag(options, flag, value);
  if (paths.includes('')) throw new UsageError('a path is empty');
  if (paths.length === 0) throw new UsageError('name at least one file or folder to check');
  return options;
}

function applyFlag(options: LintOptions, flag: string, value: string): void {
  if (flag === '--format') options.format = oneOf(flag, value, formats);
  else if (flag === '--preset') options.preset = oneOf(flag, value, presets);
  else if (flag === '--fail-on') options.failOn = oneOf(flag, value, severities);
  else if (flag === '--baseline') options.baseline = value;
  else if (flag === '--write-baseline') options.writeBaseline = value;
  else if (flag === '--fix') options.fix = true;
  else if (flag === '--rule') addRule(options.rules, value);
}

function addRule(rules: Record<string, SeveritySetting>, setting: string): void {
  const [, name, severity] = /^([^=]+)=(.*)$/.exec(setting) ?? [];
  if (name === undefined || severity === undefined)
    throw new UsageError(`--rule takes NAME=SEVERITY, not "${setting}"`);
  if (!ruleNames.includes(name)) throw new UsageError(unknownRule(name, new Set(ruleNames)));
  rules[name] = oneOf(`--rule ${name}`, severity, severitySettings);
}

function oneOf<T extends string>(flag: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new UsageError(`${flag} is one of ${allowed.join(', ')}, not "${value}"`);
  return found;
}
