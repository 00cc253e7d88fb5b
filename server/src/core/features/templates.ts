import type { Completion } from '../api.js';
import { expand } from '../generate/snippet.js';
import type { FileModel } from '../model/fileModel.js';
import { wordAt } from './cursor.js';

/** Parsed VS Code snippet files, by file name. */
export type TemplateFiles = Record<string, unknown>;

interface Template {
  name: string;
  description: string;
  body: string;
}

/** Whole-driver templates, in files that are empty or have nothing but comments and includes. */
export function templates(
  file: FileModel | undefined,
  ndis: boolean,
  offset: number,
  files: TemplateFiles,
): Completion[] {
  if (!file || file.isHeader() || !isBlank(file, offset, ndis)) return [];
  const { range } = wordAt(file.text, offset);
  return Object.values(files)
    .flatMap(readTemplates)
    .map((template) => ({
      label: template.name,
      kind: 'template' as const,
      detail: template.description,
      filterText: `ndis ${template.name}`,
      sortText: `0${template.name}`,
      replace: range,
      insert: template.body,
      plain: expand(template.body),
      snippet: true,
    }));
}

/** Nothing is defined yet; the word being typed does not count. */
function isBlank(file: FileModel, offset: number, ndis: boolean): boolean {
  if (file.isQuoted(offset) || file.functions.length > 0) return false;
  const { range } = wordAt(file.text, offset);
  const rest = file.text.slice(0, range.start) + file.text.slice(range.end);
  return rest.trim() === '' || (ndis && file.facts.length === 0);
}

function readTemplates(file: unknown): Template[] {
  if (typeof file !== 'object' || file === null) return [];
  return Object.entries(file).flatMap(
    ([name, entry]: [string, { body?: unknown; description?: unknown; isFileTemplate?: unknown }]) => {
      const { body, description, isFileTemplate } = entry;
      if (isFileTemplate !== true) return [];
      const text = Array.isArray(body) ? body.join('\n') : typeof body === 'string' ? body : '';
      return text ? [{ name, description: typeof description === 'string' ? description : '', body: text }] : [];
    },
  );
}
