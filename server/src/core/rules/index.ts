import { acquiredNotReleased } from './acquired-not-released.js';
import { callForbiddenHere } from './call-forbidden-here.js';
import { callWithoutVc } from './call-without-vc.js';
import { callbackSignature } from './callback-signature.js';
import { completionAndSuccess } from './completion-and-success.js';
import { completionWithPending } from './completion-with-pending.js';
import { completionWrongFunction } from './completion-wrong-function.js';
import { deprecatedApi } from './deprecated-api.js';
import { functionClassConflict } from './function-class-conflict.js';
import { handlerPair } from './handler-pair.js';
import { mcmMismatch } from './mcm-mismatch.js';
import { mustCall } from './must-call.js';
import { objectHeader } from './object-header.js';
import { outContextUnset } from './out-context-unset.js';
import { pendingNotAllowed } from './pending-not-allowed.js';
import { pendingWithoutCompletion } from './pending-without-completion.js';
import { poolTag } from './pool-tag.js';
import { registrationMissing } from './registration-missing.js';
import { requiredHandlerMissing } from './required-handler-missing.js';
import { resultIgnored } from './result-ignored.js';
import { revisionSize } from './revision-size.js';
import { roleTypeMismatch } from './role-type-mismatch.js';
import { roleTypeMissing } from './role-type-missing.js';
import { roleTypeUnknown } from './role-type-unknown.js';
import type { Rule } from './rule.js';
import { stallTooLong } from './stall-too-long.js';
import { statusNotAllowed } from './status-not-allowed.js';
import { statusUndocumented } from './status-undocumented.js';
import { suppressionUnused } from './suppression-unused.js';
import { useDeclAnnotationsMissing } from './use-decl-annotations-missing.js';
import { versionMismatch } from './version-mismatch.js';

/** Every rule, by name. */
export const rules: readonly Rule[] = [
  acquiredNotReleased,
  callForbiddenHere,
  callWithoutVc,
  callbackSignature,
  completionAndSuccess,
  completionWithPending,
  completionWrongFunction,
  deprecatedApi,
  functionClassConflict,
  handlerPair,
  mcmMismatch,
  mustCall,
  objectHeader,
  outContextUnset,
  pendingNotAllowed,
  pendingWithoutCompletion,
  poolTag,
  registrationMissing,
  requiredHandlerMissing,
  resultIgnored,
  revisionSize,
  roleTypeMismatch,
  roleTypeMissing,
  roleTypeUnknown,
  stallTooLong,
  statusNotAllowed,
  statusUndocumented,
  suppressionUnused,
  useDeclAnnotationsMissing,
  versionMismatch,
];
