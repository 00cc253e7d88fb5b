/** Something wrong in the sources of the catalog. */
export interface Problem {
  /** Relative to the root. */
  file: string;
  message: string;
}

export const describe = ({ file, message }: Problem): string => `${file}: ${message}`;
