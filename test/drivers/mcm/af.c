#include "loop.h"

VOID LoopDereferenceAf(PLOOP_AF Af)
{
    PLOOP_ADAPTER Adapter = Af->Adapter;

    if (NdisInterlockedDecrement(&Af->References) == 0)
    {
        LoopFree(Af);
        LoopDereferenceAdapter(Adapter);
    }
}

/* Gives up a SAP's or a VC's use of the address family; the last one completes a close that is waiting. */
VOID LoopReleaseAf(PLOOP_AF Af)
{
    if (NdisInterlockedDecrement(&Af->Uses) == 0)
    {
        NdisMCmCloseAddressFamilyComplete(NDIS_STATUS_SUCCESS, Af->AfHandle);
        LoopDereferenceAf(Af);
    }
}

static VOID LoopFreeSap(PLOOP_SAP Sap)
{
    PLOOP_AF Af = Sap->Af;

    LoopFree(Sap);
    LoopReleaseAf(Af);
}

/* Gives up an offered call's use of the SAP; the last one completes a deregistration that is waiting. */
VOID LoopReleaseSap(PLOOP_SAP Sap)
{
    if (NdisInterlockedDecrement(&Sap->Uses) == 0)
    {
        NdisMCmDeregisterSapComplete(NDIS_STATUS_SUCCESS, Sap->SapHandle);
        LoopFreeSap(Sap);
    }
}

/* The next address family whose client has neither closed it nor been asked to, with a reference and a use. */
static PLOOP_AF LoopNextAfToClose(PLOOP_ADAPTER Adapter)
{
    PLIST_ENTRY Entry;
    PLOOP_AF Found = NULL;

    NdisAcquireSpinLock(&Adapter->Lock);
    for (Entry = Adapter->AfList.Flink; Entry != &Adapter->AfList; Entry = Entry->Flink)
    {
        PLOOP_AF Af = CONTAINING_RECORD(Entry, LOOP_AF, Link);

        if (!Af->CloseRequested && !Af->CloseNotified)
        {
            Af->CloseNotified = TRUE;
            NdisInterlockedIncrement(&Af->References);
            NdisInterlockedIncrement(&Af->Uses);
            Found = Af;
            break;
        }
    }
    NdisReleaseSpinLock(&Adapter->Lock);
    return Found;
}

_Use_decl_annotations_
NDIS_STATUS LoopCmOpenAf(NDIS_HANDLE CallMgrBindingContext, PCO_ADDRESS_FAMILY AddressFamily,
                         NDIS_HANDLE NdisAfHandle, PNDIS_HANDLE CallMgrAfContext)
{
    PLOOP_ADAPTER Adapter = (PLOOP_ADAPTER)CallMgrBindingContext;
    PLOOP_AF Af;

    if (AddressFamily->AddressFamily != LOOP_ADDRESS_FAMILY || AddressFamily->MajorVersion != LOOP_MAJOR_VERSION)
    {
        return NDIS_STATUS_NOT_SUPPORTED;
    }

    Af = (PLOOP_AF)LoopAllocate(sizeof(LOOP_AF));
    if (Af == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    Af->References = 1;
    Af->Uses = 1;
    Af->Adapter = Adapter;
    Af->AfHandle = NdisAfHandle;
    InitializeListHead(&Af->SapList);

    NdisAcquireSpinLock(&Adapter->Lock);
    if (Adapter->Closing)
    {
        NdisReleaseSpinLock(&Adapter->Lock);
        LoopFree(Af);
        return NDIS_STATUS_CLOSING;
    }
    NdisInterlockedIncrement(&Adapter->References);
    InsertTailList(&Adapter->AfList, &Af->Link);
    NdisReleaseSpinLock(&Adapter->Lock);

    *CallMgrAfContext = Af;
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS LoopCmCloseAf(NDIS_HANDLE CallMgrAfContext)
{
    PLOOP_AF Af = (PLOOP_AF)CallMgrAfContext;

    NdisAcquireSpinLock(&Af->Adapter->Lock);
    Af->CloseRequested = TRUE;
    RemoveEntryList(&Af->Link);
    NdisReleaseSpinLock(&Af->Adapter->Lock);

    if (NdisInterlockedDecrement(&Af->Uses) != 0)
    {
        /* LoopReleaseAf completes the close when the last SAP and the last VC are gone. */
        return NDIS_STATUS_PENDING;
    }
    LoopDereferenceAf(Af);
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID LoopCmNotifyCloseAfComplete(NDIS_HANDLE CallMgrAfContext, NDIS_STATUS Status)
{
    /* Whatever the client answered, the halt waits until it has closed the address family. */
    UNREFERENCED_PARAMETER(Status);

    LoopDereferenceAf((PLOOP_AF)CallMgrAfContext);
}

/* The SAP that an address names, or NULL. The adapter's lock is held. */
static PLOOP_SAP LoopFindSap(PLOOP_ADAPTER Adapter, ULONG SapType, const UCHAR *Address, ULONG Length)
{
    PLIST_ENTRY AfEntry;
    PLIST_ENTRY SapEntry;

    for (AfEntry = Adapter->AfList.Flink; AfEntry != &Adapter->AfList; AfEntry = AfEntry->Flink)
    {
        PLOOP_AF Af = CONTAINING_RECORD(AfEntry, LOOP_AF, Link);

        for (SapEntry = Af->SapList.Flink; SapEntry != &Af->SapList; SapEntry = SapEntry->Flink)
        {
            PLOOP_SAP Sap = CONTAINING_RECORD(SapEntry, LOOP_SAP, Link);

            if (Sap->SapType == SapType && Sap->SapLength == Length && NdisEqualMemory(Sap->Sap, Address, Length))
            {
                return Sap;
            }
        }
    }
    return NULL;
}

_Use_decl_annotations_
NDIS_STATUS LoopCmRegisterSap(NDIS_HANDLE CallMgrAfContext, PCO_SAP Sap, NDIS_HANDLE NdisSapHandle,
                              PNDIS_HANDLE CallMgrSapContext)
{
    PLOOP_AF Af = (PLOOP_AF)CallMgrAfContext;
    PLOOP_SAP NewSap;

    if (Sap->SapLength == 0 || Sap->SapLength > LOOP_MAXIMUM_ADDRESS)
    {
        return NDIS_STATUS_INVALID_DATA;
    }

    NewSap = (PLOOP_SAP)LoopAllocate(sizeof(LOOP_SAP));
    if (NewSap == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    NewSap->Uses = 1;
    NewSap->Af = Af;
    NewSap->SapHandle = NdisSapHandle;
    NewSap->SapType = Sap->SapType;
    NewSap->SapLength = Sap->SapLength;
    NdisMoveMemory(NewSap->Sap, Sap->Sap, Sap->SapLength);

    NdisAcquireSpinLock(&Af->Adapter->Lock);
    if (LoopFindSap(Af->Adapter, Sap->SapType, Sap->Sap, Sap->SapLength) != NULL)
    {
        /* One address, one client. */
        NdisReleaseSpinLock(&Af->Adapter->Lock);
        LoopFree(NewSap);
        return NDIS_STATUS_INVALID_DATA;
    }
    NdisInterlockedIncrement(&Af->Uses);
    InsertTailList(&Af->SapList, &NewSap->Link);
    NdisReleaseSpinLock(&Af->Adapter->Lock);

    *CallMgrSapContext = NewSap;
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS LoopCmDeregisterSap(NDIS_HANDLE CallMgrSapContext)
{
    PLOOP_SAP Sap = (PLOOP_SAP)CallMgrSapContext;

    NdisAcquireSpinLock(&Sap->Af->Adapter->Lock);
    RemoveEntryList(&Sap->Link);
    NdisReleaseSpinLock(&Sap->Af->Adapter->Lock);

    if (NdisInterlockedDecrement(&Sap->Uses) != 0)
    {
        /* LoopReleaseSap completes it when no call is being offered on the SAP any more. */
        return NDIS_STATUS_PENDING;
    }
    LoopFreeSap(Sap);
    return NDIS_STATUS_SUCCESS;
}

/* The SAP that an address names, in use until LoopReleaseSap; NULL when no client registered it. */
PLOOP_SAP LoopUseSap(PLOOP_ADAPTER Adapter, ULONG SapType, const UCHAR *Address, ULONG Length)
{
    PLOOP_SAP Sap;

    NdisAcquireSpinLock(&Adapter->Lock);
    Sap = LoopFindSap(Adapter, SapType, Address, Length);
    if (Sap != NULL)
    {
        NdisInterlockedIncrement(&Sap->Uses);
    }
    NdisReleaseSpinLock(&Adapter->Lock);
    return Sap;
}

/* Asks every client of an adapter to close its address family. It may do so later than this returns. */
VOID LoopCloseAddressFamilies(PLOOP_ADAPTER Adapter)
{
    PLOOP_AF Af;
    NDIS_STATUS Status;

    for (Af = LoopNextAfToClose(Adapter); Af != NULL; Af = LoopNextAfToClose(Adapter))
    {
        Status = NdisMCmNotifyCloseAddressFamily(Af->AfHandle);
        LoopReleaseAf(Af);
        if (Status != NDIS_STATUS_PENDING)
        {
            LoopCmNotifyCloseAfComplete(Af, Status);
        }
    }
}
