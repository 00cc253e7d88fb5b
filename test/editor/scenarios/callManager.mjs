import path from 'node:path';
import { sampleDriver } from '../../harness/paths.mjs';
import { openEditor } from '../ui.mjs';

/**
 * A driver author's few minutes with the sample: a fault is marked, explained by hover, mended by its fix; a callback is
 * written by completion; the file is saved.
 * @param {import('../scenarios.mjs').Setting} setting
 * @returns {import('../scenario.mjs').Scenario}
 */
export const callManager = (setting) => ({
  name: 'a call manager with faults',
  open: () =>
    openEditor({ ...setting, folder: sampleDriver, file: 'af.c', shots: path.join(setting.shots, 'call-manager') }),
  steps: [
    [
      'the fault is marked',
      async (editor) => {
        await editor.goTo(95, 1);
        await editor.squiggle('error');
        await editor.shot('1-squiggle');
      },
    ],
    [
      'hover tells the contract',
      async (editor) => {
        await editor.hover('LcmCmNotifyCloseAfComplete', 'ProtocolCmNotifyCloseAfComplete');
        await editor.shot('2-hover');
        await editor.dismiss();
      },
    ],
    [
      'the fix mends it',
      async (editor) => {
        await editor.goTo(96, 8);
        await editor.quickFix(
          'Rewrite the signature of LcmCmNotifyCloseAfComplete as PROTOCOL_CM_NOTIFY_CLOSE_AF_COMPLETE',
        );
        await editor.squigglesBecome('error', 0);
        await editor.shot('3-fixed');
      },
    ],
    [
      'a callback is completed',
      async (editor) => {
        await editor.goToEnd();
        await editor.press('Enter');
        await editor.complete('ProtocolCmCloseC', 'ProtocolCmCloseCall');
        await editor.line('PROTOCOL_CM_CLOSE_CALL LcmCmCloseCall;');
        await editor.shot('4-completed');
        await editor.press('Escape');
      },
    ],
    ['it is saved', (editor) => editor.save('PROTOCOL_CM_CLOSE_CALL LcmCmCloseCall;')],
  ],
});
