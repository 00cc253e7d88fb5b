#include "precomp.h"

VOID
LcmDereferenceAf(
    PLCM_AF Af
    )
{
    PLCM_BINDING Binding = Af->Binding;

    if (NdisInterlockedDecrement(&Af->References) == 0)
    {
        LcmFree(Af);
        LcmDereferenceBinding(Binding);
    }
}

/* Gives up a SAP's or a VC's use of the address family; the last one completes a close that is waiting. */
VOID
LcmReleaseAf(
    PLCM_AF Af
    )
{
    if (NdisInterlockedDecrement(&Af->Uses) == 0)
    {
        NdisCmCloseAddressFamilyComplete(NDIS_STATUS_SUCCESS, Af->AfHandle);
        LcmDereferenceAf(Af);
    }
}

_Use_decl_annotations_
NDIS_STATUS
LcmCmOpenAf(
    NDIS_HANDLE CallMgrBindingContext,
    PCO_ADDRESS_FAMILY AddressFamily,
    NDIS_HANDLE NdisAfHandle,
    PNDIS_HANDLE CallMgrAfContext
    )
{
    PLCM_BINDING Binding = (PLCM_BINDING)CallMgrBindingContext;
    PLCM_AF Af;

    if (AddressFamily->AddressFamily != LCM_ADDRESS_FAMILY || AddressFamily->MajorVersion != LCM_MAJOR_VERSION)
    {
        return NDIS_STATUS_NOT_SUPPORTED;
    }

    Af = (PLCM_AF)LcmAllocate(sizeof(LCM_AF));
    if (Af == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    Af->References = 1;
    Af->Uses = 1;
    Af->Binding = Binding;
    Af->AfHandle = NdisAfHandle;
    InitializeListHead(&Af->SapList);

    NdisAcquireSpinLock(&Binding->Lock);
    if (Binding->Closing)
    {
        NdisReleaseSpinLock(&Binding->Lock);
        LcmFree(Af);
        return NDIS_STATUS_CLOSING;
    }
    NdisInterlockedIncrement(&Binding->References);
    InsertTailList(&Binding->AfList, &Af->Link);
    NdisReleaseSpinLock(&Binding->Lock);

    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS
LcmCmCloseAf(
    NDIS_HANDLE CallMgrAfContext
    )
{
    PLCM_AF Af = (PLCM_AF)CallMgrAfContext;

    NdisAcquireSpinLock(&Af->Binding->Lock);
    Af->CloseRequested = TRUE;
    RemoveEntryList(&Af->Link);
    NdisReleaseSpinLock(&Af->Binding->Lock);

    if (NdisInterlockedDecrement(&Af->Uses) != 0)
    {
        /* LcmReleaseAf completes the close when the last SAP and the last VC are gone. */
        return NDIS_STATUS_PENDING;
    }
    LcmDereferenceAf(Af);
    return NDIS_STATUS_SUCCESS;
}

VOID
LcmCmNotifyCloseAfComplete(
    NDIS_STATUS Status,
    NDIS_HANDLE CallMgrAfContext
    )
{
    /* Whatever the client answered, the unbind waits until it has closed the address family. */
    UNREFERENCED_PARAMETER(Status);

    LcmDereferenceAf((PLCM_AF)CallMgrAfContext);
}

/* The next address family whose client has neither closed it nor been asked to, with a reference and a use. */
static PLCM_AF
LcmNextAfToClose(
    PLCM_BINDING Binding
    )
{
    PLIST_ENTRY Entry;
    PLCM_AF Found = NULL;

    NdisAcquireSpinLock(&Binding->Lock);
    for (Entry = Binding->AfList.Flink; Entry != &Binding->AfList; Entry = Entry->Flink)
    {
        PLCM_AF Af = CONTAINING_RECORD(Entry, LCM_AF, Link);

        if (!Af->CloseRequested && !Af->CloseNotified)
        {
            Af->CloseNotified = TRUE;
            NdisInterlockedIncrement(&Af->References);
            NdisInterlockedIncrement(&Af->Uses);
            Found = Af;
            break;
        }
    }
    NdisReleaseSpinLock(&Binding->Lock);
    return Found;
}

/* Asks every client of a binding to close its address family. It may do so later than this returns. */
VOID
LcmCloseAddressFamilies(
    PLCM_BINDING Binding
    )
{
    PLCM_AF Af;
    NDIS_STATUS Status;

    for (Af = LcmNextAfToClose(Binding); Af != NULL; Af = LcmNextAfToClose(Binding))
    {
        Status = NdisCmNotifyCloseAddressFamily(Af->AfHandle);

        /* The use kept the handle valid during the call; the client's close may be waiting for it. */
        LcmReleaseAf(Af);
        if (Status != NDIS_STATUS_PENDING)
        {
            LcmCmNotifyCloseAfComplete(Status, Af);
        }
    }
}
