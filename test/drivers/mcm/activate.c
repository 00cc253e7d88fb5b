#include "loop.h"

/*
 * Not called by NDIS: an MCM readies a VC itself before it tells NDIS that the VC is active. Kept in the shape of
 * MiniportCoActivateVc, which is what it is for every other miniport.
 */
_Use_decl_annotations_
NDIS_STATUS LoopCoActivateVc(NDIS_HANDLE MiniportVcContext, PCO_CALL_PARAMETERS CallParameters)
{
    PLOOP_VC Vc = (PLOOP_VC)MiniportVcContext;

    if (CallParameters->MediaParameters == NULL)
    {
        return NDIS_STATUS_INVALID_DATA;
    }
    NdisAcquireSpinLock(&Vc->Af->Adapter->Lock);
    Vc->Active = TRUE;
    NdisReleaseSpinLock(&Vc->Af->Adapter->Lock);
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS LoopCoDeactivateVc(NDIS_HANDLE MiniportVcContext)
{
    PLOOP_VC Vc = (PLOOP_VC)MiniportVcContext;

    NdisAcquireSpinLock(&Vc->Af->Adapter->Lock);
    Vc->Active = FALSE;
    NdisReleaseSpinLock(&Vc->Af->Adapter->Lock);
    return NDIS_STATUS_SUCCESS;
}

/* Makes a VC carry data. The outcome arrives as LOOP_EVENT_ACTIVATED. */
VOID LoopActivate(PLOOP_VC Vc)
{
    NDIS_STATUS Status = LoopCoActivateVc(Vc, Vc->CallParameters);

    if (Status == NDIS_STATUS_SUCCESS)
    {
        Status = NdisMCmActivateVc(Vc->VcHandle, Vc->CallParameters);
    }
    if (Status != NDIS_STATUS_PENDING)
    {
        LoopCmActivateVcComplete(Status, Vc, Vc->CallParameters);
    }
}

_Use_decl_annotations_
VOID LoopCmActivateVcComplete(NDIS_STATUS Status, NDIS_HANDLE CallMgrVcContext, PCO_CALL_PARAMETERS CallParameters)
{
    PLOOP_VC Vc = (PLOOP_VC)CallMgrVcContext;

    UNREFERENCED_PARAMETER(CallParameters);

    Vc->ActivateStatus = Status;
    LoopPostEvent(Vc, LOOP_EVENT_ACTIVATED);
}

_Use_decl_annotations_
VOID LoopCmDeactivateVcComplete(NDIS_STATUS Status, NDIS_HANDLE CallMgrVcContext)
{
    /* A VC that could not be deactivated carries no call either. */
    UNREFERENCED_PARAMETER(Status);

    LoopPostEvent((PLOOP_VC)CallMgrVcContext, LOOP_EVENT_DEACTIVATED);
}
