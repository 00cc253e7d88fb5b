import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Whole-driver templates. Each is kept as a C file that compiles as it stands, `snippets/<kind>.c`; from it comes the
 * file that VS Code and the server read, `snippets/<kind>.code-snippets`.
 */
const templates: Record<string, { title: string; description: string }> = {
  'call-manager': {
    title: 'NDIS call manager',
    description: 'A stand-alone call manager: an NDIS 6 protocol driver that offers an address family.',
  },
  mcm: {
    title: 'NDIS miniport call manager (MCM)',
    description: 'An NDIS 6 miniport with an integrated call manager.',
  },
  client: {
    title: 'NDIS connection-oriented client',
    description: 'An NDIS 6 protocol driver that makes and takes calls through a call manager.',
  },
  miniport: {
    title: 'NDIS miniport',
    description: 'An NDIS 6 Ethernet miniport without hardware.',
  },
  protocol: {
    title: 'NDIS protocol driver',
    description: 'A connectionless NDIS 6 protocol driver with an EtherType of its own.',
  },
  filter: {
    title: 'NDIS lightweight filter',
    description: 'An NDIS 6 lightweight filter that passes on what it sees.',
  },
};

/** What a C file holds where its snippet has a tab stop. */
const tabStops: { stop: number; found: RegExp; preset: string }[] = [
  // The driver's name, alone or at the start of its functions' names.
  { stop: 1, found: /\bSample(?![a-z])/g, preset: 'Sample' },
  { stop: 2, found: /(?<=#define POOL_TAG ')\w{4}(?=')/g, preset: 'lpmS' },
  { stop: 3, found: /(?<=#define OUR_ADDRESS_FAMILY )\w+/g, preset: 'CO_ADDRESS_FAMILY_Q2931' },
  { stop: 3, found: /(?<=#define OUR_ETHER_TYPE )\w+/g, preset: '0x88B5' },
  { stop: 3, found: /(?<=#define OUR_UNIQUE_NAME L"\{)[\w-]+/g, preset: 'd89b9839-18ee-4d5a-8927-12b7fa7b6fc7' },
];

/** The line where the author begins. */
const lastStop = /^( *)\/\/ \$0$/;

/** The body of a snippet, line by line, from a C file with the marks above. */
export function snippetBody(source: string): string[] {
  return source
    .trimEnd()
    .split('\n')
    .map((line) => {
      const cursor = lastStop.exec(line);
      return cursor ? `${cursor[1] ?? ''}$0` : withTabStops(line.replace(/[\\$]/g, '\\$&'));
    });
}

function withTabStops(line: string): string {
  return tabStops.reduce((text, { stop, found, preset }) => text.replace(found, `\${${stop}:${preset}}`), line);
}

/**
 * The text that a snippet leaves when its presets are accepted, or the given values in their place.
 * @param values by number of the tab stop
 */
export function expandSnippet(body: readonly string[], values: Readonly<Record<number, string>> = {}): string {
  const text = body
    .join('\n')
    .replace(/\\([\\$}])|\$\{(\d+):([^}]*)\}|\$\{?(\d+)\}?/g, (_, escaped, stop, preset, bare) =>
      typeof escaped === 'string' ? escaped : (values[Number(stop ?? bare)] ?? preset ?? ''),
    );
  return `${text.replace(/[ \t]+$/gm, '')}\n`;
}

/** The text of a `.code-snippets` file: one entry, without a prefix, for whole files of C or C++. */
export function snippetFile(kind: string, source: string): string {
  const template = templates[kind];
  if (!template) throw new Error(`snippets/${kind}.c has no title in server/tools/templates.ts`);
  const entry = { scope: 'c,cpp', isFileTemplate: true, description: template.description, body: snippetBody(source) };
  return `${JSON.stringify({ [template.title]: entry }, null, 2)}\n`;
}

/**
 * Every generated file of `snippets/`, for `npm run generate` and its `--check`.
 * @param root folder of the repository
 * @returns contents by path relative to the root
 */
export function generateTemplates(root: string): Record<string, string> {
  return Object.fromEntries(
    Object.keys(templates).map((kind) => {
      const source = readFileSync(path.join(root, 'snippets', `${kind}.c`), 'utf8');
      return [`snippets/${kind}.code-snippets`, snippetFile(kind, source)];
    }),
  );
}
