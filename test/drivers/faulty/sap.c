#include "precomp.h"

static VOID
LcmFreeSap(
    PLCM_SAP Sap
    )
{
    PLCM_AF Af = Sap->Af;

    LcmFree(Sap);
    LcmReleaseAf(Af);
}

/* Gives up an offered call's use of the SAP; the last one completes a deregistration that is waiting. */
VOID
LcmReleaseSap(
    PLCM_SAP Sap
    )
{
    if (NdisInterlockedDecrement(&Sap->Uses) == 0)
    {
        NdisCmDeregisterSapComplete(NDIS_STATUS_SUCCESS, Sap->SapHandle);
        LcmFreeSap(Sap);
    }
}

/* The SAP that an address names, or NULL. The binding's lock is held. */
static PLCM_SAP
LcmFindSap(
    PLCM_BINDING Binding,
    ULONG SapType,
    const UCHAR *Address,
    ULONG Length
    )
{
    PLIST_ENTRY AfEntry;
    PLIST_ENTRY SapEntry;

    for (AfEntry = Binding->AfList.Flink; AfEntry != &Binding->AfList; AfEntry = AfEntry->Flink)
    {
        PLCM_AF Af = CONTAINING_RECORD(AfEntry, LCM_AF, Link);

        for (SapEntry = Af->SapList.Flink; SapEntry != &Af->SapList; SapEntry = SapEntry->Flink)
        {
            PLCM_SAP Sap = CONTAINING_RECORD(SapEntry, LCM_SAP, Link);

            if (Sap->SapType == SapType && Sap->SapLength == Length && NdisEqualMemory(Sap->Sap, Address, Length))
            {
                return Sap;
            }
        }
    }
    return NULL;
}

/* The SAP that an address names, in use until LcmReleaseSap; NULL when no client registered it. */
PLCM_SAP
LcmUseSap(
    PLCM_BINDING Binding,
    ULONG SapType,
    const UCHAR *Address,
    ULONG Length
    )
{
    PLCM_SAP Sap;

    NdisAcquireSpinLock(&Binding->Lock);
    Sap = LcmFindSap(Binding, SapType, Address, Length);
    if (Sap != NULL)
    {
        NdisInterlockedIncrement(&Sap->Uses);
    }
    NdisReleaseSpinLock(&Binding->Lock);
    return Sap;
}

_Use_decl_annotations_
NDIS_STATUS
LcmCmRegisterSap(
    NDIS_HANDLE CallMgrAfContext,
    PCO_SAP Sap,
    NDIS_HANDLE NdisSapHandle,
    PNDIS_HANDLE CallMgrSapContext
    )
{
    PLCM_AF Af = (PLCM_AF)CallMgrAfContext;
    PLCM_SAP NewSap;

    if (Sap->SapLength == 0 || Sap->SapLength > LCM_MAXIMUM_ADDRESS)
    {
        return NDIS_STATUS_INVALID_DATA;
    }

    NewSap = (PLCM_SAP)LcmAllocate(sizeof(LCM_SAP));
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

    NdisAcquireSpinLock(&Af->Binding->Lock);
    if (LcmFindSap(Af->Binding, Sap->SapType, Sap->Sap, Sap->SapLength) != NULL)
    {
        /* One address, one client. */
        NdisReleaseSpinLock(&Af->Binding->Lock);
        LcmFree(NewSap);
        return NDIS_STATUS_INVALID_DATA;
    }
    NdisInterlockedIncrement(&Af->Uses);
    InsertTailList(&Af->SapList, &NewSap->Link);
    NdisReleaseSpinLock(&Af->Binding->Lock);

    *CallMgrSapContext = NewSap;
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS
LcmCmDeregisterSap(
    NDIS_HANDLE CallMgrSapContext
    )
{
    PLCM_SAP Sap = (PLCM_SAP)CallMgrSapContext;

    NdisAcquireSpinLock(&Sap->Af->Binding->Lock);
    RemoveEntryList(&Sap->Link);
    NdisReleaseSpinLock(&Sap->Af->Binding->Lock);

    if (NdisInterlockedDecrement(&Sap->Uses) != 0)
    {
        /* LcmReleaseSap completes it when no call is being offered on the SAP any more. */
        return NDIS_STATUS_PENDING;
    }
    LcmFreeSap(Sap);
    return NDIS_STATUS_SUCCESS;
}
