import * as vscode from 'vscode';

/** What `ndis/status` says of a file. */
export interface FileStatus {
  uri: string;
  ndis: boolean;
  projects: string[];
  driverKinds: string[];
  ndisVersions: string[];
  projectFiles: number;
}

/** The language status item: which driver the active file belongs to, as the server sees it. */
export class StatusItem implements vscode.Disposable {
  readonly #item = vscode.languages.createLanguageStatusItem('ndis.driver', [{ language: 'c' }, { language: 'cpp' }]);
  readonly #known = new Map<string, FileStatus>();
  readonly #listeners: vscode.Disposable;

  constructor() {
    this.#item.name = vscode.l10n.t('NDIS Driver');
    this.#listeners = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor(() => this.#show()),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#known.delete(uri.toString())),
    );
    this.#show();
  }

  update(status: FileStatus): void {
    this.#known.set(vscode.Uri.parse(status.uri).toString(), status);
    this.#show();
  }

  /** The server ended or starts anew: what it said no longer counts. */
  clear(): void {
    this.#known.clear();
    this.#show();
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#item.dispose();
  }

  #show(): void {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    const status = uri === undefined ? undefined : this.#known.get(uri);
    this.#item.text = status?.ndis ? `NDIS: ${kindsOf(status)}` : vscode.l10n.t('NDIS: not an NDIS file');
    this.#item.detail = status?.ndis ? detailOf(status) : '';
    this.#item.command = { title: vscode.l10n.t('Show Output'), command: 'ndis.showOutput' };
  }
}

const kindsOf = ({ driverKinds }: FileStatus) => driverKinds.join(', ') || vscode.l10n.t('driver kind unknown');

function detailOf({ projects, ndisVersions, projectFiles }: FileStatus): string {
  const parts = [
    projects.join(', '),
    ndisVersions.length > 0 ? `NDIS ${ndisVersions.join(', ')}` : undefined,
    projectFiles === 1 ? vscode.l10n.t('1 file') : vscode.l10n.t('{0} files', projectFiles),
  ];
  return parts.filter(Boolean).join(' · ');
}
