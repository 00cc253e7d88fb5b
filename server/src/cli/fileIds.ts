import path, { sep as separator } from 'node:path';

/** Name under which the service knows a file: its path behind `file://`, nothing escaped, a drive letter in lower case. */
export function idOf(file: string): string {
  const path = file.replaceAll(separator, '/').replace(/^([A-Z]):/, (_, drive: string) => `${drive.toLowerCase()}:`);
  return `file://${path.startsWith('/') ? '' : '/'}${path}`;
}

/** Path that such a name stands for. */
export const pathOf = (id: string): string =>
  path.normalize(id.slice('file://'.length).replace(/^\/(?=[A-Za-z]:)/, ''));

/** Language id by the ending of the name; what a header is written in is seen from its text. */
export const languageOf = (file: string): string => (/\.(?:c|h|inl)$/i.test(file) ? 'c' : 'cpp');

/** Path as it is reported: relative to the current folder where it lies below, with `/`. */
export function shownPath(file: string): string {
  const relative = path.relative(process.cwd(), file);
  const outside = relative.startsWith('..') || path.isAbsolute(relative);
  return (outside ? file : relative).replaceAll(separator, '/');
}
