import type { InitializeParams } from 'vscode-languageserver';

/** What the client can do, read once. Whatever it does not announce, it cannot. */
export interface ClientAbilities {
  snippets: boolean;
  markdownHover: boolean;
  markdownCompletion: boolean;
  markdownSignature: boolean;
  labelOffsets: boolean;
  labelDetails: boolean;
  completionTags: boolean;
  completionKinds: ReadonlySet<number>;
  codeActionLiterals: boolean;
  /** Edits of a code action may be left to `codeAction/resolve`. */
  lazyEdits: boolean;
  documentChanges: boolean;
  pullDiagnostics: boolean;
  refreshDiagnostics: boolean;
  related: boolean;
  diagnosticTags: boolean;
  codeDescription: boolean;
  pullConfiguration: boolean;
  watchFiles: boolean;
  watchConfiguration: boolean;
  progress: boolean;
  folders: boolean;
  /** Commands that the client runs itself when a code action or a completion names them. */
  commands: ReadonlySet<string>;
  /** Wants `ndis/status`. */
  status: boolean;
  /** Answers `ndis/listFiles` and `ndis/readFile`, for files that the server cannot reach. */
  servesFiles: boolean;
}

/** Completion kinds of the first protocol version, which every client knows. */
const firstKinds = Array.from({ length: 18 }, (_, index) => index + 1);

export function abilitiesOf({ capabilities }: InitializeParams): ClientAbilities {
  const text = capabilities.textDocument ?? {};
  const workspace = capabilities.workspace ?? {};
  const item = text.completion?.completionItem;
  const signature = text.signatureHelp?.signatureInformation;
  const action = text.codeAction;
  const diagnostics = { ...text.publishDiagnostics, ...text.diagnostic };
  const own = ownAbilities(capabilities.experimental);
  return {
    snippets: item?.snippetSupport === true,
    markdownHover: takesMarkdown(text.hover?.contentFormat),
    markdownCompletion: takesMarkdown(item?.documentationFormat),
    markdownSignature: takesMarkdown(signature?.documentationFormat),
    labelOffsets: signature?.parameterInformation?.labelOffsetSupport === true,
    labelDetails: item?.labelDetailsSupport === true,
    completionTags: item?.tagSupport !== undefined,
    completionKinds: new Set(text.completion?.completionItemKind?.valueSet ?? firstKinds),
    codeActionLiterals: action?.codeActionLiteralSupport !== undefined,
    lazyEdits: action?.dataSupport === true && action.resolveSupport?.properties.includes('edit') === true,
    documentChanges: workspace.workspaceEdit?.documentChanges === true,
    pullDiagnostics: text.diagnostic !== undefined,
    refreshDiagnostics: workspace.diagnostics?.refreshSupport === true,
    related: diagnostics.relatedInformation === true,
    diagnosticTags: diagnostics.tagSupport !== undefined,
    codeDescription: diagnostics.codeDescriptionSupport === true,
    pullConfiguration: workspace.configuration === true,
    watchFiles: workspace.didChangeWatchedFiles?.dynamicRegistration === true,
    watchConfiguration: workspace.didChangeConfiguration?.dynamicRegistration === true,
    progress: capabilities.window?.workDoneProgress === true,
    folders: workspace.workspaceFolders === true,
    commands: new Set(own.commands),
    status: own.status === true,
    servesFiles: own.files === true,
  };
}

/** This project's own extension of the protocol: `experimental: { ndis: { commands, status, files } }`. */
function ownAbilities(experimental: unknown): { commands?: string[]; status?: unknown; files?: unknown } {
  const ndis = (experimental as { ndis?: unknown } | undefined)?.ndis;
  if (typeof ndis !== 'object' || ndis === null) return {};
  const { commands, ...rest } = ndis as { commands?: unknown };
  return { ...rest, ...(Array.isArray(commands) && { commands: commands.filter((name) => typeof name === 'string') }) };
}

/** The first format named is the one that the client prefers. */
const takesMarkdown = (formats: readonly string[] | undefined) => formats?.[0] === 'markdown';
