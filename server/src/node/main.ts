import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from '../lsp/server.js';
import { nodeEnvironment } from './environment.js';
import { version } from './version.js';

const usage = `Language server for Windows NDIS drivers.

Usage: ndis-language-server --stdio | --node-ipc | --socket=PORT | --pipe=NAME
       ndis-language-server --help | --version
`;

function main(args: string[]): void {
  if (args.includes('--version')) process.stdout.write(`${version}\n`);
  else if (args.includes('--help')) process.stdout.write(usage);
  else if (args.some((arg) => /^--(?:stdio|node-ipc|socket|pipe)(?:=|$)/.test(arg))) serve();
  else {
    process.stderr.write(usage);
    process.exitCode = 2;
  }
}

function serve(): void {
  const connection = createConnection(ProposedFeatures.all);
  // What reaches this place is a defect; the editor keeps its server all the same.
  process.on('uncaughtException', (error) => connection.console.error(`Unexpected: ${error.stack ?? error.message}`));
  process.on('unhandledRejection', (reason) => connection.console.error(`Unexpected: ${String(reason)}`));
  startServer(connection, nodeEnvironment(__dirname));
}

main(process.argv.slice(2));
