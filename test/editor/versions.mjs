/**
 * The VS Code versions the extension is tried on. `oldest` is the one that `engines.vscode` of package.json promises.
 *
 * The browser workbench comes from npm's code-server, whose server wants the Node major version named here.
 * @typedef {{vscode: string, codeServer: string, nodeMajor: number, nodePackage: string}} EditorVersion
 * @type {Record<'current' | 'oldest', EditorVersion>}
 */
export const versions = {
  current: { vscode: 'stable', codeServer: '4.139.1', nodeMajor: 24, nodePackage: '24.21.0' },
  oldest: { vscode: '1.99.3', codeServer: '4.99.4', nodeMajor: 20, nodePackage: '20.20.2' },
};

/** Drives Chromium; brings no browser of its own. */
export const playwrightCore = '1.65.1';
