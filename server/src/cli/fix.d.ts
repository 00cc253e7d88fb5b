import type { Service } from '../core/service.js';
/**
 * Applies the safe fixes of a file until there are none left, and writes what came of it.
 * @returns how many findings were mended, and what could not be written, in words
 */
export declare function applyFixes(service: Service, file: string): Promise<{
    fixed: number;
    failures: string[];
}>;
