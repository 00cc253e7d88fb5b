#include "precomp.h"

/* Whether the call's only leg is a party that has not answered. The lock is held. */
static BOOLEAN
LcmIsAddingParty(
    PLCM_VC Vc
    )
{
    return (BOOLEAN)(!IsListEmpty(&Vc->LegList) && CONTAINING_RECORD(Vc->LegList.Flink, LCM_LEG, Link)->Adding);
}

_Use_decl_annotations_
NDIS_STATUS
LcmCmCloseCall(
    NDIS_HANDLE CallMgrVcContext,
    NDIS_HANDLE CallMgrPartyContext,
    PVOID CloseData,
    UINT Size
    )
{
    PLCM_VC Vc = (PLCM_VC)CallMgrVcContext;
    BOOLEAN Accepted;

    UNREFERENCED_PARAMETER(CallMgrPartyContext);
    UNREFERENCED_PARAMETER(Size);

    if (CloseData != NULL)
    {
        return NDIS_STATUS_INVALID_DATA;
    }

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    /* A multipoint call is closed with its last party; the client drops the others first. */
    Accepted = (BOOLEAN)(Vc->Call != LcmCallNone && !Vc->CloseRequested && Vc->LegCount <= 1 &&
                         !LcmIsAddingParty(Vc));
    if (Accepted)
    {
        Vc->CloseRequested = TRUE;
    }
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    if (!Accepted)
    {
        return NDIS_STATUS_FAILURE;
    }
    LcmPostEvent(Vc, LCM_EVENT_CLOSE);
    return NDIS_STATUS_PENDING;
}

VOID
LcmClose(
    PLCM_VC Vc
    )
{
    PLCM_LEG Leg = LcmFirstLeg(Vc);

    if (Vc->Incoming)
    {
        LcmReportToCaller(Vc, LcmLegHungUp, NDIS_STATUS_SUCCESS);
    }
    else if (Leg != NULL)
    {
        LcmHangUpCalled(Leg);
    }
    LcmDeactivate(Vc);
}

/* The end of every call: of one that a client closed, and of one that a client refused. */
VOID
LcmDeactivated(
    PLCM_VC Vc
    )
{
    BOOLEAN Complete = Vc->CloseRequested;
    BOOLEAN Delete = Vc->Incoming;
    NDIS_HANDLE VcHandle = Vc->VcHandle;
    NDIS_HANDLE PartyHandle = NULL;
    PLCM_LEG Leg = LcmFirstLeg(Vc);

    if (Leg != NULL)
    {
        PartyHandle = Leg->PartyHandle;
        LcmDropLeg(Leg);
    }

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Vc->Active = FALSE;
    Vc->CloseRequested = FALSE;
    Vc->Call = LcmCallNone;
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    if (Complete)
    {
        /* A client that created the VC may delete it before this returns. */
        NdisCmCloseCallComplete(NDIS_STATUS_SUCCESS, VcHandle, PartyHandle);
    }
    if (Delete)
    {
        (VOID)NdisCoDeleteVc(VcHandle); /* inactive by now: it cannot be refused */
        LcmDereferenceVc(Vc);
    }
}
