import type { Configuration } from '../api.js';
import type { Catalog } from '../catalog/catalog.js';
import type { PagesData } from '../catalog/schema.js';
import type { FileModel } from '../model/fileModel.js';
import type { ProjectModel } from '../model/projectModel.js';
import type { FileSummary } from '../model/summary.js';

/** What every feature at the cursor works from. */
export interface FeatureInput {
  readonly file: FileModel;
  readonly summary: FileSummary;
  readonly project: ProjectModel;
  readonly catalog: Catalog;
  readonly configuration: Configuration;
}

/** Prose, read when first asked for. */
export type PagesLoader = () => Promise<PagesData>;
