/*
 * Sample: a lightweight filter driver for NDIS 6.
 *
 * A filter module on each adapter to which the driver's INF file binds it, between the adapter and the protocols.
 * Build it with NDIS60=1, NDIS630=1 or a later version.
 *
 * Written here: registration, the life of filter modules, and the paths of data, OID requests, status and events, on
 * which everything is passed on. Left to you: what the filter is for, in the functions under "The data". Until they
 * are written, the filter lets everything through as it came.
 */

#include <ndis.h>

#define POOL_TAG 'lpmS'

/* The GUID that stands as NetCfgInstanceId in the driver's INF file. Every filter driver has one of its own. */
#define OUR_UNIQUE_NAME L"{d89b9839-18ee-4d5a-8927-12b7fa7b6fc7}"

typedef enum _MODULE_STATE
{
    ModulePaused,
    ModuleRunning,
    ModulePausing /* nothing new is passed on; NDIS waits until what was passed on has come back */
} MODULE_STATE;

typedef struct _MODULE_CONTEXT
{
    NDIS_HANDLE FilterHandle;
    NDIS_SPIN_LOCK Lock; /* guards everything below */
    MODULE_STATE State;
    ULONG Outstanding;                  /* lists passed on and not back yet, sends and receives */
    PNDIS_OID_REQUEST ForwardedRequest; /* our copy, while a driver below has it */
} MODULE_CONTEXT, *PMODULE_CONTEXT;

static NDIS_HANDLE FilterDriverHandle;

EXTERN_C DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD SampleUnload;

FILTER_ATTACH SampleAttach;
FILTER_DETACH SampleDetach;
FILTER_PAUSE SamplePause;
FILTER_RESTART SampleRestart;

FILTER_SEND_NET_BUFFER_LISTS SampleSendNetBufferLists;
FILTER_SEND_NET_BUFFER_LISTS_COMPLETE SampleSendNetBufferListsComplete;
FILTER_CANCEL_SEND_NET_BUFFER_LISTS SampleCancelSendNetBufferLists;
FILTER_RECEIVE_NET_BUFFER_LISTS SampleReceiveNetBufferLists;
FILTER_RETURN_NET_BUFFER_LISTS SampleReturnNetBufferLists;

FILTER_OID_REQUEST SampleOidRequest;
FILTER_OID_REQUEST_COMPLETE SampleOidRequestComplete;
FILTER_CANCEL_OID_REQUEST SampleCancelOidRequest;

FILTER_STATUS SampleStatus;
FILTER_DEVICE_PNP_EVENT_NOTIFY SampleDevicePnPEventNotify;
FILTER_NET_PNP_EVENT SampleNetPnPEvent;

/* ---- The data: yours to write --------------------------------------------------------------------------------- */

/*
 * These see each list on its way. The lists and their data belong to other drivers: they may be read here, and what
 * is changed here has to be undone when the list comes back. A filter that keeps lists, drops them or makes its own
 * must also hand them back, or wait for them, when it is paused. IRQL <= DISPATCH_LEVEL.
 */

/* A list of a protocol, before it goes down to the adapter. */
static VOID
SampleSeeSend(
    PMODULE_CONTEXT Module,
    PNET_BUFFER_LIST NetBufferList
    )
{
    // $0
    UNREFERENCED_PARAMETER(Module);
    UNREFERENCED_PARAMETER(NetBufferList);
}

/* The same list, sent or failed, before it goes back to the protocol. */
static VOID
SampleSeeSendComplete(
    PMODULE_CONTEXT Module,
    PNET_BUFFER_LIST NetBufferList
    )
{
    UNREFERENCED_PARAMETER(Module);
    UNREFERENCED_PARAMETER(NetBufferList);
}

/* A list of the adapter, before it goes up to the protocols. */
static VOID
SampleSeeReceive(
    PMODULE_CONTEXT Module,
    PNET_BUFFER_LIST NetBufferList
    )
{
    UNREFERENCED_PARAMETER(Module);
    UNREFERENCED_PARAMETER(NetBufferList);
}

/* The same list, read by the protocols, before it goes back to the adapter. */
static VOID
SampleSeeReturn(
    PMODULE_CONTEXT Module,
    PNET_BUFFER_LIST NetBufferList
    )
{
    UNREFERENCED_PARAMETER(Module);
    UNREFERENCED_PARAMETER(NetBufferList);
}

/* ---- Loading and registration --------------------------------------------------------------------------------- */

_Use_decl_annotations_
NTSTATUS
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics;

    UNREFERENCED_PARAMETER(RegistryPath);

    DriverObject->DriverUnload = SampleUnload;

    NdisZeroMemory(&Characteristics, sizeof(Characteristics));
    Characteristics.Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
#if NDIS_SUPPORT_NDIS680
    Characteristics.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_3;
    Characteristics.Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_3;
#elif NDIS_SUPPORT_NDIS61
    Characteristics.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_2;
    Characteristics.Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2;
#else
    Characteristics.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_1;
    Characteristics.Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_1;
#endif
    Characteristics.MajorNdisVersion = NDIS_FILTER_MAJOR_VERSION;
    Characteristics.MinorNdisVersion = NDIS_FILTER_MINOR_VERSION;
    Characteristics.MajorDriverVersion = 1;
    Characteristics.MinorDriverVersion = 0;
    NdisInitUnicodeString(&Characteristics.FriendlyName, L"Sample");
    NdisInitUnicodeString(&Characteristics.UniqueName, OUR_UNIQUE_NAME);
    /* The service under which the driver's INF file installs the driver. */
    NdisInitUnicodeString(&Characteristics.ServiceName, L"Sample");

    Characteristics.AttachHandler = SampleAttach;
    Characteristics.DetachHandler = SampleDetach;
    Characteristics.RestartHandler = SampleRestart;
    Characteristics.PauseHandler = SamplePause;
    Characteristics.SendNetBufferListsHandler = SampleSendNetBufferLists;
    Characteristics.SendNetBufferListsCompleteHandler = SampleSendNetBufferListsComplete;
    Characteristics.CancelSendNetBufferListsHandler = SampleCancelSendNetBufferLists;
    Characteristics.ReceiveNetBufferListsHandler = SampleReceiveNetBufferLists;
    Characteristics.ReturnNetBufferListsHandler = SampleReturnNetBufferLists;
    Characteristics.OidRequestHandler = SampleOidRequest;
    Characteristics.OidRequestCompleteHandler = SampleOidRequestComplete;
    Characteristics.CancelOidRequestHandler = SampleCancelOidRequest;
    Characteristics.DevicePnPEventNotifyHandler = SampleDevicePnPEventNotify;
    Characteristics.NetPnPEventHandler = SampleNetPnPEvent;
    Characteristics.StatusHandler = SampleStatus;
    /* Direct and synchronous OID requests pass by: where their handlers are NULL, NDIS asks the next driver below. */

    return NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &Characteristics, &FilterDriverHandle);
}

_Use_decl_annotations_
VOID
SampleUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    UNREFERENCED_PARAMETER(DriverObject);

    /* NDIS detaches every filter module before this returns. */
    NdisFDeregisterFilterDriver(FilterDriverHandle);
}

/* ---- Filter modules ------------------------------------------------------------------------------------------- */

static VOID
SampleFreeModule(
    PMODULE_CONTEXT Module
    )
{
    NdisFreeSpinLock(&Module->Lock);
    NdisFreeMemory(Module, 0, 0);
}

_Use_decl_annotations_
NDIS_STATUS
SampleAttach(
    NDIS_HANDLE NdisFilterHandle,
    NDIS_HANDLE FilterDriverContext,
    PNDIS_FILTER_ATTACH_PARAMETERS AttachParameters
    )
{
    PMODULE_CONTEXT Module;
    NDIS_FILTER_ATTRIBUTES Attributes;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(FilterDriverContext);
    /* Which adapter it is, its medium, link and address: for a filter that is not for all of them. */
    UNREFERENCED_PARAMETER(AttachParameters);

    Module = (PMODULE_CONTEXT)NdisAllocateMemoryWithTagPriority(
        NdisFilterHandle, sizeof(MODULE_CONTEXT), POOL_TAG, NormalPoolPriority);
    if (Module == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(Module, sizeof(MODULE_CONTEXT));
    Module->FilterHandle = NdisFilterHandle;
    Module->State = ModulePaused;
    NdisAllocateSpinLock(&Module->Lock);

    NdisZeroMemory(&Attributes, sizeof(Attributes));
    Attributes.Header.Type = NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES;
    Attributes.Header.Revision = NDIS_FILTER_ATTRIBUTES_REVISION_1;
    Attributes.Header.Size = NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1;

    Status = NdisFSetAttributes(NdisFilterHandle, Module, &Attributes);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        SampleFreeModule(Module);
    }
    return Status;
}

_Use_decl_annotations_
VOID
SampleDetach(
    NDIS_HANDLE FilterModuleContext
    )
{
    /* The module is paused, so no list is outstanding, and NDIS has seen the end of every OID request. */
    SampleFreeModule((PMODULE_CONTEXT)FilterModuleContext);
}

_Use_decl_annotations_
NDIS_STATUS
SamplePause(
    NDIS_HANDLE FilterModuleContext,
    PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters
    )
{
    PMODULE_CONTEXT Module = (PMODULE_CONTEXT)FilterModuleContext;
    BOOLEAN Busy;

    UNREFERENCED_PARAMETER(PauseParameters);

    NdisAcquireSpinLock(&Module->Lock);
    Busy = (BOOLEAN)(Module->Outstanding != 0);
    Module->State = Busy ? ModulePausing : ModulePaused;
    NdisReleaseSpinLock(&Module->Lock);

    /* SampleListsBack completes the pause when the last list is back. */
    return Busy ? NDIS_STATUS_PENDING : NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS
SampleRestart(
    NDIS_HANDLE FilterModuleContext,
    PNDIS_FILTER_RESTART_PARAMETERS RestartParameters
    )
{
    PMODULE_CONTEXT Module = (PMODULE_CONTEXT)FilterModuleContext;

    /* The restart attributes stay as they are: a filter that changes nothing looks like the adapter below it. */
    UNREFERENCED_PARAMETER(RestartParameters);

    NdisAcquireSpinLock(&Module->Lock);
    Module->State = ModuleRunning;
    NdisReleaseSpinLock(&Module->Lock);
    return NDIS_STATUS_SUCCESS;
}

/* ---- Data ----------------------------------------------------------------------------------------------------- */

static ULONG
SampleCountLists(
    PNET_BUFFER_LIST NetBufferLists
    )
{
    PNET_BUFFER_LIST Each;
    ULONG Count = 0;

    for (Each = NetBufferLists; Each != NULL; Each = NET_BUFFER_LIST_NEXT_NBL(Each))
    {
        Count++;
    }
    return Count;
}

/* Counts lists that are about to be passed on; FALSE where the module is not running and they must not be. */
static BOOLEAN
SampleListsOut(
    PMODULE_CONTEXT Module,
    ULONG Count
    )
{
    BOOLEAN Running;

    NdisAcquireSpinLock(&Module->Lock);
    Running = (BOOLEAN)(Module->State == ModuleRunning);
    if (Running)
    {
        Module->Outstanding += Count;
    }
    NdisReleaseSpinLock(&Module->Lock);
    return Running;
}

/* Counts lists that their owner has again. With the last one the module may go: nothing of it is touched after that. */
static VOID
SampleListsBack(
    PMODULE_CONTEXT Module,
    ULONG Count
    )
{
    NDIS_HANDLE FilterHandle = Module->FilterHandle;
    BOOLEAN CompletePause;

    NdisAcquireSpinLock(&Module->Lock);
    Module->Outstanding -= Count;
    CompletePause = (BOOLEAN)(Module->State == ModulePausing && Module->Outstanding == 0);
    if (CompletePause)
    {
        Module->State = ModulePaused;
    }
    NdisReleaseSpinLock(&Module->Lock);

    if (CompletePause)
    {
        NdisFPauseComplete(FilterHandle);
    }
}

static VOID
SampleRejectSend(
    PMODULE_CONTEXT Module,
    PNET_BUFFER_LIST NetBufferLists,
    ULONG SendFlags
    )
{
    PNET_BUFFER_LIST Each;
    ULONG CompleteFlags = 0;

    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags))
    {
        CompleteFlags = NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    }
    for (Each = NetBufferLists; Each != NULL; Each = NET_BUFFER_LIST_NEXT_NBL(Each))
    {
        NET_BUFFER_LIST_STATUS(Each) = NDIS_STATUS_PAUSED;
    }
    NdisFSendNetBufferListsComplete(Module->FilterHandle, NetBufferLists, CompleteFlags);
}

_Use_decl_annotations_
VOID
SampleSendNetBufferLists(
    NDIS_HANDLE FilterModuleContext,
    PNET_BUFFER_LIST NetBufferList,
    NDIS_PORT_NUMBER PortNumber,
    ULONG SendFlags
    )
{
    PMODULE_CONTEXT Module = (PMODULE_CONTEXT)FilterModuleContext;
    PNET_BUFFER_LIST Each;

    if (!SampleListsOut(Module, SampleCountLists(NetBufferList)))
    {
        SampleRejectSend(Module, NetBufferList, SendFlags);
        return;
    }
    for (Each = NetBufferList; Each != NULL; Each = NET_BUFFER_LIST_NEXT_NBL(Each))
    {
        SampleSeeSend(Module, Each);
    }
    NdisFSendNetBufferLists(Module->FilterHandle, NetBufferList, PortNumber, SendFlags);
}

_Use_decl_annotations_
VOID
SampleSendNetBufferListsComplete(
    NDIS_HANDLE FilterModuleContext,
    PNET_BUFFER_LIST NetBufferList,
    ULONG SendCompleteFlags
    )
{
    PMODULE_CONTEXT Module = (PMODULE_CONTEXT)FilterModuleContext;
    PNET_BUFFER_LIST Each;
    /* The lists are the protocol's as soon as they are passed up, so they are counted before that. */
    ULONG Count = SampleCountLists(NetBufferList);

    for (Each = NetBufferList; Each != NULL; Each = NET_BUFFER_LIST_NEXT_NBL(Each))
    {
        SampleSeeSendComplete(Module, Each);
    }
    NdisFSendNetBufferListsComplete(Module->FilterHandle, NetBufferList, SendCompleteFlags);
    SampleListsBack(Module, Count);
}

_Use_decl_annotations_
VOID
SampleCancelSendNetBufferLists(
    NDIS_HANDLE FilterModuleContext,
    PVOID CancelId
    )
{
    PMODULE_CONTEXT Module = (PMODULE_CONTEXT)FilterModuleContext;

    /* No list waits here; a driver below may have some. */
    NdisFCancelSendNetBufferLists(Module->FilterHandle, CancelId);
}

_Use_decl_annotations_
VOID
SampleReceiveNetBufferLists(
    NDIS_HANDLE FilterModuleContext,
    PNET_BUFFER_LIST NetBufferLists,
    NDIS_PORT_NUMBER PortNumber,
    ULONG NumberOfNetBufferLists,
    ULONG ReceiveFlags
    )
{
    PMODULE_CONTEXT Module = (PMODULE_CONTEXT)FilterModuleContext;
    PNET_BUFFER_LIST Each;
    BOOLEAN Keep = (BOOLEAN)NDIS_TEST_RECEIVE_CAN_PEND(ReceiveFlags);
    ULONG ReturnFlags = 0;

    if (!SampleListsOut(Module, NumberOfNetBufferLists))
    {
        /* Nobody above waits for data while the module is paused. */
        if (Keep)
        {
            if (NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(ReceiveFlags))
            {
                ReturnFlags = NDIS_RETURN_FLAGS_DISPATCH_LEVEL;
            }
            NdisFReturnNetBufferLists(Module->FilterHandle, NetBufferLists, ReturnFlags);
        }
        return;
    }
    for (Each = NetBufferLists; Each != NULL; Each = NET_BUFFER_LIST_NEXT_NBL(Each))
    {
        SampleSeeReceive(Module, Each);
    }
    NdisFIndicateReceiveNetBufferLists(
        Module->FilterHandle, NetBufferLists, PortNumber, NumberOfNetBufferLists, ReceiveFlags);
    if (Keep)
    {
        return;
    }

    /* The adapter lent the lists for this call only: they do not come back through SampleReturnNetBufferLists. */
    for (Each = NetBufferLists; Each != NULL; Each = NET_BUFFER_LIST_NEXT_NBL(Each))
    {
        SampleSeeReturn(Module, Each);
    }
    SampleListsBack(Module, NumberOfNetBufferLists);
}

_Use_decl_annotations_
VOID
SampleReturnNetBufferLists(
    NDIS_HANDLE FilterModuleContext,
    PNET_BUFFER_LIST NetBufferLists,
    ULONG ReturnFlags
    )
{
    PMODULE_CONTEXT Module = (PMODULE_CONTEXT)FilterModuleContext;
    PNET_BUFFER_LIST Each;
    ULONG Count = SampleCountLists(NetBufferLists);

    for (Each = NetBufferLists; Each != NULL; Each = NET_BUFFER_LIST_NEXT_NBL(Each))
    {
        SampleSeeReturn(Module, Each);
    }
    NdisFReturnNetBufferLists(Module->FilterHandle, NetBufferLists, ReturnFlags);
    SampleListsBack(Module, Count);
}

/* ---- OID requests --------------------------------------------------------------------------------------------- */

/* Where a copy keeps the request that it was made from. */
static PNDIS_OID_REQUEST *
SampleOriginalOf(
    PNDIS_OID_REQUEST Clone
    )
{
    return (PNDIS_OID_REQUEST *)(PVOID)Clone->SourceReserved;
}

static VOID
SampleSetForwarded(
    PMODULE_CONTEXT Module,
    PNDIS_OID_REQUEST Clone
    )
{
    NdisAcquireSpinLock(&Module->Lock);
    Module->ForwardedRequest = Clone;
    NdisReleaseSpinLock(&Module->Lock);
}

/* Hands the answer on to the request that the copy was made from, and frees the copy. */
static PNDIS_OID_REQUEST
SampleTakeAnswer(
    PMODULE_CONTEXT Module,
    PNDIS_OID_REQUEST Clone
    )
{
    PNDIS_OID_REQUEST Original = *SampleOriginalOf(Clone);

    SampleSetForwarded(Module, NULL);
    switch (Clone->RequestType)
    {
    case NdisRequestMethod:
        Original->DATA.METHOD_INFORMATION.OutputBufferLength = Clone->DATA.METHOD_INFORMATION.OutputBufferLength;
        Original->DATA.METHOD_INFORMATION.BytesRead = Clone->DATA.METHOD_INFORMATION.BytesRead;
        Original->DATA.METHOD_INFORMATION.BytesWritten = Clone->DATA.METHOD_INFORMATION.BytesWritten;
        Original->DATA.METHOD_INFORMATION.BytesNeeded = Clone->DATA.METHOD_INFORMATION.BytesNeeded;
        break;
    case NdisRequestSetInformation:
        Original->DATA.SET_INFORMATION.BytesRead = Clone->DATA.SET_INFORMATION.BytesRead;
        Original->DATA.SET_INFORMATION.BytesNeeded = Clone->DATA.SET_INFORMATION.BytesNeeded;
        break;
    default:
        Original->DATA.QUERY_INFORMATION.BytesWritten = Clone->DATA.QUERY_INFORMATION.BytesWritten;
        Original->DATA.QUERY_INFORMATION.BytesNeeded = Clone->DATA.QUERY_INFORMATION.BytesNeeded;
        break;
    }
    NdisFreeCloneOidRequest(Module->FilterHandle, Clone);
    return Original;
}

_Use_decl_annotations_
NDIS_STATUS
SampleOidRequest(
    NDIS_HANDLE FilterModuleContext,
    PNDIS_OID_REQUEST OidRequest
    )
{
    PMODULE_CONTEXT Module = (PMODULE_CONTEXT)FilterModuleContext;
    PNDIS_OID_REQUEST Clone = NULL;
    NDIS_STATUS Status;

    Status = NdisAllocateCloneOidRequest(Module->FilterHandle, OidRequest, POOL_TAG, &Clone);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        return Status;
    }
    *SampleOriginalOf(Clone) = OidRequest;
    Clone->RequestId = OidRequest->RequestId;

    /* One is enough to remember: NDIS brings the next request when this one is complete. */
    SampleSetForwarded(Module, Clone);
    Status = NdisFOidRequest(Module->FilterHandle, Clone);
    if (Status != NDIS_STATUS_PENDING)
    {
        SampleTakeAnswer(Module, Clone);
    }
    return Status;
}

_Use_decl_annotations_
VOID
SampleOidRequestComplete(
    NDIS_HANDLE FilterModuleContext,
    PNDIS_OID_REQUEST OidRequest,
    NDIS_STATUS Status
    )
{
    PMODULE_CONTEXT Module = (PMODULE_CONTEXT)FilterModuleContext;
    /* Only copies come back here: this filter makes no request of its own, which would have no original. */
    PNDIS_OID_REQUEST Original = SampleTakeAnswer(Module, OidRequest);

    NdisFOidRequestComplete(Module->FilterHandle, Original, Status);
}

_Use_decl_annotations_
VOID
SampleCancelOidRequest(
    NDIS_HANDLE FilterModuleContext,
    PVOID RequestId
    )
{
    PMODULE_CONTEXT Module = (PMODULE_CONTEXT)FilterModuleContext;
    BOOLEAN Forwarded;

    NdisAcquireSpinLock(&Module->Lock);
    Forwarded = (BOOLEAN)(Module->ForwardedRequest != NULL && Module->ForwardedRequest->RequestId == RequestId);
    NdisReleaseSpinLock(&Module->Lock);

    /* By its number, so that it does no harm if the request is completed meanwhile. */
    if (Forwarded)
    {
        NdisFCancelOidRequest(Module->FilterHandle, RequestId);
    }
}

/* ---- Status and events ---------------------------------------------------------------------------------------- */

_Use_decl_annotations_
VOID
SampleStatus(
    NDIS_HANDLE FilterModuleContext,
    PNDIS_STATUS_INDICATION StatusIndication
    )
{
    PMODULE_CONTEXT Module = (PMODULE_CONTEXT)FilterModuleContext;

    NdisFIndicateStatus(Module->FilterHandle, StatusIndication);
}

_Use_decl_annotations_
VOID
SampleDevicePnPEventNotify(
    NDIS_HANDLE FilterModuleContext,
    PNET_DEVICE_PNP_EVENT NetDevicePnPEvent
    )
{
    PMODULE_CONTEXT Module = (PMODULE_CONTEXT)FilterModuleContext;

    NdisFDevicePnPEventNotify(Module->FilterHandle, NetDevicePnPEvent);
}

_Use_decl_annotations_
NDIS_STATUS
SampleNetPnPEvent(
    NDIS_HANDLE FilterModuleContext,
    PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification
    )
{
    PMODULE_CONTEXT Module = (PMODULE_CONTEXT)FilterModuleContext;

    return NdisFNetPnPEvent(Module->FilterHandle, NetPnPEventNotification);
}
