#include "precomp.h"

PLCM_LEG
LcmAllocateLeg(
    PLCM_VC Caller,
    NDIS_HANDLE PartyHandle,
    PCO_CALL_PARAMETERS CallParameters
    )
{
    PLCM_LEG Leg = (PLCM_LEG)LcmAllocate(sizeof(LCM_LEG));

    if (Leg != NULL)
    {
        Leg->Caller = Caller;
        Leg->PartyHandle = PartyHandle;
        Leg->CallParameters = CallParameters;
        Leg->State = LcmLegNew;
    }
    return Leg;
}

/* The binding's lock is held. */
VOID
LcmInsertLeg(
    PLCM_LEG Leg
    )
{
    InsertTailList(&Leg->Caller->LegList, &Leg->Link);
    Leg->Caller->LegCount++;
}

static VOID
LcmRemoveLeg(
    PLCM_LEG Leg
    )
{
    PLCM_VC Caller = Leg->Caller;

    NdisAcquireSpinLock(&Caller->Af->Binding->Lock);
    RemoveEntryList(&Leg->Link);
    Caller->LegCount--;
    NdisReleaseSpinLock(&Caller->Af->Binding->Lock);
}

PLCM_LEG
LcmFirstLeg(
    PLCM_VC Caller
    )
{
    PLCM_LEG Leg = NULL;

    NdisAcquireSpinLock(&Caller->Af->Binding->Lock);
    if (!IsListEmpty(&Caller->LegList))
    {
        Leg = CONTAINING_RECORD(Caller->LegList.Flink, LCM_LEG, Link);
    }
    NdisReleaseSpinLock(&Caller->Af->Binding->Lock);
    return Leg;
}

/* Each VC's events are handled by its own work item: what concerns the other end is posted there. */
VOID
LcmTellCalled(
    PLCM_LEG Leg,
    ULONG Event
    )
{
    PLCM_BINDING Binding = Leg->Caller->Af->Binding;
    PLCM_VC Called;

    NdisAcquireSpinLock(&Binding->Lock);
    Called = Leg->Called;
    if (Called != NULL)
    {
        LcmReferenceVc(Called);
    }
    NdisReleaseSpinLock(&Binding->Lock);

    if (Called != NULL)
    {
        LcmPostEvent(Called, Event);
        LcmDereferenceVc(Called);
    }
}

/* Parts the two ends and has the called client told that the caller is gone. */
VOID
LcmHangUpCalled(
    PLCM_LEG Leg
    )
{
    PLCM_BINDING Binding = Leg->Caller->Af->Binding;
    PLCM_VC Called;

    NdisAcquireSpinLock(&Binding->Lock);
    Called = Leg->Called;
    if (Called != NULL)
    {
        LcmReferenceVc(Called);
        Called->Leg = NULL;
        Leg->Called = NULL;
    }
    NdisReleaseSpinLock(&Binding->Lock);

    if (Called != NULL)
    {
        LcmPostEvent(Called, LCM_EVENT_HANGUP);
        LcmDereferenceVc(Called);
    }
}

/* Takes a leg off its call and frees it. */
VOID
LcmDropLeg(
    PLCM_LEG Leg
    )
{
    LcmHangUpCalled(Leg);
    LcmRemoveLeg(Leg);
    LcmFree(Leg);
}

_Use_decl_annotations_
NDIS_STATUS
LcmCmAddParty(
    NDIS_HANDLE CallMgrVcContext,
    PCO_CALL_PARAMETERS CallParameters,
    NDIS_HANDLE NdisPartyHandle,
    PNDIS_HANDLE CallMgrPartyContext
    )
{
    PLCM_VC Vc = (PLCM_VC)CallMgrVcContext;
    PLCM_LEG Leg;
    BOOLEAN Accepted;

    if (CallParameters->CallMgrParameters == NULL || CallParameters->MediaParameters == NULL)
    {
        return NDIS_STATUS_NOT_SUPPORTED;
    }

    Leg = LcmAllocateLeg(Vc, NdisPartyHandle, CallParameters);
    if (Leg == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    Leg->Adding = TRUE;

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    /* Only a call that was made as a multipoint call takes another party. */
    Accepted = (BOOLEAN)(Vc->Multipoint && Vc->Call == LcmCallUp && !Vc->CloseRequested);
    if (Accepted)
    {
        LcmInsertLeg(Leg);
    }
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    if (!Accepted)
    {
        LcmFree(Leg);
        return NDIS_STATUS_NOT_SUPPORTED;
    }
    *CallMgrPartyContext = Leg;
    LcmPostEvent(Vc, LCM_EVENT_LEG);
    return NDIS_STATUS_PENDING;
}

/* The answer arrives as LCM_EVENT_LEG; a call that cannot even ring counts as refused. */
VOID
LcmRingNewParty(
    PLCM_LEG Leg
    )
{
    NDIS_STATUS Status = LcmRing(Leg);

    if (Status != NDIS_STATUS_SUCCESS)
    {
        NdisAcquireSpinLock(&Leg->Caller->Af->Binding->Lock);
        Leg->State = LcmLegAnswered;
        Leg->Status = Status;
        NdisReleaseSpinLock(&Leg->Caller->Af->Binding->Lock);
    }
}

NDIS_STATUS
LcmCmDropParty(
    NDIS_HANDLE CallMgrPartyContext,
    PVOID CloseData,
    UINT Size
    )
{
    PLCM_LEG Leg = (PLCM_LEG)CallMgrPartyContext;
    PLCM_VC Vc = Leg->Caller;

    UNREFERENCED_PARAMETER(Size);

    if (CloseData != NULL)
    {
        return NDIS_STATUS_INVALID_DATA;
    }
    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Leg->DropRequested = TRUE;
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    LcmPostEvent(Vc, LCM_EVENT_LEG);
    return NDIS_STATUS_PENDING;
}
