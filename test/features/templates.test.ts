import { describe, expect, it } from 'vitest';
import type { Completion } from '../../server/src/core/api.js';
import { Driver } from '../harness/core.js';

const entry = { description: 'A driver.', body: ['// ${1:Sample}', 'VOID $1Main(VOID)', '{', '    $0', '}'] };
const templates = {
  'driver.code-snippets': { 'NDIS driver': { ...entry, isFileTemplate: true }, 'not for files': entry },
};

const offered = (source: string, file = 'driver.c'): Completion[] =>
  new Driver({ [file]: source }, { templates }).completions().filter(({ kind }) => kind === 'template');

describe('whole-driver templates', () => {
  it.each([
    ['a file that is empty', '$0'],
    ['an empty file with a word in it', 'nd$0'],
    ['an NDIS file that has nothing but comments and includes', '// Mine.\n#include <ndis.h>\n\n$0'],
    ['an NDIS file with a word being typed', '#include <ndis.h>\nnd$0\n'],
  ])('are offered in %s', (_, source) => {
    expect(offered(source).map(({ label, detail }) => [label, detail])).toEqual([['NDIS driver', 'A driver.']]);
  });

  it.each([
    ['a file with code', '#include <ndis.h>\nint a;\n$0'],
    ['a file with a function', '#include <ndis.h>\nVOID F(VOID)\n{\n}\n$0'],
    ['a comment', '#include <ndis.h>\n// nd$0\n'],
    ['a file of another kind of program', '#include <stdio.h>\n$0'],
  ])('are not offered in %s', (_, source) => expect(offered(source)).toEqual([]));

  it('are not offered in a header', () => expect(offered('$0', 'driver.h')).toEqual([]));

  it('replace the word that was typed, and expand for clients without snippets', () => {
    const driver = new Driver('nd$0', { templates });
    expect(driver.accepted('NDIS driver')).toBe('// Sample\nVOID SampleMain(VOID)\n{\n    \n}');
    expect(offered('nd$0')[0]).toMatchObject({ snippet: true, insert: entry.body.join('\n') });
  });
});
