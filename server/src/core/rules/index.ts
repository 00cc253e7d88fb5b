import { acquiredNotReleased } from './acquired-not-released.js';
import { afClosedTooEarly } from './af-closed-too-early.js';
import { callForbiddenHere } from './call-forbidden-here.js';
import { callWithoutHandler } from './call-without-handler.js';
import { callWithoutVc } from './call-without-vc.js';
import { callbackSignature } from './callback-signature.js';
import { closeCompletedWhileActive } from './close-completed-while-active.js';
import { completionAndSuccess } from './completion-and-success.js';
import { completionWithFailure } from './completion-with-failure.js';
import { completionWithPending } from './completion-with-pending.js';
import { completionWrongFunction } from './completion-wrong-function.js';
import { currentIrqlInCallback } from './current-irql-in-callback.js';
import { deprecatedApi } from './deprecated-api.js';
import { functionClassConflict } from './function-class-conflict.js';
import { handlerPair } from './handler-pair.js';
import { irqlAnnotation } from './irql-annotation.js';
import { irqlContractBroken } from './irql-contract-broken.js';
import { irqlMayBeTooHigh } from './irql-may-be-too-high.js';
import { irqlNotRestored } from './irql-not-restored.js';
import { irqlTooHigh } from './irql-too-high.js';
import { irqlTooLow } from './irql-too-low.js';
import { lockUnbalanced } from './lock-unbalanced.js';
import { mcmMismatch } from './mcm-mismatch.js';
import { mustCall } from './must-call.js';
import { mustSucceedOid } from './must-succeed-oid.js';
import { objectHeader } from './object-header.js';
import { outContextUnset } from './out-context-unset.js';
import { pageableAtDispatch } from './pageable-at-dispatch.js';
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
import { vcDeletedWhileActive } from './vc-deleted-while-active.js';
import { vcDeletedWithCall } from './vc-deleted-with-call.js';
import { vcNotCreatedHere } from './vc-not-created-here.js';
import { vcUsedAfterDelete } from './vc-used-after-delete.js';
import { versionMismatch } from './version-mismatch.js';
import { waitAtDispatch } from './wait-at-dispatch.js';

/** Every rule, by name. */
export const rules: readonly Rule[] = [
  acquiredNotReleased,
  afClosedTooEarly,
  callForbiddenHere,
  callWithoutHandler,
  callWithoutVc,
  callbackSignature,
  closeCompletedWhileActive,
  completionAndSuccess,
  completionWithFailure,
  completionWithPending,
  completionWrongFunction,
  currentIrqlInCallback,
  deprecatedApi,
  functionClassConflict,
  handlerPair,
  irqlAnnotation,
  irqlContractBroken,
  irqlMayBeTooHigh,
  irqlNotRestored,
  irqlTooHigh,
  irqlTooLow,
  lockUnbalanced,
  mcmMismatch,
  mustCall,
  mustSucceedOid,
  objectHeader,
  outContextUnset,
  pageableAtDispatch,
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
  vcDeletedWhileActive,
  vcDeletedWithCall,
  vcNotCreatedHere,
  vcUsedAfterDelete,
  versionMismatch,
  waitAtDispatch,
];
