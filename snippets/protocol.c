/*
 * Sample: a connectionless protocol driver for NDIS 6.
 *
 * A protocol with an EtherType of its own, on every Ethernet adapter to which the driver's INF file binds it.
 * Build it with NDIS60=1, NDIS630=1 or a later version.
 *
 * Written here: registration, the life of bindings, OID requests, status, and the paths of sends and receives.
 * Left to you: what the protocol says, in the function under "The protocol". Until it is written, frames that arrive
 * are given back unread, and nothing is sent.
 */

#include <ndis.h>

#define POOL_TAG 'lpmS'

/* The type in a frame's header that makes it ours; 0x88B5 is set aside for experiments. */
#define OUR_ETHER_TYPE 0x88B5

/* Which frames the adapter hands up. */
#define OUR_PACKET_FILTER (NDIS_PACKET_TYPE_DIRECTED | NDIS_PACKET_TYPE_BROADCAST)

#define ADDRESS_LENGTH 6

typedef struct _FRAME_HEADER
{
    UCHAR Destination[ADDRESS_LENGTH];
    UCHAR Source[ADDRESS_LENGTH];
    UCHAR EtherType[2]; /* the high byte first */
} FRAME_HEADER, *PFRAME_HEADER;

typedef struct _BINDING_CONTEXT
{
    NDIS_HANDLE BindingHandle;
    NDIS_HANDLE PoolHandle; /* net buffer lists for sends */
    UCHAR Address[ADDRESS_LENGTH];
    ULONG MtuSize; /* bytes that a frame carries behind its header */
    NDIS_STATUS OpenStatus;
    NDIS_EVENT OpenDone;
    NDIS_EVENT CloseDone;
    NDIS_SPIN_LOCK Lock; /* guards everything below */
    BOOLEAN Paused;
    BOOLEAN Connected;
    ULONG SendsActive;
    NDIS_EVENT SendsDone; /* set when a paused binding has its last list back */
} BINDING_CONTEXT, *PBINDING_CONTEXT;

/* An OID request that somebody waits for. */
typedef struct _SYNC_REQUEST
{
    NDIS_OID_REQUEST Oid;
    NDIS_EVENT Done;
    NDIS_STATUS Status;
} SYNC_REQUEST, *PSYNC_REQUEST;

static NDIS_HANDLE ProtocolHandle;

EXTERN_C DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD SampleUnload;

PROTOCOL_BIND_ADAPTER_EX SampleBindAdapterEx;
PROTOCOL_UNBIND_ADAPTER_EX SampleUnbindAdapterEx;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX SampleOpenAdapterCompleteEx;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX SampleCloseAdapterCompleteEx;
PROTOCOL_NET_PNP_EVENT SampleNetPnPEvent;
PROTOCOL_OID_REQUEST_COMPLETE SampleOidRequestComplete;
PROTOCOL_STATUS_EX SampleStatusEx;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS SampleReceiveNetBufferLists;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE SampleSendNetBufferListsComplete;

NDIS_STATUS SampleRequest(PBINDING_CONTEXT Binding, NDIS_REQUEST_TYPE Type, NDIS_OID Oid, PVOID Buffer, ULONG Length);
NDIS_STATUS SampleSend(PBINDING_CONTEXT Binding, const UCHAR *Destination, const VOID *Data, ULONG Length);

/* ---- Memory --------------------------------------------------------------------------------------------------- */

static PVOID
SampleAllocate(
    ULONG Size
    )
{
    PVOID Memory = NdisAllocateMemoryWithTagPriority(ProtocolHandle, Size, POOL_TAG, NormalPoolPriority);

    if (Memory != NULL)
    {
        NdisZeroMemory(Memory, Size);
    }
    return Memory;
}

static VOID
SampleFree(
    PVOID Memory
    )
{
    NdisFreeMemory(Memory, 0, 0);
}

/* ---- The protocol: yours to write ----------------------------------------------------------------------------- */

/*
 * A frame with our EtherType came from another station. NetBuffer starts with the frame's header and belongs to the
 * adapter: copy what is wanted later. SampleSend may be called from here. IRQL <= DISPATCH_LEVEL.
 */
static VOID
SampleReceive(
    PBINDING_CONTEXT Binding,
    PNET_BUFFER NetBuffer
    )
{
    // $0
    UNREFERENCED_PARAMETER(Binding);
    UNREFERENCED_PARAMETER(NetBuffer);
}

/* ---- Loading and registration --------------------------------------------------------------------------------- */

_Use_decl_annotations_
NTSTATUS
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Characteristics;

    UNREFERENCED_PARAMETER(RegistryPath);

    DriverObject->DriverUnload = SampleUnload;

    NdisZeroMemory(&Characteristics, sizeof(Characteristics));
    Characteristics.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
#if NDIS_SUPPORT_NDIS61
    Characteristics.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2;
    Characteristics.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2;
#else
    Characteristics.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Characteristics.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
#endif
    Characteristics.MajorNdisVersion = NDIS_PROTOCOL_MAJOR_VERSION;
    Characteristics.MinorNdisVersion = NDIS_PROTOCOL_MINOR_VERSION;
    Characteristics.MajorDriverVersion = 1;
    Characteristics.MinorDriverVersion = 0;
    /* The name under which the driver's INF file installs the protocol. */
    NdisInitUnicodeString(&Characteristics.Name, L"Sample");

    Characteristics.BindAdapterHandlerEx = SampleBindAdapterEx;
    Characteristics.UnbindAdapterHandlerEx = SampleUnbindAdapterEx;
    Characteristics.OpenAdapterCompleteHandlerEx = SampleOpenAdapterCompleteEx;
    Characteristics.CloseAdapterCompleteHandlerEx = SampleCloseAdapterCompleteEx;
    Characteristics.NetPnPEventHandler = SampleNetPnPEvent;
    Characteristics.OidRequestCompleteHandler = SampleOidRequestComplete;
    Characteristics.StatusHandlerEx = SampleStatusEx;
    Characteristics.ReceiveNetBufferListsHandler = SampleReceiveNetBufferLists;
    Characteristics.SendNetBufferListsCompleteHandler = SampleSendNetBufferListsComplete;

    return NdisRegisterProtocolDriver(NULL, &Characteristics, &ProtocolHandle);
}

_Use_decl_annotations_
VOID
SampleUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    UNREFERENCED_PARAMETER(DriverObject);

    /* NDIS unbinds every adapter before this returns. */
    NdisDeregisterProtocolDriver(ProtocolHandle);
}

/* ---- Bindings ------------------------------------------------------------------------------------------------- */

/* Net buffer lists of one net buffer each; the frame that SampleSend builds follows its MDL. */
static NDIS_HANDLE
SampleAllocatePool(
    VOID
    )
{
    NET_BUFFER_LIST_POOL_PARAMETERS PoolParameters;

    NdisZeroMemory(&PoolParameters, sizeof(PoolParameters));
    PoolParameters.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    PoolParameters.Header.Revision = NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    PoolParameters.Header.Size = NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    PoolParameters.ProtocolId = NDIS_PROTOCOL_ID_DEFAULT;
    PoolParameters.fAllocateNetBuffer = TRUE;
    PoolParameters.PoolTag = POOL_TAG;
    return NdisAllocateNetBufferListPool(ProtocolHandle, &PoolParameters);
}

static PBINDING_CONTEXT
SampleAllocateBinding(
    PNDIS_BIND_PARAMETERS BindParameters
    )
{
    PBINDING_CONTEXT Binding = (PBINDING_CONTEXT)SampleAllocate(sizeof(BINDING_CONTEXT));

    if (Binding == NULL)
    {
        return NULL;
    }
    Binding->PoolHandle = SampleAllocatePool();
    if (Binding->PoolHandle == NULL)
    {
        SampleFree(Binding);
        return NULL;
    }
    NdisMoveMemory(Binding->Address, BindParameters->CurrentMacAddress, ADDRESS_LENGTH);
    Binding->MtuSize = BindParameters->MtuSize;
    Binding->Paused = TRUE;
    Binding->Connected = (BOOLEAN)(BindParameters->MediaConnectState != MediaConnectStateDisconnected);
    NdisAllocateSpinLock(&Binding->Lock);
    NdisInitializeEvent(&Binding->OpenDone);
    NdisInitializeEvent(&Binding->CloseDone);
    NdisInitializeEvent(&Binding->SendsDone);
    return Binding;
}

static VOID
SampleFreeBinding(
    PBINDING_CONTEXT Binding
    )
{
    NdisFreeNetBufferListPool(Binding->PoolHandle);
    NdisFreeSpinLock(&Binding->Lock);
    SampleFree(Binding);
}

/* Opens the adapter and waits for the answer: a bind runs at PASSIVE_LEVEL and may take its time. */
static NDIS_STATUS
SampleOpenBinding(
    PBINDING_CONTEXT Binding,
    NDIS_HANDLE BindContext,
    PNDIS_BIND_PARAMETERS BindParameters
    )
{
    NDIS_MEDIUM Media[] = {NdisMedium802_3};
    UINT SelectedMedium = 0;
    NDIS_OPEN_PARAMETERS OpenParameters;
    NDIS_STATUS Status;

    NdisZeroMemory(&OpenParameters, sizeof(OpenParameters));
    OpenParameters.Header.Type = NDIS_OBJECT_TYPE_OPEN_PARAMETERS;
    OpenParameters.Header.Revision = NDIS_OPEN_PARAMETERS_REVISION_1;
    OpenParameters.Header.Size = NDIS_SIZEOF_OPEN_PARAMETERS_REVISION_1;
    OpenParameters.AdapterName = BindParameters->AdapterName;
    OpenParameters.MediumArray = Media;
    OpenParameters.MediumArraySize = sizeof(Media) / sizeof(Media[0]);
    OpenParameters.SelectedMediumIndex = &SelectedMedium;

    Status = NdisOpenAdapterEx(ProtocolHandle, Binding, &OpenParameters, BindContext, &Binding->BindingHandle);
    if (Status == NDIS_STATUS_PENDING)
    {
        NdisWaitEvent(&Binding->OpenDone, 0);
        Status = Binding->OpenStatus;
    }
    return Status;
}

static VOID
SampleCloseBinding(
    PBINDING_CONTEXT Binding
    )
{
    if (NdisCloseAdapterEx(Binding->BindingHandle) == NDIS_STATUS_PENDING)
    {
        NdisWaitEvent(&Binding->CloseDone, 0);
    }
}

static NDIS_STATUS
SampleSetPacketFilter(
    PBINDING_CONTEXT Binding,
    ULONG PacketFilter
    )
{
    return SampleRequest(
        Binding, NdisRequestSetInformation, OID_GEN_CURRENT_PACKET_FILTER, &PacketFilter, sizeof(PacketFilter));
}

_Use_decl_annotations_
NDIS_STATUS
SampleBindAdapterEx(
    NDIS_HANDLE ProtocolDriverContext,
    NDIS_HANDLE BindContext,
    PNDIS_BIND_PARAMETERS BindParameters
    )
{
    PBINDING_CONTEXT Binding;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(ProtocolDriverContext);

    if (BindParameters->MediaType != NdisMedium802_3 || BindParameters->MacAddressLength != ADDRESS_LENGTH)
    {
        return NDIS_STATUS_NOT_SUPPORTED;
    }
    Binding = SampleAllocateBinding(BindParameters);
    if (Binding == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }

    Status = SampleOpenBinding(Binding, BindContext, BindParameters);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        SampleFreeBinding(Binding);
        return Status;
    }

    /* Frames may arrive before this returns. */
    Status = SampleSetPacketFilter(Binding, OUR_PACKET_FILTER);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        SampleCloseBinding(Binding);
        SampleFreeBinding(Binding);
    }
    return Status;
}

_Use_decl_annotations_
VOID
SampleOpenAdapterCompleteEx(
    NDIS_HANDLE ProtocolBindingContext,
    NDIS_STATUS Status
    )
{
    PBINDING_CONTEXT Binding = (PBINDING_CONTEXT)ProtocolBindingContext;

    Binding->OpenStatus = Status;
    NdisSetEvent(&Binding->OpenDone);
}

_Use_decl_annotations_
NDIS_STATUS
SampleUnbindAdapterEx(
    NDIS_HANDLE UnbindContext,
    NDIS_HANDLE ProtocolBindingContext
    )
{
    PBINDING_CONTEXT Binding = (PBINDING_CONTEXT)ProtocolBindingContext;

    UNREFERENCED_PARAMETER(UnbindContext);

    /* NDIS paused the binding first, so no send is on its way. An adapter that is gone refuses, which does no harm. */
    (VOID)SampleSetPacketFilter(Binding, 0);
    SampleCloseBinding(Binding);
    SampleFreeBinding(Binding);
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID
SampleCloseAdapterCompleteEx(
    NDIS_HANDLE ProtocolBindingContext
    )
{
    PBINDING_CONTEXT Binding = (PBINDING_CONTEXT)ProtocolBindingContext;

    NdisSetEvent(&Binding->CloseDone);
}

/* ---- Events and status ---------------------------------------------------------------------------------------- */

/* Lets no further send begin, and waits for those on their way. */
static VOID
SamplePause(
    PBINDING_CONTEXT Binding
    )
{
    BOOLEAN Busy;

    NdisAcquireSpinLock(&Binding->Lock);
    Binding->Paused = TRUE;
    Busy = (BOOLEAN)(Binding->SendsActive != 0);
    NdisResetEvent(&Binding->SendsDone);
    NdisReleaseSpinLock(&Binding->Lock);

    /* Received lists need no waiting: they are given back before SampleReceiveNetBufferLists returns. */
    if (Busy)
    {
        NdisWaitEvent(&Binding->SendsDone, 0);
        /* SampleEndSends set the event under the lock; once the lock is free, it has let go of the binding. */
        NdisAcquireSpinLock(&Binding->Lock);
        NdisReleaseSpinLock(&Binding->Lock);
    }
}

static VOID
SampleRestart(
    PBINDING_CONTEXT Binding
    )
{
    NdisAcquireSpinLock(&Binding->Lock);
    Binding->Paused = FALSE;
    NdisReleaseSpinLock(&Binding->Lock);
}

_Use_decl_annotations_
NDIS_STATUS
SampleNetPnPEvent(
    NDIS_HANDLE ProtocolBindingContext,
    PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification
    )
{
    PBINDING_CONTEXT Binding = (PBINDING_CONTEXT)ProtocolBindingContext;

    switch (NetPnPEventNotification->NetPnPEvent.NetEvent)
    {
    case NetEventPause:
        SamplePause(Binding);
        break;
    case NetEventRestart:
        SampleRestart(Binding);
        break;
    default:
        /* Nothing here is a reason to refuse a removal, a change of power or of settings. */
        break;
    }
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID
SampleStatusEx(
    NDIS_HANDLE ProtocolBindingContext,
    PNDIS_STATUS_INDICATION StatusIndication
    )
{
    PBINDING_CONTEXT Binding = (PBINDING_CONTEXT)ProtocolBindingContext;
    PNDIS_LINK_STATE LinkState;

    if (StatusIndication->StatusCode == NDIS_STATUS_LINK_STATE &&
        StatusIndication->StatusBufferSize >= NDIS_SIZEOF_LINK_STATE_REVISION_1)
    {
        LinkState = (PNDIS_LINK_STATE)StatusIndication->StatusBuffer;
        NdisAcquireSpinLock(&Binding->Lock);
        Binding->Connected = (BOOLEAN)(LinkState->MediaConnectState != MediaConnectStateDisconnected);
        NdisReleaseSpinLock(&Binding->Lock);
    }
}

/* ---- OID requests --------------------------------------------------------------------------------------------- */

/*
 * Asks the adapter (NdisRequestQueryInformation) or tells it something (NdisRequestSetInformation), and waits for the
 * answer. Not before the binding is open. IRQL = PASSIVE_LEVEL.
 */
NDIS_STATUS
SampleRequest(
    PBINDING_CONTEXT Binding,
    NDIS_REQUEST_TYPE Type,
    NDIS_OID Oid,
    PVOID Buffer,
    ULONG Length
    )
{
    SYNC_REQUEST Request;
    NDIS_STATUS Status;

    NdisZeroMemory(&Request, sizeof(Request));
    NdisInitializeEvent(&Request.Done);
    Request.Oid.Header.Type = NDIS_OBJECT_TYPE_OID_REQUEST;
    Request.Oid.Header.Revision = NDIS_OID_REQUEST_REVISION_1;
    Request.Oid.Header.Size = NDIS_SIZEOF_OID_REQUEST_REVISION_1;
    Request.Oid.RequestType = Type;
    if (Type == NdisRequestSetInformation)
    {
        Request.Oid.DATA.SET_INFORMATION.Oid = Oid;
        Request.Oid.DATA.SET_INFORMATION.InformationBuffer = Buffer;
        Request.Oid.DATA.SET_INFORMATION.InformationBufferLength = Length;
    }
    else
    {
        Request.Oid.DATA.QUERY_INFORMATION.Oid = Oid;
        Request.Oid.DATA.QUERY_INFORMATION.InformationBuffer = Buffer;
        Request.Oid.DATA.QUERY_INFORMATION.InformationBufferLength = Length;
    }

    Status = NdisOidRequest(Binding->BindingHandle, &Request.Oid);
    if (Status == NDIS_STATUS_PENDING)
    {
        NdisWaitEvent(&Request.Done, 0);
        Status = Request.Status;
    }
    return Status;
}

_Use_decl_annotations_
VOID
SampleOidRequestComplete(
    NDIS_HANDLE ProtocolBindingContext,
    PNDIS_OID_REQUEST OidRequest,
    NDIS_STATUS Status
    )
{
    PSYNC_REQUEST Request = CONTAINING_RECORD(OidRequest, SYNC_REQUEST, Oid);

    UNREFERENCED_PARAMETER(ProtocolBindingContext);

    /* Once the event is set, the request is gone with the stack that it stood on. */
    Request->Status = Status;
    NdisSetEvent(&Request->Done);
}

/* ---- Sending -------------------------------------------------------------------------------------------------- */

/* Claims a send, unless the binding is paused or has no link. */
static NDIS_STATUS
SampleBeginSend(
    PBINDING_CONTEXT Binding
    )
{
    NDIS_STATUS Status = NDIS_STATUS_SUCCESS;

    NdisAcquireSpinLock(&Binding->Lock);
    if (Binding->Paused)
    {
        Status = NDIS_STATUS_PAUSED;
    }
    else if (!Binding->Connected)
    {
        Status = NDIS_STATUS_MEDIA_DISCONNECTED;
    }
    else
    {
        Binding->SendsActive++;
    }
    NdisReleaseSpinLock(&Binding->Lock);
    return Status;
}

/* Gives sends up again. The last one of a paused binding ends the pause's wait. */
static VOID
SampleEndSends(
    PBINDING_CONTEXT Binding,
    ULONG Count
    )
{
    NdisAcquireSpinLock(&Binding->Lock);
    Binding->SendsActive -= Count;
    if (Binding->Paused && Binding->SendsActive == 0)
    {
        NdisSetEvent(&Binding->SendsDone);
    }
    NdisReleaseSpinLock(&Binding->Lock);
}

/* A list with one frame, for which SampleFreeFrame gives everything back. */
static PNET_BUFFER_LIST
SampleBuildFrame(
    PBINDING_CONTEXT Binding,
    const UCHAR *Destination,
    const VOID *Data,
    ULONG Length
    )
{
    ULONG FrameLength = sizeof(FRAME_HEADER) + Length;
    PFRAME_HEADER Frame = (PFRAME_HEADER)SampleAllocate(FrameLength);
    PMDL Mdl = NULL;
    PNET_BUFFER_LIST NetBufferList = NULL;

    if (Frame == NULL)
    {
        return NULL;
    }
    NdisMoveMemory(Frame->Destination, Destination, ADDRESS_LENGTH);
    NdisMoveMemory(Frame->Source, Binding->Address, ADDRESS_LENGTH);
    Frame->EtherType[0] = (UCHAR)(OUR_ETHER_TYPE >> 8);
    Frame->EtherType[1] = (UCHAR)(OUR_ETHER_TYPE & 0xFF);
    NdisMoveMemory(Frame + 1, Data, Length);

    Mdl = NdisAllocateMdl(Binding->BindingHandle, Frame, FrameLength);
    if (Mdl != NULL)
    {
        NetBufferList = NdisAllocateNetBufferAndNetBufferList(Binding->PoolHandle, 0, 0, Mdl, 0, FrameLength);
    }
    if (NetBufferList != NULL)
    {
        NetBufferList->SourceHandle = Binding->BindingHandle;
        return NetBufferList;
    }
    if (Mdl != NULL)
    {
        NdisFreeMdl(Mdl);
    }
    SampleFree(Frame);
    return NULL;
}

static VOID
SampleFreeFrame(
    PNET_BUFFER_LIST NetBufferList
    )
{
    PMDL Mdl = NET_BUFFER_FIRST_MDL(NET_BUFFER_LIST_FIRST_NB(NetBufferList));
    PVOID Frame = MmGetMdlVirtualAddress(Mdl);

    NdisFreeNetBufferList(NetBufferList);
    NdisFreeMdl(Mdl);
    SampleFree(Frame);
}

/*
 * Sends a copy of the data to one station, or to all with the broadcast address. NDIS_STATUS_PENDING: it is on its
 * way; any other status: it is not. IRQL <= DISPATCH_LEVEL.
 */
NDIS_STATUS
SampleSend(
    PBINDING_CONTEXT Binding,
    const UCHAR *Destination,
    const VOID *Data,
    ULONG Length
    )
{
    PNET_BUFFER_LIST NetBufferList;
    NDIS_STATUS Status;

    if (Length > Binding->MtuSize)
    {
        return NDIS_STATUS_INVALID_LENGTH;
    }
    Status = SampleBeginSend(Binding);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        return Status;
    }
    NetBufferList = SampleBuildFrame(Binding, Destination, Data, Length);
    if (NetBufferList == NULL)
    {
        SampleEndSends(Binding, 1);
        return NDIS_STATUS_RESOURCES;
    }
    NdisSendNetBufferLists(Binding->BindingHandle, NetBufferList, NDIS_DEFAULT_PORT_NUMBER, 0);
    return NDIS_STATUS_PENDING;
}

_Use_decl_annotations_
VOID
SampleSendNetBufferListsComplete(
    NDIS_HANDLE ProtocolBindingContext,
    PNET_BUFFER_LIST NetBufferList,
    ULONG SendCompleteFlags
    )
{
    PBINDING_CONTEXT Binding = (PBINDING_CONTEXT)ProtocolBindingContext;
    PNET_BUFFER_LIST Next;
    ULONG Count = 0;

    UNREFERENCED_PARAMETER(SendCompleteFlags);

    for (; NetBufferList != NULL; NetBufferList = Next)
    {
        Next = NET_BUFFER_LIST_NEXT_NBL(NetBufferList);
        NET_BUFFER_LIST_NEXT_NBL(NetBufferList) = NULL;
        /* A frame that could not be sent is lost, as frames may be; the status of the list would tell why. */
        SampleFreeFrame(NetBufferList);
        Count++;
    }
    SampleEndSends(Binding, Count);
}

/* ---- Receiving ------------------------------------------------------------------------------------------------ */

static BOOLEAN
SampleIsOurs(
    PNET_BUFFER NetBuffer
    )
{
    FRAME_HEADER Storage;
    PFRAME_HEADER Header = (PFRAME_HEADER)NdisGetDataBuffer(NetBuffer, sizeof(FRAME_HEADER), &Storage, 1, 0);

    return (BOOLEAN)(Header != NULL && ((Header->EtherType[0] << 8) | Header->EtherType[1]) == OUR_ETHER_TYPE);
}

_Use_decl_annotations_
VOID
SampleReceiveNetBufferLists(
    NDIS_HANDLE ProtocolBindingContext,
    PNET_BUFFER_LIST NetBufferLists,
    NDIS_PORT_NUMBER PortNumber,
    ULONG NumberOfNetBufferLists,
    ULONG ReceiveFlags
    )
{
    PBINDING_CONTEXT Binding = (PBINDING_CONTEXT)ProtocolBindingContext;
    PNET_BUFFER_LIST Each;
    PNET_BUFFER NetBuffer;
    ULONG ReturnFlags = 0;

    UNREFERENCED_PARAMETER(PortNumber);
    UNREFERENCED_PARAMETER(NumberOfNetBufferLists);

    for (Each = NetBufferLists; Each != NULL; Each = NET_BUFFER_LIST_NEXT_NBL(Each))
    {
        for (NetBuffer = NET_BUFFER_LIST_FIRST_NB(Each); NetBuffer != NULL; NetBuffer = NET_BUFFER_NEXT_NB(NetBuffer))
        {
            if (SampleIsOurs(NetBuffer))
            {
                SampleReceive(Binding, NetBuffer);
            }
        }
    }

    /* With the resources flag the lists go back by returning; otherwise they have to be given back. */
    if (NDIS_TEST_RECEIVE_CAN_PEND(ReceiveFlags))
    {
        if (NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(ReceiveFlags))
        {
            ReturnFlags = NDIS_RETURN_FLAGS_DISPATCH_LEVEL;
        }
        NdisReturnNetBufferLists(Binding->BindingHandle, NetBufferLists, ReturnFlags);
    }
}
