import { ownCallbacks } from '../model/callbacks.js';
import { insertLinesBefore } from './edits.js';
import { defineRule, type RuleInput } from './rule.js';
import { docs } from './sources.js';

/** The annotation that carries a declaration's annotations over to the definition. */
const annotation = '_Use_decl_annotations_';

export const useDeclAnnotationsMissing = defineRule({
  name: 'use-decl-annotations-missing',
  severity: 'hint',
  since: '0.1.0',
  summary: 'Definition of a role-typed callback without _Use_decl_annotations_',
  sources: [docs('devtest/declaring-functions-by-using-function-role-types-for-ndis-drivers')],
  succeeds: [],
  fix: 'safe',
  check({ file, project }, report) {
    if (project.isLegacy) return;
    for (const { fn, role, declared } of ownCallbacks(file, project)) {
      if (!declared || fn.broken || fn.annotations.some((a) => a.name === annotation)) continue;
      // Annotations of its own on the definition are the author's choice.
      if (fn.annotations.some((a) => a.kind === 'sal' || (a.kind === 'macro' && mayAnnotate(a.name, project))))
        continue;
      report(
        fn.nameSpan,
        `${fn.name} is declared as ${role.name}, but its definition does not take over that declaration's annotations. Put ${annotation} before it.`,
        {
          fixes: [
            {
              title: `Add ${annotation}`,
              safe: true,
              preferred: true,
              edits: () => [insertLinesBefore(file, fn.span, [annotation])],
            },
          ],
        },
      );
    }
  },
});

/** The macro stands for the annotation, or for something that is not known. */
function mayAnnotate(macro: string, project: RuleInput['project']): boolean {
  return project.macro(macro)?.body.includes(annotation) ?? true;
}
