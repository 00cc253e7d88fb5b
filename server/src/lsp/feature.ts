import type { CancellationToken, ServerCapabilities } from 'vscode-languageserver';
import type { ClientAbilities } from './abilities.js';
import type { Session } from './session.js';

/** One request that the server answers, with what it announces for it. */
export interface Feature<Params, Result> {
  readonly method: string;
  capability?(client: ClientAbilities): ServerCapabilities;
  handle(session: Session, params: Params, token: CancellationToken): Promise<Result>;
  /** The answer where there is nothing to say. */
  readonly nothing: Result;
}

/** A feature with its types put away, as the list of all features holds it. */
export interface AnyFeature {
  readonly method: string;
  capability?(client: ClientAbilities): ServerCapabilities;
  handle(session: Session, params: never, token: CancellationToken): Promise<unknown>;
  readonly nothing: unknown;
}

export const defineFeature = <Params, Result>(feature: Feature<Params, Result>): Feature<Params, Result> => feature;
