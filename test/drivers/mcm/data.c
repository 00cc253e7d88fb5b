#include "loop.h"

/*
 * A send is completed when its receiver has returned it: the receiver gets a clone that shares the sender's memory.
 * The clone remembers both ends in its miniport area.
 */
#define LOOP_SENDER 0
#define LOOP_RECEIVER 1

/* Counts a transfer from one end to the other in, unless something forbids it. */
static NDIS_STATUS LoopBeginTransfer(PLOOP_VC Sender, PLOOP_VC *Receiver)
{
    PLOOP_ADAPTER Adapter = Sender->Af->Adapter;
    NDIS_STATUS Status = NDIS_STATUS_SUCCESS;

    NdisAcquireSpinLock(&Adapter->Lock);
    *Receiver = Sender->Peer;
    if (Adapter->Paused)
    {
        Status = NDIS_STATUS_PAUSED;
    }
    else if (!Sender->Active || Sender->Peer == NULL || !Sender->Peer->Active)
    {
        Status = NDIS_STATUS_FAILURE;
    }
    else
    {
        Adapter->Transfers++;
        Sender->Transfers++;
        Sender->Peer->Transfers++;
        NdisInterlockedIncrement(&Sender->References);
        NdisInterlockedIncrement(&Sender->Peer->References);
    }
    NdisReleaseSpinLock(&Adapter->Lock);
    return Status;
}

/* Counts a transfer out at one end. TRUE when a deactivation was waiting for it. The lock is held. */
static BOOLEAN LoopCountOut(PLOOP_VC Vc)
{
    BOOLEAN Drained;

    Vc->Transfers--;
    Drained = (BOOLEAN)(Vc->Draining && Vc->Transfers == 0);
    if (Drained)
    {
        Vc->Draining = FALSE;
    }
    return Drained;
}

static VOID LoopEndTransfer(PLOOP_VC Sender, PLOOP_VC Receiver, NDIS_STATUS Status)
{
    PLOOP_ADAPTER Adapter = Sender->Af->Adapter;
    BOOLEAN SenderDrained;
    BOOLEAN ReceiverDrained;
    BOOLEAN CompletePause;

    NdisAcquireSpinLock(&Adapter->Lock);
    SenderDrained = LoopCountOut(Sender);
    ReceiverDrained = LoopCountOut(Receiver);
    if (Status == NDIS_STATUS_SUCCESS)
    {
        Adapter->SendsDone++;
    }
    Adapter->Transfers--;
    CompletePause = (BOOLEAN)(Adapter->PausePending && Adapter->Transfers == 0);
    if (CompletePause)
    {
        Adapter->PausePending = FALSE;
    }
    NdisReleaseSpinLock(&Adapter->Lock);

    if (CompletePause)
    {
        NdisMPauseComplete(Adapter->AdapterHandle);
    }
    if (SenderDrained)
    {
        LoopPostEvent(Sender, LOOP_EVENT_DRAINED);
    }
    if (ReceiverDrained)
    {
        LoopPostEvent(Receiver, LOOP_EVENT_DRAINED);
    }
    LoopDereferenceVc(Receiver);
    LoopDereferenceVc(Sender);
}

static VOID LoopFailSend(PLOOP_VC Sender, PNET_BUFFER_LIST NetBufferList, NDIS_STATUS Status)
{
    PLOOP_ADAPTER Adapter = Sender->Af->Adapter;

    NdisAcquireSpinLock(&Adapter->Lock);
    Adapter->SendsFailed++;
    NdisReleaseSpinLock(&Adapter->Lock);

    NET_BUFFER_LIST_STATUS(NetBufferList) = Status;
    NdisMCoSendNetBufferListsComplete(Sender->VcHandle, NetBufferList, 0);
}

static VOID LoopSendOne(PLOOP_VC Sender, PNET_BUFFER_LIST NetBufferList)
{
    PLOOP_VC Receiver = NULL;
    PNET_BUFFER_LIST Clone;
    NDIS_STATUS Status = LoopBeginTransfer(Sender, &Receiver);

    if (Status != NDIS_STATUS_SUCCESS)
    {
        LoopFailSend(Sender, NetBufferList, Status);
        return;
    }

    Clone = NdisAllocateCloneNetBufferList(NetBufferList, Sender->Af->Adapter->PoolHandle, NULL,
                                           NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS);
    if (Clone == NULL)
    {
        LoopFailSend(Sender, NetBufferList, NDIS_STATUS_RESOURCES);
        LoopEndTransfer(Sender, Receiver, NDIS_STATUS_RESOURCES);
        return;
    }
    Clone->ParentNetBufferList = NetBufferList;
    Clone->SourceHandle = Receiver->VcHandle;
    NET_BUFFER_LIST_MINIPORT_RESERVED(Clone)[LOOP_SENDER] = Sender;
    NET_BUFFER_LIST_MINIPORT_RESERVED(Clone)[LOOP_RECEIVER] = Receiver;
    NET_BUFFER_LIST_STATUS(Clone) = NDIS_STATUS_SUCCESS;

    NdisMCoIndicateReceiveNetBufferLists(Receiver->VcHandle, Clone, 1, 0);
}

static VOID LoopReturnOne(PNET_BUFFER_LIST Clone)
{
    PNET_BUFFER_LIST NetBufferList = Clone->ParentNetBufferList;
    PLOOP_VC Sender = (PLOOP_VC)NET_BUFFER_LIST_MINIPORT_RESERVED(Clone)[LOOP_SENDER];
    PLOOP_VC Receiver = (PLOOP_VC)NET_BUFFER_LIST_MINIPORT_RESERVED(Clone)[LOOP_RECEIVER];

    NdisFreeCloneNetBufferList(Clone, NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS);
    NET_BUFFER_LIST_STATUS(NetBufferList) = NDIS_STATUS_SUCCESS;
    NdisMCoSendNetBufferListsComplete(Sender->VcHandle, NetBufferList, 0);
    LoopEndTransfer(Sender, Receiver, NDIS_STATUS_SUCCESS);
}

_Use_decl_annotations_
VOID LoopCoSendNetBufferLists(NDIS_HANDLE MiniportVcContext, PNET_BUFFER_LIST NetBufferLists, ULONG SendFlags)
{
    PLOOP_VC Vc = (PLOOP_VC)MiniportVcContext;
    PNET_BUFFER_LIST Next;

    UNREFERENCED_PARAMETER(SendFlags);

    while (NetBufferLists != NULL)
    {
        Next = NET_BUFFER_LIST_NEXT_NBL(NetBufferLists);
        NET_BUFFER_LIST_NEXT_NBL(NetBufferLists) = NULL;
        LoopSendOne(Vc, NetBufferLists);
        NetBufferLists = Next;
    }
}

_Use_decl_annotations_
VOID LoopReturnNetBufferLists(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferLists, ULONG ReturnFlags)
{
    PNET_BUFFER_LIST Next;

    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(ReturnFlags);

    while (NetBufferLists != NULL)
    {
        Next = NET_BUFFER_LIST_NEXT_NBL(NetBufferLists);
        LoopReturnOne(NetBufferLists);
        NetBufferLists = Next;
    }
}

_Use_decl_annotations_
VOID LoopSendNetBufferLists(NDIS_HANDLE MiniportAdapterContext, PNET_BUFFER_LIST NetBufferList,
                            NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PLOOP_ADAPTER Adapter = (PLOOP_ADAPTER)MiniportAdapterContext;
    PNET_BUFFER_LIST Each;
    ULONG CompleteFlags = 0;

    UNREFERENCED_PARAMETER(PortNumber);

    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags))
    {
        CompleteFlags = NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    }

    /* A connection-oriented adapter sends on VCs only. */
    for (Each = NetBufferList; Each != NULL; Each = NET_BUFFER_LIST_NEXT_NBL(Each))
    {
        NET_BUFFER_LIST_STATUS(Each) = NDIS_STATUS_NOT_SUPPORTED;
    }
    NdisMSendNetBufferListsComplete(Adapter->AdapterHandle, NetBufferList, CompleteFlags);
}

_Use_decl_annotations_
VOID LoopCancelSend(NDIS_HANDLE MiniportAdapterContext, PVOID CancelId)
{
    /* A send waits for nothing but its receiver, who already has it. */
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(CancelId);
}
