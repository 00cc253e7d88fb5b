/** What a value tells where it is true: that the code runs at DISPATCH_LEVEL, that it may run below, or something about
 * it. */
export type Tells = 'dispatch' | 'below' | 'something';

const opposite: Readonly<Record<Tells, Tells>> = { dispatch: 'below', below: 'dispatch', something: 'something' };

const nothing = /^(?:0|FALSE|false)$/;
const flag = /^\w+_DISPATCH_LEVEL$/;

/** What an expression with a dispatch flag in it tells: `Flags & NDIS_…_DISPATCH_LEVEL`, its negation, its comparison with
 * nothing or with the flag. */
export function flagTells(expression: string): Tells {
  const text = withoutParentheses(expression);
  if (/&&|\|\|/.test(text)) return 'something';
  const choice = /^(.*)\?([^?:]*):([^?:]*)$/s.exec(text);
  if (choice) return chosen(choice[1] as string, (choice[2] as string).trim(), (choice[3] as string).trim());
  const comparison = /^(.*?)(==|!=)\s*(\w+)$/s.exec(text);
  if (comparison) {
    const [, left = '', operator = '', right = ''] = comparison;
    if (!nothing.test(right) && !flag.test(right)) return 'something';
    return nothing.test(right) === (operator === '==') ? opposite[flagTells(left)] : flagTells(left);
  }
  if (text.startsWith('!')) return opposite[flagTells(text.slice(1))];
  const isMask = /^[\w.>\s()-]+&\s*\w+_DISPATCH_LEVEL$|^\w+_DISPATCH_LEVEL\s*&[\w.>\s()-]+$/.test(text);
  return isMask || /^\w+\s*\([^()]*\)$/.test(text) ? 'dispatch' : 'something';
}

function chosen(condition: string, yes: string, no: string): Tells {
  if (nothing.test(no) && !nothing.test(yes)) return flagTells(condition);
  return nothing.test(yes) && !nothing.test(no) ? opposite[flagTells(condition)] : 'something';
}

function withoutParentheses(expression: string): string {
  let text = expression.trim();
  while (text.startsWith('(') && closesAtEnd(text)) text = text.slice(1, -1).trim();
  return text;
}

function closesAtEnd(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')' && --depth === 0) return i === text.length - 1;
  }
  return false;
}
