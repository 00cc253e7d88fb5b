/** A call manager with one grave mistake (a VC deletion that pends) and one that a safe fix mends (CloseAf). */
export const faultyCallManager = `#include <ndis.h>

PROTOCOL_CO_DELETE_VC SampleDeleteVc;
PROTOCOL_CM_CLOSE_AF ProtocolCmCloseAf;

_Use_decl_annotations_
NDIS_STATUS
SampleDeleteVc(
    NDIS_HANDLE ProtocolVcContext
    )
{
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    return NDIS_STATUS_PENDING;
}

NDIS_STATUS
ProtocolCmCloseAf(
    NDIS_HANDLE CallMgrAfContext
    )
{
    NDIS_EVENT idle;

    UNREFERENCED_PARAMETER(CallMgrAfContext);
    NdisInitializeEvent(&idle);
    return NDIS_STATUS_SUCCESS;
}
`;

/** What `faultyCallManager` is reported for, in the order of the text. */
export const faultyRules = ['pending-not-allowed', 'use-decl-annotations-missing'];

/**
 * Findings of the rules that the protocol tests plant; a rule that joins later does not concern them.
 * @param ruleOf takes a finding's rule out of it
 */
export function planted<T>(findings: readonly T[], ruleOf: (finding: T) => string): T[] {
  const rules = [...faultyRules, 'pending-without-completion'];
  return findings.filter((finding) => rules.includes(ruleOf(finding)));
}
