// `node server/tools/run.mjs catalog/compile …`: runs the `main` of a TypeScript tool below server/tools.
import { loadTypeScript } from './loadTypeScript.mjs';

const [tool, ...args] = process.argv.slice(2);
if (!tool) throw new Error('which tool? For example: node server/tools/run.mjs catalog/compile');
const { main } = await loadTypeScript(`server/tools/${tool}.ts`);
process.exitCode = await main(args);
