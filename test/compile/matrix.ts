import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expandSnippet } from '../../server/tools/templates.js';
import type { BuildKind } from '../harness/compile.js';
import { root } from '../harness/paths.mjs';

/** Something that is compiled for several NDIS versions, as C and as C++. */
export interface Subject {
  name: string;
  kind: BuildKind;
  /** File name and text, in the folder for quoted includes. */
  files: { name: string; text: string }[];
  folder?: string;
  versions: string[];
  defines?: string[];
}

const versions = ['6.0', '6.30', '6.87'];

/** Oldest and newest: what compiles with both hardly fails in between, and `npm test` should be quick. */
export const stubVersions = ['6.0', '6.87'];

function template(name: string, kind: BuildKind): Subject {
  const json: unknown = JSON.parse(readFileSync(path.join(root, 'snippets', `${name}.code-snippets`), 'utf8'));
  const [entry] = Object.values(json as Record<string, { body: string[] }>);
  // Another name than the preset shows that every place that carries the name follows it.
  const text = expandSnippet(entry?.body ?? [], { 1: 'Other', 2: 'rhtO' });
  return { name: `template ${name}`, kind, files: [{ name: `${name}.c`, text }], versions };
}

function driver(name: string, kind: BuildKind, more: Partial<Subject> = {}): Subject {
  const folder = path.join(root, 'test', 'drivers', name);
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.c'))
    .map((file) => ({ name: file, text: readFileSync(path.join(folder, file), 'utf8') }));
  return { name: `driver ${name}`, kind, files, folder, versions, ...more };
}

export const subjects: Subject[] = [
  template('call-manager', 'protocol'),
  template('mcm', 'miniport'),
  template('client', 'protocol'),
  template('miniport', 'miniport'),
  template('protocol', 'protocol'),
  // A filter says which version of NDIS it is for as a protocol driver does.
  template('filter', 'protocol'),
  driver('call-manager', 'protocol'),
  driver('mcm', 'miniport'),
  driver('client', 'protocol'),
  // One of its faults is a type that does not exist, and one is a member that NDIS 6.0 does not have.
  driver('faulty', 'protocol', {
    defines: ['PROTOCOL_CM_REGISTER_SAP=PROTOCOL_CM_REG_SAP'],
    versions: versions.filter((version) => version !== '6.0'),
  }),
];

/** The NDIS 5.1 driver: the stub is for NDIS 6, so only real headers can compile it. */
export const legacy: Subject = driver('ndis5', 'protocol', { versions: ['5.1'] });
