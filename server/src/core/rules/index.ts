import { callbackSignature } from './callback-signature.js';
import { completionWithPending } from './completion-with-pending.js';
import { mcmMismatch } from './mcm-mismatch.js';
import { objectHeader } from './object-header.js';
import { outContextUnset } from './out-context-unset.js';
import { pendingNotAllowed } from './pending-not-allowed.js';
import { pendingWithoutCompletion } from './pending-without-completion.js';
import { requiredHandlerMissing } from './required-handler-missing.js';
import { revisionSize } from './revision-size.js';
import { roleTypeMismatch } from './role-type-mismatch.js';
import { roleTypeMissing } from './role-type-missing.js';
import { roleTypeUnknown } from './role-type-unknown.js';
import type { Rule } from './rule.js';
import { useDeclAnnotationsMissing } from './use-decl-annotations-missing.js';

/** Every rule, by name. */
export const rules: readonly Rule[] = [
  callbackSignature,
  completionWithPending,
  mcmMismatch,
  objectHeader,
  outContextUnset,
  pendingNotAllowed,
  pendingWithoutCompletion,
  requiredHandlerMissing,
  revisionSize,
  roleTypeMismatch,
  roleTypeMissing,
  roleTypeUnknown,
  useDeclAnnotationsMissing,
];
