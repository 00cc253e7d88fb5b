import type { LinkedLibrary } from './buildFile.js';

/** Takes apart the command lines and lists that build files hold. */

/** The words of a command line. A backslash is one unless a quote follows it: these are commands of Windows. */
export function wordsOf(command: string): string[] {
  const words: string[] = [];
  for (const [, word = ''] of command.matchAll(/((?:\\"|"(?:\\"|[^"])*(?:"|$)|(?<=^|[\s=])'[^']*'|[^\s"])+)/g))
    words.push(unquoted(word));
  return words;
}

/** Quotes that hold a word together gone; those behind a backslash belong to the word. */
function unquoted(word: string): string {
  return word.replace(/\\"|"|(?<=^|=)'([^']*)'/g, (found, inner: string | undefined) =>
    found === '\\"' ? '"' : (inner ?? ''),
  );
}

/** Takes the definitions out of the words of a command line: `-DX=1`, `/D X`, `-D "X=a b"`. */
export function definitionsIn(words: readonly string[]): Map<string, string> {
  const definitions = new Map<string, string>();
  for (let n = 0; n < words.length; n++) {
    const option = /^[-/]D(.*)$/s.exec(words[n] as string);
    if (option) addDefinition(definitions, option[1] || (words[++n] ?? ''));
  }
  return definitions;
}

/** The library files of a list that the linker is given. */
export function librariesIn(list: string): LinkedLibrary[] {
  return list.split(/[;\s]+/).flatMap((path) => {
    const name = /([\w.-]+)\.lib$/i.exec(path)?.[1];
    return name === undefined ? [] : [{ name: name.toLowerCase(), isOwn: /^\.\.?[\\/]/.test(path) }];
  });
}

/** `NAME` or `NAME=value`; anything else is no definition. */
export function addDefinition(definitions: Map<string, string>, text: string): void {
  const match = /^([A-Za-z_]\w*)(?:[=#]([^]*))?$/.exec(text.trim());
  if (match) definitions.set(match[1] as string, match[2] ?? '');
}
