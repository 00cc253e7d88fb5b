import type { Fix } from '../api.js';
import { constantValue, spelledOut } from '../model/constants.js';
import { structureFills } from '../model/fills.js';
import { meantCalls } from '../model/meantCalls.js';
import { absolute, type Span } from '../model/span.js';
import { replace } from './edits.js';
import { defineRule, type RuleInput } from './rule.js';
import { ddi } from './sources.js';

export const poolTag = defineRule({
  name: 'pool-tag',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Allocation with a tag of 0, or with a string where the tag is a character constant',
  sources: [ddi('ndis/nf-ndis-ndisallocatememorywithtagpriority')],
  succeeds: ['C28147', 'C28134', 'AllocateMemoryTag'],
  fix: 'unsafe',
  check(input, report) {
    for (const { text, span, given } of tagsGiven(input)) {
      const plain = spelledOut(text, input.project);
      if (/^L?"/.test(plain))
        report(
          span,
          `${given} is given a string as tag: the address of the text becomes the tag. Write a character constant.`,
          { fixes: asCharacters(text, span, input) },
        );
      else if (constantValue(text, input.project) === 0)
        report(
          span,
          `${given} is given the tag 0: the memory cannot be told apart in the debugger and in pool tracking. Give it a tag of four characters of its own.`,
        );
    }
  },
});

interface Tag {
  text: string;
  span: Span;
  /** What takes it: a function, or a member of a structure. */
  given: string;
}

/** Every tag that the file gives to an allocation or to what will allocate. */
function tagsGiven(input: RuleInput): Tag[] {
  const { file, project } = input;
  const inCalls = file.functions.flatMap((fn) =>
    file.body(fn).calls.flatMap((call) => meantCalls(call, project).flatMap((meant) => tagArgument(meant, input))),
  );
  return [...inCalls, ...tagMembers(input)];
}

const tagName = /^(Pool|Allocation)?Tag$/;

function tagArgument(call: ReturnType<typeof meantCalls>[number], { catalog }: RuleInput): Tag[] {
  const params = catalog.routine(call.name)?.signature?.params ?? [];
  const index = params.findIndex((param) => tagName.test(param.name) && param.type === 'ULONG');
  const argument = index < 0 ? undefined : call.args[index];
  return argument ? [{ ...argument, given: call.name }] : [];
}

/** Members that hold the tag of a pool or an object that NDIS will allocate. */
function tagMembers({ file, summary, project }: RuleInput): Tag[] {
  return structureFills(file, summary, project).flatMap(({ structure, members, inFunction }) => {
    const tags = structure.members.filter(({ name, type }) => tagName.test(name) && type === 'ULONG');
    return tags.flatMap(({ name }) => {
      const set =
        inFunction && file.body(inFunction).assignments.find(({ lastSpan }) => lastSpan === members.get(name));
      if (!set) return [];
      const { start, end } = absolute(set.valueSpan);
      return [{ text: file.text.slice(start, end), span: set.valueSpan, given: `${structure.name}.${name}` }];
    });
  });
}

/** "Smpl" as 'lpmS': the debugger shows the bytes in memory order. */
function asCharacters(tag: string, span: Span, { file }: RuleInput): Fix[] {
  const text = /^"([\x20-\x7e]{4})"$/.exec(tag.trim())?.[1];
  if (text === undefined || /['\\]/.test(text)) return [];
  const reversed = [...text].reverse().join('');
  return [
    {
      title: `Change to '${reversed}'`,
      safe: false,
      preferred: true,
      edits: () => [replace(file, span, `'${reversed}'`)],
    },
  ];
}
