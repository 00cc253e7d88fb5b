#include "precomp.h"

PVOID
LcmAllocate(
    ULONG Size
    )
{
    PVOID Memory = NdisAllocateMemoryWithTagPriority(LcmProtocolHandle, Size, LCM_POOL_TAG, NormalPoolPriority);

    if (Memory != NULL)
    {
        NdisZeroMemory(Memory, Size);
    }
    return Memory;
}

VOID
LcmFree(
    PVOID Memory
    )
{
    NdisFreeMemory(Memory, 0, 0);
}

/* Bytes that a structure ending in specific parameters takes, rounded up so that the next one is aligned. */
static ULONG
LcmSizeWithSpecific(
    ULONG Size,
    ULONG SpecificLength
    )
{
    return (ULONG)((Size + SpecificLength + sizeof(ULONG64) - 1) & ~(sizeof(ULONG64) - 1));
}

/* A copy of call parameters in one piece, to be freed as one; NULL when there is no memory or a part is missing. */
PCO_CALL_PARAMETERS
LcmCopyCallParameters(
    PCO_CALL_PARAMETERS Source
    )
{
    PCO_CALL_PARAMETERS Copy;
    PUCHAR Place;
    ULONG CallMgrSize;
    ULONG MediaSize;

    if (Source->CallMgrParameters == NULL || Source->MediaParameters == NULL)
    {
        return NULL;
    }
    CallMgrSize = LcmSizeWithSpecific(sizeof(CO_CALL_MANAGER_PARAMETERS),
                                      Source->CallMgrParameters->CallMgrSpecific.Length);
    MediaSize = LcmSizeWithSpecific(sizeof(CO_MEDIA_PARAMETERS), Source->MediaParameters->MediaSpecific.Length);

    Copy = (PCO_CALL_PARAMETERS)LcmAllocate((ULONG)sizeof(CO_CALL_PARAMETERS) + CallMgrSize + MediaSize);
    if (Copy == NULL)
    {
        return NULL;
    }
    Place = (PUCHAR)(Copy + 1);
    Copy->Flags = Source->Flags & ~CALL_PARAMETERS_CHANGED;
    Copy->CallMgrParameters = (PCO_CALL_MANAGER_PARAMETERS)Place;
    Copy->MediaParameters = (PCO_MEDIA_PARAMETERS)(Place + CallMgrSize);
    NdisMoveMemory(Copy->CallMgrParameters, Source->CallMgrParameters,
                   FIELD_OFFSET(CO_CALL_MANAGER_PARAMETERS, CallMgrSpecific.Parameters) +
                       Source->CallMgrParameters->CallMgrSpecific.Length);
    NdisMoveMemory(Copy->MediaParameters, Source->MediaParameters,
                   FIELD_OFFSET(CO_MEDIA_PARAMETERS, MediaSpecific.Parameters) +
                       Source->MediaParameters->MediaSpecific.Length);
    return Copy;
}
