import { expect, test } from 'vitest';
import { fileId, resolvePath, uriOfId } from '../../server/src/lsp/fileIds.js';
import { plainText } from '../../server/src/lsp/plainText.js';

test.each([
  ['file:///C:/a b/c.c', 'file:///c:/a b/c.c'],
  ['file:///c%3A/a%20b/c.c', 'file:///c:/a b/c.c'],
  ['file:///home/%C3%A9/100%25.c', 'file:///home/é/100%.c'],
  ['file:///bad%zz', 'file:///bad%zz'],
  ['untitled:Untitled-1', 'untitled:Untitled-1'],
])('id of %s', (uri, id) => expect(fileId(uri)).toBe(id));

test.each(['file:///c:/a b/c.c', 'file:///home/é/100%.c', 'vscode-vfs://github/o/r/x#1.c'])('%s leads back', (id) => {
  expect(fileId(uriOfId(id))).toBe(id);
});

test('paths are seen from a folder', () => {
  expect(resolvePath('file:///w/driver', '..\\common\\.\\x.h')).toBe('file:///w/common/x.h');
});

test('plain text keeps words and code, and loses marks', () => {
  const markdown =
    '## Head\n\n**Bold** and *soft* `code_name` in [a link](https://x.y/z).\n\n```c\nint *p = a * b; // **kept**\n```\n- cm\\_close\\.c &lt;x&gt;';
  expect(plainText(markdown)).toBe(
    'Head\n\nBold and soft code_name in a link.\n\nint *p = a * b; // **kept**\n- cm_close.c <x>',
  );
});
