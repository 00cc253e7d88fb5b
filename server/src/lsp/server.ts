import {
  type CancellationToken,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  ResponseError,
  type ServerCapabilities,
  TextDocumentSyncKind,
  WatchKind,
  type WorkspaceFolder,
} from 'vscode-languageserver';
import { loadService } from '../core/loadService.js';
import type { Service } from '../core/service.js';
import { lintFileName } from '../core/settings/lintFile.js';
import { abilitiesOf, type ClientAbilities } from './abilities.js';
import type { Environment } from './environment.js';
import type { AnyFeature } from './feature.js';
import { features } from './features/index.js';
import { fileId } from './fileIds.js';
import { Session } from './session.js';

/**
 * Puts the language server on a connection. An environment that needs nothing of the client begins to load before
 * `initialize` comes; else it is made of what the client says there.
 */
export function startServer(
  connection: Connection,
  given: Environment | ((params: InitializeParams) => Environment),
): void {
  let session: Session | undefined;
  const early = typeof given === 'function' ? undefined : load(connection, given);
  connection.onInitialize((params): InitializeResult => {
    const environment = typeof given === 'function' ? given(params) : given;
    const abilities = abilitiesOf(params);
    const answer = {
      capabilities: capabilitiesFor(abilities),
      serverInfo: { name: 'NDIS Driver Tools', version: environment.version },
    };
    // The answer goes out first; grammars and catalog are read while the client prepares its first document.
    const loading = early ?? environment.clock.turn().then(() => load(connection, environment));
    session = new Session(connection, environment, abilities, foldersOf(params), loading);
    return answer;
  });
  connection.onInitialized(() => session && registerWatchers(session));
  for (const feature of features) {
    connection.onRequest(feature.method, (params: unknown, token: CancellationToken) =>
      session ? answer(session, feature, params, token) : feature.nothing,
    );
  }
  listen(connection, () => session);
  connection.listen();
}

function load(connection: Connection, { assets, clock }: Environment): Promise<Service> {
  const loading = loadService(assets, {
    now: () => clock.now(),
    onRuleFailure: ({ rule, uri, error }) => connection.console.error(`Rule ${rule} failed on ${uri}: ${error}`),
  });
  // Who cannot load says so when a session asks; until then nobody may be listening.
  loading.catch(() => undefined);
  return loading;
}

function capabilitiesFor(client: ClientAbilities): ServerCapabilities {
  const own: ServerCapabilities = {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
  return Object.assign(own, ...features.map((feature) => feature.capability?.(client))) as ServerCapabilities;
}

/** A client may name its folders, a single one, or none. */
function foldersOf({ workspaceFolders, rootUri, rootPath }: InitializeParams): WorkspaceFolder[] {
  if (workspaceFolders) return workspaceFolders;
  const uri =
    rootUri ?? (rootPath ? `file://${rootPath.startsWith('/') ? '' : '/'}${rootPath.replaceAll('\\', '/')}` : '');
  return uri ? [{ uri, name: uri }] : [];
}

/** The server does not die of a question: what fails is logged and answered with nothing. */
async function answer(
  session: Session,
  feature: AnyFeature,
  params: unknown,
  token: CancellationToken,
): Promise<unknown> {
  session.messages++;
  if (token.isCancellationRequested) return cancelled();
  try {
    const result = await feature.handle(session, params as never, token);
    return token.isCancellationRequested ? cancelled() : result;
  } catch (error) {
    if (error instanceof ResponseError) return error;
    session.connection.console.error(
      `${feature.method}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return feature.nothing;
  }
}

const cancelled = () => new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled');

function listen(connection: Connection, current: () => Session | undefined): void {
  const guarded =
    <P>(handle: (session: Session, params: P) => unknown) =>
    async (params: P) => {
      const session = current();
      if (!session) return;
      session.messages++;
      try {
        await handle(session, params);
      } catch (error) {
        connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      }
    };
  connection.onDidOpenTextDocument(guarded((session, params) => session.documents.open(params)));
  connection.onDidChangeTextDocument(guarded((session, params) => session.documents.change(params)));
  connection.onDidCloseTextDocument(guarded((session, params) => session.documents.close(params)));
  connection.onDidChangeConfiguration(
    guarded((session, { settings }) => {
      session.settings.editorChanged(settings);
      session.diagnostics.allChanged();
    }),
  );
  connection.onDidChangeWatchedFiles(
    guarded(async (session, { changes }) => {
      await session.service;
      let isOther = false;
      for (const { uri, type } of changes) {
        const id = fileId(uri);
        const deleted = type === FileChangeType.Deleted;
        if (session.settings.changedOnDisk(id, deleted)) isOther = true;
        if (await session.workspace.changedOnDisk(id, deleted)) isOther = true;
      }
      if (isOther) session.diagnostics.allChanged();
    }),
  );
  connection.onNotification(
    'workspace/didChangeWorkspaceFolders',
    guarded((session, params: { event: { added: WorkspaceFolder[]; removed: WorkspaceFolder[] } }) => {
      session.setFolders(params.event.added, params.event.removed);
      session.diagnostics.allChanged();
    }),
  );
}

function registerWatchers({ connection, abilities }: Session): void {
  const failed = (error: unknown) => connection.console.warn(`The client refused to watch: ${String(error)}`);
  if (abilities.watchConfiguration) {
    connection.client.register(DidChangeConfigurationNotification.type, { section: 'ndis' }).catch(failed);
  }
  if (abilities.watchFiles) {
    const patterns = [
      '**/*.{c,cc,cpp,cxx,h,hh,hpp,hxx,inl,vcxproj,vcxitems,props,targets}',
      '**/{sources,SOURCES,Sources,sources.inc,compile_commands.json}',
      `**/${lintFileName}`,
    ];
    // Of a deleted folder a client may tell no more than that.
    const deletions = { globPattern: '**/*', kind: WatchKind.Delete };
    const watchers = [...patterns.map((globPattern) => ({ globPattern })), deletions];
    connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(failed);
  }
}
