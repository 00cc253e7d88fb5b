/*
 * Sample: a connectionless miniport for NDIS 6, without hardware.
 *
 * An Ethernet adapter in software. Build it with NDIS_MINIPORT_DRIVER=1 and with NDIS60_MINIPORT=1,
 * NDIS630_MINIPORT=1 or a later version.
 *
 * Written here: registration, the life of adapters, the OIDs that an Ethernet miniport has to answer, statistics, and
 * the paths of sends and receives. Left to you: the other end of the wire, in the function under "The wire". Until it
 * is written, frames are sent to nobody, and none arrive.
 */

#include <ndis.h>

#define POOL_TAG 'lpmS'

/* What the adapter tells about itself. */
#define OUR_MTU 1500
#define OUR_LINK_SPEED 1000000000ULL /* bits per second */
#define OUR_MULTICAST_LIMIT 32
#define OUR_PACKET_FILTERS                                                                                             \
    (NDIS_PACKET_TYPE_DIRECTED | NDIS_PACKET_TYPE_MULTICAST | NDIS_PACKET_TYPE_ALL_MULTICAST |                         \
     NDIS_PACKET_TYPE_BROADCAST | NDIS_PACKET_TYPE_PROMISCUOUS)
#define OUR_STATISTICS                                                                                                 \
    (NDIS_STATISTICS_DIRECTED_FRAMES_RCV_SUPPORTED | NDIS_STATISTICS_MULTICAST_FRAMES_RCV_SUPPORTED |                  \
     NDIS_STATISTICS_BROADCAST_FRAMES_RCV_SUPPORTED | NDIS_STATISTICS_BYTES_RCV_SUPPORTED |                            \
     NDIS_STATISTICS_RCV_DISCARDS_SUPPORTED | NDIS_STATISTICS_RCV_ERROR_SUPPORTED |                                    \
     NDIS_STATISTICS_DIRECTED_FRAMES_XMIT_SUPPORTED | NDIS_STATISTICS_MULTICAST_FRAMES_XMIT_SUPPORTED |                \
     NDIS_STATISTICS_BROADCAST_FRAMES_XMIT_SUPPORTED | NDIS_STATISTICS_BYTES_XMIT_SUPPORTED |                          \
     NDIS_STATISTICS_XMIT_ERROR_SUPPORTED | NDIS_STATISTICS_XMIT_DISCARDS_SUPPORTED)
#define OUR_VENDOR_ID 0xFFFFFF /* a vendor without an IEEE code */
#define OUR_DRIVER_VERSION 0x0100
static const CHAR OurDescription[] = "Sample";

#define ADDRESS_LENGTH 6

typedef struct _FRAME_HEADER
{
    UCHAR Destination[ADDRESS_LENGTH];
    UCHAR Source[ADDRESS_LENGTH];
    UCHAR EtherType[2];
} FRAME_HEADER, *PFRAME_HEADER;

#define MAXIMUM_FRAME (sizeof(FRAME_HEADER) + OUR_MTU)

/* Frames and bytes one way, by who they are for. */
typedef struct _TRAFFIC
{
    ULONG64 Directed;
    ULONG64 Multicast;
    ULONG64 Broadcast;
    ULONG64 DirectedBytes;
    ULONG64 MulticastBytes;
    ULONG64 BroadcastBytes;
    ULONG64 Errors;
    ULONG64 Discards;
} TRAFFIC, *PTRAFFIC;

typedef struct _ADAPTER_CONTEXT
{
    NDIS_HANDLE AdapterHandle;
    NDIS_HANDLE PoolHandle; /* net buffer lists for receives */
    UCHAR PermanentAddress[ADDRESS_LENGTH];
    UCHAR CurrentAddress[ADDRESS_LENGTH];
    ULONG Lookahead;     /* for OID requests, of which NDIS makes one at a time */
    NDIS_SPIN_LOCK Lock; /* guards everything below */
    BOOLEAN Paused;
    BOOLEAN PausePending; /* NDIS waits for NdisMPauseComplete */
    ULONG Active;         /* sends and indications at work, and received lists that the protocols still have */
    ULONG PacketFilter;
    ULONG MulticastCount;
    UCHAR Multicast[OUR_MULTICAST_LIMIT][ADDRESS_LENGTH];
    TRAFFIC Sent;
    TRAFFIC Received;
} ADAPTER_CONTEXT, *PADAPTER_CONTEXT;

static NDIS_HANDLE MiniportDriverHandle;

static NDIS_OID SupportedOids[] = {
    OID_GEN_SUPPORTED_LIST,
    OID_GEN_HARDWARE_STATUS,
    OID_GEN_MEDIA_SUPPORTED,
    OID_GEN_MEDIA_IN_USE,
    OID_GEN_PHYSICAL_MEDIUM,
    OID_GEN_MAXIMUM_LOOKAHEAD,
    OID_GEN_CURRENT_LOOKAHEAD,
    OID_GEN_MAXIMUM_FRAME_SIZE,
    OID_GEN_MAXIMUM_TOTAL_SIZE,
    OID_GEN_TRANSMIT_BLOCK_SIZE,
    OID_GEN_RECEIVE_BLOCK_SIZE,
    OID_GEN_TRANSMIT_BUFFER_SPACE,
    OID_GEN_RECEIVE_BUFFER_SPACE,
    OID_GEN_VENDOR_ID,
    OID_GEN_VENDOR_DESCRIPTION,
    OID_GEN_VENDOR_DRIVER_VERSION,
    OID_GEN_DRIVER_VERSION,
    OID_GEN_MAC_OPTIONS,
    OID_GEN_CURRENT_PACKET_FILTER,
    OID_GEN_INTERRUPT_MODERATION,
    OID_GEN_STATISTICS,
    OID_GEN_XMIT_OK,
    OID_GEN_RCV_OK,
    OID_GEN_XMIT_ERROR,
    OID_GEN_RCV_ERROR,
    OID_GEN_RCV_NO_BUFFER,
    OID_802_3_PERMANENT_ADDRESS,
    OID_802_3_CURRENT_ADDRESS,
    OID_802_3_MULTICAST_LIST,
    OID_802_3_MAXIMUM_LIST_SIZE,
    OID_802_3_RCV_ERROR_ALIGNMENT,
    OID_802_3_XMIT_ONE_COLLISION,
    OID_802_3_XMIT_MORE_COLLISIONS,
};

EXTERN_C DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD SampleUnload;

MINIPORT_INITIALIZE SampleInitializeEx;
MINIPORT_HALT SampleHaltEx;
MINIPORT_PAUSE SamplePause;
MINIPORT_RESTART SampleRestart;
MINIPORT_SEND_NET_BUFFER_LISTS SampleSendNetBufferLists;
MINIPORT_CANCEL_SEND SampleCancelSend;
MINIPORT_RETURN_NET_BUFFER_LISTS SampleReturnNetBufferLists;
MINIPORT_OID_REQUEST SampleOidRequest;
MINIPORT_CANCEL_OID_REQUEST SampleCancelOidRequest;
MINIPORT_DEVICE_PNP_EVENT_NOTIFY SampleDevicePnPEventNotify;
MINIPORT_SHUTDOWN SampleShutdownEx;

NDIS_STATUS SampleIndicateFrame(PADAPTER_CONTEXT Adapter, const VOID *Data, ULONG Length);

/* ---- Memory --------------------------------------------------------------------------------------------------- */

static PVOID
SampleAllocate(
    ULONG Size
    )
{
    PVOID Memory = NdisAllocateMemoryWithTagPriority(MiniportDriverHandle, Size, POOL_TAG, NormalPoolPriority);

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

/* ---- The wire: yours to write --------------------------------------------------------------------------------- */

/*
 * Takes one frame that a protocol sends; done with its data when this returns. What the other end sends goes to
 * SampleIndicateFrame, which refuses it while the adapter is paused. IRQL <= DISPATCH_LEVEL.
 */
static NDIS_STATUS
SampleTransmit(
    PADAPTER_CONTEXT Adapter,
    PNET_BUFFER NetBuffer
    )
{
    // $0
    UNREFERENCED_PARAMETER(Adapter);
    UNREFERENCED_PARAMETER(NetBuffer);
    return NDIS_STATUS_SUCCESS;
}

/* ---- Loading and registration --------------------------------------------------------------------------------- */

_Use_decl_annotations_
NTSTATUS
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Characteristics;

    NdisZeroMemory(&Characteristics, sizeof(Characteristics));
    Characteristics.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
#if NDIS_SUPPORT_NDIS680
    Characteristics.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_3;
    Characteristics.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_3;
#elif NDIS_SUPPORT_NDIS61
    Characteristics.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2;
    Characteristics.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2;
#else
    Characteristics.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    Characteristics.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
#endif
    Characteristics.MajorNdisVersion = NDIS_MINIPORT_MAJOR_VERSION;
    Characteristics.MinorNdisVersion = NDIS_MINIPORT_MINOR_VERSION;
    Characteristics.MajorDriverVersion = 1;
    Characteristics.MinorDriverVersion = 0;

    Characteristics.InitializeHandlerEx = SampleInitializeEx;
    Characteristics.HaltHandlerEx = SampleHaltEx;
    Characteristics.UnloadHandler = SampleUnload;
    Characteristics.PauseHandler = SamplePause;
    Characteristics.RestartHandler = SampleRestart;
    Characteristics.OidRequestHandler = SampleOidRequest;
    Characteristics.SendNetBufferListsHandler = SampleSendNetBufferLists;
    Characteristics.ReturnNetBufferListsHandler = SampleReturnNetBufferLists;
    Characteristics.CancelSendHandler = SampleCancelSend;
    Characteristics.DevicePnPEventNotifyHandler = SampleDevicePnPEventNotify;
    Characteristics.ShutdownHandlerEx = SampleShutdownEx;
    Characteristics.CancelOidRequestHandler = SampleCancelOidRequest;
    /* CheckForHangHandlerEx and ResetHandlerEx stay NULL: no hardware can hang here, so none is ever reset. */

    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Characteristics, &MiniportDriverHandle);
}

_Use_decl_annotations_
VOID
SampleUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    UNREFERENCED_PARAMETER(DriverObject);

    NdisMDeregisterMiniportDriver(MiniportDriverHandle);
}

/* ---- Adapters ------------------------------------------------------------------------------------------------- */

/* Net buffer lists of one net buffer each; the frame that SampleIndicateFrame copies follows its MDL. */
static NDIS_HANDLE
SampleAllocatePool(
    NDIS_HANDLE AdapterHandle
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
    return NdisAllocateNetBufferListPool(AdapterHandle, &PoolParameters);
}

static VOID
SampleFreeAdapter(
    PADAPTER_CONTEXT Adapter
    )
{
    if (Adapter->PoolHandle != NULL)
    {
        NdisFreeNetBufferListPool(Adapter->PoolHandle);
    }
    NdisFreeSpinLock(&Adapter->Lock);
    SampleFree(Adapter);
}

/* An address that no second adapter of this driver has: locally administered, with the interface's number. */
static VOID
SampleMakeAddress(
    PADAPTER_CONTEXT Adapter,
    ULONG64 NetLuid
    )
{
    /* The lowest 24 bits of a LUID are reserved, the next 24 tell interfaces of one type apart. */
    Adapter->PermanentAddress[0] = 0x02;
    Adapter->PermanentAddress[3] = (UCHAR)(NetLuid >> 40);
    Adapter->PermanentAddress[4] = (UCHAR)(NetLuid >> 32);
    Adapter->PermanentAddress[5] = (UCHAR)(NetLuid >> 24);
    NdisMoveMemory(Adapter->CurrentAddress, Adapter->PermanentAddress, ADDRESS_LENGTH);
}

/* Whether an address is for one station: not for a group of them, and not blank. */
static BOOLEAN
SampleIsStation(
    const UCHAR *Address
    )
{
    static const UCHAR Blank[ADDRESS_LENGTH] = {0, 0, 0, 0, 0, 0};

    return (BOOLEAN)((Address[0] & 0x01) == 0 && !NdisEqualMemory(Address, Blank, ADDRESS_LENGTH));
}

/* Takes the address that the administrator gave in the adapter's settings, if it is one for a station. */
static VOID
SampleReadAddress(
    PADAPTER_CONTEXT Adapter
    )
{
    NDIS_CONFIGURATION_OBJECT Object;
    NDIS_HANDLE Configuration = NULL;
    NDIS_STATUS Status;
    PVOID Address = NULL;
    UINT Length = 0;

    NdisZeroMemory(&Object, sizeof(Object));
    Object.Header.Type = NDIS_OBJECT_TYPE_CONFIGURATION_OBJECT;
    Object.Header.Revision = NDIS_CONFIGURATION_OBJECT_REVISION_1;
    Object.Header.Size = NDIS_SIZEOF_CONFIGURATION_OBJECT_REVISION_1;
    Object.NdisHandle = Adapter->AdapterHandle;

    if (NdisOpenConfigurationEx(&Object, &Configuration) != NDIS_STATUS_SUCCESS)
    {
        return;
    }
    NdisReadNetworkAddress(&Status, &Address, &Length, Configuration);
    if (Status == NDIS_STATUS_SUCCESS && Length == ADDRESS_LENGTH && SampleIsStation((PUCHAR)Address))
    {
        NdisMoveMemory(Adapter->CurrentAddress, Address, ADDRESS_LENGTH);
    }
    NdisCloseConfiguration(Configuration);
}

static NDIS_STATUS
SampleSetRegistrationAttributes(
    PADAPTER_CONTEXT Adapter
    )
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Attributes;

    NdisZeroMemory(&Attributes, sizeof(Attributes));
    Attributes.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES;
#if NDIS_SUPPORT_NDIS630
    Attributes.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_2;
    Attributes.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_2;
#else
    Attributes.Header.Revision = NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
    Attributes.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES_REVISION_1;
#endif
    Attributes.MiniportAdapterContext = Adapter;
    Attributes.AttributeFlags = NDIS_MINIPORT_ATTRIBUTES_SURPRISE_REMOVE_OK;
    Attributes.InterfaceType = NdisInterfaceInternal;

    return NdisMSetMiniportAttributes(Adapter->AdapterHandle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Attributes);
}

static NDIS_STATUS
SampleSetGeneralAttributes(
    PADAPTER_CONTEXT Adapter
    )
{
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES Attributes;

    NdisZeroMemory(&Attributes, sizeof(Attributes));
    Attributes.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES;
#if NDIS_SUPPORT_NDIS620
    Attributes.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2;
    Attributes.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_2;
#else
    Attributes.Header.Revision = NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
    Attributes.Header.Size = NDIS_SIZEOF_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES_REVISION_1;
#endif
    Attributes.MediaType = NdisMedium802_3;
    Attributes.PhysicalMediumType = NdisPhysicalMediumUnspecified;
    Attributes.MtuSize = OUR_MTU;
    Attributes.MaxXmitLinkSpeed = OUR_LINK_SPEED;
    Attributes.XmitLinkSpeed = OUR_LINK_SPEED;
    Attributes.MaxRcvLinkSpeed = OUR_LINK_SPEED;
    Attributes.RcvLinkSpeed = OUR_LINK_SPEED;
    Attributes.MediaConnectState = MediaConnectStateConnected;
    Attributes.MediaDuplexState = MediaDuplexStateFull;
    Attributes.LookaheadSize = OUR_MTU;
    Attributes.MacOptions = NDIS_MAC_OPTION_NO_LOOPBACK;
    Attributes.SupportedPacketFilters = OUR_PACKET_FILTERS;
    Attributes.MaxMulticastListSize = OUR_MULTICAST_LIMIT;
    Attributes.MacAddressLength = ADDRESS_LENGTH;
    NdisMoveMemory(Attributes.PermanentMacAddress, Adapter->PermanentAddress, ADDRESS_LENGTH);
    NdisMoveMemory(Attributes.CurrentMacAddress, Adapter->CurrentAddress, ADDRESS_LENGTH);
    Attributes.AccessType = NET_IF_ACCESS_BROADCAST;
    Attributes.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
    Attributes.ConnectionType = NET_IF_CONNECTION_DEDICATED;
    Attributes.IfType = IF_TYPE_ETHERNET_CSMACD;
    Attributes.IfConnectorPresent = FALSE;
    Attributes.SupportedStatistics = OUR_STATISTICS;
    Attributes.SupportedOidList = SupportedOids;
    Attributes.SupportedOidListLength = sizeof(SupportedOids);

    return NdisMSetMiniportAttributes(Adapter->AdapterHandle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Attributes);
}

_Use_decl_annotations_
NDIS_STATUS
SampleInitializeEx(
    NDIS_HANDLE NdisMiniportHandle,
    NDIS_HANDLE MiniportDriverContext,
    PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters
    )
{
    PADAPTER_CONTEXT Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);

    Adapter = (PADAPTER_CONTEXT)SampleAllocate(sizeof(ADAPTER_CONTEXT));
    if (Adapter == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    Adapter->AdapterHandle = NdisMiniportHandle;
    Adapter->Paused = TRUE;
    Adapter->Lookahead = OUR_MTU;
    NdisAllocateSpinLock(&Adapter->Lock);
    SampleMakeAddress(Adapter, MiniportInitParameters->NetLuid.Value);
    SampleReadAddress(Adapter);

    Status = SampleSetRegistrationAttributes(Adapter);
    if (Status == NDIS_STATUS_SUCCESS)
    {
        Status = SampleSetGeneralAttributes(Adapter);
    }
    if (Status == NDIS_STATUS_SUCCESS)
    {
        Adapter->PoolHandle = SampleAllocatePool(NdisMiniportHandle);
        Status = Adapter->PoolHandle != NULL ? NDIS_STATUS_SUCCESS : NDIS_STATUS_RESOURCES;
    }
    if (Status != NDIS_STATUS_SUCCESS)
    {
        SampleFreeAdapter(Adapter);
    }
    return Status;
}

_Use_decl_annotations_
VOID
SampleHaltEx(
    NDIS_HANDLE MiniportAdapterContext,
    NDIS_HALT_ACTION HaltAction
    )
{
    UNREFERENCED_PARAMETER(HaltAction);

    /* NDIS paused the adapter first, so no send is at work and no list is with a protocol. */
    SampleFreeAdapter((PADAPTER_CONTEXT)MiniportAdapterContext);
}

_Use_decl_annotations_
NDIS_STATUS
SamplePause(
    NDIS_HANDLE MiniportAdapterContext,
    PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters
    )
{
    PADAPTER_CONTEXT Adapter = (PADAPTER_CONTEXT)MiniportAdapterContext;
    BOOLEAN Busy;

    UNREFERENCED_PARAMETER(PauseParameters);

    NdisAcquireSpinLock(&Adapter->Lock);
    Adapter->Paused = TRUE;
    Busy = (BOOLEAN)(Adapter->Active != 0);
    Adapter->PausePending = Busy;
    NdisReleaseSpinLock(&Adapter->Lock);

    /* SampleEnd completes the pause when the last send is done and the last list is back. */
    return Busy ? NDIS_STATUS_PENDING : NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS
SampleRestart(
    NDIS_HANDLE MiniportAdapterContext,
    PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters
    )
{
    PADAPTER_CONTEXT Adapter = (PADAPTER_CONTEXT)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(RestartParameters);

    NdisAcquireSpinLock(&Adapter->Lock);
    Adapter->Paused = FALSE;
    NdisReleaseSpinLock(&Adapter->Lock);
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID
SampleDevicePnPEventNotify(
    NDIS_HANDLE MiniportAdapterContext,
    PNET_DEVICE_PNP_EVENT NetDevicePnPEvent
    )
{
    /* Without hardware there is nothing that a surprise removal or a change of power profile would touch. */
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(NetDevicePnPEvent);
}

_Use_decl_annotations_
VOID
SampleShutdownEx(
    NDIS_HANDLE MiniportAdapterContext,
    NDIS_SHUTDOWN_ACTION ShutdownAction
    )
{
    /* Without hardware there is nothing to quiet before the system stops. */
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(ShutdownAction);
}

/* ---- What is at work ------------------------------------------------------------------------------------------ */

/* Claims the adapter for sends or receives; FALSE where it is paused. */
static BOOLEAN
SampleBegin(
    PADAPTER_CONTEXT Adapter,
    ULONG Count
    )
{
    BOOLEAN Running;

    NdisAcquireSpinLock(&Adapter->Lock);
    Running = (BOOLEAN)!Adapter->Paused;
    if (Running)
    {
        Adapter->Active += Count;
    }
    NdisReleaseSpinLock(&Adapter->Lock);
    return Running;
}

/* Gives claims up. With the last one a paused adapter may go: nothing of it is touched after that. */
static VOID
SampleEnd(
    PADAPTER_CONTEXT Adapter,
    ULONG Count
    )
{
    NDIS_HANDLE AdapterHandle = Adapter->AdapterHandle;
    BOOLEAN CompletePause;

    NdisAcquireSpinLock(&Adapter->Lock);
    Adapter->Active -= Count;
    CompletePause = (BOOLEAN)(Adapter->PausePending && Adapter->Active == 0);
    if (CompletePause)
    {
        Adapter->PausePending = FALSE;
    }
    NdisReleaseSpinLock(&Adapter->Lock);

    if (CompletePause)
    {
        NdisMPauseComplete(AdapterHandle);
    }
}

/* ---- Frames --------------------------------------------------------------------------------------------------- */

/* NDIS_PACKET_TYPE_DIRECTED, _MULTICAST or _BROADCAST, by the address that a frame is for. */
static ULONG
SampleFrameType(
    const FRAME_HEADER *Header
    )
{
    static const UCHAR Broadcast[ADDRESS_LENGTH] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};

    if ((Header->Destination[0] & 0x01) == 0)
    {
        return NDIS_PACKET_TYPE_DIRECTED;
    }
    return NdisEqualMemory(Header->Destination, Broadcast, ADDRESS_LENGTH) ? NDIS_PACKET_TYPE_BROADCAST
                                                                           : NDIS_PACKET_TYPE_MULTICAST;
}

static VOID
SampleCountFrame(
    PTRAFFIC Traffic,
    ULONG FrameType,
    ULONG Length
    )
{
    switch (FrameType)
    {
    case NDIS_PACKET_TYPE_DIRECTED:
        Traffic->Directed++;
        Traffic->DirectedBytes += Length;
        break;
    case NDIS_PACKET_TYPE_MULTICAST:
        Traffic->Multicast++;
        Traffic->MulticastBytes += Length;
        break;
    default:
        Traffic->Broadcast++;
        Traffic->BroadcastBytes += Length;
        break;
    }
}

/* Whether a multicast address is on the list that the protocols set. The caller holds the lock. */
static BOOLEAN
SampleIsListed(
    PADAPTER_CONTEXT Adapter,
    const UCHAR *Address
    )
{
    ULONG Index;

    for (Index = 0; Index < Adapter->MulticastCount; Index++)
    {
        if (NdisEqualMemory(Adapter->Multicast[Index], Address, ADDRESS_LENGTH))
        {
            return TRUE;
        }
    }
    return FALSE;
}

/* Whether the protocols want a frame. The caller holds the lock. */
static BOOLEAN
SampleIsWanted(
    PADAPTER_CONTEXT Adapter,
    const FRAME_HEADER *Header,
    ULONG FrameType
    )
{
    ULONG Filter = Adapter->PacketFilter;

    if ((Filter & NDIS_PACKET_TYPE_PROMISCUOUS) != 0)
    {
        return TRUE;
    }
    switch (FrameType)
    {
    case NDIS_PACKET_TYPE_DIRECTED:
        return (BOOLEAN)((Filter & NDIS_PACKET_TYPE_DIRECTED) != 0 &&
                         NdisEqualMemory(Header->Destination, Adapter->CurrentAddress, ADDRESS_LENGTH));
    case NDIS_PACKET_TYPE_MULTICAST:
        return (BOOLEAN)((Filter & NDIS_PACKET_TYPE_ALL_MULTICAST) != 0 ||
                         ((Filter & NDIS_PACKET_TYPE_MULTICAST) != 0 && SampleIsListed(Adapter, Header->Destination)));
    default:
        return (BOOLEAN)((Filter & NDIS_PACKET_TYPE_BROADCAST) != 0);
    }
}

/* ---- Sending -------------------------------------------------------------------------------------------------- */

static NDIS_STATUS
SampleSendFrame(
    PADAPTER_CONTEXT Adapter,
    PNET_BUFFER NetBuffer
    )
{
    FRAME_HEADER Storage;
    const FRAME_HEADER *Header;
    ULONG Length = NET_BUFFER_DATA_LENGTH(NetBuffer);
    NDIS_STATUS Status = NDIS_STATUS_INVALID_LENGTH;
    ULONG FrameType = 0;

    Header = (const FRAME_HEADER *)NdisGetDataBuffer(NetBuffer, sizeof(FRAME_HEADER), &Storage, 1, 0);
    if (Header != NULL && Length <= MAXIMUM_FRAME)
    {
        FrameType = SampleFrameType(Header);
        Status = SampleTransmit(Adapter, NetBuffer);
    }

    NdisAcquireSpinLock(&Adapter->Lock);
    if (Status == NDIS_STATUS_SUCCESS)
    {
        SampleCountFrame(&Adapter->Sent, FrameType, Length);
    }
    else
    {
        Adapter->Sent.Errors++;
    }
    NdisReleaseSpinLock(&Adapter->Lock);
    return Status;
}

/* A list succeeds when all of its frames do; the rest of them are sent even if one fails. */
static NDIS_STATUS
SampleSendList(
    PADAPTER_CONTEXT Adapter,
    PNET_BUFFER_LIST NetBufferList
    )
{
    PNET_BUFFER NetBuffer;
    NDIS_STATUS ListStatus = NDIS_STATUS_SUCCESS;
    NDIS_STATUS Status;

    for (NetBuffer = NET_BUFFER_LIST_FIRST_NB(NetBufferList); NetBuffer != NULL;
         NetBuffer = NET_BUFFER_NEXT_NB(NetBuffer))
    {
        Status = SampleSendFrame(Adapter, NetBuffer);
        if (Status != NDIS_STATUS_SUCCESS)
        {
            ListStatus = Status;
        }
    }
    return ListStatus;
}

_Use_decl_annotations_
VOID
SampleSendNetBufferLists(
    NDIS_HANDLE MiniportAdapterContext,
    PNET_BUFFER_LIST NetBufferList,
    NDIS_PORT_NUMBER PortNumber,
    ULONG SendFlags
    )
{
    PADAPTER_CONTEXT Adapter = (PADAPTER_CONTEXT)MiniportAdapterContext;
    PNET_BUFFER_LIST Each;
    BOOLEAN Running = SampleBegin(Adapter, 1);
    ULONG CompleteFlags = 0;

    UNREFERENCED_PARAMETER(PortNumber);

    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags))
    {
        CompleteFlags = NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    }
    for (Each = NetBufferList; Each != NULL; Each = NET_BUFFER_LIST_NEXT_NBL(Each))
    {
        NET_BUFFER_LIST_STATUS(Each) = Running ? SampleSendList(Adapter, Each) : NDIS_STATUS_PAUSED;
    }
    NdisMSendNetBufferListsComplete(Adapter->AdapterHandle, NetBufferList, CompleteFlags);
    if (Running)
    {
        SampleEnd(Adapter, 1);
    }
}

_Use_decl_annotations_
VOID
SampleCancelSend(
    NDIS_HANDLE MiniportAdapterContext,
    PVOID CancelId
    )
{
    /* Sends are completed before SampleSendNetBufferLists returns: none is left to cancel. */
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(CancelId);
}

/* ---- Receiving ------------------------------------------------------------------------------------------------ */

/* A list with a copy of one frame, for which SampleFreeFrame gives everything back. */
static PNET_BUFFER_LIST
SampleBuildFrame(
    PADAPTER_CONTEXT Adapter,
    const VOID *Data,
    ULONG Length
    )
{
    PVOID Frame = SampleAllocate(Length);
    PMDL Mdl;
    PNET_BUFFER_LIST NetBufferList = NULL;

    if (Frame == NULL)
    {
        return NULL;
    }
    NdisMoveMemory(Frame, Data, Length);

    Mdl = NdisAllocateMdl(Adapter->AdapterHandle, Frame, Length);
    if (Mdl != NULL)
    {
        NetBufferList = NdisAllocateNetBufferAndNetBufferList(Adapter->PoolHandle, 0, 0, Mdl, 0, Length);
    }
    if (NetBufferList != NULL)
    {
        NetBufferList->SourceHandle = Adapter->AdapterHandle;
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

/* Whether the protocols want a frame that arrived. */
static BOOLEAN
SampleAcceptFrame(
    PADAPTER_CONTEXT Adapter,
    const FRAME_HEADER *Header
    )
{
    BOOLEAN Wanted;

    NdisAcquireSpinLock(&Adapter->Lock);
    Wanted = SampleIsWanted(Adapter, Header, SampleFrameType(Header));
    NdisReleaseSpinLock(&Adapter->Lock);
    return Wanted;
}

/*
 * Call this when a frame comes from the other end of the wire. The data starts with the frame's header and is copied.
 * A frame that the protocols do not want is dropped, which is no failure. IRQL <= DISPATCH_LEVEL.
 */
NDIS_STATUS
SampleIndicateFrame(
    PADAPTER_CONTEXT Adapter,
    const VOID *Data,
    ULONG Length
    )
{
    const FRAME_HEADER *Header = (const FRAME_HEADER *)Data;
    PNET_BUFFER_LIST NetBufferList;

    if (Length < sizeof(FRAME_HEADER) || Length > MAXIMUM_FRAME)
    {
        NdisAcquireSpinLock(&Adapter->Lock);
        Adapter->Received.Errors++;
        NdisReleaseSpinLock(&Adapter->Lock);
        return NDIS_STATUS_INVALID_LENGTH;
    }
    /* One claim for the indication and one for the list: the list may be back before the indication returns. */
    if (!SampleBegin(Adapter, 2))
    {
        return NDIS_STATUS_PAUSED;
    }
    if (!SampleAcceptFrame(Adapter, Header))
    {
        SampleEnd(Adapter, 2);
        return NDIS_STATUS_SUCCESS;
    }
    NetBufferList = SampleBuildFrame(Adapter, Data, Length);

    NdisAcquireSpinLock(&Adapter->Lock);
    if (NetBufferList != NULL)
    {
        SampleCountFrame(&Adapter->Received, SampleFrameType(Header), Length);
    }
    else
    {
        Adapter->Received.Discards++;
    }
    NdisReleaseSpinLock(&Adapter->Lock);

    if (NetBufferList == NULL)
    {
        SampleEnd(Adapter, 2);
        return NDIS_STATUS_RESOURCES;
    }
    NdisMIndicateReceiveNetBufferLists(Adapter->AdapterHandle, NetBufferList, NDIS_DEFAULT_PORT_NUMBER, 1, 0);
    SampleEnd(Adapter, 1);
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID
SampleReturnNetBufferLists(
    NDIS_HANDLE MiniportAdapterContext,
    PNET_BUFFER_LIST NetBufferLists,
    ULONG ReturnFlags
    )
{
    PADAPTER_CONTEXT Adapter = (PADAPTER_CONTEXT)MiniportAdapterContext;
    PNET_BUFFER_LIST Next;
    ULONG Count = 0;

    UNREFERENCED_PARAMETER(ReturnFlags);

    for (; NetBufferLists != NULL; NetBufferLists = Next)
    {
        Next = NET_BUFFER_LIST_NEXT_NBL(NetBufferLists);
        NET_BUFFER_LIST_NEXT_NBL(NetBufferLists) = NULL;
        SampleFreeFrame(NetBufferLists);
        Count++;
    }
    SampleEnd(Adapter, Count);
}

/* ---- OID requests --------------------------------------------------------------------------------------------- */

static NDIS_STATUS
SampleAnswer(
    PNDIS_OID_REQUEST OidRequest,
    const VOID *Data,
    ULONG Length
    )
{
    if (OidRequest->DATA.QUERY_INFORMATION.InformationBufferLength < Length)
    {
        OidRequest->DATA.QUERY_INFORMATION.BytesNeeded = Length;
        return NDIS_STATUS_BUFFER_TOO_SHORT;
    }
    NdisMoveMemory(OidRequest->DATA.QUERY_INFORMATION.InformationBuffer, Data, Length);
    OidRequest->DATA.QUERY_INFORMATION.BytesWritten = Length;
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
SampleAnswerUlong(
    PNDIS_OID_REQUEST OidRequest,
    ULONG Value
    )
{
    return SampleAnswer(OidRequest, &Value, sizeof(Value));
}

/* A counter goes into eight bytes or, where the buffer has no more, into four. */
static NDIS_STATUS
SampleAnswerCount(
    PNDIS_OID_REQUEST OidRequest,
    ULONG64 Value
    )
{
    if (OidRequest->DATA.QUERY_INFORMATION.InformationBufferLength < sizeof(Value))
    {
        return SampleAnswerUlong(OidRequest, (ULONG)Value);
    }
    return SampleAnswer(OidRequest, &Value, sizeof(Value));
}

static VOID
SampleReadTraffic(
    PADAPTER_CONTEXT Adapter,
    PTRAFFIC Sent,
    PTRAFFIC Received
    )
{
    NdisAcquireSpinLock(&Adapter->Lock);
    *Sent = Adapter->Sent;
    *Received = Adapter->Received;
    NdisReleaseSpinLock(&Adapter->Lock);
}

static NDIS_STATUS
SampleAnswerStatistics(
    PADAPTER_CONTEXT Adapter,
    PNDIS_OID_REQUEST OidRequest
    )
{
    NDIS_STATISTICS_INFO Statistics;
    TRAFFIC Sent;
    TRAFFIC Received;

    SampleReadTraffic(Adapter, &Sent, &Received);
    NdisZeroMemory(&Statistics, sizeof(Statistics));
    Statistics.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Statistics.Header.Revision = NDIS_STATISTICS_INFO_REVISION_1;
    Statistics.Header.Size = NDIS_SIZEOF_STATISTICS_INFO_REVISION_1;
    Statistics.SupportedStatistics = OUR_STATISTICS;
    Statistics.ifInDiscards = Received.Discards;
    Statistics.ifInErrors = Received.Errors;
    Statistics.ifHCInOctets = Received.DirectedBytes + Received.MulticastBytes + Received.BroadcastBytes;
    Statistics.ifHCInUcastPkts = Received.Directed;
    Statistics.ifHCInMulticastPkts = Received.Multicast;
    Statistics.ifHCInBroadcastPkts = Received.Broadcast;
    Statistics.ifHCInUcastOctets = Received.DirectedBytes;
    Statistics.ifHCInMulticastOctets = Received.MulticastBytes;
    Statistics.ifHCInBroadcastOctets = Received.BroadcastBytes;
    Statistics.ifHCOutOctets = Sent.DirectedBytes + Sent.MulticastBytes + Sent.BroadcastBytes;
    Statistics.ifHCOutUcastPkts = Sent.Directed;
    Statistics.ifHCOutMulticastPkts = Sent.Multicast;
    Statistics.ifHCOutBroadcastPkts = Sent.Broadcast;
    Statistics.ifHCOutUcastOctets = Sent.DirectedBytes;
    Statistics.ifHCOutMulticastOctets = Sent.MulticastBytes;
    Statistics.ifHCOutBroadcastOctets = Sent.BroadcastBytes;
    Statistics.ifOutErrors = Sent.Errors;
    Statistics.ifOutDiscards = Sent.Discards;
    return SampleAnswer(OidRequest, &Statistics, NDIS_SIZEOF_STATISTICS_INFO_REVISION_1);
}

static NDIS_STATUS
SampleQueryTraffic(
    PADAPTER_CONTEXT Adapter,
    PNDIS_OID_REQUEST OidRequest
    )
{
    TRAFFIC Sent;
    TRAFFIC Received;

    SampleReadTraffic(Adapter, &Sent, &Received);
    switch (OidRequest->DATA.QUERY_INFORMATION.Oid)
    {
    case OID_GEN_XMIT_OK:
        return SampleAnswerCount(OidRequest, Sent.Directed + Sent.Multicast + Sent.Broadcast);
    case OID_GEN_RCV_OK:
        return SampleAnswerCount(OidRequest, Received.Directed + Received.Multicast + Received.Broadcast);
    case OID_GEN_XMIT_ERROR:
        return SampleAnswerCount(OidRequest, Sent.Errors);
    case OID_GEN_RCV_ERROR:
        return SampleAnswerCount(OidRequest, Received.Errors);
    case OID_GEN_RCV_NO_BUFFER:
        return SampleAnswerCount(OidRequest, Received.Discards);
    case OID_802_3_RCV_ERROR_ALIGNMENT:
    case OID_802_3_XMIT_ONE_COLLISION:
    case OID_802_3_XMIT_MORE_COLLISIONS:
        /* A wire in software is never shared and never out of step. */
        return SampleAnswerUlong(OidRequest, 0);
    default:
        return NDIS_STATUS_NOT_SUPPORTED;
    }
}

static NDIS_STATUS
SampleAnswerInterruptModeration(
    PNDIS_OID_REQUEST OidRequest
    )
{
    NDIS_INTERRUPT_MODERATION_PARAMETERS Parameters;

    NdisZeroMemory(&Parameters, sizeof(Parameters));
    Parameters.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Parameters.Header.Revision = NDIS_INTERRUPT_MODERATION_PARAMETERS_REVISION_1;
    Parameters.Header.Size = NDIS_SIZEOF_INTERRUPT_MODERATION_PARAMETERS_REVISION_1;
    Parameters.InterruptModeration = NdisInterruptModerationNotSupported;
    return SampleAnswer(OidRequest, &Parameters, NDIS_SIZEOF_INTERRUPT_MODERATION_PARAMETERS_REVISION_1);
}

static NDIS_STATUS
SampleAnswerMulticastList(
    PADAPTER_CONTEXT Adapter,
    PNDIS_OID_REQUEST OidRequest
    )
{
    NDIS_STATUS Status;

    NdisAcquireSpinLock(&Adapter->Lock);
    Status = SampleAnswer(OidRequest, Adapter->Multicast, Adapter->MulticastCount * ADDRESS_LENGTH);
    NdisReleaseSpinLock(&Adapter->Lock);
    return Status;
}

static NDIS_STATUS
SampleQuery(
    PADAPTER_CONTEXT Adapter,
    PNDIS_OID_REQUEST OidRequest
    )
{
    USHORT NdisVersion;

    switch (OidRequest->DATA.QUERY_INFORMATION.Oid)
    {
    case OID_GEN_SUPPORTED_LIST:
        return SampleAnswer(OidRequest, SupportedOids, sizeof(SupportedOids));
    case OID_GEN_HARDWARE_STATUS:
        return SampleAnswerUlong(OidRequest, NdisHardwareStatusReady);
    case OID_GEN_MEDIA_SUPPORTED:
    case OID_GEN_MEDIA_IN_USE:
        return SampleAnswerUlong(OidRequest, NdisMedium802_3);
    case OID_GEN_PHYSICAL_MEDIUM:
        return SampleAnswerUlong(OidRequest, NdisPhysicalMediumUnspecified);
    case OID_GEN_MAXIMUM_LOOKAHEAD:
    case OID_GEN_MAXIMUM_FRAME_SIZE:
        return SampleAnswerUlong(OidRequest, OUR_MTU);
    case OID_GEN_CURRENT_LOOKAHEAD:
        return SampleAnswerUlong(OidRequest, Adapter->Lookahead);
    case OID_GEN_MAXIMUM_TOTAL_SIZE:
    case OID_GEN_TRANSMIT_BLOCK_SIZE:
    case OID_GEN_RECEIVE_BLOCK_SIZE:
        return SampleAnswerUlong(OidRequest, MAXIMUM_FRAME);
    case OID_GEN_TRANSMIT_BUFFER_SPACE:
    case OID_GEN_RECEIVE_BUFFER_SPACE:
        /* No frame is kept in memory of the adapter's own: it takes and gives one at a time. */
        return SampleAnswerUlong(OidRequest, MAXIMUM_FRAME);
    case OID_GEN_VENDOR_ID:
        return SampleAnswerUlong(OidRequest, OUR_VENDOR_ID);
    case OID_GEN_VENDOR_DESCRIPTION:
        return SampleAnswer(OidRequest, OurDescription, sizeof(OurDescription));
    case OID_GEN_VENDOR_DRIVER_VERSION:
        return SampleAnswerUlong(OidRequest, OUR_DRIVER_VERSION);
    case OID_GEN_DRIVER_VERSION:
        NdisVersion = (USHORT)((NDIS_MINIPORT_MAJOR_VERSION << 8) | NDIS_MINIPORT_MINOR_VERSION);
        return SampleAnswer(OidRequest, &NdisVersion, sizeof(NdisVersion));
    case OID_GEN_MAC_OPTIONS:
        return SampleAnswerUlong(OidRequest, NDIS_MAC_OPTION_NO_LOOPBACK);
    case OID_GEN_CURRENT_PACKET_FILTER:
        return SampleAnswerUlong(OidRequest, Adapter->PacketFilter);
    case OID_GEN_INTERRUPT_MODERATION:
        return SampleAnswerInterruptModeration(OidRequest);
    case OID_GEN_STATISTICS:
        return SampleAnswerStatistics(Adapter, OidRequest);
    case OID_802_3_PERMANENT_ADDRESS:
        return SampleAnswer(OidRequest, Adapter->PermanentAddress, ADDRESS_LENGTH);
    case OID_802_3_CURRENT_ADDRESS:
        return SampleAnswer(OidRequest, Adapter->CurrentAddress, ADDRESS_LENGTH);
    case OID_802_3_MULTICAST_LIST:
        return SampleAnswerMulticastList(Adapter, OidRequest);
    case OID_802_3_MAXIMUM_LIST_SIZE:
        return SampleAnswerUlong(OidRequest, OUR_MULTICAST_LIMIT);
    default:
        return SampleQueryTraffic(Adapter, OidRequest);
    }
}

/* The value of a set request that takes a ULONG; FALSE where its buffer is too short. */
static BOOLEAN
SampleReadUlong(
    PNDIS_OID_REQUEST OidRequest,
    PULONG Value
    )
{
    if (OidRequest->DATA.SET_INFORMATION.InformationBufferLength < sizeof(ULONG))
    {
        OidRequest->DATA.SET_INFORMATION.BytesNeeded = sizeof(ULONG);
        return FALSE;
    }
    NdisMoveMemory(Value, OidRequest->DATA.SET_INFORMATION.InformationBuffer, sizeof(ULONG));
    OidRequest->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
    return TRUE;
}

static NDIS_STATUS
SampleSetPacketFilter(
    PADAPTER_CONTEXT Adapter,
    PNDIS_OID_REQUEST OidRequest
    )
{
    ULONG PacketFilter = 0;

    if (!SampleReadUlong(OidRequest, &PacketFilter))
    {
        return NDIS_STATUS_INVALID_LENGTH;
    }
    if ((PacketFilter & ~(ULONG)OUR_PACKET_FILTERS) != 0)
    {
        return NDIS_STATUS_NOT_SUPPORTED;
    }
    NdisAcquireSpinLock(&Adapter->Lock);
    Adapter->PacketFilter = PacketFilter;
    NdisReleaseSpinLock(&Adapter->Lock);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
SampleSetLookahead(
    PADAPTER_CONTEXT Adapter,
    PNDIS_OID_REQUEST OidRequest
    )
{
    ULONG Lookahead = 0;

    if (!SampleReadUlong(OidRequest, &Lookahead))
    {
        return NDIS_STATUS_INVALID_LENGTH;
    }
    if (Lookahead > OUR_MTU)
    {
        return NDIS_STATUS_INVALID_DATA;
    }
    /* Frames are handed up whole whatever it says. */
    Adapter->Lookahead = Lookahead;
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
SampleSetMulticastList(
    PADAPTER_CONTEXT Adapter,
    PNDIS_OID_REQUEST OidRequest
    )
{
    ULONG Length = OidRequest->DATA.SET_INFORMATION.InformationBufferLength;

    if (Length % ADDRESS_LENGTH != 0)
    {
        return NDIS_STATUS_INVALID_LENGTH;
    }
    if (Length > sizeof(Adapter->Multicast))
    {
        OidRequest->DATA.SET_INFORMATION.BytesNeeded = sizeof(Adapter->Multicast);
        return NDIS_STATUS_MULTICAST_FULL;
    }
    NdisAcquireSpinLock(&Adapter->Lock);
    NdisMoveMemory(Adapter->Multicast, OidRequest->DATA.SET_INFORMATION.InformationBuffer, Length);
    Adapter->MulticastCount = Length / ADDRESS_LENGTH;
    NdisReleaseSpinLock(&Adapter->Lock);
    OidRequest->DATA.SET_INFORMATION.BytesRead = Length;
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
SampleSet(
    PADAPTER_CONTEXT Adapter,
    PNDIS_OID_REQUEST OidRequest
    )
{
    switch (OidRequest->DATA.SET_INFORMATION.Oid)
    {
    case OID_GEN_CURRENT_PACKET_FILTER:
        return SampleSetPacketFilter(Adapter, OidRequest);
    case OID_GEN_CURRENT_LOOKAHEAD:
        return SampleSetLookahead(Adapter, OidRequest);
    case OID_802_3_MULTICAST_LIST:
        return SampleSetMulticastList(Adapter, OidRequest);
    default:
        return NDIS_STATUS_NOT_SUPPORTED;
    }
}

_Use_decl_annotations_
NDIS_STATUS
SampleOidRequest(
    NDIS_HANDLE MiniportAdapterContext,
    PNDIS_OID_REQUEST OidRequest
    )
{
    PADAPTER_CONTEXT Adapter = (PADAPTER_CONTEXT)MiniportAdapterContext;

    switch (OidRequest->RequestType)
    {
    case NdisRequestQueryInformation:
    case NdisRequestQueryStatistics:
        return SampleQuery(Adapter, OidRequest);
    case NdisRequestSetInformation:
        return SampleSet(Adapter, OidRequest);
    default:
        return NDIS_STATUS_NOT_SUPPORTED;
    }
}

_Use_decl_annotations_
VOID
SampleCancelOidRequest(
    NDIS_HANDLE MiniportAdapterContext,
    PVOID RequestId
    )
{
    /* Every request is answered before its handler returns: none is left to cancel. */
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RequestId);
}
