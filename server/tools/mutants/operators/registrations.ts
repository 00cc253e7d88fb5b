import type { HeaderRevision, MemberFacts, StructureFacts } from '../../../src/core/catalog/schema.js';
import { atLeast } from '../../../src/core/catalog/versions.js';
import type { MemberSetting, StructureVariable } from '../code.js';
import { type Edit, edit, type Operator, operator, place } from '../mutant.js';
import type { Sample } from '../sample.js';

/** A variable whose header is set once, part by part. */
interface HeaderText {
  variable: StructureVariable;
  structure: StructureFacts;
  type: MemberSetting;
  revision: MemberSetting;
  size: MemberSetting;
  /** What the header declares. */
  declared: HeaderRevision;
}

function headers(sample: Sample): HeaderText[] {
  return sample.variables.flatMap((variable) => {
    const of = (part: string): MemberSetting[] => variable.settings.filter((setting) => setting.part === part);
    const [type, revision, size] = [of('Type'), of('Revision'), of('Size')];
    const { structure } = variable;
    const declared = structure.revisions?.find(({ revisionConstant }) => revisionConstant === revision[0]?.value);
    const isOnce = type.length === 1 && revision.length === 1 && size.length === 1;
    if (!isOnce || !type[0] || !revision[0] || !size[0] || !declared || !structure.objectType) return [];
    return [{ variable, structure, type: type[0], revision: revision[0], size: size[0], declared }];
  });
}

/** Structures with a type of their own, for a header to be mistaken for. */
function others(sample: Sample, own: StructureFacts): StructureFacts[] {
  return sample.catalog.data.structures.filter(
    (other) =>
      other.registers &&
      other.objectType &&
      other.objectType !== own.objectType &&
      other.revisions?.some(({ revisionConstant, sizeConstant }) => revisionConstant && sizeConstant),
  );
}

const newestOf = (structure: StructureFacts): HeaderRevision | undefined => structure.revisions?.at(-1);

/** Changes one part of the header to what the next structures would have there. */
function foreign(
  part: 'type' | 'revision' | 'size',
  way: string,
  text: (other: StructureFacts) => string | undefined,
): Operator {
  return operator('object-header', way, (sample) =>
    headers(sample).flatMap((header, index) => {
      const candidates = others(sample, header.structure);
      const other = candidates[index % Math.max(1, candidates.length)];
      const wrong = other && text(other);
      const setting = header[part];
      if (wrong === undefined) return [];
      return [
        {
          edits: [edit(setting.file, setting.valueSpan, wrong)],
          expected: [place(setting.file, setting.valueSpan)],
        },
      ];
    }),
  );
}

const partDeleted = (part: 'type' | 'revision' | 'size'): Operator =>
  operator('object-header', `${part} not set`, (sample) =>
    headers(sample).map((header) => ({
      edits: [edit(header[part].file, header[part], '')],
      expected: [place(header.variable.file, header.variable.nameSpan)],
    })),
  );

const headerDeleted = operator('object-header', 'no header', (sample) =>
  headers(sample).map(({ variable, type, revision, size }) => ({
    edits: [type, revision, size].map((setting) => edit(setting.file, setting, '')),
    expected: [place(variable.file, variable.nameSpan)],
  })),
);

const smallerSize = operator('object-header', 'size of an older revision', (sample) =>
  headers(sample).flatMap(({ structure, size, declared }) => {
    const older = structure.revisions?.filter(
      ({ revision, sizeConstant }) => sizeConstant && revision < declared.revision,
    );
    const wrong = older?.at(-1)?.sizeConstant;
    return wrong
      ? [{ edits: [edit(size.file, size.valueSpan, wrong)], expected: [place(size.file, size.valueSpan)] }]
      : [];
  }),
);

const pointerSize = operator('object-header', 'size of a pointer', (sample) =>
  headers(sample).flatMap(({ structure, size }) => {
    const [pointer] = structure.pointerNames ?? [];
    return pointer
      ? [
          {
            edits: [edit(size.file, size.valueSpan, `sizeof(${pointer})`)],
            expected: [place(size.file, size.valueSpan)],
          },
        ]
      : [];
  }),
);

const sizeText = (structure: StructureFacts, { sizeConstant }: HeaderRevision): string =>
  sizeConstant ?? `sizeof(${structure.name})`;

/** The revision's own members end before this one. */
function isBeyond(structure: StructureFacts, revision: HeaderRevision, member: MemberFacts): boolean {
  if (revision.alsoCovers?.includes(member.name)) return false;
  const last = structure.members.findIndex(({ name }) => name === revision.lastMember);
  return last >= 0 && structure.members.indexOf(member) > last;
}

const beyond = operator('revision-size', 'member beyond the revision set', (sample) =>
  headers(sample).flatMap(({ variable, structure, declared, size }) =>
    structure.members
      .filter((member) => isBeyond(structure, declared, member) && !member.members)
      .map((member) => {
        const end = { start: size.end, end: size.end };
        const value = member.role ? `${variable.fn.name}Further` : '1';
        const line = `    ${variable.name}.${member.name} = ${value};\n`;
        return { edits: [edit(size.file, end, line)], expected: [place(size.file, end)] };
      }),
  ),
);

const lowered = operator('revision-size', 'revision lowered below a member that is set', (sample) =>
  headers(sample).flatMap(({ variable, structure, revision, size, declared }) =>
    (structure.revisions ?? [])
      .filter((older) => older.revision < declared.revision)
      .flatMap((older) => {
        const uncovered = variable.settings.filter(({ member }) =>
          structure.members.some((one) => one.name === member && isBeyond(structure, older, one)),
        );
        if (uncovered.length === 0) return [];
        const places = uncovered.map((setting) => place(setting.file, setting));
        return [{ edits: declare(structure, older, revision, size), expected: places }];
      }),
  ),
);

function declare(structure: StructureFacts, to: HeaderRevision, revision: MemberSetting, size: MemberSetting): Edit[] {
  return [
    edit(revision.file, revision.valueSpan, to.revisionConstant ?? String(to.revision)),
    edit(size.file, size.valueSpan, sizeText(structure, to)),
  ];
}

/** The definition that says for which NDIS version a driver of this sample's kind is built. */
const versionDefinition = (sample: Sample): string => `NDIS60${sample.kinds.has('miniport') ? '_MINIPORT' : ''}`;

const tooNew = operator('revision-size', 'revision newer than the driver', (sample) =>
  [...sample.texts.keys()].some((file) => !/\.[ch]$/.test(file))
    ? []
    : headers(sample).flatMap(({ structure, revision, size, declared }) =>
        (structure.revisions ?? [])
          .filter(({ min, revision: number }) => number > declared.revision && min && atLeast(min, '6.1'))
          .map((newer) => ({
            edits: [
              ...declare(structure, newer, revision, size),
              edit(revision.file, { start: 0, end: 0 }, `#define ${versionDefinition(sample)} 1\n`),
            ],
            expected: [place(revision.file, revision.valueSpan)],
            // What else the template takes from later versions.
            follows: [],
          })),
      ),
);

/** Settings of handlers that NDIS requires of this driver's kind. */
function required(sample: Sample): MemberSetting[] {
  return headersAndBranches(sample).flatMap(({ settings, structure }) =>
    settings.filter(({ member }) => {
      const facts = structure.members.find(({ name }) => name === member);
      const { requirement = {} } = facts ?? {};
      if (!facts?.role || settings.filter((other) => other.member === member).length > 1) return false;
      const own = [...sample.kinds].filter((kind) => requirement[kind]);
      return (
        requirement.any === 'required' || (own.length > 0 && own.every((kind) => requirement[kind] === 'required'))
      );
    }),
  );
}

const headersAndBranches = (sample: Sample): StructureVariable[] =>
  sample.variables.filter(({ structure }) => structure.registers);

const handlerDeleted = operator('required-handler-missing', 'handler not set', (sample) =>
  required(sample).map((setting) => ({
    edits: [edit(setting.file, setting, '')],
    expected: [place(setting.file, setting.variable.nameSpan)],
  })),
);

const handlerNull = operator('required-handler-missing', 'handler NULL', (sample) =>
  required(sample).map((setting) => ({
    edits: [edit(setting.file, setting.valueSpan, 'NULL')],
    expected: [place(setting.file, setting.valueSpan)],
  })),
);

export const registrationOperators: Operator[] = [
  foreign('type', 'type of another structure', (other) => other.objectType),
  foreign('revision', 'revision of another structure', (other) => newestOf(other)?.revisionConstant),
  foreign('size', 'size of another structure', (other) => newestOf(other)?.sizeConstant),
  foreign('size', 'sizeof another structure', (other) => `sizeof(${other.name})`),
  partDeleted('type'),
  partDeleted('revision'),
  partDeleted('size'),
  headerDeleted,
  smallerSize,
  pointerSize,
  beyond,
  lowered,
  tooNew,
  handlerDeleted,
  handlerNull,
];
