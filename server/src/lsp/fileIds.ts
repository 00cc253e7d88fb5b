/**
 * Clients spell one file in several ways (`file:///C:/a b`, `file:///c%3A/a%20b`). The service knows a file by an id: the
 * URI with nothing escaped and a lower-case drive letter, so that ids and the paths in project files can be joined.
 */
export function fileId(uri: string): string {
  let plain = uri;
  try {
    plain = decodeURIComponent(uri);
  } catch {
    // Not escaped, with a percent sign in its name.
  }
  return plain.replace(/^file:\/\/\/([A-Z]):/, (_, drive: string) => `file:///${drive.toLowerCase()}:`);
}

/** URI of a file that no client has named yet. */
export function uriOfId(id: string): string {
  const [, start = '', path = ''] = /^([a-z][\w+.-]*:\/\/[^/]*)?([^]*)$/i.exec(id) ?? [];
  return (
    start +
    path
      .split('/')
      .map(encodeURIComponent)
      .join('/')
      .replace(/^\/([a-z])%3A/, '/$1:')
  );
}

/** Id of the folder that a file or folder stands in, without `/` at the end. */
export const folderOf = (id: string): string => id.slice(0, Math.max(0, id.lastIndexOf('/')));

/** File name, the last part of an id. */
export const nameOf = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

/** True where `id` stands in `folder` or below. */
export const isBelow = (id: string, folder: string): boolean =>
  id.startsWith(folder.endsWith('/') ? folder : `${folder}/`);

/** Id that a relative path with `/` or `\` means, seen from a folder. */
export function resolvePath(folder: string, relative: string): string {
  const parts = folder.split('/');
  for (const part of relative.split(/[\\/]/)) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
