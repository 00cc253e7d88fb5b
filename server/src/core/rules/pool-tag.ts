import type { Fix } from '../api.js';
import type { ArgumentFact, CallFact } from '../model/body.js';
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
    for (const fn of input.file.functions) {
      for (const call of input.file.body(fn).calls) {
        const tag = tagArgument(call, input);
        if (!tag) continue;
        const text = tag.text.trim();
        if (/^\(*\s*(0|0x0+)[uUlL]*\s*\)*$/.test(text))
          report(
            tag.span,
            `${call.name} is given the tag 0: the memory cannot be told apart in the debugger and in pool tracking. Give it a tag of four characters of its own.`,
          );
        else if (/^L?"/.test(text))
          report(
            tag.span,
            `${call.name} is given a string as tag: the address of the text becomes the tag. Write a character constant.`,
            { fixes: asCharacters(tag, input) },
          );
      }
    }
  },
});

function tagArgument(call: CallFact, { catalog }: RuleInput): ArgumentFact | undefined {
  const params = catalog.routine(call.name)?.signature?.params ?? [];
  const index = params.findIndex((param) => /^(Pool)?Tag$/.test(param.name) && /^ULONG$/.test(param.type));
  return index < 0 ? undefined : call.args[index];
}

/** "Smpl" as 'lpmS': the debugger shows the bytes in memory order. */
function asCharacters(tag: ArgumentFact, { file }: RuleInput): Fix[] {
  const text = /^"([\x20-\x7e]{4})"$/.exec(tag.text.trim())?.[1];
  if (text === undefined || /['\\]/.test(text)) return [];
  const reversed = [...text].reverse().join('');
  return [
    {
      title: `Change to '${reversed}'`,
      safe: false,
      preferred: true,
      edits: () => [replace(file, tag.span, `'${reversed}'`)],
    },
  ];
}
