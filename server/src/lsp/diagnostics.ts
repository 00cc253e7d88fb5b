import type { Diagnostic } from 'vscode-languageserver';
import type { Finding } from '../core/api.js';
import { isKitFile } from '../core/settings/kits.js';
import { toDiagnostic } from './findings.js';
import type { Session } from './session.js';

/** Delay after a keystroke, in milliseconds: what the editor asks right behind it is answered first. */
const pause = 5;
/** At most this long is rested between two runs, in milliseconds. */
const longestRest = 250;
/** Delay of documents that an edit in another one may concern. */
const relatedPause = 150;
/** Turns of the event loop that requests may take before diagnostics, at most. */
const patience = 50;

/** Decides when findings are computed, and sends them to clients that do not ask. */
export class Diagnostics {
  readonly #session: Session;
  readonly #waiting = new Map<string, () => void>();
  /** When the last run of a document ended, and how long it took. */
  readonly #runs = new Map<string, { ended: number; took: number }>();
  readonly #status = new Map<string, string>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** A document was opened or edited. */
  changed(id: string): void {
    this.#schedule(id, Math.max(pause, this.#rest(id)), true);
  }

  /** How much longer to rest, so that at most half of the time goes into findings: while an author types on in a slow
   * file, several keystrokes share a run; the first keystroke after a while has its own at once. */
  #rest(id: string): number {
    const last = this.#runs.get(id);
    return last ? last.ended + Math.min(longestRest, last.took) - this.#session.environment.clock.now() : 0;
  }

  /** Something that findings of any document may depend on has changed. */
  allChanged(): void {
    if (this.#session.abilities.pullDiagnostics && this.#session.abilities.refreshDiagnostics) {
      this.#session.connection.languages.diagnostics.refresh().catch(() => {
        // The client will ask again by itself at the next edit.
      });
    }
    for (const [id] of this.#session.documents.entries()) this.#schedule(id, pause, false);
  }

  closed(id: string): void {
    this.#waiting.get(id)?.();
    this.#waiting.delete(id);
    this.#runs.delete(id);
    this.#status.delete(id);
    if (this.#session.abilities.pullDiagnostics) return;
    void this.#session.connection.sendDiagnostics({ uri: this.#session.documents.uriOf(id), diagnostics: [] });
  }

  /** Findings of an open document as the protocol has them. */
  async of(uri: string): Promise<Diagnostic[] | undefined> {
    const session = this.#session;
    return await session.ask(uri, (service, document, id) => {
      const { clock } = session.environment;
      const began = clock.now();
      const findings: Finding[] = isKitFile(id) ? [] : service.diagnose(id);
      this.#runs.set(id, { ended: clock.now(), took: clock.now() - began });
      this.#sendStatus(document.uri, id, service.status(id));
      return findings.map((finding) => toDiagnostic(session, document, finding));
    });
  }

  #schedule(id: string, delay: number, withRelated: boolean): void {
    this.#waiting.get(id)?.();
    const callOff = this.#session.environment.clock.after(delay, () => {
      this.#waiting.delete(id);
      this.#run(id, withRelated).catch((error: unknown) => this.#session.connection.console.error(String(error)));
    });
    this.#waiting.set(id, callOff);
  }

  async #run(id: string, withRelated: boolean): Promise<void> {
    const session = this.#session;
    await session.workspace.near(id);
    await this.#untilQuiet();
    const document = session.documents.byId(id);
    const version = document?.version;
    // An edit came in the meantime: its own run is waiting.
    if (!document || this.#waiting.has(id)) return;
    if (session.abilities.pullDiagnostics) {
      await session.ask(document.uri, (service) => this.#sendStatus(document.uri, id, service.status(id)));
      return;
    }
    const diagnostics = await this.of(document.uri);
    if (!diagnostics || session.documents.byId(id)?.version !== version) return;
    await session.connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics });
    if (withRelated) await this.#scheduleRelated(id);
  }

  async #scheduleRelated(id: string): Promise<void> {
    const service = await this.#session.service;
    for (const other of service?.related(id) ?? []) {
      if (!this.#waiting.has(other) && this.#session.documents.byId(other)) this.#schedule(other, relatedPause, false);
    }
  }

  /** Requests that already arrived are answered first. */
  async #untilQuiet(): Promise<void> {
    for (let turns = 0; turns < patience; turns++) {
      const seen = this.#session.messages;
      await this.#session.environment.clock.turn();
      if (this.#session.messages === seen) return;
    }
  }

  #sendStatus(uri: string, id: string, status: object): void {
    if (!this.#session.abilities.status) return;
    const text = JSON.stringify(status);
    if (this.#status.get(id) === text) return;
    this.#status.set(id, text);
    void this.#session.connection.sendNotification('ndis/status', { uri, ...status });
  }
}
