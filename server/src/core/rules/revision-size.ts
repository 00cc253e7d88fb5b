import type { Fix, TextEdit } from '../api.js';
import type { HeaderRevision } from '../catalog/schema.js';
import { bareValue, covers, revisionNamed, sizeText, structureFills } from '../model/fills.js';
import type { StructureFill } from '../model/registrations.js';
import { replace } from './edits.js';
import { defineRule, type Report, type RuleInput } from './rule.js';
import { ddi } from './sources.js';

export const revisionSize = defineRule({
  name: 'revision-size',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Member set that the declared revision or size does not cover, or a revision newer than the driver',
  sources: [ddi('objectheader/ns-objectheader-ndis_object_header')],
  succeeds: [],
  fix: 'unsafe',
  check(input, report) {
    const { file, summary, project } = input;
    for (const fill of structureFills(file, summary, project)) {
      const { header, structure } = fill;
      if (!structure.revisions?.length || fill.branches || !header.revision) continue;
      const revision = revisionNamed(structure, header.revision.text);
      if (!revision) continue;
      uncovered(fill, revision, input, report);
      tooNew(fill, revision, input, report);
    }
  },
});

function uncovered(fill: StructureFill, revision: HeaderRevision, input: RuleInput, report: Report): void {
  const { structure } = fill;
  for (const [member, span] of fill.members) {
    const handler = fill.handlers.find((setting) => setting.member === member);
    if (handler?.value === 'NULL' || covers(structure, revision, member) !== false) continue;
    const raised = structure.revisions?.find(
      (candidate) => candidate.revision > revision.revision && covers(structure, candidate, member),
    );
    const fixes = raised && (!raised.min || input.project.hasVersion(raised.min)) ? [raise(fill, raised, input)] : [];
    report(
      span,
      `${member} lies beyond revision ${revision.revision} of ${structure.name}, which the header declares: NDIS does not look at it. ${raised ? `Declare revision ${raised.revision}.` : 'Leave it out.'}`,
      { fixes },
    );
  }
}

function raise(fill: StructureFill, revision: HeaderRevision, { file }: RuleInput): Fix {
  const edits = (): TextEdit[] => {
    const { header, structure } = fill;
    const list: TextEdit[] = [];
    if (header.revision)
      list.push(replace(file, header.revision.span, revision.revisionConstant ?? String(revision.revision)));
    if (header.size && !/^sizeof/.test(bareValue(header.size.text)))
      list.push(replace(file, header.size.span, sizeText(structure, revision)));
    return list;
  };
  return { title: `Raise the header to revision ${revision.revision}`, safe: false, preferred: true, edits };
}

function tooNew(fill: StructureFill, revision: HeaderRevision, { project, file }: RuleInput, report: Report): void {
  const { header, structure } = fill;
  const newest = project.newestVersion;
  if (!newest || !revision.min || project.hasVersion(revision.min) || !header.revision) return;
  // A source for several versions asks for the version around the function.
  if (fill.item.conditions.length) return;
  const { span } = header.revision;
  const older = structure.revisions?.filter((candidate) => !candidate.min || project.hasVersion(candidate.min)).at(-1);
  const fixes: Fix[] = older
    ? [
        {
          ...raise(fill, older, { file, project } as RuleInput),
          title: `Lower the header to revision ${older.revision}`,
        },
      ]
    : [];
  report(
    span,
    `Revision ${revision.revision} of ${structure.name} came with NDIS ${revision.min}, but this driver is built for NDIS ${newest}. ${older ? `Declare revision ${older.revision}, or` : 'Either'} build for NDIS ${revision.min}.`,
    { fixes },
  );
}
