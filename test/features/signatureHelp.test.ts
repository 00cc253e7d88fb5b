import { describe, expect, it } from 'vitest';
import type { SignatureAnswer } from '../../server/src/core/api.js';
import { Driver } from '../harness/core.js';

const inBody = (body: string): string => `#include <ndis.h>\nVOID F(VOID)\n{\n${body}\n}\n`;

async function help(source: string): Promise<SignatureAnswer> {
  const answer = await new Driver(source).signatureHelp();
  expect(answer, 'there is signature help').toBeDefined();
  return answer as SignatureAnswer;
}

/** The function and the parameter that is being typed, as text of the label. */
async function at(source: string): Promise<string> {
  const { label, parameters, active } = await help(source);
  const { start, end } = parameters[active] ?? { start: 0, end: 0 };
  return `${/(\w+)\(/.exec(label)?.[1]}: ${label.slice(start, end)}`;
}

const none = async (source: string): Promise<void> => expect(await new Driver(source).signatureHelp()).toBeUndefined();

describe('signature help', () => {
  it('shows the whole signature and where the parameters stand in it', async () => {
    const answer = await help(inBody('    NdisCmCloseAddressFamilyComplete($0);'));
    expect(answer.label).toBe('VOID NdisCmCloseAddressFamilyComplete(NDIS_STATUS Status, NDIS_HANDLE NdisAfHandle)');
    expect(answer.parameters.map(({ start, end }) => answer.label.slice(start, end))).toEqual([
      'NDIS_STATUS Status',
      'NDIS_HANDLE NdisAfHandle',
    ]);
    expect(answer.documentation).toContain('**IRQL <= DISPATCH_LEVEL**');
    expect(answer.parameters.every(({ documentation }) => documentation)).toBe(true);
  });

  it.each([
    ['the first argument', 'NdisCmCloseAddressFamilyComplete($0', 'NDIS_STATUS Status'],
    ['before a closing parenthesis', 'NdisCmCloseAddressFamilyComplete($0);', 'NDIS_STATUS Status'],
    [
      'in the middle of an argument',
      'NdisCmCloseAddressFamilyComplete(NDIS_ST$0ATUS_SUCCESS, h);',
      'NDIS_STATUS Status',
    ],
    ['behind a comma', 'NdisCmCloseAddressFamilyComplete(s,$0', 'NDIS_HANDLE NdisAfHandle'],
    [
      'behind a comma and a line end',
      'NdisCmCloseAddressFamilyComplete(\n        s,\n        $0\n',
      'NDIS_HANDLE NdisAfHandle',
    ],
    ['behind commas in parentheses', 'NdisCmCloseAddressFamilyComplete(Max(a, b), $0', 'NDIS_HANDLE NdisAfHandle'],
    [
      'behind commas in braces and brackets',
      'NdisCmCloseAddressFamilyComplete(a[b, c], $0',
      'NDIS_HANDLE NdisAfHandle',
    ],
    ['behind a comma in a string', 'NdisCmCloseAddressFamilyComplete(F(", ("), $0', 'NDIS_HANDLE NdisAfHandle'],
    ['behind a comma in a comment', 'NdisCmCloseAddressFamilyComplete(s /* a, ( */, $0', 'NDIS_HANDLE NdisAfHandle'],
    ['in parentheses of an argument', 'NdisCmCloseAddressFamilyComplete(s, (h$0', 'NDIS_HANDLE NdisAfHandle'],
    ['behind a cast', 'NdisCmCloseAddressFamilyComplete(s, (NDIS_HANDLE)$0', 'NDIS_HANDLE NdisAfHandle'],
    ['beyond the last parameter', 'NdisCmCloseAddressFamilyComplete(a, b, c, $0', 'NDIS_HANDLE NdisAfHandle'],
    ['inside a condition', 'if (NdisCmCloseAddressFamilyComplete($0', 'NDIS_STATUS Status'],
    ['on the right of an assignment', 'x = NdisCmCloseAddressFamilyComplete(s, $0;', 'NDIS_HANDLE NdisAfHandle'],
  ])('follows %s', async (_, code, parameter) => {
    expect(await at(inBody(`    ${code}`))).toBe(`NdisCmCloseAddressFamilyComplete: ${parameter}`);
  });

  it('is that of the innermost call that it knows', async () => {
    expect(await at(inBody('    NdisMOidRequestComplete(a, b, NdisCmActivateVc(v, $0'))).toBe(
      'NdisCmActivateVc: PCO_CALL_PARAMETERS CallParameters',
    );
    expect(await at(inBody('    NdisMOidRequestComplete(a, b, NdisCmActivateVc(v, p)$0'))).toBe(
      'NdisMOidRequestComplete: NDIS_STATUS Status',
    );
  });

  it('is there at the end of a file that is not finished', async () => {
    expect(await at('#include <ndis.h>\nVOID F(VOID)\n{\n    if (a) {\n        NdisCmActivateVc(a, $0')).toBe(
      'NdisCmActivateVc: PCO_CALL_PARAMETERS CallParameters',
    );
  });

  it('knows macros and routines of the kernel', async () => {
    expect(await at(inBody('    NdisMCmDispatchIncomingCall(a, $0'))).toBe(
      'NdisMCmDispatchIncomingCall: NDIS_HANDLE NdisVcHandle',
    );
    expect(await at(inBody('    KeInitializeEvent(&e, $0'))).toContain('KeInitializeEvent:');
  });

  it.each([
    ['outside a call', inBody('    x = 1; $0')],
    ['behind a call', inBody('    NdisCmActivateVc(a, b);$0')],
    ['in a call of the driver', inBody('    AcmeHelper($0')],
    ['in a string argument', inBody('    NdisCmActivateVc("$0", b);')],
    ['in a comment', inBody('    // NdisCmActivateVc($0')],
    ['in an if', inBody('    if ($0')],
    ['in a body behind an open call of another statement', inBody('    NdisCmActivateVc(a;\n    $0')],
    ['in a file without NDIS', 'int main(void)\n{\n    KeInitializeEvent($0\n}\n'],
  ])('is not there %s', async (_, source) => none(source));
});

it('of another name for a routine is that of the routine', async () => {
  expect(await at(inBody('    ExDeleteResource($0);'))).toMatch(/^ExDeleteResource: PERESOURCE /);
});

it('of a macro of NDIS has types', async () => {
  expect(await at(inBody('    NET_BUFFER_LIST_INFO(a, $0);'))).toBe(
    'NET_BUFFER_LIST_INFO: NDIS_NET_BUFFER_LIST_INFO _Id',
  );
});
