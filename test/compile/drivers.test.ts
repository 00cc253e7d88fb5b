import { describe, expect, it } from 'vitest';
import { compile, type Language, mayLackCompiler, realHeaders } from '../harness/compile.js';
import { legacy, type Subject, stubVersions, subjects } from './matrix.js';

const languages: Language[] = ['c', 'c++'];

/** What does not compile, with the file's name in front. */
function errorsOf(subject: Subject, language: Language, ndis: string, headers: string): string[] {
  const { files, kind, folder, defines } = subject;
  return files.flatMap(({ name, text }) =>
    compile(text, { language, ndis, headers, kind, ...(folder && { folder }), ...(defines && { defines }) }).errors.map(
      (error) => `${name}: ${error}`,
    ),
  );
}

function compilesAgainst(headers: string, all: readonly Subject[]): void {
  for (const subject of all) {
    for (const language of languages) {
      it.each(subject.versions)(`${subject.name} as ${language}, NDIS %s`, (ndis) => {
        expect(errorsOf(subject, language, ndis, headers)).toEqual([]);
      });
    }
  }
}

describe.skipIf(mayLackCompiler)('templates and drivers compile against the stub header', () => {
  const both = ({ versions }: Subject): string[] => versions.filter((version) => stubVersions.includes(version));
  compilesAgainst(
    'stub',
    subjects.map((subject) => ({ ...subject, versions: both(subject) })),
  );
});

const wdk = realHeaders;
if (wdk !== undefined) {
  describe('templates and drivers compile against the headers of a WDK', () => {
    compilesAgainst(wdk, [...subjects, legacy]);
  });
}
