import type { RuleFailure } from './api.js';
import type { Assets } from './assets.js';
import { Catalog } from './catalog/catalog.js';
import type { CatalogData, PagesData } from './catalog/schema.js';
import type { TemplateFiles } from './features/templates.js';
import { Service } from './service.js';
import { createParser } from './syntax/parser.js';

export interface LoadOptions {
  /** See `ServiceOptions`. */
  now?: () => number;
  onRuleFailure: (failure: RuleFailure) => void;
}

/** Reads what the build put beside the server and makes the service of it; prose is read when first asked for. */
export async function loadService(assets: Assets, options: LoadOptions): Promise<Service> {
  const [runtime, c, cpp, catalog, templates] = await Promise.all([
    assets.bytes('web-tree-sitter.wasm'),
    assets.bytes('tree-sitter-c.wasm'),
    assets.bytes('tree-sitter-cpp.wasm'),
    assets.json('catalog.json'),
    assets.json('templates.json'),
  ]);
  let pages: Promise<PagesData> | undefined;
  let rulePages: Promise<Record<string, string>> | undefined;
  return new Service({
    catalog: new Catalog(catalog as CatalogData),
    pages: () => (pages ??= assets.json('pages.json') as Promise<PagesData>),
    rulePages: () => (rulePages ??= assets.json('rules.json') as Promise<Record<string, string>>),
    parser: await createParser({ runtime, c, cpp }),
    templates: templates as TemplateFiles,
    onRuleFailure: options.onRuleFailure,
    ...(options.now && { now: options.now }),
  });
}
