#include "echo.h"

VOID EchoDereferenceVc(PECHO_VC Vc)
{
    PECHO_AF Af = Vc->Af;

    if (NdisInterlockedDecrement(&Vc->References) == 0)
    {
        IoUninitializeWorkItem(Vc->WorkItem);
        EchoFree(Vc);
        EchoReleaseAf(Af);
    }
}

/*
 * A VC with its work item behind it. NDIS work items belong to miniport and filter drivers; a protocol driver queues
 * the I/O manager's. NULL when there is no memory or the address family is being closed.
 */
PECHO_VC EchoAllocateVc(PECHO_AF Af, BOOLEAN Incoming)
{
    PECHO_VC Vc = (PECHO_VC)EchoAllocate((ULONG)(sizeof(ECHO_VC) + IoSizeofWorkItem()));
    BOOLEAN Closing;

    if (Vc == NULL)
    {
        return NULL;
    }
    Vc->References = 1;
    Vc->Af = Af;
    Vc->Incoming = Incoming;
    Vc->Call = EchoStateNone;
    InitializeListHead(&Vc->PartyList);
    Vc->WorkItem = (PIO_WORKITEM)(Vc + 1);
    IoInitializeWorkItem(EchoDriver, Vc->WorkItem);

    NdisAcquireSpinLock(&Af->Binding->Lock);
    Closing = Af->CloseRequested;
    if (!Closing)
    {
        NdisInterlockedIncrement(&Af->Uses);
        InsertTailList(&Af->VcList, &Vc->Link);
    }
    NdisReleaseSpinLock(&Af->Binding->Lock);

    if (Closing)
    {
        IoUninitializeWorkItem(Vc->WorkItem);
        EchoFree(Vc);
        return NULL;
    }
    return Vc;
}

/* Takes a deleted VC off its list and gives up the reference that its creation made. */
VOID EchoForgetVc(PECHO_VC Vc)
{
    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    RemoveEntryList(&Vc->Link);
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);
    EchoDereferenceVc(Vc);
}

_Use_decl_annotations_
NDIS_STATUS EchoClCreateVc(NDIS_HANDLE ProtocolAfContext, NDIS_HANDLE NdisVcHandle, PNDIS_HANDLE ProtocolVcContext)
{
    PECHO_VC Vc = EchoAllocateVc((PECHO_AF)ProtocolAfContext, TRUE);

    if (Vc == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    Vc->VcHandle = NdisVcHandle;
    *ProtocolVcContext = Vc;
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS EchoClDeleteVc(NDIS_HANDLE ProtocolVcContext)
{
    PECHO_VC Vc = (PECHO_VC)ProtocolVcContext;
    ECHO_STATE Call;

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Call = Vc->Call;
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    if (Call != EchoStateNone)
    {
        return NDIS_STATUS_NOT_ACCEPTED;
    }
    EchoForgetVc(Vc);
    return NDIS_STATUS_SUCCESS;
}

/* Deletes a VC that this client created, after its call is over. */
VOID EchoDeleteVc(PECHO_VC Vc)
{
    (VOID)NdisCoDeleteVc(Vc->VcHandle); /* inactive by now: it cannot be refused */
    EchoForgetVc(Vc);
}
