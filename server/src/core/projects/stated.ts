import type { DriverKind } from '../catalog/schema.js';

/** A driver stated by hand. What is stated wins over what is found. */
export interface StatedProject {
  readonly name: string;
  /** Ids of its files and folders. */
  readonly files: readonly string[];
  /** NDIS versions that it is built for, as `6.30`. */
  readonly ndisVersions?: readonly string[];
  readonly kinds?: readonly DriverKind[];
}
