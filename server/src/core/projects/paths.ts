/** File ids are unescaped URIs with `/`; the paths in build files are relative and may use `\`. */

export function folderOf(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf('/')));
}

export function nameOf(id: string): string {
  return id.slice(id.replaceAll('\\', '/').lastIndexOf('/') + 1);
}

export function parentOf(folder: string): string | undefined {
  const at = folder.lastIndexOf('/');
  return at > 0 && !folder.endsWith(':/') && !folder.endsWith('//') ? folder.slice(0, at) : undefined;
}

export function isBelow(folder: string, root: string): boolean {
  return folder === root || folder.startsWith(`${root}/`);
}

/** The id that a path in a build file means, seen from a folder; an absolute path takes the folder's scheme. A path may
 * begin with the id of another folder. */
export function resolve(folder: string, path: string): string {
  const plain = path.trim().replaceAll('\\', '/');
  const [, scheme, place] = /^([a-z][\w+.-]+:\/\/[^/]*)(.*)$/i.exec(plain) ?? [];
  const rooted = place ?? (/^[a-z]:\//i.test(plain) ? `/${plain}` : plain);
  const isAbsolute = rooted.startsWith('/');
  const parts = (isAbsolute ? (scheme ?? schemeOf(folder)) : folder).split('/');
  for (const part of rooted.replace(/^\/[A-Z]:\//, (drive) => drive.toLowerCase()).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function schemeOf(folder: string): string {
  return /^[a-z][\w+.-]*:\/\/[^/]*/i.exec(folder)?.[0] ?? '';
}

/** Build files name files in any case; the file system that they come from does not tell cases apart. */
export function sameFileKey(id: string): string {
  return id.toLowerCase();
}
