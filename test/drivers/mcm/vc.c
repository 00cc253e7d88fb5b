#include "loop.h"

PLOOP_VC LoopAllocateVc(PLOOP_AF Af)
{
    PLOOP_VC Vc = (PLOOP_VC)LoopAllocate(sizeof(LOOP_VC));

    if (Vc == NULL)
    {
        return NULL;
    }
    /* Allocated now, because closing a call must not fail for want of memory. */
    Vc->WorkItem = NdisAllocateIoWorkItem(Af->Adapter->AdapterHandle);
    if (Vc->WorkItem == NULL)
    {
        LoopFree(Vc);
        return NULL;
    }
    NdisInterlockedIncrement(&Af->Uses);
    Vc->References = 1;
    Vc->Af = Af;
    Vc->Call = LoopCallNone;
    return Vc;
}

VOID LoopDereferenceVc(PLOOP_VC Vc)
{
    PLOOP_AF Af = Vc->Af;

    if (NdisInterlockedDecrement(&Vc->References) == 0)
    {
        if (Vc->Incoming && Vc->CallParameters != NULL)
        {
            LoopFree(Vc->CallParameters);
        }
        NdisFreeIoWorkItem(Vc->WorkItem);
        LoopFree(Vc);
        LoopReleaseAf(Af);
    }
}

_Use_decl_annotations_
NDIS_STATUS LoopCmCreateVc(NDIS_HANDLE ProtocolAfContext, NDIS_HANDLE NdisVcHandle, PNDIS_HANDLE ProtocolVcContext)
{
    PLOOP_VC Vc = LoopAllocateVc((PLOOP_AF)ProtocolAfContext);

    if (Vc == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    Vc->VcHandle = NdisVcHandle;
    *ProtocolVcContext = Vc;
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS LoopCmDeleteVc(NDIS_HANDLE ProtocolVcContext)
{
    PLOOP_VC Vc = (PLOOP_VC)ProtocolVcContext;
    BOOLEAN InUse;

    NdisAcquireSpinLock(&Vc->Af->Adapter->Lock);
    InUse = (BOOLEAN)(Vc->Call != LoopCallNone || Vc->CloseRequested);
    NdisReleaseSpinLock(&Vc->Af->Adapter->Lock);

    if (InUse)
    {
        return NDIS_STATUS_NOT_ACCEPTED;
    }
    LoopDereferenceVc(Vc);
    return NDIS_STATUS_SUCCESS;
}

VOID LoopSetCall(PLOOP_VC Vc, LOOP_CALL Call)
{
    NdisAcquireSpinLock(&Vc->Af->Adapter->Lock);
    Vc->Call = Call;
    NdisReleaseSpinLock(&Vc->Af->Adapter->Lock);
}

/* The other end with a reference, or NULL; with Part, the two ends know each other no longer. */
PLOOP_VC LoopReferencePeer(PLOOP_VC Vc, BOOLEAN Part)
{
    PLOOP_ADAPTER Adapter = Vc->Af->Adapter;
    PLOOP_VC Peer;

    NdisAcquireSpinLock(&Adapter->Lock);
    Peer = Vc->Peer;
    if (Peer != NULL)
    {
        NdisInterlockedIncrement(&Peer->References);
        if (Part)
        {
            Peer->Peer = NULL;
            Vc->Peer = NULL;
        }
    }
    NdisReleaseSpinLock(&Adapter->Lock);
    return Peer;
}

VOID LoopPostEvent(PLOOP_VC Vc, ULONG Event)
{
    BOOLEAN Queue;

    NdisAcquireSpinLock(&Vc->Af->Adapter->Lock);
    Vc->Events |= Event;
    Queue = (BOOLEAN)!Vc->WorkQueued;
    if (Queue)
    {
        Vc->WorkQueued = TRUE;
        NdisInterlockedIncrement(&Vc->References);
    }
    NdisReleaseSpinLock(&Vc->Af->Adapter->Lock);

    if (Queue)
    {
        NdisQueueIoWorkItem(Vc->WorkItem, LoopVcWorker, Vc);
    }
}

/* Whether an event can be handled now: a call is ended only once its fate is known. The lock is held. */
static BOOLEAN LoopIsDue(PLOOP_VC Vc, ULONG Event)
{
    BOOLEAN Settled = (BOOLEAN)(Vc->Call != LoopCallConnecting && Vc->Call != LoopCallOffered);

    return (BOOLEAN)((Event != LOOP_EVENT_HANGUP && Event != LOOP_EVENT_CLOSE) || Settled);
}

/* The event to handle next, or 0 when the work item has nothing to do until another one is posted. */
static ULONG LoopTakeEvent(PLOOP_VC Vc)
{
    ULONG Event;

    NdisAcquireSpinLock(&Vc->Af->Adapter->Lock);
    for (Event = LOOP_EVENT_CONNECT; Event <= LOOP_EVENT_CLOSE; Event <<= 1)
    {
        if ((Vc->Events & Event) != 0 && LoopIsDue(Vc, Event))
        {
            break;
        }
    }
    if (Event > LOOP_EVENT_CLOSE)
    {
        Event = 0;
        Vc->WorkQueued = FALSE;
    }
    Vc->Events &= ~Event;
    NdisReleaseSpinLock(&Vc->Af->Adapter->Lock);
    return Event;
}

static VOID LoopHandleEvent(PLOOP_VC Vc, ULONG Event)
{
    switch (Event)
    {
    case LOOP_EVENT_CONNECT:
        LoopConnect(Vc);
        break;
    case LOOP_EVENT_ACTIVATED:
        LoopActivated(Vc);
        break;
    case LOOP_EVENT_ANSWERED:
        LoopAnswered(Vc);
        break;
    case LOOP_EVENT_PEER_ANSWERED:
        LoopPeerAnswered(Vc);
        break;
    case LOOP_EVENT_CONNECTED:
        LoopConnected(Vc);
        break;
    case LOOP_EVENT_HANGUP:
        LoopHangUp(Vc);
        break;
    case LOOP_EVENT_DRAINED:
        LoopDeactivateDrained(Vc);
        break;
    case LOOP_EVENT_DEACTIVATED:
        LoopDeactivated(Vc);
        break;
    default:
        LoopClose(Vc);
        break;
    }
}

/* Runs the events of one VC, one after the other, at PASSIVE_LEVEL. */
_Use_decl_annotations_
VOID LoopVcWorker(PVOID WorkItemContext, NDIS_HANDLE NdisIoWorkItemHandle)
{
    PLOOP_VC Vc = (PLOOP_VC)WorkItemContext;
    ULONG Event;

    UNREFERENCED_PARAMETER(NdisIoWorkItemHandle);

    for (Event = LoopTakeEvent(Vc); Event != 0; Event = LoopTakeEvent(Vc))
    {
        LoopHandleEvent(Vc, Event);
    }
    LoopDereferenceVc(Vc);
}
