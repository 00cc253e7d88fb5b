#include "echo.h"

/*
 * Sends a copy of the data on a call that is up. EchoCoSendNetBufferListsComplete frees the copy.
 * IRQL <= DISPATCH_LEVEL.
 */
NDIS_STATUS EchoSend(PECHO_VC Vc, const VOID *Data, ULONG Length)
{
    PECHO_BINDING Binding = Vc->Af->Binding;
    PVOID Copy = EchoAllocate(Length);
    PMDL Mdl = NULL;
    PNET_BUFFER_LIST NetBufferList = NULL;
    BOOLEAN MaySend = FALSE;

    if (Copy != NULL)
    {
        NdisMoveMemory(Copy, Data, Length);
        Mdl = NdisAllocateMdl(Binding->BindingHandle, Copy, Length);
    }
    if (Mdl != NULL)
    {
        NetBufferList = NdisAllocateNetBufferAndNetBufferList(Binding->PoolHandle, 0, 0, Mdl, 0, Length);
    }
    if (NetBufferList != NULL)
    {
        NdisAcquireSpinLock(&Binding->Lock);
        MaySend = (BOOLEAN)(Vc->Call == EchoStateUp && !Vc->CloseRequested && !Binding->Paused);
        if (MaySend)
        {
            Vc->SendsPending++;
        }
        NdisReleaseSpinLock(&Binding->Lock);
    }

    if (MaySend)
    {
        NetBufferList->SourceHandle = Vc->VcHandle;
        NdisCoSendNetBufferLists(Vc->VcHandle, NetBufferList, 0);
        return NDIS_STATUS_PENDING;
    }
    if (NetBufferList != NULL)
    {
        NdisFreeNetBufferList(NetBufferList);
    }
    if (Mdl != NULL)
    {
        NdisFreeMdl(Mdl);
    }
    if (Copy != NULL)
    {
        EchoFree(Copy);
    }
    return NDIS_STATUS_FAILURE;
}

static VOID EchoFreeSent(PNET_BUFFER_LIST NetBufferList)
{
    PMDL Mdl = NET_BUFFER_FIRST_MDL(NET_BUFFER_LIST_FIRST_NB(NetBufferList));
    PVOID Copy = MmGetMdlVirtualAddress(Mdl);

    NdisFreeNetBufferList(NetBufferList);
    NdisFreeMdl(Mdl);
    EchoFree(Copy);
}

_Use_decl_annotations_
VOID EchoCoSendNetBufferListsComplete(NDIS_HANDLE ProtocolVcContext, PNET_BUFFER_LIST NetBufferLists,
                                      ULONG SendCompleteFlags)
{
    PECHO_VC Vc = (PECHO_VC)ProtocolVcContext;
    PNET_BUFFER_LIST Next;
    ULONG Completed = 0;
    BOOLEAN Close;

    UNREFERENCED_PARAMETER(SendCompleteFlags);

    while (NetBufferLists != NULL)
    {
        Next = NET_BUFFER_LIST_NEXT_NBL(NetBufferLists);
        EchoFreeSent(NetBufferLists);
        NetBufferLists = Next;
        Completed++;
    }

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Vc->SendsPending -= Completed;
    Close = (BOOLEAN)(Vc->CloseRequested && Vc->SendsPending == 0);
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);
    if (Close)
    {
        EchoContinueClose(Vc);
    }
}

_Use_decl_annotations_
VOID EchoCoReceiveNetBufferLists(NDIS_HANDLE ProtocolBindingContext, NDIS_HANDLE ProtocolVcContext,
                                 PNET_BUFFER_LIST NetBufferLists, ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)
{
    UNREFERENCED_PARAMETER(NumberOfNetBufferLists);

    EchoReceived((PECHO_VC)ProtocolVcContext, NetBufferLists);
    EchoReturnNetBufferLists((PECHO_BINDING)ProtocolBindingContext, NetBufferLists, ReceiveFlags);
}
