// Runs the scenarios of keyboard and mouse in the browser workbench; `--oldest` takes the oldest VS Code supported.
// Screenshots of every step go to dist/test/shots.
import path from 'node:path';
import { root } from '../harness/paths.mjs';
import { runScenarios } from './scenario.mjs';
import { callManager } from './scenarios/callManager.mjs';
import { filter } from './scenarios/filter.mjs';
import { miniport } from './scenarios/miniport.mjs';
import { protocol } from './scenarios/protocol.mjs';
import { typing } from './scenarios/typing.mjs';
import { webHost } from './scenarios/webHost.mjs';

/**
 * What a scenario needs to know to open its editor.
 * @typedef {object} Setting
 * @property {'current' | 'oldest'} version
 * @property {string} extension absolute path
 * @property {string} shots absolute path of a folder for all scenarios' screenshots
 */

const version = process.argv.includes('--oldest') ? 'oldest' : 'current';
/** @type {Setting} */
const setting = { version, extension: root, shots: path.join(root, 'dist', 'test', 'shots', version) };

const scenarios = [typing, callManager, filter, miniport, protocol, webHost].map((scenario) => scenario(setting));
if (!(await runScenarios(scenarios))) process.exitCode = 1;
