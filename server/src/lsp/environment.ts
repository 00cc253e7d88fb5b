import type { Assets } from '../core/assets.js';

/** What the protocol layer needs of the machine it runs on. */
export interface Environment {
  readonly version: string;
  readonly assets: Assets;
  readonly files: Files;
  readonly clock: Clock;
  /** Gives memory that is no longer needed back to the system, where the host can: an idle server does not by itself. */
  readonly releaseMemory?: () => Promise<void>;
}

/** Files on disk, by URI. Errors of the file system count as "not there". */
export interface Files {
  /** True where `list` and `read` can reach the URI without the client's help. */
  reaches(uri: string): boolean;
  /**
   * Sources, headers, project files and settings files below a folder, kit and build folders left out.
   * @param depth levels of folders to go down; 0 is the folder alone
   */
  list(folder: string, depth: number): Promise<string[]>;
  read(uri: string): Promise<Uint8Array | undefined>;
}

export interface Clock {
  /** Milliseconds since some moment. */
  now(): number;
  /** Runs something later. @returns a function that calls it off */
  after(milliseconds: number, run: () => void): () => void;
  /** One turn of the event loop: a message that waits to be handled is handled before this ends. */
  turn(): Promise<void>;
}
