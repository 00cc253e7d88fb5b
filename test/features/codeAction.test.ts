import { describe, expect, it } from 'vitest';
import type { CodeAction } from '../../server/src/core/api.js';
import { Driver, type DriverOptions } from '../harness/core.js';

type Files = string | Record<string, string>;

const actions = (files: Files, options: DriverOptions = {}): CodeAction[] => new Driver(files, options).actions();

const titles = (list: readonly CodeAction[], kind = 'quickfix'): string[] =>
  list.filter((action) => action.kind === kind).map(({ title }) => title);

/** The files after the action was taken. */
function taken(files: Files, title: string): Driver {
  const driver = new Driver(files);
  const action = driver.actions().find((one) => one.title === title);
  if (!action) throw new Error(`There is no action "${title}".`);
  driver.apply(action.edits());
  return driver;
}

const undeclared = (name: string): string => `NDIS_STATUS ${name}(NDIS_HANDLE CallMgrAfContext)\n{\n    return 0;\n}\n`;
const registration =
  'NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS H;\nVOID Fill(VOID)\n{\n    H.CmCloseAfHandler = AcmeClose;\n    H.CmDeregisterSapHandler = AcmeDeregister;\n}\n';
const two = undeclared('Acme$0Close') + undeclared('AcmeDeregister') + registration;

describe('code actions', () => {
  it('are the fixes of the finding under the cursor, then its explanation', () => {
    const list = actions(two);
    expect(titles(list)).toEqual([
      'Declare AcmeClose as PROTOCOL_CM_CLOSE_AF',
      'Declare all 2 callbacks of this file by role type',
      'Silence role-type-missing here',
      'Explain role-type-missing',
    ]);
    expect(list[0]).toMatchObject({ preferred: true, findings: [{ rule: 'role-type-missing' }] });
    expect(list[3]?.command).toEqual({
      title: 'Explain rule',
      command: 'ndis.explainRule',
      arguments: ['role-type-missing'],
    });
  });

  it('mend the one place, or all at once', () => {
    const one = taken(two, 'Declare AcmeClose as PROTOCOL_CM_CLOSE_AF').fixture().text;
    expect(one).toMatch(/^PROTOCOL_CM_CLOSE_AF AcmeClose;\n\nNDIS_STATUS AcmeClose\(/);
    expect(one).not.toContain('PROTOCOL_CM_DEREGISTER_SAP');
    const all = taken(two, 'Declare all 2 callbacks of this file by role type').fixture().text;
    expect(all).toContain('PROTOCOL_CM_CLOSE_AF AcmeClose;\n\nNDIS_STATUS AcmeClose(');
    expect(all).toContain('PROTOCOL_CM_DEREGISTER_SAP AcmeDeregister;\n\nNDIS_STATUS AcmeDeregister(');
  });

  it('are there at both ends of the finding and not beyond', () => {
    expect(titles(actions(two.replace('Acme$0Close', '$0AcmeClose')))).not.toEqual([]);
    expect(titles(actions(two.replace('Acme$0Close', 'AcmeClose$0')))).not.toEqual([]);
    expect(titles(actions(two.replace('Acme$0Close(', 'AcmeClose($0')))).toEqual([]);
  });

  it('reach into other files of the driver', () => {
    const driver = taken(
      {
        'driver.c': `#include "acme.h"\n${undeclared('Acme$0Close')}${registration}`,
        'acme.h': 'NDIS_STATUS AcmeClose(NDIS_HANDLE CallMgrAfContext);\n',
      },
      'Declare AcmeClose as PROTOCOL_CM_CLOSE_AF',
    );
    expect(driver.fixture('acme.h').text).toBe('PROTOCOL_CM_CLOSE_AF AcmeClose;\n');
  });

  it('of unsafe fixes are no part of the action for the whole file', () => {
    const source =
      'PROTOCOL_CM_DEREGISTER_SAP AcmeClose;\n' +
      undeclared('Acme$0Deregister') +
      'VOID Fill(PNDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS p)\n{\n    p->CmCloseAfHandler = AcmeClose;\n    p->CmDeregisterSapHandler = AcmeDeregister;\n}\n';
    const text = taken(source, 'Apply all safe NDIS fixes').fixture().text;
    expect(text).toContain('PROTOCOL_CM_DEREGISTER_SAP AcmeClose;');
    expect(text).toContain('PROTOCOL_CM_DEREGISTER_SAP AcmeDeregister;');
  });

  it('for the whole file are there wherever the cursor is, as long as something can be mended', () => {
    const elsewhere = `${undeclared('AcmeClose')}${undeclared('AcmeDeregister')}${registration}$0`;
    expect(titles(actions(elsewhere))).toEqual([]);
    expect(titles(actions(elsewhere), 'source.fixAll.ndis')).toEqual(['Apply all safe NDIS fixes']);
    expect(actions('#include <ndis.h>\nint a;$0\n')).toEqual([]);
  });

  it('for the whole file come to an end, and leave nothing safe', () => {
    const driver = new Driver(`${two}\n// behind\n`);
    for (let rounds = 0; ; rounds++) {
      const all = driver.actions().find(({ kind }) => kind === 'source.fixAll.ndis');
      if (!all) break;
      expect(rounds).toBeLessThan(5);
      driver.apply(all.edits());
    }
    expect(driver.findings().flatMap(({ fixes }) => fixes.filter(({ safe }) => safe))).toEqual([]);
    expect(driver.fixture().text).toContain('_Use_decl_annotations_\nNDIS_STATUS AcmeClose(');
  });

  it('are not there in a file without NDIS', () => {
    expect(actions('int main$0(void)\n{\n    return 0;\n}\n')).toEqual([]);
  });
});
