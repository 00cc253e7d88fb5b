import type { Fix, RelatedPlace, Severity, TextEdit } from '../api.js';
import { type OwnCallback, ownCallbacks } from '../model/callbacks.js';
import { hasSignature } from '../model/signatures.js';
import { absolute } from '../model/span.js';
import { insertLinesBefore, newlineOf } from './edits.js';
import { defineRule, type RuleInput } from './rule.js';
import { docs } from './sources.js';

export const roleTypeMissing = defineRule({
  name: 'role-type-missing',
  severity: 'information',
  since: '0.1.0',
  summary: 'Callback registered without a role-type declaration',
  sources: [docs('devtest/declaring-functions-by-using-function-role-types-for-ndis-drivers')],
  succeeds: ['C28023'],
  fix: 'safe',
  check(input, report) {
    const { file, project } = input;
    if (project.isLegacy || project.unresolvedIncludes) return;
    const missing = ownCallbacks(file, project).filter((callback) => lacksDeclaration(callback, input));
    const severity: Severity = input.preset === 'strict' || declaresOthers(input) ? 'warning' : 'information';
    for (const callback of missing) {
      const { fn, documentedName, declareWith } = callback;
      report(
        fn.nameSpan,
        `${fn.name} is registered as ${documentedName} but not declared by role type: analysis tools cannot check it. Declare it with "${declareWith} ${fn.name};".`,
        { severity, related: registrationOf(callback), fixes: fixesFor(callback, missing, input) },
      );
    }
  },
});

function registrationOf({ evidence, fn }: OwnCallback): RelatedPlace[] {
  const place = evidence.find((item) => item.by === 'registration');
  return place ? [{ uri: place.uri, ...absolute(place.span), message: `${fn.name} is registered here` }] : [];
}

function lacksDeclaration({ declared, role, evidence, fn }: OwnCallback, { preset, project }: RuleInput): boolean {
  if (declared || role.pointerType || fn.broken) return false;
  const slots = evidence.some((item) => item.by === 'registration');
  if (!slots && preset !== 'strict') return false;
  // A macro of several declarations.
  if (project.mentions([fn.name])) return false;
  // A declaration by a role of the kernel (DRIVER_UNLOAD), or by a typedef of the project, is a declaration.
  return !project.declarations(fn.name).some(({ fact }) => fact.kind === 'role-declaration');
}

/** The project declares other handlers by role type: here it was forgotten. */
function declaresOthers({ project, catalog }: RuleInput): boolean {
  return project.files.some((file) =>
    [...file.declarations.values()].some((list) =>
      list.some((d) => d.kind === 'role-declaration' && catalog.roleType(d.type) !== undefined),
    ),
  );
}

function fixesFor(callback: OwnCallback, all: readonly OwnCallback[], input: RuleInput): Fix[] {
  if (!fits(callback, input)) return [];
  const fixable = all.filter((other) => fits(other, input));
  const one: Fix = {
    title: `Declare ${callback.fn.name} as ${callback.declareWith}`,
    safe: true,
    preferred: true,
    edits: () => declare(callback, input),
  };
  if (fixable.length < 2) return [one];
  return [
    one,
    {
      title: `Declare all ${fixable.length} callbacks of this file by role type`,
      safe: true,
      edits: () => fixable.flatMap((other) => declare(other, input)),
    },
  ];
}

/** A declaration that contradicts the definition would not compile. */
function fits({ fn, role }: OwnCallback, { project }: RuleInput): boolean {
  return hasSignature(fn, role, project);
}

function declare({ fn, declareWith }: OwnCallback, { file, project }: RuleInput): TextEdit[] {
  const prototypes = project.declarations(fn.name).filter(({ fact }) => fact.kind === 'prototype');
  if (prototypes.length) {
    return prototypes.map(({ file: at, fact }) => ({
      uri: at.uri,
      ...absolute(fact.span),
      text: declaration(declareWith, fn.name, fact.isStatic),
    }));
  }
  const lines = [declaration(declareWith, fn.name, fn.isStatic), ''];
  return [
    insertLinesBefore(
      file,
      fn.span,
      lines.map((line) => line.replace(/\n/g, newlineOf(file))),
    ),
  ];
}

function declaration(roleType: string, name: string, isStatic: boolean): string {
  return `${isStatic ? 'static ' : ''}${roleType} ${name};`;
}
