import { openEmpty } from './empty.mjs';

/**
 * The editor itself: what is typed is shown, and is on disk after saving and not before.
 * @param {import('../scenarios.mjs').Setting} setting
 * @returns {import('../scenario.mjs').Scenario}
 */
export const typing = (setting) => ({
  name: 'typing and saving',
  open: () => openEmpty(setting, 'typing'),
  steps: [
    [
      'type',
      async (editor) => {
        await editor.goToEnd();
        await editor.type('int answer = 42;');
        await editor.line('int answer = 42;');
        if (editor.saved() !== '') throw new Error('saved before it was asked for');
      },
    ],
    ['save', (editor) => editor.save('int answer = 42;')],
  ],
});
