import { describe, expect, it } from 'vitest';
import type { CallbackFacts } from '../../server/src/core/catalog/schema.js';
import { compareVersions } from '../../server/src/core/catalog/versions.js';
import { variants } from '../../server/src/core/features/completion/skeletons.js';
import { type Skeleton, skeleton, stem } from '../../server/src/core/generate/skeleton.js';
import { declared } from '../../server/src/core/model/cText.js';
import { catalog } from '../harness/catalog.js';
import { compile, type Language, mayLackCompiler, realHeaders } from '../harness/compile.js';
import { Driver } from '../harness/core.js';

/** Every role that a driver for NDIS 6 can define. */
const roles = catalog.data.callbacks.filter((role) => !role.versions?.legacy);
const definable = roles.filter((role) => !role.pointerType);

const make = (role: CallbackFacts, more: { prefix?: string; header?: string; annotations?: boolean } = {}): Skeleton =>
  skeleton(role, { declaration: true, annotations: true, prefix: 'Sample', newline: '\n', ...more });

describe.each(roles.map((role) => [role.name, role] as const))('the skeleton of %s', (_, role) => {
  const { snippet, plain } = make(role);
  const { returns, params } = role.signature;
  const name = `Sample${stem(role)}`;

  it('declares the function, annotates and defines it', () => {
    const head = plain.slice(0, plain.indexOf('{'));
    expect(head).toBe(
      [
        ...(role.pointerType ? [] : [`${role.name} ${name};`, '', '_Use_decl_annotations_']),
        returns,
        `${name}(`,
        ...(params.length ? params.map(declared).join(',\n').replace(/^/gm, '    ').split('\n') : ['    VOID']),
        '    )',
        '',
      ].join('\n'),
    );
  });

  it('does something with every parameter', () => {
    const body = plain.slice(plain.indexOf('{'));
    for (const param of params) {
      expect(body).toMatch(
        new RegExp(
          String.raw`^    (UNREFERENCED_PARAMETER\(${param.name}\)|\*${param.name} = NULL|if \(${param.name} != NULL\))`,
          'm',
        ),
      );
    }
    for (const context of role.contextsOut ?? []) expect(body).toContain(`*${context} = NULL;`);
  });

  it('returns what the role returns', () => {
    const returned = [...snippet.matchAll(/^ {4}return (.*);$/gm)].map(([, value]) => value);
    const listed = [...(role.statuses ?? []), ...(role.statusesInText ?? [])];
    expect(returned.length).toBe(/^void$/i.test(returns) ? 0 : 1);
    if (!/STATUS$/.test(returns)) return;
    for (const status of listed) expect(returned[0]).toContain(status);
    if (listed.includes('NDIS_STATUS_SUCCESS')) expect(plain).toContain('return NDIS_STATUS_SUCCESS;');
    if (role.pending === 'forbidden') expect(returned[0]).not.toContain('PENDING');
  });

  it('is a snippet with one place to begin, and plain text without a trace of one', () => {
    expect(snippet.match(/\$0/g)).toHaveLength(1);
    expect(snippet.match(/\$\{1:/g)).toHaveLength(1);
    expect(plain).not.toMatch(/[$`«»]|[ \t]$|\n\n\n|\\/m);
    expect(plain.endsWith('\n}')).toBe(true);
  });
});

describe('skeletons', () => {
  it('of one structure have names of their own', () => {
    for (const { name } of catalog.data.structures) {
      const own = new Set(catalog.handlers(name).map(({ member }) => catalog.callbackForSlot(name, member.name)));
      const stems = [...own].flatMap((role) => (role ? [stem(role)] : []));
      expect(stems.length).toBe(new Set(stems).size);
    }
  });

  it('carry the purpose and the IRQL above the definition', () => {
    const role = catalog.callback('PROTOCOL_CM_CLOSE_AF') as CallbackFacts;
    expect(make(role, { header: 'Purpose.' }).plain).toContain(
      'SampleCmCloseAf;\n\n// Purpose.\n// Runs at IRQL <= DISPATCH_LEVEL.\n_Use_decl_annotations_\n',
    );
  });

  it('of callbacks that are declared do not declare them again', () => {
    const driver = new Driver('PROTOCOL_CM_CLOSE_AF AcmeClose;\n$0\n');
    expect(driver.accepted('AcmeClose', 'skeleton').match(/PROTOCOL_CM_CLOSE_AF AcmeClose;/g)).toHaveLength(1);
  });

  it('are accepted by the rules', () => {
    const text = definable.map((role) => make(role).plain).join('\n\n');
    const driver = new Driver(`#include <ndis.h>\n\n${text}\n`);
    expect(driver.findings().filter(({ severity }) => severity !== 'hint' && severity !== 'information')).toEqual([]);
  });
});

describe.skipIf(mayLackCompiler)('all skeletons compile', () => {
  /** Its last parameters had other types in NDIS 6.0 and 6.1. The catalog holds those of today. */
  const changedIn620 = 'MINIPORT_MESSAGE_INTERRUPT_DPC';
  const languages: Language[] = ['c', 'c++'];
  const headers = realHeaders === undefined ? ['stub'] : ['stub', realHeaders];
  const cases = languages.flatMap((language) =>
    ['6.0', '6.87'].flatMap((ndis) =>
      headers.flatMap((from) => [true, false].map((annotations) => [language, ndis, from, annotations] as const)),
    ),
  );

  it.each(cases)('as %s for NDIS %s with headers from %s, annotations: %s', (language, ndis, from, annotations) => {
    const all = definable.flatMap((role) => [role, ...variants(role)]);
    const there = all
      .filter(({ versions }) => !versions?.min || compareVersions(versions.min, ndis) <= 0)
      .filter(({ name }) => from === 'stub' || ndis !== '6.0' || name !== changedIn620);
    expect(there.length).toBeGreaterThan(90);
    // Callbacks of different kinds of driver have the same stem: MiniportPause and FilterPause.
    const code = there.map((role, index) => make(role, { prefix: `Sample${index}`, annotations }).plain);
    const { errors } = compile(`#include <ndis.h>\n\n${code.join('\n\n')}\n`, { language, ndis, headers: from });
    expect(errors).toEqual([]);
  });
});
