/** Counts that owe nothing to the parser: regular expressions over text without comments and strings. */

/** Comments, literals and `#if 0` groups blanked. Independent of the lexer on purpose. */
export function plainText(text: string): string {
  const blank = (match: string): string => match.replace(/[^\n]/g, ' ');
  const bare = text.replace(/\/\*[^]*?\*\/|\/\/.*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, blank);
  return bare.replace(/^[ \t]*#[ \t]*if[ \t]+0\b(?:(?!^[ \t]*#[ \t]*if)[^])*?^[ \t]*#[ \t]*(?:endif|else)\b/gm, blank);
}

export function countedRoleDeclarations(plain: string, roles: ReadonlySet<string>): string[] {
  const found: string[] = [];
  for (const match of plain.matchAll(/^[ \t]*(?:static\s+|extern\s+|EXTERN_C\s+)*([A-Z]\w+)[ \t\r\n]+(\w+)\s*;/gm)) {
    if (roles.has(match[1] as string)) found.push(`${match[1]} ${match[2]}`);
  }
  return found;
}

export function countedRegistrations(plain: string): string[] {
  const found: string[] = [];
  const pattern = /(?:\.|->)\s*(\w*Handler\w*)\s*=(?!=)\s*(?:\(\s*\w+\s*\*?\s*\)\s*)?&?\s*([A-Za-z_]\w*)\s*[;,}]/g;
  for (const match of plain.matchAll(pattern)) if (match[2] !== 'NULL') found.push(`${match[1]}=${match[2]}`);
  return found;
}
