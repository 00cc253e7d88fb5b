/** A call as text, for the bodies of macros. */
export interface CallText {
  name: string;
  args: string[];
  /** Offset of the name in the text that was searched. */
  start: number;
}

const notCalls = new Set(['if', 'while', 'for', 'switch', 'return', 'sizeof', 'defined', 'do', 'else', 'case']);

/** Everything in the text that looks like a call, in order; calls inside arguments too. */
export function callsIn(text: string): CallText[] {
  const calls: CallText[] = [];
  for (const match of text.matchAll(/[A-Za-z_]\w*(?=\s*\()/g)) {
    const [name] = match;
    if (notCalls.has(name)) continue;
    const args = argumentsAt(text, text.indexOf('(', match.index + name.length));
    if (args) calls.push({ name, args, start: match.index });
  }
  return calls;
}

function argumentsAt(text: string, open: number): string[] | undefined {
  const args: string[] = [];
  let depth = 0;
  let start = open + 1;
  for (let i = open; i < text.length; i++) {
    const char = text[i];
    if (char === '(' || char === '[' || char === '{') depth++;
    else if (char === ')' || char === ']' || char === '}') depth--;
    if (depth > 1 || (depth === 1 && char !== ',')) continue;
    const arg = text.slice(start, i).trim();
    if (depth === 1) {
      args.push(arg);
      start = i + 1;
      continue;
    }
    if (arg || args.length) args.push(arg);
    return args;
  }
  return undefined;
}

/** The text with arguments in the places that stand for them. */
export function withArguments(text: string, args: readonly string[]): string {
  return text.replace(/\u0001(\d+)\u0002/g, (_place, index: string) => args[Number(index)] ?? '');
}
