import { describe, expect, it } from 'vitest';
import type { CatalogData } from '../../server/src/core/catalog/schema.js';
import { checkFacts } from '../../server/tools/catalog/consistency.js';
import { compiled } from './compiled.js';

/** What is reported after one fact was changed. */
function messagesAfter(change: (catalog: CatalogData) => void): string[] {
  const copy = structuredClone(compiled.catalog);
  change(copy);
  return checkFacts(copy).map(({ message }) => message);
}

const named = <T extends { name: string }>(items: T[], name: string): T => items.find((item) => item.name === name)!;

describe('facts that contradict each other', () => {
  it('a completion that its function does not confirm', () => {
    const messages = messagesAfter(({ callbacks }) => {
      named(callbacks, 'PROTOCOL_CM_CLOSE_AF').completion = { any: ['NdisCmCloseCallComplete'] };
    });
    expect(messages).toContain(
      'PROTOCOL_CM_CLOSE_AF names NdisCmCloseCallComplete as its completion, but NdisCmCloseCallComplete does not say so',
    );
    expect(messages).toContain(
      'NdisMCmCloseAddressFamilyComplete says that it completes PROTOCOL_CM_CLOSE_AF, but PROTOCOL_CM_CLOSE_AF does not name it',
    );
  });

  it('a name that nothing has', () => {
    const messages = messagesAfter(({ callbacks, functions, structures }) => {
      named(callbacks, 'PROTOCOL_CM_CLOSE_AF').pair = 'PROTOCOL_CM_OPEN';
      named(functions, 'NdisCmCloseCallComplete').counterpart = 'NdisMCmHangUp';
      named(structures, 'NDIS_OBJECT_HEADER').objectType = 'NDIS_OBJECT_TYPE_NONE';
    });
    expect(messages).toEqual([
      'PROTOCOL_CM_CLOSE_AF: pair names PROTOCOL_CM_OPEN, which is no role type',
      'NdisCmCloseCallComplete: counterpart names NdisMCmHangUp, which is no function',
      'NDIS_OBJECT_HEADER: objectType names NDIS_OBJECT_TYPE_NONE, which is no constant',
    ]);
  });

  it('an out context, a status argument and a last member that do not exist', () => {
    const messages = messagesAfter(({ callbacks, functions, structures }) => {
      named(callbacks, 'PROTOCOL_CM_OPEN_AF').contextsOut = ['AfContext'];
      named(functions, 'NdisCmCloseCallComplete').statusArgument = 1;
      named(structures, 'NDIS_CO_CLIENT_OPTIONAL_HANDLERS').revisions![0]!.lastMember = 'ClLastHandler';
    });
    expect(messages).toEqual([
      'PROTOCOL_CM_OPEN_AF: contextsOut names AfContext, which is no parameter',
      'NdisCmCloseCallComplete: argument 1 is no NDIS_STATUS',
      'NDIS_CO_CLIENT_OPTIONAL_HANDLERS has no member ClLastHandler',
    ]);
  });
});
