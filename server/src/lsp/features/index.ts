import type { AnyFeature } from '../feature.js';
import { codeAction, codeActionResolve } from './codeAction.js';
import { completion, completionResolve } from './completion.js';
import { definition } from './definition.js';
import { diagnostic } from './diagnostic.js';
import { explain } from './explain.js';
import { hover } from './hover.js';
import { references } from './references.js';
import { signatureHelp } from './signatureHelp.js';

/** Every request that the server answers. What it announces is folded from this list, so the two cannot drift apart. */
export const features: readonly AnyFeature[] = [
  completion,
  completionResolve,
  hover,
  signatureHelp,
  codeAction,
  codeActionResolve,
  definition,
  references,
  diagnostic,
  explain,
];
