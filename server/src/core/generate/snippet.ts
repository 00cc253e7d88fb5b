/** Text with tab stops in VS Code's snippet syntax. */

/** Escapes text for use inside a snippet. */
export function literal(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** `${1:default}` */
export function stop(index: number, text: string): string {
  return `\${${index}:${literal(text)}}`;
}

/** `${1|first,second|}`; a single choice is a plain stop. */
export function choice(index: number, options: readonly string[]): string {
  if (options.length < 2) return stop(index, options[0] ?? '');
  return `\${${index}|${options.map((option) => option.replace(/[\\$},|]/g, '\\$&')).join(',')}|}`;
}

/** The snippet's text as it stands when every stop keeps its default and every choice its first option. */
export function expand(snippet: string): string {
  const defaults = new Map<string, string>();
  for (const match of snippet.matchAll(/\$\{(\d+):((?:\\.|[^\\}])*)\}/g))
    defaults.set(match[1] as string, unescape(match[2] as string));
  return snippet
    .replace(/\$\{(\d+)\|((?:\\.|[^\\|])*)\|\}/g, (_, __, options: string) =>
      unescape(options.split(/(?<!\\),/)[0] as string),
    )
    .replace(/\$\{(\d+):((?:\\.|[^\\}])*)\}/g, (_, __, text: string) => unescape(text))
    .replace(/(?<!\\)\$\{?(\d+)\}?/g, (_, index: string) => defaults.get(index) ?? '')
    .replace(/\\([\\$}])/g, '$1');
}

function unescape(text: string): string {
  return text.replace(/\\([\\$},|])/g, '$1');
}
