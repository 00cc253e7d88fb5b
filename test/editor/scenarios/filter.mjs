import { openEmpty } from './empty.mjs';

/**
 * A filter is written: the template, a callback, its handler, and a look at the buffers of a list.
 * @param {import('../scenarios.mjs').Setting} setting
 * @returns {import('../scenario.mjs').Scenario}
 */
export const filter = (setting) => ({
  name: 'a lightweight filter is written',
  open: () => openEmpty(setting, 'filter'),
  steps: [
    [
      'the template fills the file',
      async (editor) => {
        await editor.goToEnd();
        await editor.fillFile('NDIS lightweight filter');
        await editor.type('Acme');
        await editor.line('Acme: a lightweight filter driver for NDIS 6.');
        await editor.press('Escape');
        await editor.save('FILTER_ATTACH AcmeAttach;');
      },
    ],
    [
      'a callback is completed under the name of the driver',
      async (editor) => {
        await editor.goToEnd();
        await editor.press('Enter');
        await editor.press('Enter');
        await editor.complete('FilterSynchronousOidRequest', 'FilterSynchronousOidRequest');
        await editor.line('FILTER_SYNCHRONOUS_OID_REQUEST AcmeSynchronousOidRequest;');
        await editor.press('Escape');
      },
    ],
    [
      'its handler is completed, and the callback for it',
      async (editor) => {
        await editor.goBehind('Characteristics.StatusHandler = AcmeStatus;');
        await editor.press('Enter');
        await editor.complete('    Characteristics.Syn', 'SynchronousOidRequestHandler');
        await editor.completeUnasked(' = ', 'AcmeSynchronousOidRequest');
        await editor.type(';');
        await editor.line('Characteristics.SynchronousOidRequestHandler = AcmeSynchronousOidRequest;');
      },
    ],
    [
      'a loop walks the buffers of a list',
      async (editor) => {
        await editor.goBehind('UNREFERENCED_PARAMETER(NetBufferList);');
        await editor.press('Enter');
        await editor.complete('    for (PNET_BUFFER Buffer = NET_BUFFER_LIST_FI', 'NET_BUFFER_LIST_FIRST_NB');
        await editor.parameterHints('PNET_BUFFER_LIST');
        await editor.type('NetBufferList');
        await editor.press('Tab');
        await editor.complete('; Buffer != NULL; Buffer = Buffer->Ne', 'Next');
        await editor.type(')');
        await editor.line(
          'for (PNET_BUFFER Buffer = NET_BUFFER_LIST_FIRST_NB(NetBufferList); Buffer != NULL; Buffer = Buffer->Next)',
        );
        await editor.press('Enter');
        await editor.complete('        if (Buffer->', 'DataLength');
        await editor.type(' == 0) break;');
      },
    ],
    [
      'nothing is found wrong',
      async (editor) => {
        await editor.hover('NET_BUFFER_LIST_FIRST_NB', 'The first NET_BUFFER of an NBL.');
        await editor.dismiss();
        await editor.squigglesBecome('error', 0);
        await editor.squigglesBecome('warning', 0);
      },
    ],
  ],
});
