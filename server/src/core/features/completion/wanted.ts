import type { Cursor } from '../cursor.js';
import { memberOfExpression, typeOfExpression } from '../expressionTypes.js';
import type { FeatureInput } from '../feature.js';

/** What is to stand at the cursor: its type as written, and the name of what takes it. */
export interface Wanted {
  type?: string | undefined;
  name: string;
}

/** What is assigned, compared, switched over, passed or returned at the cursor; undefined where nothing tells. */
export function wantedAt(input: FeatureInput, { place, offset }: Cursor): Wanted | undefined {
  switch (place.kind) {
    case 'value':
      return ofExpression(input, place.target, offset);
    case 'comparison':
      return ofExpression(input, place.left, offset);
    case 'case':
      return ofExpression(input, place.subject.replace(/^\(\w+\)\s*(?=\w)/, ''), offset);
    case 'index':
      return indexOf(input, place.base, offset);
    case 'element':
      return { type: place.type, name: '' };
    case 'designated-value':
      return { type: input.catalog.member(place.type, place.member)?.type, name: place.member };
    case 'argument':
      return input.catalog.routine(place.callee)?.signature?.params[place.index];
    case 'return':
      return returned(input, offset);
    default:
      return undefined;
  }
}

function ofExpression(input: FeatureInput, expression: string, offset: number): Wanted | undefined {
  const name = /(\w+)\W*$/.exec(expression)?.[1];
  if (name === undefined) return undefined;
  const member = memberOfExpression(input, expression, offset)?.member;
  return { type: member?.type ?? typeOfExpression(input, expression, offset), name };
}

/** An array that has as many elements as an enumeration has values is indexed by them. */
function indexOf(input: FeatureInput, base: string, offset: number): Wanted | undefined {
  const type = memberOfExpression(input, base, offset)?.member.type ?? '';
  const bound = /\[(\w+)\]$/.exec(type)?.[1];
  const owner = bound === undefined ? undefined : input.catalog.enumValue(bound)?.type;
  return owner && { type: owner.name, name: '' };
}

function returned({ file }: FeatureInput, offset: number): Wanted | undefined {
  const fn = file.headAt(offset);
  return fn && { type: fn.returnType, name: fn.name };
}
