#include "loop.h"

_Use_decl_annotations_
NDIS_STATUS LoopCmCloseCall(NDIS_HANDLE CallMgrVcContext, NDIS_HANDLE CallMgrPartyContext, PVOID CloseData, UINT Size)
{
    PLOOP_VC Vc = (PLOOP_VC)CallMgrVcContext;
    BOOLEAN Accepted;

    UNREFERENCED_PARAMETER(CallMgrPartyContext);
    UNREFERENCED_PARAMETER(Size);

    if (CloseData != NULL)
    {
        return NDIS_STATUS_INVALID_DATA;
    }

    NdisAcquireSpinLock(&Vc->Af->Adapter->Lock);
    Accepted = (BOOLEAN)(Vc->Call != LoopCallNone && !Vc->CloseRequested);
    if (Accepted)
    {
        Vc->CloseRequested = TRUE;
    }
    NdisReleaseSpinLock(&Vc->Af->Adapter->Lock);

    if (!Accepted)
    {
        return NDIS_STATUS_FAILURE;
    }
    LoopPostEvent(Vc, LOOP_EVENT_CLOSE);
    return NDIS_STATUS_PENDING;
}

VOID LoopClose(PLOOP_VC Vc)
{
    PLOOP_VC Peer = LoopReferencePeer(Vc, TRUE);

    if (Peer != NULL)
    {
        LoopPostEvent(Peer, LOOP_EVENT_HANGUP);
        LoopDereferenceVc(Peer);
    }
    LoopEndCall(Vc);
}

/* The other end is gone. A client that is closing by itself, or has refused, need not be told. */
VOID LoopHangUp(PLOOP_VC Vc)
{
    if (Vc->Call == LoopCallUp && !Vc->CloseRequested)
    {
        NdisMCmDispatchIncomingCloseCall(NDIS_STATUS_SUCCESS, Vc->VcHandle, NULL, 0);
    }
}

/* Ends a call: no new transfers, and when those on their way are done, deactivation. */
VOID LoopEndCall(PLOOP_VC Vc)
{
    BOOLEAN WasActive;
    BOOLEAN Drained;

    NdisAcquireSpinLock(&Vc->Af->Adapter->Lock);
    Vc->Call = LoopCallClosing;
    WasActive = Vc->Active;
    Vc->Active = FALSE;
    Drained = (BOOLEAN)(Vc->Transfers == 0);
    Vc->Draining = (BOOLEAN)!Drained;
    NdisReleaseSpinLock(&Vc->Af->Adapter->Lock);

    if (!WasActive)
    {
        LoopPostEvent(Vc, LOOP_EVENT_DEACTIVATED);
    }
    else if (Drained)
    {
        LoopDeactivateDrained(Vc);
    }
}

VOID LoopDeactivateDrained(PLOOP_VC Vc)
{
    NDIS_STATUS Status = NdisMCmDeactivateVc(Vc->VcHandle);

    if (Status != NDIS_STATUS_PENDING)
    {
        LoopCmDeactivateVcComplete(Status, Vc);
    }
}

/* The end of every call: of one that a client closed, and of one that a client refused. */
VOID LoopDeactivated(PLOOP_VC Vc)
{
    BOOLEAN Complete = Vc->CloseRequested;
    BOOLEAN Delete = Vc->Incoming;
    NDIS_HANDLE VcHandle = Vc->VcHandle;

    NdisAcquireSpinLock(&Vc->Af->Adapter->Lock);
    Vc->CloseRequested = FALSE;
    Vc->Call = LoopCallNone;
    NdisReleaseSpinLock(&Vc->Af->Adapter->Lock);

    if (Complete)
    {
        /* A client that created the VC may delete it before this returns. */
        NdisMCmCloseCallComplete(NDIS_STATUS_SUCCESS, VcHandle, NULL);
    }
    if (Delete)
    {
        NdisMCmDeleteVc(VcHandle);
        LoopDereferenceVc(Vc);
    }
}
