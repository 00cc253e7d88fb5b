// Installs the browser workbench (a whole VS Code server from npm's code-server) on demand, about 800 MB. It is no
// dependency in package.json because the extension does not need it and it does not install on Windows.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../harness/child.mjs';
import { onPath } from '../harness/executables.mjs';
import { editorCache } from '../harness/paths.mjs';
import { playwrightCore, versions } from './versions.mjs';

/**
 * An installed browser workbench; absolute paths.
 * @typedef {object} Workbench
 * @property {string} server the VS Code server's folder
 * @property {string} node the Node executable that runs it
 * @property {string} playwright folder of playwright-core
 */

/**
 * @param {keyof typeof versions} version
 * @returns {Promise<Workbench>}
 */
export async function installWorkbench(version) {
  const { codeServer } = versions[version];
  const folder = path.join(editorCache, `workbench-${codeServer}`);
  if (!existsSync(folder)) {
    if (process.platform === 'win32') throw new Error('code-server does not install on Windows: install VS Code');
    console.log(`installing the browser workbench (code-server ${codeServer} from npm, about 800 MB, once)`);
    await installInto(folder, version);
  }
  return workbenchIn(folder, version);
}

/**
 * Installs beside the final place and moves there, so that a broken-off install never passes for a whole one.
 * @param {string} folder
 * @param {keyof typeof versions} version
 */
async function installInto(folder, version) {
  const draft = `${folder}.${process.pid}`;
  try {
    mkdirSync(draft, { recursive: true });
    writeFileSync(path.join(draft, 'package.json'), '{"private": true}\n');
    await npmInstall(draft, packagesOf(version));
    const server = path.join(draft, 'node_modules', 'code-server', 'lib', 'vscode');
    // The server's own lock file does not match its package.json, so `npm ci` refuses it.
    await npmInstall(server, ['--omit=dev']);
    linkRipgrep(server);
    moveUnlessThere(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** @param {keyof typeof versions} version */
function packagesOf(version) {
  const { codeServer, nodeMajor, nodePackage } = versions[version];
  const packages = [`code-server@${codeServer}`, `playwright-core@${playwrightCore}`];
  return runsOn(nodeMajor) ? packages : [...packages, `${platformNode()}@${nodePackage}`];
}

/**
 * @param {string} cwd
 * @param {string[]} args
 */
async function npmInstall(cwd, args) {
  let output = '';
  // --force: this Node may be another than the one that code-server's `engines` asks for; its server gets its own.
  const all = [
    'install',
    '--ignore-scripts',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--force',
    '--loglevel=error',
    ...args,
  ];
  const code = await run('npm', all, { cwd, quiet: true, onOutput: (text) => (output += text) });
  if (code !== 0) throw new Error(`npm ${all.join(' ')} ended with ${code}:\n${output}`);
}

/**
 * VS Code's search wants ripgrep where the package's install script, which is not run, would have put it.
 * @param {string} server
 */
function linkRipgrep(server) {
  const bin = path.join(server, 'node_modules', '@vscode', 'ripgrep', 'bin');
  const ripgrep = onPath(['rg']);
  if (!ripgrep || !existsSync(path.dirname(bin)) || existsSync(path.join(bin, 'rg'))) return;
  mkdirSync(bin, { recursive: true });
  symlinkSync(ripgrep, path.join(bin, 'rg'));
}

/**
 * @param {string} draft
 * @param {string} folder
 */
function moveUnlessThere(draft, folder) {
  try {
    renameSync(draft, folder);
  } catch (error) {
    // Another run finished the same install first: its result is as good.
    if (!existsSync(folder) || readdirSync(folder).length === 0) throw error;
  }
}

/**
 * @param {string} folder
 * @param {keyof typeof versions} version
 * @returns {Workbench}
 */
function workbenchIn(folder, version) {
  const modules = path.join(folder, 'node_modules');
  const ownNode = path.join(modules, platformNode(), 'bin', 'node');
  if (!existsSync(ownNode) && !runsOn(versions[version].nodeMajor)) {
    throw new Error(
      `${folder} was installed by another Node: delete it, or run with Node ${versions[version].nodeMajor}`,
    );
  }
  return {
    server: path.join(modules, 'code-server', 'lib', 'vscode'),
    node: existsSync(ownNode) ? ownNode : process.execPath,
    playwright: path.join(modules, 'playwright-core'),
  };
}

/** @param {number} nodeMajor */
function runsOn(nodeMajor) {
  return Number.parseInt(process.versions.node, 10) === nodeMajor;
}

/** npm package that carries a Node binary for this machine without an install script; Linux has it for x64 and arm64. */
function platformNode() {
  return `node-${process.platform}-${process.arch}`;
}
