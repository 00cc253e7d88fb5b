import type { CallFact } from './body.js';
import type { FunctionFact } from './declarations.js';
import type { FileModel } from './fileModel.js';
import type { ProjectModel } from './projectModel.js';

/** Sections that are paged out, or thrown away after initialization. */
const pageable = /^"?PAGE/;
const initial = /^"?INIT/;

export type SectionKind = 'pageable' | 'initial' | 'resident';

/** Which functions of a file lie in which section, by pragmas and declarations. */
export class Sections {
  private readonly byName = new Map<string, string>();
  /** `#pragma code_seg("…")`, in order: absolute UTF-16 offset, and the section from there on. */
  private readonly from: { start: number; section: string }[] = [];
  private readonly file: FileModel;
  private readonly project: ProjectModel;

  constructor(file: FileModel, project: ProjectModel) {
    this.file = file;
    this.project = project;
    for (const { name, args = '', start } of file.syntax.pragmas) {
      if (name === 'code_seg') this.from.push({ start, section: /"([^"]*)"/.exec(args)?.[1] ?? '' });
      else this.place(name, args);
    }
  }

  private place(pragma: string, args: string): void {
    const [first = '', ...rest] = args.split(',').map((arg) => arg.trim());
    if (pragma === 'alloc_text') {
      for (const name of rest) this.byName.set(name, first);
      return;
    }
    const section = this.file.catalog.irqlAct(pragma)?.section ?? this.ofMacro(pragma);
    if (section !== undefined) for (const name of [first, ...rest]) this.byName.set(name, section);
  }

  /** `#define MY_PAGED(f) alloc_text(PAGE, f)`. */
  private ofMacro(pragma: string): string | undefined {
    return /\balloc_text\s*\(\s*([\w"]+)/.exec(this.project.macro(pragma)?.body ?? '')?.[1];
  }

  of(fn: FunctionFact): SectionKind {
    const own = fn.annotations.find((annotation) => annotation.kind === 'section')?.args;
    const section =
      own === undefined ? (this.byName.get(fn.name) ?? this.sectionAt(fn) ?? '') : (/"([^"]*)"/.exec(own)?.[1] ?? '');
    return pageable.test(section) ? 'pageable' : initial.test(section) ? 'initial' : 'resident';
  }

  private sectionAt(fn: FunctionFact): string | undefined {
    return this.from.findLast(({ start }) => start < fn.item.start)?.section;
  }

  /** The file puts some function into a pageable section. */
  get any(): boolean {
    return [...this.byName.values(), ...this.from.map(({ section }) => section)].some((section) =>
      pageable.test(section),
    );
  }
}

/** The calls of the function that say that its code is pageable (PAGED_CODE). */
export function pagedCodes(file: FileModel, fn: FunctionFact): CallFact[] {
  return file.body(fn).calls.filter((call) => file.catalog.routine(call.name)?.tags?.includes('paged') === true);
}
