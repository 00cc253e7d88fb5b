import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Catalog } from '../../src/core/catalog/catalog.js';
import type { CallbackFacts, DriverKind, StructureFacts } from '../../src/core/catalog/schema.js';
import { driverKinds } from '../../src/core/model/driverKinds.js';
import { readSourceFiles } from '../toolService.js';
import {
  type CallText,
  CodeFile,
  type FunctionText,
  type MemberSetting,
  type ReturnText,
  type RoleDeclaration,
  type StructureVariable,
} from './code.js';

/** A callback of a sample: its definition, its declaration, its registration. */
export interface CallbackText {
  role: CallbackFacts;
  fn: FunctionText;
  declaration?: RoleDeclaration;
  /** Handler members that it is registered in. */
  slots: MemberSetting[];
}

/** A driver without faults, ready to be broken. */
export class Sample {
  readonly name: string;
  /** Texts of all files, by name, project files included. */
  readonly texts: ReadonlyMap<string, string>;
  readonly catalog: Catalog;
  readonly files: CodeFile[];
  readonly callbacks: CallbackText[];
  readonly kinds: ReadonlySet<DriverKind>;

  constructor(name: string, texts: ReadonlyMap<string, string>, catalog: Catalog) {
    this.name = name;
    this.texts = texts;
    this.catalog = catalog;
    this.files = [...texts]
      .filter(([file]) => /\.(?:c|h)$/.test(file))
      .map(([file, text]) => new CodeFile(file, text, catalog));
    this.kinds = driverKinds(new Set(this.registered()), catalog);
    this.callbacks = this.functions.flatMap((fn) => this.callback(fn));
  }

  get functions(): FunctionText[] {
    return this.files.flatMap((file) => file.functions);
  }

  get variables(): StructureVariable[] {
    return this.files.flatMap((file) => file.variables);
  }

  get declarations(): RoleDeclaration[] {
    return this.files.flatMap((file) => file.declarations);
  }

  get calls(): CallText[] {
    return this.files.flatMap((file) => file.calls);
  }

  returnsOf(fn: FunctionText): ReturnText[] {
    return this.files.flatMap((file) => file.returns.filter((one) => one.fn === fn));
  }

  /** The text between two offsets of a file. */
  slice(file: string, { start, end }: { start: number; end: number }): string {
    return this.texts.get(file)?.slice(start, end) ?? '';
  }

  private registered(): StructureFacts[] {
    return this.variables.filter(({ settings }) => settings.length > 0).map(({ structure }) => structure);
  }

  private callback(fn: FunctionText): CallbackText[] {
    const declaration = this.declarations.find(({ name }) => name === fn.name);
    const slots = this.variables
      .flatMap(({ settings }) => settings)
      .filter(({ value, variable, member }) => value === fn.name && this.roleOf(variable.structure, member));
    const [slot] = slots;
    const role = declaration?.role ?? (slot && this.roleOf(slot.variable.structure, slot.member));
    return role ? [{ role, fn, slots, ...(declaration ? { declaration } : {}) }] : [];
  }

  private roleOf(structure: StructureFacts, member: string): CallbackFacts | undefined {
    return this.catalog.callbackForSlot(structure.name, member);
  }
}

/** Names of the drivers below test/drivers that hold no fault. */
export const cleanDrivers = ['call-manager', 'mcm', 'client'] as const;

/** Whole-driver templates, snippets/<name>.c. */
const templates = ['call-manager', 'mcm', 'client'] as const;

export function driverTexts(root: string, driver: string): Map<string, string> {
  const folder = path.join(root, 'test', 'drivers', driver);
  return new Map(readSourceFiles(folder).map(({ path: file, text }) => [path.basename(file), text]));
}

/** Everything that is broken on purpose: the sample drivers and the templates. */
export function readSamples(root: string, catalog: Catalog): Sample[] {
  return [
    ...cleanDrivers.map((driver) => new Sample(driver, driverTexts(root, driver), catalog)),
    ...templates.map((kind) => {
      const text = readFileSync(path.join(root, 'snippets', `${kind}.c`), 'utf8');
      return new Sample(`${kind} template`, new Map([[`${kind}.c`, text]]), catalog);
    }),
  ];
}
