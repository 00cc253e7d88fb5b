/** A file with much of what makes driver source hard to read. */
export const sample = `/*++ A sample, in the manner of drivers. --*/
#include "precomp.h"
#include <ndis.h>
#pragma hdrstop

#ifdef ALLOC_PRAGMA
#pragma alloc_text(PAGE, SampleLoad)
#pragma NDIS_INIT_FUNCTION(DriverEntry)
#endif

#define SAMPLE_TAG 'lpmS'
#define SAMPLE_LOCK(_a) \\
    NdisAcquireSpinLock(&(_a)->Lock)

PROTOCOL_CM_CLOSE_AF SampleCloseAf;
DRIVER_INITIALIZE DriverEntry;

typedef struct DECLSPEC_ALIGN(16) _SAMPLE_ADAPTER {
    LIST_ENTRY Link;
    _Field_size_(Count) PVOID Table[ANYSIZE_ARRAY];
    ULONG Count : 4;
    ULONG : 4;
#if DBG
    ULONG Signature;
#endif
    NDIS_STATUS (NTAPI *Notify)(IN PVOID Context OPTIONAL);
} SAMPLE_ADAPTER, *PSAMPLE_ADAPTER;

enum { First = 1,
#ifdef SECOND
    Second,
#endif
    Last };

static CONST UCHAR Table[] = { 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d };

EXTERN_C
_Use_decl_annotations_
NDIS_STATUS NTAPI
SampleCloseAf(
    NDIS_HANDLE CallMgrAfContext
    )
{
    PSAMPLE_ADAPTER adapter = (PSAMPLE_ADAPTER)CallMgrAfContext;
    ULONG64 big = 0xFFui64;

    SAMPLE_LOCK(adapter)
    if (adapter->Count > 0 && TEST_FLAG(adapter, F_OPEN))
    {
        FOR_EACH_ENTRY(adapter, entry) {
            entry->Next = NULL;
        }
        goto Exit;
    }
#if DBG
    DbgPrint("%s: " PREFIX "%d\\n", __FUNCTION__, adapter->Count);
#else
    UNREFERENCED_PARAMETER(big);
#endif
    if (adapter->Count
#ifdef EXTRA
        && adapter->Extra
#endif
        ) {
        NdisZeroMemory(adapter, sizeof(SAMPLE_ADAPTER));
    }
    switch (adapter->Count) {
        CASE_NAME(First)
        CASE_NAME(Last)
        case 7:
            break;
        default:
            return NDIS_STATUS_FAILURE;
    }
Exit:
    return NDIS_STATUS_PENDING; // later
}

#if 0
this is not C {
#endif

VOID
SampleLoad(
    __in PVOID Context,
    __drv_when(x == 1, __in_opt) PVOID Other
    )
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS characteristics = {
        .OpenAdapterHandlerEx = SampleOpen,
        .Flags = 0,
    };
    characteristics.CloseAdapterHandlerEx = SampleClose;
    __try {
        SampleTouch(Context, (PVOID *)&Other);
    } __except (EXCEPTION_EXECUTE_HANDLER) {
        KeBugCheck(1);
    }
    do { Context = NULL; } while (FALSE);
}
`;
