#include "precomp.h"

VOID
LcmReferenceVc(
    PLCM_VC Vc
    )
{
    NdisInterlockedIncrement(&Vc->References);
}

VOID
LcmDereferenceVc(
    PLCM_VC Vc
    )
{
    PLCM_AF Af = Vc->Af;

    if (NdisInterlockedDecrement(&Vc->References) == 0)
    {
        if (Vc->Incoming && Vc->CallParameters != NULL)
        {
            LcmFree(Vc->CallParameters);
        }
        if (Vc->InForce != NULL)
        {
            LcmFree(Vc->InForce);
        }
        IoUninitializeWorkItem(Vc->WorkItem);
        LcmFree(Vc);
        LcmReleaseAf(Af);
    }
}

PLCM_VC
LcmAllocateVc(
    PLCM_AF Af
    )
{
    /* The work item stands behind the VC, because closing a call must not fail for want of memory. */
    PLCM_VC Vc = (PLCM_VC)LcmAllocate((ULONG)(sizeof(LCM_VC) + IoSizeofWorkItem()));

    if (Vc != NULL)
    {
        NdisInterlockedIncrement(&Af->Uses);
        Vc->References = 1;
        Vc->Af = Af;
        Vc->WorkItem = (PIO_WORKITEM)(Vc + 1);
        IoInitializeWorkItem(LcmDriver, Vc->WorkItem);
        Vc->Call = LcmCallNone;
        InitializeListHead(&Vc->LegList);
    }
    return Vc;
}

_Use_decl_annotations_
NDIS_STATUS
LcmCmCreateVc(
    NDIS_HANDLE ProtocolAfContext,
    NDIS_HANDLE NdisVcHandle,
    PNDIS_HANDLE ProtocolVcContext
    )
{
    PLCM_VC Vc = LcmAllocateVc((PLCM_AF)ProtocolAfContext);

    if (Vc == NULL)
    {
        return NDIS_STATUS_PENDING;
    }
    Vc->VcHandle = NdisVcHandle;
    *ProtocolVcContext = Vc;
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS
LcmCmDeleteVc(
    NDIS_HANDLE ProtocolVcContext
    )
{
    PLCM_VC Vc = (PLCM_VC)ProtocolVcContext;
    BOOLEAN InUse;

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    InUse = (BOOLEAN)(Vc->Call != LcmCallNone || Vc->CloseRequested);
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    if (InUse)
    {
        return NDIS_STATUS_NOT_ACCEPTED;
    }
    LcmDereferenceVc(Vc);
    return NDIS_STATUS_SUCCESS;
}

VOID
LcmPostEvent(
    PLCM_VC Vc,
    ULONG Event
    )
{
    BOOLEAN Queue;

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Vc->Events |= Event;
    Queue = (BOOLEAN)!Vc->WorkQueued;
    if (Queue)
    {
        Vc->WorkQueued = TRUE;
        NdisInterlockedIncrement(&Vc->References);
    }
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    if (Queue)
    {
        IoQueueWorkItemEx(Vc->WorkItem, LcmVcWorker, DelayedWorkQueue, Vc);
    }
}

/* Whether an event can be handled in the state that the VC is in. The lock is held. */
static BOOLEAN
LcmIsDue(
    PLCM_VC Vc,
    ULONG Event
    )
{
    BOOLEAN Settled = (BOOLEAN)(Vc->Call != LcmCallConnecting && Vc->Call != LcmCallOffered);

    switch (Event)
    {
    case LCM_EVENT_HANGUP:
        /* Nobody can close what the client has not yet answered. */
        return Settled;
    case LCM_EVENT_MODIFY:
        return (BOOLEAN)!Vc->ActivationPending;
    case LCM_EVENT_CLOSE:
        /* A call that is still being set up or changed is closed once its fate is known. */
        return (BOOLEAN)(Settled && !Vc->ActivationPending);
    default:
        return TRUE;
    }
}

/* The event to handle next, or 0 when the work item has nothing to do until another one is posted. */
static ULONG
LcmTakeEvent(
    PLCM_VC Vc
    )
{
    ULONG Event;

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    for (Event = LCM_EVENT_CONNECT; Event <= LCM_EVENT_CLOSE; Event <<= 1)
    {
        if ((Vc->Events & Event) != 0 && LcmIsDue(Vc, Event))
        {
            break;
        }
    }
    if (Event > LCM_EVENT_CLOSE)
    {
        Event = 0;
        Vc->WorkQueued = FALSE;
    }
    Vc->Events &= ~Event;
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);
    return Event;
}

VOID
LcmSetCall(
    PLCM_VC Vc,
    LCM_CALL Call
    )
{
    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Vc->Call = Call;
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);
}

static VOID
LcmHandleEvent(
    PLCM_VC Vc,
    ULONG Event
    )
{
    switch (Event)
    {
    case LCM_EVENT_CONNECT:
        LcmConnect(Vc);
        break;
    case LCM_EVENT_ACTIVATED:
        LcmActivated(Vc);
        break;
    case LCM_EVENT_ANSWERED:
        LcmAnswered(Vc);
        break;
    case LCM_EVENT_LEG:
        LcmHandleLegs(Vc);
        break;
    case LCM_EVENT_CONNECTED:
        LcmConnected(Vc);
        break;
    case LCM_EVENT_HANGUP:
        LcmHangUp(Vc);
        break;
    case LCM_EVENT_DEACTIVATED:
        LcmDeactivated(Vc);
        break;
    case LCM_EVENT_MODIFY:
        LcmModify(Vc);
        break;
    default:
        LcmClose(Vc);
        break;
    }
}

/* Runs the events of one VC, one after the other, at PASSIVE_LEVEL. */
_Use_decl_annotations_
VOID
LcmVcWorker(
    PVOID IoObject,
    PVOID Context,
    PIO_WORKITEM IoWorkItem
    )
{
    PLCM_VC Vc = (PLCM_VC)Context;
    ULONG Event;

    UNREFERENCED_PARAMETER(IoObject);
    UNREFERENCED_PARAMETER(IoWorkItem);

    for (Event = LcmTakeEvent(Vc); Event != 0; Event = LcmTakeEvent(Vc))
    {
        LcmHandleEvent(Vc, Event);
    }
    LcmDereferenceVc(Vc);
}
