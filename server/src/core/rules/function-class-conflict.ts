import { ownCallbacks } from '../model/callbacks.js';
import { replace } from './edits.js';
import { defineRule } from './rule.js';
import { docs } from './sources.js';

export const functionClassConflict = defineRule({
  name: 'function-class-conflict',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Function class annotation that names another role than the function has',
  sources: [docs('devtest/28268-function-class-does-not-match-typedef')],
  succeeds: ['C28177', 'C28268'],
  fix: 'unsafe',
  check({ file, project, catalog }, report) {
    if (project.isLegacy) return;
    for (const { fn, role } of ownCallbacks(file, project)) {
      for (const annotation of fn.annotations) {
        const named = /function_class/i.test(annotation.name)
          ? catalog.callback((annotation.args ?? '').trim())
          : undefined;
        if (!named || named === role || catalog.roleFits(named.name, role.name)) continue;
        const at = { anchor: fn.item, start: annotation.start, end: annotation.end };
        const right = `${annotation.name}(${role.name})`;
        report(
          at,
          `${annotation.name} says ${named.name}, but ${fn.name} is declared or registered as ${role.name}: analysis tools check it against the wrong contract. Name ${role.name}.`,
          {
            fixes: [{ title: `Write ${right}`, safe: false, preferred: true, edits: () => [replace(file, at, right)] }],
          },
        );
      }
    }
  },
});
