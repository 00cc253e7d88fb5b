// Loaded before a program under test: what NDIS_TEST_DENIED lists (`read:a.c,write:b.c`) cannot be read or written, as if
// its owner had said so. Modes of files would do for most users, but the superuser may do everything.
const files = require('node:fs/promises');
const path = require('node:path');

const denied = new Set((process.env.NDIS_TEST_DENIED ?? '').split(','));

/**
 * @param {'read' | 'write'} act
 * @param {(...args: any[]) => Promise<any>} real
 */
const guarded =
  (act, real) =>
  async (/** @type {any[]} */ ...args) => {
    if (denied.has(`${act}:${path.basename(String(args[0]))}`))
      throw Object.assign(new Error(`EACCES: permission denied, ${act}`), { code: 'EACCES' });
    return await real(...args);
  };

files.readFile = guarded('read', files.readFile);
files.writeFile = guarded('write', files.writeFile);
