import { openEmpty } from './empty.mjs';

/**
 * A miniport is written: the template, an OID in the switch over them, attributes, a status.
 * @param {import('../scenarios.mjs').Setting} setting
 * @returns {import('../scenario.mjs').Scenario}
 */
export const miniport = (setting) => ({
  name: 'a miniport is written',
  open: () => openEmpty(setting, 'miniport'),
  steps: [
    [
      'the template fills the file',
      async (editor) => {
        await editor.goToEnd();
        await editor.fillFile('NDIS miniport');
        await editor.type('Acme');
        await editor.press('Escape');
        await editor.save('MINIPORT_INITIALIZE AcmeInitializeEx;');
      },
    ],
    [
      'OIDs come as cases of a switch over one',
      async (editor) => {
        await editor.goBehind('return AcmeSetLookahead(Adapter, OidRequest);');
        await editor.press('Enter');
        await editor.completeUnasked('    case ', 'OID_GEN_INTERRUPT_MODERATION');
        await editor.type(':');
        await editor.press('Enter');
        await editor.completeUnasked('        return ', 'NDIS_STATUS_SUCCESS');
        await editor.type(';');
        await editor.line('case OID_GEN_INTERRUPT_MODERATION:');
        await editor.line('return NDIS_STATUS_SUCCESS;');
      },
    ],
    [
      'the values of an enumeration come where a member takes one',
      async (editor) => {
        await editor.goBehind('Attributes.MediaConnectState = MediaConnectStateConnected;');
        await editor.press('Enter');
        await editor.complete('    Attributes.MediaDup', 'MediaDuplexState');
        await editor.completeUnasked(' = ', 'MediaDuplexStateFull');
        await editor.type(';');
        await editor.line('Attributes.MediaDuplexState = MediaDuplexStateFull;');
      },
    ],
    [
      'a call shows its parameters',
      async (editor) => {
        await editor.press('Enter');
        await editor.complete('    NdisMIndicateStat', 'NdisMIndicateStatusEx');
        await editor.parameterHints('PNDIS_STATUS_INDICATION StatusIndication');
        await editor.type('Adapter->AdapterHandle');
        await editor.press('Tab');
        await editor.type('NULL');
        await editor.press('Tab');
        await editor.type(';');
      },
    ],
    [
      'an OID and a status are explained, with their values',
      async (editor) => {
        await editor.hover('NdisMIndicateStatusEx', 'IRQL <= DISPATCH_LEVEL');
        await editor.dismiss();
        await editor.goBehind('case OID_GEN_INTERRUPT_MODERATION:');
        await editor.hover('OID_GEN_INTERRUPT_MODERATION', '0x00010209');
        await editor.dismiss();
        await editor.squigglesBecome('error', 0);
      },
    ],
  ],
});
