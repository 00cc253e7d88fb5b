#include "echo.h"

/* Gives up a use of the address family; the last one closes it. */
VOID EchoReleaseAf(PECHO_AF Af)
{
    NDIS_STATUS Status;

    if (NdisInterlockedDecrement(&Af->Uses) == 0)
    {
        Status = NdisClCloseAddressFamily(Af->AfHandle);
        if (Status != NDIS_STATUS_PENDING)
        {
            EchoClCloseAfComplete(Status, Af);
        }
    }
}

static VOID EchoFreeAf(PECHO_AF Af)
{
    PECHO_BINDING Binding = Af->Binding;

    if (Af->Sap != NULL)
    {
        EchoFree(Af->Sap);
    }
    EchoFree(Af);
    EchoDereferenceBinding(Binding);
}

/* Asks for the close of an address family. Those who still use it are sent away; the last one closes it. */
static VOID EchoCloseAf(PECHO_AF Af)
{
    PECHO_BINDING Binding = Af->Binding;
    NDIS_HANDLE SapHandle = NULL;
    BOOLEAN DeregisterSap;
    PLIST_ENTRY Entry;
    NDIS_STATUS Status;

    /* The caller has set CloseRequested, so no VC, SAP or party is added any more. */
    NdisAcquireSpinLock(&Binding->Lock);
    Entry = Af->VcList.Flink;
    while (Entry != &Af->VcList)
    {
        PECHO_VC Vc = CONTAINING_RECORD(Entry, ECHO_VC, Link);

        if (Vc->CloseRequested || Vc->Call == EchoStateNone)
        {
            Entry = Entry->Flink;
            continue;
        }
        NdisInterlockedIncrement(&Vc->References);
        NdisReleaseSpinLock(&Binding->Lock);

        EchoCloseCall(Vc);
        EchoDereferenceVc(Vc);

        /* The list may have changed meanwhile. */
        NdisAcquireSpinLock(&Binding->Lock);
        Entry = Af->VcList.Flink;
    }
    DeregisterSap = Af->SapRegistered;
    SapHandle = Af->SapHandle;
    Af->SapRegistered = FALSE;
    NdisReleaseSpinLock(&Binding->Lock);

    if (DeregisterSap)
    {
        Status = NdisClDeregisterSap(SapHandle);
        if (Status != NDIS_STATUS_PENDING)
        {
            EchoClDeregisterSapComplete(Status, Af);
        }
    }
    EchoReleaseAf(Af);
}

/*
 * Marks an address family as closing. TRUE when the caller has to go on with EchoCloseAf; one that is still being
 * opened is closed by EchoClOpenAfCompleteEx. The binding's lock is held.
 */
static BOOLEAN EchoMarkAfClosing(PECHO_AF Af)
{
    BOOLEAN First = (BOOLEAN)!Af->CloseRequested;

    Af->CloseRequested = TRUE;
    return (BOOLEAN)(First && Af->Open);
}

static PECHO_AF EchoNextAfToClose(PECHO_BINDING Binding)
{
    PLIST_ENTRY Entry;
    PECHO_AF Found = NULL;

    NdisAcquireSpinLock(&Binding->Lock);
    for (Entry = Binding->AfList.Flink; Entry != &Binding->AfList && Found == NULL; Entry = Entry->Flink)
    {
        PECHO_AF Af = CONTAINING_RECORD(Entry, ECHO_AF, Link);

        if (EchoMarkAfClosing(Af))
        {
            Found = Af;
        }
    }
    NdisReleaseSpinLock(&Binding->Lock);
    return Found;
}

/* Closes every address family of a binding, those that are still being opened too, once they are open. */
VOID EchoCloseAddressFamilies(PECHO_BINDING Binding)
{
    PECHO_AF Af;

    for (Af = EchoNextAfToClose(Binding); Af != NULL; Af = EchoNextAfToClose(Binding))
    {
        EchoCloseAf(Af);
    }
}

static const UCHAR EchoAddress[ECHO_ADDRESS_LENGTH] = {'E', 'C', 'H', 'O'};

static PCO_SAP EchoBuildSap(VOID)
{
    PCO_SAP Sap = (PCO_SAP)EchoAllocate(sizeof(CO_SAP) + ECHO_ADDRESS_LENGTH);

    if (Sap != NULL)
    {
        Sap->SapType = ECHO_ADDRESS_TYPE;
        Sap->SapLength = ECHO_ADDRESS_LENGTH;
        NdisMoveMemory(Sap->Sap, EchoAddress, ECHO_ADDRESS_LENGTH);
    }
    return Sap;
}

_Use_decl_annotations_
VOID EchoCoAfRegisterNotify(NDIS_HANDLE ProtocolBindingContext, PCO_ADDRESS_FAMILY AddressFamily)
{
    PECHO_BINDING Binding = (PECHO_BINDING)ProtocolBindingContext;
    PECHO_AF Af;
    BOOLEAN Closing;
    NDIS_STATUS Status;

    if (AddressFamily->AddressFamily != ECHO_ADDRESS_FAMILY || AddressFamily->MajorVersion != ECHO_MAJOR_VERSION)
    {
        return;
    }

    Af = (PECHO_AF)EchoAllocate(sizeof(ECHO_AF));
    if (Af == NULL)
    {
        return;
    }
    Af->Uses = 1;
    Af->Binding = Binding;
    InitializeListHead(&Af->VcList);

    NdisAcquireSpinLock(&Binding->Lock);
    Closing = Binding->Closing;
    if (!Closing)
    {
        NdisInterlockedIncrement(&Binding->References);
        InsertTailList(&Binding->AfList, &Af->Link);
    }
    NdisReleaseSpinLock(&Binding->Lock);
    if (Closing)
    {
        EchoFree(Af);
        return;
    }

    Status = NdisClOpenAddressFamilyEx(Binding->BindingHandle, AddressFamily, Af, &Af->AfHandle);
    if (Status != NDIS_STATUS_PENDING)
    {
        EchoClOpenAfCompleteEx(Af, Af->AfHandle, Status);
    }
}

_Use_decl_annotations_
VOID EchoClOpenAfCompleteEx(NDIS_HANDLE ProtocolAfContext, NDIS_HANDLE NdisAfHandle, NDIS_STATUS Status)
{
    PECHO_AF Af = (PECHO_AF)ProtocolAfContext;
    PECHO_BINDING Binding = Af->Binding;
    BOOLEAN CloseRequested;

    if (Status != NDIS_STATUS_SUCCESS)
    {
        NdisAcquireSpinLock(&Binding->Lock);
        RemoveEntryList(&Af->Link);
        NdisReleaseSpinLock(&Binding->Lock);
        EchoFreeAf(Af);
        return;
    }

    Af->Sap = EchoBuildSap();

    NdisAcquireSpinLock(&Binding->Lock);
    Af->AfHandle = NdisAfHandle;
    Af->Open = TRUE;
    CloseRequested = Af->CloseRequested;
    if (!CloseRequested && Af->Sap != NULL)
    {
        NdisInterlockedIncrement(&Af->Uses);
    }
    NdisReleaseSpinLock(&Binding->Lock);

    if (CloseRequested)
    {
        EchoCloseAf(Af);
        return;
    }
    if (Af->Sap == NULL)
    {
        /* Without a SAP this client can still make calls. */
        return;
    }
    Status = NdisClRegisterSap(NdisAfHandle, Af, Af->Sap, &Af->SapHandle);
    if (Status != NDIS_STATUS_PENDING)
    {
        EchoClRegisterSapComplete(Status, Af, Af->Sap, Af->SapHandle);
    }
}

_Use_decl_annotations_
VOID EchoClCloseAfComplete(NDIS_STATUS Status, NDIS_HANDLE ProtocolAfContext)
{
    PECHO_AF Af = (PECHO_AF)ProtocolAfContext;
    PECHO_BINDING Binding = Af->Binding;
    BOOLEAN NotifyPending;

    NdisAcquireSpinLock(&Binding->Lock);
    RemoveEntryList(&Af->Link);
    NotifyPending = Af->NotifyPending;
    NdisReleaseSpinLock(&Binding->Lock);

    if (NotifyPending)
    {
        NdisClNotifyCloseAddressFamilyComplete(Af->AfHandle, Status);
    }
    EchoFreeAf(Af);
}

_Use_decl_annotations_
NDIS_STATUS EchoClNotifyCloseAf(NDIS_HANDLE ClientAfContext)
{
    PECHO_AF Af = (PECHO_AF)ClientAfContext;
    PECHO_BINDING Binding = Af->Binding;
    BOOLEAN Close;

    /* Waiting here could deadlock: EchoClCloseAfComplete gives the answer. */
    NdisAcquireSpinLock(&Binding->Lock);
    Af->NotifyPending = TRUE;
    Close = EchoMarkAfClosing(Af);
    NdisReleaseSpinLock(&Binding->Lock);

    if (Close)
    {
        EchoCloseAf(Af);
    }
    return NDIS_STATUS_PENDING;
}
