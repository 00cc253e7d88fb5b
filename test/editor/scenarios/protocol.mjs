import { openEmpty } from './empty.mjs';

/**
 * A protocol driver is written: the template, an OID request filled in, a fault and its fix.
 * @param {import('../scenarios.mjs').Setting} setting
 * @returns {import('../scenario.mjs').Scenario}
 */
export const protocol = (setting) => ({
  name: 'a protocol driver is written',
  open: () => openEmpty(setting, 'protocol'),
  steps: [
    [
      'the template fills the file',
      async (editor) => {
        await editor.goToEnd();
        await editor.fillFile('NDIS protocol driver');
        await editor.type('Acme');
        await editor.press('Escape');
        await editor.save('PROTOCOL_BIND_ADAPTER_EX AcmeBindAdapterEx;');
      },
    ],
    [
      'a request is filled: header, kind and OID',
      async (editor) => {
        await editor.goToEnd();
        await editor.press('Enter');
        await editor.type('static VOID AcmeFill(PNDIS_OID_REQUEST Request)');
        await editor.press('Enter');
        await editor.type('{');
        await editor.press('Enter');
        await editor.completeUnasked('    Request->Header.Type = ', 'NDIS_OBJECT_TYPE_OID_REQUEST');
        await editor.type(';');
        await editor.press('Enter');
        await editor.completeUnasked('    Request->Header.Revision = ', 'NDIS_OID_REQUEST_REVISION_1');
        await editor.type(';');
        await editor.press('Enter');
        await editor.completeUnasked('    Request->Header.Size = ', 'NDIS_SIZEOF_OID_REQUEST_REVISION_1');
        await editor.type(';');
        await editor.press('Enter');
        await editor.completeUnasked('    Request->RequestType = ', 'NdisRequestQueryInformation');
        await editor.type(';');
        await editor.press('Enter');
        await editor.completeUnasked('    Request->DATA.QUERY_INFORMATION.Oid = ', 'OID_GEN_CURRENT_LOOKAHEAD');
        await editor.type(';');
        await editor.press('Enter');
        await editor.type('}');
        await editor.line('Request->DATA.QUERY_INFORMATION.Oid = OID_GEN_CURRENT_LOOKAHEAD;');
      },
    ],
    [
      'a callback is completed under the name of the driver',
      async (editor) => {
        await editor.press('Enter');
        await editor.press('Enter');
        await editor.complete('ProtocolDirectOid', 'ProtocolDirectOidRequestComplete');
        await editor.line('PROTOCOL_DIRECT_OID_REQUEST_COMPLETE AcmeDirectOidRequestComplete;');
        await editor.press('Escape');
        await editor.squigglesBecome('error', 0);
        await editor.squigglesBecome('warning', 0);
      },
    ],
    [
      'a header of another structure is marked, explained and mended',
      async (editor) => {
        const right = 'Characteristics.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS';
        await editor.goBehind(right);
        await editor.press('Control+Backspace');
        await editor.type('NDIS_OBJECT_TYPE_OID_REQUEST');
        await editor.press('Escape');
        await editor.squiggle('error');
        await editor.hover('NDIS_OBJECT_TYPE_OID_REQUEST', 'object-header');
        await editor.shot('marked');
        await editor.dismiss();
        await editor.quickFix('Change to NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS');
        await editor.squigglesBecome('error', 0);
        await editor.line(`${right};`);
      },
    ],
  ],
});
