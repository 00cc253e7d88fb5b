import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root folder of the repository, absolute. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The driver with mistakes on purpose that the demo and the editor scenarios open. */
export const sampleDriver = path.join(root, 'test', 'drivers', 'faulty');

/** Where VS Code itself and its browser workbench are kept; Git ignores it. */
export const editorCache = path.join(root, '.vscode-test');
