import type { FunctionFact } from '../model/declarations.js';
import { IrqlAnalysis } from '../model/irql.js';
import { dispatch, levelName } from '../model/irqlLevels.js';
import { pagedCodes, type SectionKind, Sections } from '../model/pageable.js';
import { because, enteredBecause, levelPlace, levelsText, place } from './irqlWords.js';
import { defineRule, type Report, type RuleInput } from './rule.js';
import { docs } from './sources.js';

export const pageableAtDispatch = defineRule({
  name: 'pageable-at-dispatch',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Pageable code that can run at DISPATCH_LEVEL',
  sources: [docs('kernel/making-drivers-pageable'), docs('kernel/when-should-code-and-data-be-pageable-')],
  succeeds: ['C28170', 'C28171', 'C28172'],
  fix: 'none',
  check(input, report) {
    const { file, summary, project } = input;
    const analysis = IrqlAnalysis.of(file, summary, project);
    const sections = new Sections(file, project);
    const told = markedCode(analysis, input, report);
    for (const fn of file.functions) {
      const section = sections.of(fn);
      if (told.has(fn)) continue;
      if (section !== 'pageable' || !pagedOut(fn, analysis, input, report))
        markers(fn, section, sections.any, input, report);
    }
  },
});

/** PAGED_CODE where the IRQL can be too high for it; gives the functions it was found in. */
function markedCode(analysis: IrqlAnalysis, { file, catalog }: RuleInput, report: Report): ReadonlySet<FunctionFact> {
  const told = new Set<FunctionFact>();
  for (const found of analysis.misplacedCalls) {
    const { call, fn, levels, reach, by, verdict } = found;
    if (!catalog.routine(found.routine)?.tags?.includes('paged')) continue;
    const related = levelPlace(found, file.uri);
    if (verdict === 'too-high' || verdict === 'contract-broken') told.add(fn);
    if (verdict === 'too-high') {
      report(
        call.nameSpan,
        `${call.name} says that the code is pageable, but here the IRQL is ${levelsText(levels)}: ${because(found)}. A page fault at that level stops the system; remove ${call.name} and keep the function resident.`,
        { related },
      );
    } else if (verdict === 'contract-broken') {
      report(
        call.nameSpan,
        `${call.name} says that the code is pageable, but it can run at ${levelName(reach)}: ${enteredBecause(by, fn.name, reach)}. A page fault at that level stops the system; remove ${call.name} and keep the function resident.`,
        { related },
      );
    }
  }
  return told;
}

/** A function in a pageable section that is entered at DISPATCH_LEVEL, or brings itself there; whether it was reported. */
function pagedOut(fn: FunctionFact, analysis: IrqlAnalysis, { file }: RuleInput, report: Report): boolean {
  const { reach, by } = analysis.entryOf(fn);
  const marked = pagedCodes(file, fn);
  if (reach >= dispatch && by && !marked.length) {
    report(
      fn.nameSpan,
      `${fn.name} lies in a pageable section, but it can run at ${levelName(reach)}: ${enteredBecause(by, fn.name, reach)}. A page fault at that level stops the system; take it out of the section.`,
    );
    return true;
  }
  const raising = file.body(fn).calls.find((call) => {
    const acts = analysis.acts.named(call.name);
    return (
      acts !== 'unknown' &&
      acts.some((act) => (act.act === 'acquire' || act.act === 'raise') && act.level === 'DISPATCH_LEVEL')
    );
  });
  if (
    !raising ||
    analysis
      .flowOf(fn)
      .statesAt(raising)
      .every((state) => state.lost)
  )
    return false;
  report(
    raising.span,
    `${raising.name} raises the IRQL to DISPATCH_LEVEL, but ${fn.name} lies in a pageable section: a page fault on its own code stops the system. Take the function out of the section, or move this part into one that is resident.`,
  );
  return true;
}

/** Section and PAGED_CODE go together, once. */
function markers(
  fn: FunctionFact,
  section: SectionKind,
  usesSections: boolean,
  { file }: RuleInput,
  report: Report,
): void {
  const [first, second] = pagedCodes(file, fn);
  const severity = 'information';
  if (section === 'pageable' && !first) {
    report(
      fn.nameSpan,
      `${fn.name} lies in a pageable section, but does not check its IRQL: a call at DISPATCH_LEVEL goes unnoticed until the code is paged out. Begin it with PAGED_CODE().`,
      { severity },
    );
  }
  if (section === 'resident' && first && usesSections && !file.isHeader()) {
    report(
      first.nameSpan,
      `${first.name} says that ${fn.name} is pageable, but no section makes it so: the check is there without the gain. Put the function into a PAGE section, as others of this file.`,
      { severity },
    );
  }
  if (second && second.name === first?.name) {
    report(
      second.nameSpan,
      `${second.name} stands in ${fn.name} already: the second check can find nothing new. Remove it.`,
      { severity, related: [place(file.uri, first.nameSpan, 'The first check.')] },
    );
  }
}
