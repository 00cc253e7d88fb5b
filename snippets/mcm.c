/*
 * Sample: an NDIS 6 miniport with an integrated call manager (MCM).
 *
 * A connection-oriented miniport driver that offers one address family on each of its adapters.
 * Build it with NDIS_MINIPORT_DRIVER=1 and with NDIS60_MINIPORT=1, NDIS630_MINIPORT=1 or a later version.
 *
 * Written here: registration, adapters, OIDs, the paths of sends, and the life of address families, SAPs, VCs, calls
 * and parties. Left to you: the hardware and the exchange with your network, in the functions under "The network".
 * Until they are written, calls and parties are refused and sends fail.
 */

#include <ndis.h>

#define POOL_TAG 'lpmS'

/* The address family that clients find on each adapter. */
#define OUR_ADDRESS_FAMILY CO_ADDRESS_FAMILY_Q2931
#define OUR_MAJOR_VERSION 1
#define OUR_MINOR_VERSION 0

/* What the adapter tells about itself. */
#define OUR_MEDIUM NdisMediumAtm
#define OUR_MTU 9180
#define OUR_LINK_SPEED 1000000000ULL /* bits per second */
#define OUR_VENDOR_ID 0xFFFFFF       /* a vendor without an IEEE code */
#define OUR_DRIVER_VERSION 0x0100
static const CHAR OurDescription[] = "Sample";

/*
 * What waits for a VC's work item. Only the work item changes a call's state, so that no two steps of one call
 * run at the same time; everybody else posts an event. Closing has the highest bit because it comes last.
 */
#define VC_EVENT_CONNECT 0x01
#define VC_EVENT_ACTIVATED 0x02
#define VC_EVENT_ANSWERED 0x04
#define VC_EVENT_DEACTIVATED 0x08
#define VC_EVENT_CLOSE 0x10

typedef enum _CALL_STATE
{
    CallNone,
    CallConnecting, /* a client asked for it; the network has not answered yet */
    CallOffered,    /* the network asked for it; the client has not answered yet */
    CallUp,
    CallClosing
} CALL_STATE;

typedef struct _ADAPTER_CONTEXT
{
    LONG References; /* one for the adapter, one for each address family */
    NDIS_HANDLE AdapterHandle;
    NDIS_SPIN_LOCK Lock; /* guards the lists, flags, states and counts of everything below this adapter */
    LIST_ENTRY AfList;
    BOOLEAN Closing;
    BOOLEAN Paused;
    BOOLEAN PausePending; /* NDIS waits for NdisMPauseComplete */
    ULONG SendsActive;
    ULONG64 SendsDone;
    ULONG64 SendsFailed;
    NDIS_EVENT Unused; /* set when the last reference is gone */
} ADAPTER_CONTEXT, *PADAPTER_CONTEXT;

typedef struct _AF_CONTEXT
{
    LIST_ENTRY Link;
    LONG References; /* keeps this memory: one until the close is completed, one for a close notification */
    LONG Uses;       /* holds the close back: one for the open, one for each SAP and each VC */
    BOOLEAN CloseRequested;
    BOOLEAN CloseNotified;
    PADAPTER_CONTEXT Adapter;
    NDIS_HANDLE AfHandle;
    LIST_ENTRY SapList;
} AF_CONTEXT, *PAF_CONTEXT;

typedef struct _SAP_CONTEXT
{
    LIST_ENTRY Link;
    LONG Uses; /* holds the deregistration back: one for the registration, one for each call being offered */
    PAF_CONTEXT Af;
    NDIS_HANDLE SapHandle;
    ULONG SapType;
    ULONG SapLength;
    UCHAR Sap[1]; /* SapLength bytes */
} SAP_CONTEXT, *PSAP_CONTEXT;

typedef struct _PARTY_CONTEXT
{
    LIST_ENTRY Link;
    struct _VC_CONTEXT *Vc;
    NDIS_HANDLE PartyHandle;
    NDIS_HANDLE WorkItem;
    PCO_CALL_PARAMETERS CallParameters; /* the client's, until the party is added */
} PARTY_CONTEXT, *PPARTY_CONTEXT;

typedef struct _VC_CONTEXT
{
    LONG References; /* one until the VC is deleted, one while the work item is queued, one for each party at work */
    PAF_CONTEXT Af;
    NDIS_HANDLE VcHandle;
    BOOLEAN Incoming; /* created here for a call from the network, so deleted here */
    NDIS_HANDLE WorkItem;
    BOOLEAN WorkQueued;
    ULONG Events;
    CALL_STATE Call;
    BOOLEAN CloseRequested;
    BOOLEAN Active; /* the hardware carries data for it */
    NDIS_STATUS ActivateStatus;
    NDIS_STATUS AnswerStatus;
    BOOLEAN AnswerChanged; /* the client accepts, but with other call parameters */
    PSAP_CONTEXT Sap;                   /* of a call being offered */
    PCO_CALL_PARAMETERS CallParameters; /* the client's while it makes a call; ours for an incoming call */
    LIST_ENTRY PartyList;
    ULONG PartyCount;
} VC_CONTEXT, *PVC_CONTEXT;

static NDIS_HANDLE MiniportDriverHandle;

static NDIS_OID SupportedOids[] = {
    OID_GEN_CO_SUPPORTED_LIST,
    OID_GEN_CO_HARDWARE_STATUS,
    OID_GEN_CO_MEDIA_SUPPORTED,
    OID_GEN_CO_MEDIA_IN_USE,
    OID_GEN_CO_LINK_SPEED,
    OID_GEN_CO_MINIMUM_LINK_SPEED,
    OID_GEN_CO_VENDOR_ID,
    OID_GEN_CO_VENDOR_DESCRIPTION,
    OID_GEN_CO_DRIVER_VERSION,
    OID_GEN_CO_VENDOR_DRIVER_VERSION,
    OID_GEN_CO_MAC_OPTIONS,
    OID_GEN_CO_MEDIA_CONNECT_STATUS,
    OID_GEN_CO_PROTOCOL_OPTIONS,
    OID_GEN_CO_XMIT_PDUS_OK,
    OID_GEN_CO_RCV_PDUS_OK,
    OID_GEN_CO_XMIT_PDUS_ERROR,
    OID_GEN_CO_RCV_PDUS_ERROR,
    OID_GEN_CO_RCV_PDUS_NO_BUFFER,
};

EXTERN_C DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD SampleUnload;
MINIPORT_SET_OPTIONS SampleSetOptions;

MINIPORT_INITIALIZE SampleInitializeEx;
MINIPORT_HALT SampleHaltEx;
MINIPORT_PAUSE SamplePause;
MINIPORT_RESTART SampleRestart;
MINIPORT_OID_REQUEST SampleOidRequest;
MINIPORT_CANCEL_OID_REQUEST SampleCancelOidRequest;
MINIPORT_SEND_NET_BUFFER_LISTS SampleSendNetBufferLists;
MINIPORT_RETURN_NET_BUFFER_LISTS SampleReturnNetBufferLists;
MINIPORT_CANCEL_SEND SampleCancelSend;
MINIPORT_DEVICE_PNP_EVENT_NOTIFY SampleDevicePnPEventNotify;
MINIPORT_SHUTDOWN SampleShutdownEx;

MINIPORT_CO_ACTIVATE_VC SampleCoActivateVc;
MINIPORT_CO_DEACTIVATE_VC SampleCoDeactivateVc;
MINIPORT_CO_SEND_NET_BUFFER_LISTS SampleCoSendNetBufferLists;
MINIPORT_CO_OID_REQUEST SampleCoOidRequest;

PROTOCOL_CO_CREATE_VC SampleCmCreateVc;
PROTOCOL_CO_DELETE_VC SampleCmDeleteVc;
PROTOCOL_CM_OPEN_AF SampleCmOpenAf;
PROTOCOL_CM_CLOSE_AF SampleCmCloseAf;
PROTOCOL_CM_REG_SAP SampleCmRegisterSap;
PROTOCOL_CM_DEREGISTER_SAP SampleCmDeregisterSap;
PROTOCOL_CM_MAKE_CALL SampleCmMakeCall;
PROTOCOL_CM_CLOSE_CALL SampleCmCloseCall;
PROTOCOL_CM_INCOMING_CALL_COMPLETE SampleCmIncomingCallComplete;
PROTOCOL_CM_ADD_PARTY SampleCmAddParty;
PROTOCOL_CM_DROP_PARTY SampleCmDropParty;
PROTOCOL_CM_ACTIVATE_VC_COMPLETE SampleCmActivateVcComplete;
PROTOCOL_CM_DEACTIVATE_VC_COMPLETE SampleCmDeactivateVcComplete;
PROTOCOL_CM_MODIFY_QOS_CALL SampleCmModifyCallQoS;
PROTOCOL_CO_OID_REQUEST SampleCmOidRequest;
PROTOCOL_CO_OID_REQUEST_COMPLETE SampleCmOidRequestComplete;
PROTOCOL_CM_NOTIFY_CLOSE_AF_COMPLETE SampleCmNotifyCloseAfComplete;

NDIS_IO_WORKITEM_FUNCTION SampleVcWorker;
NDIS_IO_WORKITEM_FUNCTION SampleAddPartyWorker;
NDIS_IO_WORKITEM_FUNCTION SampleDropPartyWorker;

NDIS_STATUS SampleIndicateCall(PADAPTER_CONTEXT Adapter, PCO_SAP CalledSap, PCO_CALL_PARAMETERS CallParameters);
VOID SampleIndicateClose(PVC_CONTEXT Vc, NDIS_STATUS CloseStatus);

/* ---- Memory ------------------------------------------------------------------------------------------------- */

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

/* ---- Reference counts --------------------------------------------------------------------------------------- */

static VOID
SampleDereferenceAdapter(
    PADAPTER_CONTEXT Adapter
    )
{
    if (NdisInterlockedDecrement(&Adapter->References) == 0)
    {
        NdisSetEvent(&Adapter->Unused);
    }
}

static VOID
SampleDereferenceAf(
    PAF_CONTEXT Af
    )
{
    PADAPTER_CONTEXT Adapter = Af->Adapter;

    if (NdisInterlockedDecrement(&Af->References) == 0)
    {
        SampleFree(Af);
        SampleDereferenceAdapter(Adapter);
    }
}

/* Gives up a SAP's or a VC's use of the address family; the last one completes a close that is waiting. */
static VOID
SampleReleaseAf(
    PAF_CONTEXT Af
    )
{
    if (NdisInterlockedDecrement(&Af->Uses) == 0)
    {
        NdisMCmCloseAddressFamilyComplete(NDIS_STATUS_SUCCESS, Af->AfHandle);
        SampleDereferenceAf(Af);
    }
}

static VOID
SampleFreeSap(
    PSAP_CONTEXT Sap
    )
{
    PAF_CONTEXT Af = Sap->Af;

    SampleFree(Sap);
    SampleReleaseAf(Af);
}

/* Gives up an offered call's use of the SAP; the last one completes a deregistration that is waiting. */
static VOID
SampleReleaseSap(
    PSAP_CONTEXT Sap
    )
{
    if (NdisInterlockedDecrement(&Sap->Uses) == 0)
    {
        NdisMCmDeregisterSapComplete(NDIS_STATUS_SUCCESS, Sap->SapHandle);
        SampleFreeSap(Sap);
    }
}

static VOID
SampleDereferenceVc(
    PVC_CONTEXT Vc
    )
{
    PAF_CONTEXT Af = Vc->Af;

    if (NdisInterlockedDecrement(&Vc->References) == 0)
    {
        if (Vc->Incoming && Vc->CallParameters != NULL)
        {
            SampleFree(Vc->CallParameters);
        }
        NdisFreeIoWorkItem(Vc->WorkItem);
        SampleFree(Vc);
        SampleReleaseAf(Af);
    }
}

static VOID
SampleFreeParty(
    PPARTY_CONTEXT Party
    )
{
    NdisFreeIoWorkItem(Party->WorkItem);
    SampleFree(Party);
}

/* ---- The network: yours to write ------------------------------------------------------------------------------ */

/*
 * All but SampleHardwareSend run in a work item at PASSIVE_LEVEL and may wait. The VCs that carry signalling are the
 * driver's own affair: NDIS hears only of those that clients use.
 */

/* Asks the network for the call that Vc->CallParameters describes. */
static NDIS_STATUS
SampleNetworkConnect(
    PVC_CONTEXT Vc
    )
{
    // $0
    UNREFERENCED_PARAMETER(Vc);
    return NDIS_STATUS_NOT_SUPPORTED;
}

/* Takes back what SampleNetworkConnect was granted, or refuses the call that SampleIndicateCall reported. */
static VOID
SampleNetworkDisconnect(
    PVC_CONTEXT Vc
    )
{
    UNREFERENCED_PARAMETER(Vc);
}

/* Adds one more remote party to a multipoint call. */
static NDIS_STATUS
SampleNetworkAddParty(
    PPARTY_CONTEXT Party
    )
{
    UNREFERENCED_PARAMETER(Party);
    return NDIS_STATUS_NOT_SUPPORTED;
}

static VOID
SampleNetworkDropParty(
    PPARTY_CONTEXT Party
    )
{
    UNREFERENCED_PARAMETER(Party);
}

/* Sends the data of one list on an active VC; done with it when this returns. IRQL <= DISPATCH_LEVEL. */
static NDIS_STATUS
SampleHardwareSend(
    PVC_CONTEXT Vc,
    PNET_BUFFER_LIST NetBufferList
    )
{
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(NetBufferList);
    return NDIS_STATUS_NOT_SUPPORTED;
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

    Characteristics.SetOptionsHandler = SampleSetOptions;
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

_Use_decl_annotations_
NDIS_STATUS
SampleSetOptions(
    NDIS_HANDLE NdisDriverHandle,
    NDIS_HANDLE DriverContext
    )
{
    NDIS_MINIPORT_CO_CHARACTERISTICS CoCharacteristics;
    NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS CallManager;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);

    /* CoCreateVcHandler and CoDeleteVcHandler stay NULL: an MCM learns of VCs in the call manager's handlers. */
    NdisZeroMemory(&CoCharacteristics, sizeof(CoCharacteristics));
    CoCharacteristics.Header.Type = NDIS_OBJECT_TYPE_CO_MINIPORT_CHARACTERISTICS;
    CoCharacteristics.Header.Revision = NDIS_MINIPORT_CO_CHARACTERISTICS_REVISION_1;
    CoCharacteristics.Header.Size = NDIS_SIZEOF_MINIPORT_CO_CHARACTERISTICS_REVISION_1;
    CoCharacteristics.CoActivateVcHandler = SampleCoActivateVc;
    CoCharacteristics.CoDeactivateVcHandler = SampleCoDeactivateVc;
    CoCharacteristics.CoSendNetBufferListsHandler = SampleCoSendNetBufferLists;
    CoCharacteristics.CoOidRequestHandler = SampleCoOidRequest;

    Status = NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&CoCharacteristics);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        return Status;
    }

    NdisZeroMemory(&CallManager, sizeof(CallManager));
    CallManager.Header.Type = NDIS_OBJECT_TYPE_CO_CALL_MANAGER_OPTIONAL_HANDLERS;
    CallManager.Header.Revision = NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS_REVISION_1;
    /* The size constant of revision 1 ends before the last member, CmNotifyCloseAfCompleteHandler; sizeof covers it. */
    CallManager.Header.Size = sizeof(NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS);
    CallManager.CmCreateVcHandler = SampleCmCreateVc;
    CallManager.CmDeleteVcHandler = SampleCmDeleteVc;
    CallManager.CmOpenAfHandler = SampleCmOpenAf;
    CallManager.CmCloseAfHandler = SampleCmCloseAf;
    CallManager.CmRegisterSapHandler = SampleCmRegisterSap;
    CallManager.CmDeregisterSapHandler = SampleCmDeregisterSap;
    CallManager.CmMakeCallHandler = SampleCmMakeCall;
    CallManager.CmCloseCallHandler = SampleCmCloseCall;
    CallManager.CmIncomingCallCompleteHandler = SampleCmIncomingCallComplete;
    CallManager.CmAddPartyHandler = SampleCmAddParty;
    CallManager.CmDropPartyHandler = SampleCmDropParty;
    CallManager.CmActivateVcCompleteHandler = SampleCmActivateVcComplete;
    CallManager.CmDeactivateVcCompleteHandler = SampleCmDeactivateVcComplete;
    CallManager.CmModifyCallQoSHandler = SampleCmModifyCallQoS;
    CallManager.CmOidRequestHandler = SampleCmOidRequest;
    CallManager.CmOidRequestCompleteHandler = SampleCmOidRequestComplete;
    CallManager.CmNotifyCloseAfCompleteHandler = SampleCmNotifyCloseAfComplete;

    return NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&CallManager);
}

/* ---- Adapters ------------------------------------------------------------------------------------------------- */

static VOID
SampleFreeAdapter(
    PADAPTER_CONTEXT Adapter
    )
{
    NdisFreeSpinLock(&Adapter->Lock);
    SampleFree(Adapter);
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
    Attributes.MediaType = OUR_MEDIUM;
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
    Attributes.AccessType = NET_IF_ACCESS_POINT_TO_POINT;
    Attributes.DirectionType = NET_IF_DIRECTION_SENDRECEIVE;
    Attributes.ConnectionType = NET_IF_CONNECTION_DEDICATED;
    Attributes.IfType = IF_TYPE_ATM;
    Attributes.SupportedStatistics = NDIS_STATISTICS_XMIT_OK_SUPPORTED | NDIS_STATISTICS_XMIT_ERROR_SUPPORTED;
    Attributes.SupportedOidList = SupportedOids;
    Attributes.SupportedOidListLength = sizeof(SupportedOids);

    return NdisMSetMiniportAttributes(Adapter->AdapterHandle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Attributes);
}

static NDIS_STATUS
SampleRegisterAddressFamily(
    PADAPTER_CONTEXT Adapter
    )
{
    CO_ADDRESS_FAMILY AddressFamily;

    NdisZeroMemory(&AddressFamily, sizeof(AddressFamily));
    AddressFamily.AddressFamily = OUR_ADDRESS_FAMILY;
    AddressFamily.MajorVersion = OUR_MAJOR_VERSION;
    AddressFamily.MinorVersion = OUR_MINOR_VERSION;

    return NdisMCmRegisterAddressFamilyEx(Adapter->AdapterHandle, &AddressFamily);
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
    UNREFERENCED_PARAMETER(MiniportInitParameters);

    Adapter = (PADAPTER_CONTEXT)SampleAllocate(sizeof(ADAPTER_CONTEXT));
    if (Adapter == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    Adapter->References = 1;
    Adapter->AdapterHandle = NdisMiniportHandle;
    Adapter->Paused = TRUE;
    NdisAllocateSpinLock(&Adapter->Lock);
    InitializeListHead(&Adapter->AfList);
    NdisInitializeEvent(&Adapter->Unused);

    Status = SampleSetRegistrationAttributes(Adapter);
    if (Status == NDIS_STATUS_SUCCESS)
    {
        Status = SampleSetGeneralAttributes(Adapter);
    }
    if (Status == NDIS_STATUS_SUCCESS)
    {
        /* Last of all, and once the hardware works: from now on clients may come. */
        Status = SampleRegisterAddressFamily(Adapter);
    }
    if (Status != NDIS_STATUS_SUCCESS)
    {
        SampleFreeAdapter(Adapter);
    }
    return Status;
}

/* The next address family whose client has neither closed it nor been asked to, with a reference and a use. */
static PAF_CONTEXT
SampleNextAfToClose(
    PADAPTER_CONTEXT Adapter
    )
{
    PLIST_ENTRY Entry;
    PAF_CONTEXT Found = NULL;

    NdisAcquireSpinLock(&Adapter->Lock);
    for (Entry = Adapter->AfList.Flink; Entry != &Adapter->AfList; Entry = Entry->Flink)
    {
        PAF_CONTEXT Af = CONTAINING_RECORD(Entry, AF_CONTEXT, Link);

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
VOID
SampleHaltEx(
    NDIS_HANDLE MiniportAdapterContext,
    NDIS_HALT_ACTION HaltAction
    )
{
    PADAPTER_CONTEXT Adapter = (PADAPTER_CONTEXT)MiniportAdapterContext;
    PAF_CONTEXT Af;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(HaltAction);

    NdisAcquireSpinLock(&Adapter->Lock);
    Adapter->Closing = TRUE;
    NdisReleaseSpinLock(&Adapter->Lock);

    for (Af = SampleNextAfToClose(Adapter); Af != NULL; Af = SampleNextAfToClose(Adapter))
    {
        Status = NdisMCmNotifyCloseAddressFamily(Af->AfHandle);

        /* The use kept the handle valid during the call; the client's close may be waiting for it. */
        SampleReleaseAf(Af);
        if (Status != NDIS_STATUS_PENDING)
        {
            SampleCmNotifyCloseAfComplete(Af, Status);
        }
    }

    SampleDereferenceAdapter(Adapter);
    NdisWaitEvent(&Adapter->Unused, 0);
    SampleFreeAdapter(Adapter);
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
    Busy = (BOOLEAN)(Adapter->SendsActive != 0);
    Adapter->PausePending = Busy;
    NdisReleaseSpinLock(&Adapter->Lock);

    /* SampleEndSend completes the pause when the last send is done. */
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
    /* Put the hardware into a quiet state here; after a bug check this may run at any IRQL. */
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(ShutdownAction);
}

/* ---- Data ------------------------------------------------------------------------------------------------------- */

/* Claims a send on a VC, unless the adapter is paused or the VC carries no data. */
static NDIS_STATUS
SampleBeginSend(
    PVC_CONTEXT Vc
    )
{
    PADAPTER_CONTEXT Adapter = Vc->Af->Adapter;
    NDIS_STATUS Status = NDIS_STATUS_SUCCESS;

    NdisAcquireSpinLock(&Adapter->Lock);
    if (Adapter->Paused)
    {
        Status = NDIS_STATUS_PAUSED;
    }
    else if (!Vc->Active)
    {
        Status = NDIS_STATUS_FAILURE;
    }
    else
    {
        Adapter->SendsActive++;
    }
    NdisReleaseSpinLock(&Adapter->Lock);
    return Status;
}

static VOID
SampleEndSend(
    PADAPTER_CONTEXT Adapter
    )
{
    BOOLEAN CompletePause;

    NdisAcquireSpinLock(&Adapter->Lock);
    Adapter->SendsActive--;
    CompletePause = (BOOLEAN)(Adapter->PausePending && Adapter->SendsActive == 0);
    if (CompletePause)
    {
        Adapter->PausePending = FALSE;
    }
    NdisReleaseSpinLock(&Adapter->Lock);

    if (CompletePause)
    {
        NdisMPauseComplete(Adapter->AdapterHandle);
    }
}

static VOID
SampleCountSend(
    PADAPTER_CONTEXT Adapter,
    NDIS_STATUS Status
    )
{
    NdisAcquireSpinLock(&Adapter->Lock);
    if (Status == NDIS_STATUS_SUCCESS)
    {
        Adapter->SendsDone++;
    }
    else
    {
        Adapter->SendsFailed++;
    }
    NdisReleaseSpinLock(&Adapter->Lock);
}

_Use_decl_annotations_
VOID
SampleCoSendNetBufferLists(
    NDIS_HANDLE MiniportVcContext,
    PNET_BUFFER_LIST NetBufferLists,
    ULONG SendFlags
    )
{
    /* The context that SampleCmCreateVc gave, or SampleIndicateCall. */
    PVC_CONTEXT Vc = (PVC_CONTEXT)MiniportVcContext;
    PADAPTER_CONTEXT Adapter = Vc->Af->Adapter;
    PNET_BUFFER_LIST NetBufferList;
    ULONG CompleteFlags = 0;
    NDIS_STATUS Claimed = SampleBeginSend(Vc);
    NDIS_STATUS Status;

    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags))
    {
        CompleteFlags = NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    }

    for (NetBufferList = NetBufferLists; NetBufferList != NULL;
         NetBufferList = NET_BUFFER_LIST_NEXT_NBL(NetBufferList))
    {
        Status = Claimed == NDIS_STATUS_SUCCESS ? SampleHardwareSend(Vc, NetBufferList) : Claimed;
        NET_BUFFER_LIST_STATUS(NetBufferList) = Status;
        SampleCountSend(Adapter, Status);
    }

    NdisMCoSendNetBufferListsComplete(Vc->VcHandle, NetBufferLists, CompleteFlags);
    if (Claimed == NDIS_STATUS_SUCCESS)
    {
        SampleEndSend(Adapter);
    }
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
    ULONG CompleteFlags = 0;

    UNREFERENCED_PARAMETER(PortNumber);

    if (NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags))
    {
        CompleteFlags = NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    }

    /* A connection-oriented adapter sends on VCs only. */
    for (Each = NetBufferList; Each != NULL; Each = NET_BUFFER_LIST_NEXT_NBL(Each))
    {
        NET_BUFFER_LIST_STATUS(Each) = NDIS_STATUS_NOT_SUPPORTED;
    }
    NdisMSendNetBufferListsComplete(Adapter->AdapterHandle, NetBufferList, CompleteFlags);
}

_Use_decl_annotations_
VOID
SampleReturnNetBufferLists(
    NDIS_HANDLE MiniportAdapterContext,
    PNET_BUFFER_LIST NetBufferLists,
    ULONG ReturnFlags
    )
{
    /* Never called: this driver indicates no data yet, so nothing comes back. */
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(NetBufferLists);
    UNREFERENCED_PARAMETER(ReturnFlags);
}

_Use_decl_annotations_
VOID
SampleCancelSend(
    NDIS_HANDLE MiniportAdapterContext,
    PVOID CancelId
    )
{
    /* Sends are completed before SampleCoSendNetBufferLists returns: none is left to cancel. */
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(CancelId);
}

/* ---- OID requests ----------------------------------------------------------------------------------------------- */

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

static NDIS_STATUS
SampleQuery(
    PADAPTER_CONTEXT Adapter,
    PNDIS_OID_REQUEST OidRequest
    )
{
    NDIS_CO_LINK_SPEED LinkSpeed;
    USHORT NdisVersion;

    switch (OidRequest->DATA.QUERY_INFORMATION.Oid)
    {
    case OID_GEN_CO_SUPPORTED_LIST:
        return SampleAnswer(OidRequest, SupportedOids, sizeof(SupportedOids));
    case OID_GEN_CO_HARDWARE_STATUS:
        return SampleAnswerUlong(OidRequest, NdisHardwareStatusReady);
    case OID_GEN_CO_MEDIA_SUPPORTED:
    case OID_GEN_CO_MEDIA_IN_USE:
        return SampleAnswerUlong(OidRequest, OUR_MEDIUM);
    case OID_GEN_CO_LINK_SPEED:
    case OID_GEN_CO_MINIMUM_LINK_SPEED:
        /* In units of 100 bits per second. */
        LinkSpeed.Outbound = (ULONG)(OUR_LINK_SPEED / 100);
        LinkSpeed.Inbound = (ULONG)(OUR_LINK_SPEED / 100);
        return SampleAnswer(OidRequest, &LinkSpeed, sizeof(LinkSpeed));
    case OID_GEN_CO_VENDOR_ID:
        return SampleAnswerUlong(OidRequest, OUR_VENDOR_ID);
    case OID_GEN_CO_VENDOR_DESCRIPTION:
        return SampleAnswer(OidRequest, OurDescription, sizeof(OurDescription));
    case OID_GEN_CO_DRIVER_VERSION:
        NdisVersion = (USHORT)((NDIS_MINIPORT_MAJOR_VERSION << 8) | NDIS_MINIPORT_MINOR_VERSION);
        return SampleAnswer(OidRequest, &NdisVersion, sizeof(NdisVersion));
    case OID_GEN_CO_VENDOR_DRIVER_VERSION:
        return SampleAnswerUlong(OidRequest, OUR_DRIVER_VERSION);
    case OID_GEN_CO_MAC_OPTIONS:
        return SampleAnswerUlong(OidRequest, NDIS_MAC_OPTION_NO_LOOPBACK);
    case OID_GEN_CO_MEDIA_CONNECT_STATUS:
        return SampleAnswerUlong(OidRequest, NdisMediaStateConnected);
    case OID_GEN_CO_XMIT_PDUS_OK:
        return SampleAnswerCount(OidRequest, Adapter->SendsDone);
    case OID_GEN_CO_XMIT_PDUS_ERROR:
        return SampleAnswerCount(OidRequest, Adapter->SendsFailed);
    case OID_GEN_CO_RCV_PDUS_OK:
    case OID_GEN_CO_RCV_PDUS_ERROR:
    case OID_GEN_CO_RCV_PDUS_NO_BUFFER:
        /* This driver receives nothing yet. */
        return SampleAnswerCount(OidRequest, 0);
    default:
        return NDIS_STATUS_NOT_SUPPORTED;
    }
}

static NDIS_STATUS
SampleSet(
    PNDIS_OID_REQUEST OidRequest
    )
{
    if (OidRequest->DATA.SET_INFORMATION.Oid != OID_GEN_CO_PROTOCOL_OPTIONS)
    {
        return NDIS_STATUS_NOT_SUPPORTED;
    }
    if (OidRequest->DATA.SET_INFORMATION.InformationBufferLength < sizeof(ULONG))
    {
        OidRequest->DATA.SET_INFORMATION.BytesNeeded = sizeof(ULONG);
        return NDIS_STATUS_INVALID_LENGTH;
    }
    /* The options are hints, and none of them changes how this driver works. */
    OidRequest->DATA.SET_INFORMATION.BytesRead = sizeof(ULONG);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
SampleHandleOid(
    PADAPTER_CONTEXT Adapter,
    PNDIS_OID_REQUEST OidRequest
    )
{
    switch (OidRequest->RequestType)
    {
    case NdisRequestQueryInformation:
    case NdisRequestQueryStatistics:
        return SampleQuery(Adapter, OidRequest);
    case NdisRequestSetInformation:
        return SampleSet(OidRequest);
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
    return SampleHandleOid((PADAPTER_CONTEXT)MiniportAdapterContext, OidRequest);
}

_Use_decl_annotations_
NDIS_STATUS
SampleCoOidRequest(
    NDIS_HANDLE MiniportAdapterContext,
    NDIS_HANDLE MiniportVcContext,
    PNDIS_OID_REQUEST NdisRequest
    )
{
    /* No OID here has another value for one VC than for the adapter. */
    UNREFERENCED_PARAMETER(MiniportVcContext);

    return SampleHandleOid((PADAPTER_CONTEXT)MiniportAdapterContext, NdisRequest);
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

_Use_decl_annotations_
NDIS_STATUS
SampleCmOidRequest(
    NDIS_HANDLE ProtocolAfContext,
    NDIS_HANDLE ProtocolVcContext,
    NDIS_HANDLE ProtocolPartyContext,
    PNDIS_OID_REQUEST OidRequest
    )
{
    /* The answer to an OID that this call manager does not know, and it knows none yet. */
    UNREFERENCED_PARAMETER(ProtocolAfContext);
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(ProtocolPartyContext);
    UNREFERENCED_PARAMETER(OidRequest);

    return NDIS_STATUS_NOT_SUPPORTED;
}

_Use_decl_annotations_
VOID
SampleCmOidRequestComplete(
    NDIS_HANDLE ProtocolAfContext,
    NDIS_HANDLE ProtocolVcContext,
    NDIS_HANDLE ProtocolPartyContext,
    PNDIS_OID_REQUEST OidRequest,
    NDIS_STATUS Status
    )
{
    /* Never called: this driver makes no OID request of a client. */
    UNREFERENCED_PARAMETER(ProtocolAfContext);
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(ProtocolPartyContext);
    UNREFERENCED_PARAMETER(OidRequest);
    UNREFERENCED_PARAMETER(Status);
}

/* ---- Address families ------------------------------------------------------------------------------------------- */

_Use_decl_annotations_
NDIS_STATUS
SampleCmOpenAf(
    NDIS_HANDLE CallMgrBindingContext,
    PCO_ADDRESS_FAMILY AddressFamily,
    NDIS_HANDLE NdisAfHandle,
    PNDIS_HANDLE CallMgrAfContext
    )
{
    PADAPTER_CONTEXT Adapter = (PADAPTER_CONTEXT)CallMgrBindingContext;
    PAF_CONTEXT Af;

    if (AddressFamily->AddressFamily != OUR_ADDRESS_FAMILY || AddressFamily->MajorVersion != OUR_MAJOR_VERSION)
    {
        return NDIS_STATUS_NOT_SUPPORTED;
    }

    Af = (PAF_CONTEXT)SampleAllocate(sizeof(AF_CONTEXT));
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
        SampleFree(Af);
        return NDIS_STATUS_CLOSING;
    }
    NdisInterlockedIncrement(&Adapter->References);
    InsertTailList(&Adapter->AfList, &Af->Link);
    NdisReleaseSpinLock(&Adapter->Lock);

    *CallMgrAfContext = Af;
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS
SampleCmCloseAf(
    NDIS_HANDLE CallMgrAfContext
    )
{
    PAF_CONTEXT Af = (PAF_CONTEXT)CallMgrAfContext;

    NdisAcquireSpinLock(&Af->Adapter->Lock);
    Af->CloseRequested = TRUE;
    RemoveEntryList(&Af->Link);
    NdisReleaseSpinLock(&Af->Adapter->Lock);

    if (NdisInterlockedDecrement(&Af->Uses) != 0)
    {
        /* SampleReleaseAf completes the close when the last SAP and the last VC are gone. */
        return NDIS_STATUS_PENDING;
    }
    SampleDereferenceAf(Af);
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID
SampleCmNotifyCloseAfComplete(
    NDIS_HANDLE CallMgrAfContext,
    NDIS_STATUS Status
    )
{
    /* Whatever the client answered, the halt waits until it has closed the address family. */
    UNREFERENCED_PARAMETER(Status);

    SampleDereferenceAf((PAF_CONTEXT)CallMgrAfContext);
}

/* ---- SAPs ------------------------------------------------------------------------------------------------------- */

/* The SAP that an address names, or NULL. The adapter's lock is held. */
static PSAP_CONTEXT
SampleFindSap(
    PADAPTER_CONTEXT Adapter,
    PCO_SAP Wanted
    )
{
    PLIST_ENTRY AfEntry;
    PLIST_ENTRY SapEntry;

    for (AfEntry = Adapter->AfList.Flink; AfEntry != &Adapter->AfList; AfEntry = AfEntry->Flink)
    {
        PAF_CONTEXT Af = CONTAINING_RECORD(AfEntry, AF_CONTEXT, Link);

        for (SapEntry = Af->SapList.Flink; SapEntry != &Af->SapList; SapEntry = SapEntry->Flink)
        {
            PSAP_CONTEXT Sap = CONTAINING_RECORD(SapEntry, SAP_CONTEXT, Link);

            if (Sap->SapType == Wanted->SapType && Sap->SapLength == Wanted->SapLength &&
                NdisEqualMemory(Sap->Sap, Wanted->Sap, Wanted->SapLength))
            {
                return Sap;
            }
        }
    }
    return NULL;
}

_Use_decl_annotations_
NDIS_STATUS
SampleCmRegisterSap(
    NDIS_HANDLE CallMgrAfContext,
    PCO_SAP Sap,
    NDIS_HANDLE NdisSapHandle,
    PNDIS_HANDLE CallMgrSapContext
    )
{
    PAF_CONTEXT Af = (PAF_CONTEXT)CallMgrAfContext;
    PSAP_CONTEXT NewSap;

    if (Sap->SapLength == 0 || Sap->SapLength > 0xFFFF)
    {
        return NDIS_STATUS_INVALID_DATA;
    }

    NewSap = (PSAP_CONTEXT)SampleAllocate((ULONG)(sizeof(SAP_CONTEXT) + Sap->SapLength));
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
    if (SampleFindSap(Af->Adapter, Sap) != NULL)
    {
        /* One address, one client. */
        NdisReleaseSpinLock(&Af->Adapter->Lock);
        SampleFree(NewSap);
        return NDIS_STATUS_INVALID_DATA;
    }
    NdisInterlockedIncrement(&Af->Uses);
    InsertTailList(&Af->SapList, &NewSap->Link);
    NdisReleaseSpinLock(&Af->Adapter->Lock);

    *CallMgrSapContext = NewSap;
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS
SampleCmDeregisterSap(
    NDIS_HANDLE CallMgrSapContext
    )
{
    PSAP_CONTEXT Sap = (PSAP_CONTEXT)CallMgrSapContext;

    NdisAcquireSpinLock(&Sap->Af->Adapter->Lock);
    RemoveEntryList(&Sap->Link);
    NdisReleaseSpinLock(&Sap->Af->Adapter->Lock);

    if (NdisInterlockedDecrement(&Sap->Uses) != 0)
    {
        /* SampleReleaseSap completes it when no call is being offered on the SAP any more. */
        return NDIS_STATUS_PENDING;
    }
    SampleFreeSap(Sap);
    return NDIS_STATUS_SUCCESS;
}

/* ---- VCs -------------------------------------------------------------------------------------------------------- */

static PVC_CONTEXT
SampleAllocateVc(
    PAF_CONTEXT Af
    )
{
    PVC_CONTEXT Vc = (PVC_CONTEXT)SampleAllocate(sizeof(VC_CONTEXT));

    if (Vc == NULL)
    {
        return NULL;
    }
    /* Allocated now, because closing a call must not fail for want of memory. */
    Vc->WorkItem = NdisAllocateIoWorkItem(Af->Adapter->AdapterHandle);
    if (Vc->WorkItem == NULL)
    {
        SampleFree(Vc);
        return NULL;
    }
    NdisInterlockedIncrement(&Af->Uses);
    Vc->References = 1;
    Vc->Af = Af;
    Vc->Call = CallNone;
    InitializeListHead(&Vc->PartyList);
    return Vc;
}

_Use_decl_annotations_
NDIS_STATUS
SampleCmCreateVc(
    NDIS_HANDLE ProtocolAfContext,
    NDIS_HANDLE NdisVcHandle,
    PNDIS_HANDLE ProtocolVcContext
    )
{
    PVC_CONTEXT Vc = SampleAllocateVc((PAF_CONTEXT)ProtocolAfContext);

    if (Vc == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    Vc->VcHandle = NdisVcHandle;
    *ProtocolVcContext = Vc;
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS
SampleCmDeleteVc(
    NDIS_HANDLE ProtocolVcContext
    )
{
    PVC_CONTEXT Vc = (PVC_CONTEXT)ProtocolVcContext;
    BOOLEAN InUse;

    NdisAcquireSpinLock(&Vc->Af->Adapter->Lock);
    InUse = (BOOLEAN)(Vc->Call != CallNone || Vc->CloseRequested);
    NdisReleaseSpinLock(&Vc->Af->Adapter->Lock);

    if (InUse)
    {
        return NDIS_STATUS_NOT_ACCEPTED;
    }
    SampleDereferenceVc(Vc);
    return NDIS_STATUS_SUCCESS;
}

static VOID
SamplePostVcEvent(
    PVC_CONTEXT Vc,
    ULONG Event
    )
{
    BOOLEAN Queue;

    NdisAcquireSpinLock(&Vc->Af->Adapter->Lock);
    Vc->Events |= Event;
    Queue = (BOOLEAN)!Vc->WorkQueued;
    if (Queue)
    {
        Vc->WorkQueued = TRUE;
        NdisInterlockedIncrement(&Vc->References);
    }
    NdisReleaseSpinLock(&Vc->Af->Adapter->Lock);

    if (Queue)
    {
        NdisQueueIoWorkItem(Vc->WorkItem, SampleVcWorker, Vc);
    }
}

/* The event to handle next, or 0 when the work item has nothing to do until another one is posted. */
static ULONG
SampleTakeVcEvent(
    PVC_CONTEXT Vc
    )
{
    ULONG Event = VC_EVENT_CONNECT;

    NdisAcquireSpinLock(&Vc->Af->Adapter->Lock);
    while (Event <= VC_EVENT_CLOSE && (Vc->Events & Event) == 0)
    {
        Event <<= 1;
    }
    /* A call that is still being set up is closed once its fate is known. */
    if (Event > VC_EVENT_CLOSE ||
        (Event == VC_EVENT_CLOSE && (Vc->Call == CallConnecting || Vc->Call == CallOffered)))
    {
        Event = 0;
        Vc->WorkQueued = FALSE;
    }
    Vc->Events &= ~Event;
    NdisReleaseSpinLock(&Vc->Af->Adapter->Lock);
    return Event;
}

static VOID
SampleSetCall(
    PVC_CONTEXT Vc,
    CALL_STATE Call
    )
{
    NdisAcquireSpinLock(&Vc->Af->Adapter->Lock);
    Vc->Call = Call;
    NdisReleaseSpinLock(&Vc->Af->Adapter->Lock);
}

/* Takes the party of a finished or failed point-to-multipoint call off the VC, or returns NULL. */
static PPARTY_CONTEXT
SampleTakeLastParty(
    PVC_CONTEXT Vc
    )
{
    PPARTY_CONTEXT Party = NULL;

    NdisAcquireSpinLock(&Vc->Af->Adapter->Lock);
    if (!IsListEmpty(&Vc->PartyList))
    {
        Party = CONTAINING_RECORD(RemoveHeadList(&Vc->PartyList), PARTY_CONTEXT, Link);
        Vc->PartyCount--;
    }
    NdisReleaseSpinLock(&Vc->Af->Adapter->Lock);
    return Party;
}

/* ---- Making a call ---------------------------------------------------------------------------------------------- */

static PPARTY_CONTEXT
SampleAllocateParty(
    PVC_CONTEXT Vc,
    NDIS_HANDLE PartyHandle,
    PCO_CALL_PARAMETERS CallParameters
    )
{
    PPARTY_CONTEXT Party = (PPARTY_CONTEXT)SampleAllocate(sizeof(PARTY_CONTEXT));

    if (Party == NULL)
    {
        return NULL;
    }
    Party->WorkItem = NdisAllocateIoWorkItem(Vc->Af->Adapter->AdapterHandle);
    if (Party->WorkItem == NULL)
    {
        SampleFree(Party);
        return NULL;
    }
    Party->Vc = Vc;
    Party->PartyHandle = PartyHandle;
    Party->CallParameters = CallParameters;
    return Party;
}

_Use_decl_annotations_
NDIS_STATUS
SampleCmMakeCall(
    NDIS_HANDLE CallMgrVcContext,
    PCO_CALL_PARAMETERS CallParameters,
    NDIS_HANDLE NdisPartyHandle,
    PNDIS_HANDLE CallMgrPartyContext
    )
{
    PVC_CONTEXT Vc = (PVC_CONTEXT)CallMgrVcContext;
    PPARTY_CONTEXT Party = NULL;

    /* The VC is activated with the media parameters; without them there is no call. */
    if (CallParameters->CallMgrParameters == NULL || CallParameters->MediaParameters == NULL)
    {
        return NDIS_STATUS_NOT_SUPPORTED;
    }

    if (NdisPartyHandle != NULL)
    {
        Party = SampleAllocateParty(Vc, NdisPartyHandle, CallParameters);
        if (Party == NULL)
        {
            return NDIS_STATUS_RESOURCES;
        }
    }

    NdisAcquireSpinLock(&Vc->Af->Adapter->Lock);
    if (Vc->Call != CallNone)
    {
        NdisReleaseSpinLock(&Vc->Af->Adapter->Lock);
        if (Party != NULL)
        {
            SampleFreeParty(Party);
        }
        return NDIS_STATUS_NOT_SUPPORTED;
    }
    Vc->Call = CallConnecting;
    Vc->CallParameters = CallParameters;
    if (Party != NULL)
    {
        InsertTailList(&Vc->PartyList, &Party->Link);
        Vc->PartyCount++;
    }
    NdisReleaseSpinLock(&Vc->Af->Adapter->Lock);

    if (CallMgrPartyContext != NULL)
    {
        *CallMgrPartyContext = Party;
    }
    SamplePostVcEvent(Vc, VC_EVENT_CONNECT);
    return NDIS_STATUS_PENDING;
}

static VOID
SampleFinishMakeCall(
    PVC_CONTEXT Vc,
    NDIS_STATUS Status
    )
{
    PCO_CALL_PARAMETERS CallParameters = Vc->CallParameters;
    PPARTY_CONTEXT Party = NULL;
    NDIS_HANDLE PartyHandle = NULL;

    if (!IsListEmpty(&Vc->PartyList))
    {
        Party = CONTAINING_RECORD(Vc->PartyList.Flink, PARTY_CONTEXT, Link);
        PartyHandle = Party->PartyHandle;
    }
    Vc->CallParameters = NULL;

    if (Status == NDIS_STATUS_SUCCESS)
    {
        SampleSetCall(Vc, CallUp);
        NdisMCmMakeCallComplete(Status, Vc->VcHandle, PartyHandle, Party, CallParameters);
        return;
    }

    Party = SampleTakeLastParty(Vc);
    if (Party != NULL)
    {
        SampleFreeParty(Party);
    }
    /* The client may delete the VC before this returns. */
    SampleSetCall(Vc, CallNone);
    NdisMCmMakeCallComplete(Status, Vc->VcHandle, PartyHandle, NULL, CallParameters);
}

/*
 * Not called by NDIS: an MCM readies its hardware for a VC itself, before it tells NDIS that the VC is active. Kept in
 * the shape of MiniportCoActivateVc, which is what it is for every other miniport.
 */
_Use_decl_annotations_
NDIS_STATUS
SampleCoActivateVc(
    NDIS_HANDLE MiniportVcContext,
    PCO_CALL_PARAMETERS CallParameters
    )
{
    PVC_CONTEXT Vc = (PVC_CONTEXT)MiniportVcContext;

    if (CallParameters->MediaParameters == NULL)
    {
        return NDIS_STATUS_INVALID_DATA;
    }
    NdisAcquireSpinLock(&Vc->Af->Adapter->Lock);
    Vc->Active = TRUE;
    NdisReleaseSpinLock(&Vc->Af->Adapter->Lock);
    return NDIS_STATUS_SUCCESS;
}

/* Ends what SampleCoActivateVc began. The client has had all its sends completed before it closes a call. */
_Use_decl_annotations_
NDIS_STATUS
SampleCoDeactivateVc(
    NDIS_HANDLE MiniportVcContext
    )
{
    PVC_CONTEXT Vc = (PVC_CONTEXT)MiniportVcContext;

    NdisAcquireSpinLock(&Vc->Af->Adapter->Lock);
    Vc->Active = FALSE;
    NdisReleaseSpinLock(&Vc->Af->Adapter->Lock);
    return NDIS_STATUS_SUCCESS;
}

static VOID
SampleActivate(
    PVC_CONTEXT Vc
    )
{
    NDIS_STATUS Status = SampleCoActivateVc(Vc, Vc->CallParameters);

    if (Status == NDIS_STATUS_SUCCESS)
    {
        Status = NdisMCmActivateVc(Vc->VcHandle, Vc->CallParameters);
    }
    if (Status != NDIS_STATUS_PENDING)
    {
        SampleCmActivateVcComplete(Status, Vc, Vc->CallParameters);
    }
}

static VOID
SampleConnect(
    PVC_CONTEXT Vc
    )
{
    NDIS_STATUS Status = SampleNetworkConnect(Vc);

    if (Status == NDIS_STATUS_SUCCESS)
    {
        SampleActivate(Vc);
    }
    else
    {
        SampleFinishMakeCall(Vc, Status);
    }
}

_Use_decl_annotations_
VOID
SampleCmActivateVcComplete(
    NDIS_STATUS Status,
    NDIS_HANDLE CallMgrVcContext,
    PCO_CALL_PARAMETERS CallParameters
    )
{
    PVC_CONTEXT Vc = (PVC_CONTEXT)CallMgrVcContext;

    UNREFERENCED_PARAMETER(CallParameters);

    Vc->ActivateStatus = Status;
    SamplePostVcEvent(Vc, VC_EVENT_ACTIVATED);
}

/* ---- Indicating a call ------------------------------------------------------------------------------------------ */

/*
 * Call this when the network offers a call for an address. CallParameters comes from SampleAllocate, in one piece;
 * on NDIS_STATUS_SUCCESS it belongs to the call. IRQL <= DISPATCH_LEVEL.
 */
NDIS_STATUS
SampleIndicateCall(
    PADAPTER_CONTEXT Adapter,
    PCO_SAP CalledSap,
    PCO_CALL_PARAMETERS CallParameters
    )
{
    PSAP_CONTEXT Sap;
    PVC_CONTEXT Vc;
    NDIS_STATUS Status;

    NdisAcquireSpinLock(&Adapter->Lock);
    Sap = SampleFindSap(Adapter, CalledSap);
    if (Sap != NULL)
    {
        NdisInterlockedIncrement(&Sap->Uses);
    }
    NdisReleaseSpinLock(&Adapter->Lock);
    if (Sap == NULL)
    {
        return NDIS_STATUS_FAILURE;
    }

    Vc = SampleAllocateVc(Sap->Af);
    if (Vc == NULL)
    {
        SampleReleaseSap(Sap);
        return NDIS_STATUS_RESOURCES;
    }
    Vc->Incoming = TRUE;
    Vc->Call = CallOffered;
    Vc->Sap = Sap;

    Status = NdisMCmCreateVc(Adapter->AdapterHandle, Sap->Af->AfHandle, Vc, &Vc->VcHandle);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        SampleReleaseSap(Sap);
        SampleDereferenceVc(Vc);
        return Status;
    }
    Vc->CallParameters = CallParameters;
    SampleActivate(Vc);
    return NDIS_STATUS_SUCCESS;
}

/* Call this when the network ends a call. The client answers by closing it. IRQL <= DISPATCH_LEVEL. */
VOID
SampleIndicateClose(
    PVC_CONTEXT Vc,
    NDIS_STATUS CloseStatus
    )
{
    NdisMCmDispatchIncomingCloseCall(CloseStatus, Vc->VcHandle, NULL, 0);
}

static VOID
SampleOffer(
    PVC_CONTEXT Vc
    )
{
    NDIS_STATUS Status = NdisMCmDispatchIncomingCall(Vc->Sap->SapHandle, Vc->VcHandle, Vc->CallParameters);

    if (Status != NDIS_STATUS_PENDING)
    {
        SampleCmIncomingCallComplete(Status, Vc, Vc->CallParameters);
    }
}

_Use_decl_annotations_
VOID
SampleCmIncomingCallComplete(
    NDIS_STATUS Status,
    NDIS_HANDLE CallMgrVcContext,
    PCO_CALL_PARAMETERS CallParameters
    )
{
    PVC_CONTEXT Vc = (PVC_CONTEXT)CallMgrVcContext;

    Vc->AnswerStatus = Status;
    Vc->AnswerChanged = (BOOLEAN)((CallParameters->Flags & CALL_PARAMETERS_CHANGED) != 0);
    SamplePostVcEvent(Vc, VC_EVENT_ANSWERED);
}

static VOID
SampleDeactivate(
    PVC_CONTEXT Vc
    )
{
    NDIS_STATUS Status;

    SampleSetCall(Vc, CallClosing);
    if (!Vc->Active)
    {
        SamplePostVcEvent(Vc, VC_EVENT_DEACTIVATED);
        return;
    }
    Status = NdisMCmDeactivateVc(Vc->VcHandle);
    SampleCoDeactivateVc(Vc);
    if (Status != NDIS_STATUS_PENDING)
    {
        SampleCmDeactivateVcComplete(Status, Vc);
    }
}

static VOID
SampleActivated(
    PVC_CONTEXT Vc
    )
{
    NDIS_STATUS Status = Vc->ActivateStatus;

    if (Status != NDIS_STATUS_SUCCESS)
    {
        SampleCoDeactivateVc(Vc);
        SampleNetworkDisconnect(Vc);
    }
    else if (Vc->Incoming)
    {
        SampleOffer(Vc);
        return;
    }
    if (!Vc->Incoming)
    {
        SampleFinishMakeCall(Vc, Status);
        return;
    }
    SampleReleaseSap(Vc->Sap);
    SampleDeactivate(Vc);
}

static VOID
SampleAnswered(
    PVC_CONTEXT Vc
    )
{
    SampleReleaseSap(Vc->Sap);

    if (Vc->AnswerStatus != NDIS_STATUS_SUCCESS)
    {
        SampleNetworkDisconnect(Vc);
        SampleDeactivate(Vc);
        return;
    }

    SampleSetCall(Vc, CallUp);
    if (Vc->AnswerChanged)
    {
        /* The client wants other parameters than the caller's, and this call manager does not negotiate. */
        NdisMCmDispatchIncomingCloseCall(NDIS_STATUS_INVALID_DATA, Vc->VcHandle, NULL, 0);
        return;
    }
    NdisMCmDispatchCallConnected(Vc->VcHandle);
}

/* ---- Closing a call --------------------------------------------------------------------------------------------- */

_Use_decl_annotations_
NDIS_STATUS
SampleCmCloseCall(
    NDIS_HANDLE CallMgrVcContext,
    NDIS_HANDLE CallMgrPartyContext,
    PVOID CloseData,
    UINT Size
    )
{
    PVC_CONTEXT Vc = (PVC_CONTEXT)CallMgrVcContext;
    BOOLEAN Accepted;

    UNREFERENCED_PARAMETER(CallMgrPartyContext);
    UNREFERENCED_PARAMETER(Size);

    if (CloseData != NULL)
    {
        /* This network carries no data while a call is closed. */
        return NDIS_STATUS_INVALID_DATA;
    }

    NdisAcquireSpinLock(&Vc->Af->Adapter->Lock);
    /* A multipoint call is closed with its last party; the client drops the others first. */
    Accepted = (BOOLEAN)(Vc->Call != CallNone && !Vc->CloseRequested && Vc->PartyCount <= 1);
    if (Accepted)
    {
        Vc->CloseRequested = TRUE;
    }
    NdisReleaseSpinLock(&Vc->Af->Adapter->Lock);

    if (!Accepted)
    {
        return NDIS_STATUS_FAILURE;
    }
    SamplePostVcEvent(Vc, VC_EVENT_CLOSE);
    return NDIS_STATUS_PENDING;
}

static VOID
SampleClose(
    PVC_CONTEXT Vc
    )
{
    if (Vc->Call == CallUp)
    {
        SampleNetworkDisconnect(Vc);
    }
    SampleDeactivate(Vc);
}

_Use_decl_annotations_
VOID
SampleCmDeactivateVcComplete(
    NDIS_STATUS Status,
    NDIS_HANDLE CallMgrVcContext
    )
{
    /* A VC that could not be deactivated carries no call either. */
    UNREFERENCED_PARAMETER(Status);

    SamplePostVcEvent((PVC_CONTEXT)CallMgrVcContext, VC_EVENT_DEACTIVATED);
}

/* The end of every call: of one that a client closed, and of one that a client refused. */
static VOID
SampleDeactivated(
    PVC_CONTEXT Vc
    )
{
    BOOLEAN Complete = Vc->CloseRequested;
    BOOLEAN Delete = Vc->Incoming;
    NDIS_HANDLE VcHandle = Vc->VcHandle;
    NDIS_HANDLE PartyHandle = NULL;
    PPARTY_CONTEXT Party = SampleTakeLastParty(Vc);

    if (Party != NULL)
    {
        PartyHandle = Party->PartyHandle;
        SampleFreeParty(Party);
    }

    NdisAcquireSpinLock(&Vc->Af->Adapter->Lock);
    Vc->CloseRequested = FALSE;
    Vc->Call = CallNone;
    NdisReleaseSpinLock(&Vc->Af->Adapter->Lock);

    if (Complete)
    {
        /* A client that created the VC may delete it before this returns. */
        NdisMCmCloseCallComplete(NDIS_STATUS_SUCCESS, VcHandle, PartyHandle);
    }
    if (Delete)
    {
        NdisMCmDeleteVc(VcHandle);
        SampleDereferenceVc(Vc);
    }
}

_Use_decl_annotations_
VOID
SampleVcWorker(
    PVOID WorkItemContext,
    NDIS_HANDLE NdisIoWorkItemHandle
    )
{
    PVC_CONTEXT Vc = (PVC_CONTEXT)WorkItemContext;
    ULONG Event;

    UNREFERENCED_PARAMETER(NdisIoWorkItemHandle);

    for (Event = SampleTakeVcEvent(Vc); Event != 0; Event = SampleTakeVcEvent(Vc))
    {
        switch (Event)
        {
        case VC_EVENT_CONNECT:
            SampleConnect(Vc);
            break;
        case VC_EVENT_ACTIVATED:
            SampleActivated(Vc);
            break;
        case VC_EVENT_ANSWERED:
            SampleAnswered(Vc);
            break;
        case VC_EVENT_DEACTIVATED:
            SampleDeactivated(Vc);
            break;
        default:
            SampleClose(Vc);
            break;
        }
    }
    SampleDereferenceVc(Vc);
}

_Use_decl_annotations_
NDIS_STATUS
SampleCmModifyCallQoS(
    NDIS_HANDLE CallMgrVcContext,
    PCO_CALL_PARAMETERS CallParameters
    )
{
    /* The quality of a call is settled when it is made. */
    UNREFERENCED_PARAMETER(CallMgrVcContext);
    UNREFERENCED_PARAMETER(CallParameters);

    return NDIS_STATUS_NOT_SUPPORTED;
}

/* ---- Parties ---------------------------------------------------------------------------------------------------- */

_Use_decl_annotations_
NDIS_STATUS
SampleCmAddParty(
    NDIS_HANDLE CallMgrVcContext,
    PCO_CALL_PARAMETERS CallParameters,
    NDIS_HANDLE NdisPartyHandle,
    PNDIS_HANDLE CallMgrPartyContext
    )
{
    PVC_CONTEXT Vc = (PVC_CONTEXT)CallMgrVcContext;
    PPARTY_CONTEXT Party = SampleAllocateParty(Vc, NdisPartyHandle, CallParameters);

    if (Party == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }

    NdisAcquireSpinLock(&Vc->Af->Adapter->Lock);
    if (Vc->Call != CallUp || Vc->CloseRequested || Vc->PartyCount == 0)
    {
        /* Only a call that was made as a multipoint call takes another party. */
        NdisReleaseSpinLock(&Vc->Af->Adapter->Lock);
        SampleFreeParty(Party);
        return NDIS_STATUS_NOT_SUPPORTED;
    }
    InsertTailList(&Vc->PartyList, &Party->Link);
    Vc->PartyCount++;
    NdisInterlockedIncrement(&Vc->References);
    NdisReleaseSpinLock(&Vc->Af->Adapter->Lock);

    *CallMgrPartyContext = Party;
    NdisQueueIoWorkItem(Party->WorkItem, SampleAddPartyWorker, Party);
    return NDIS_STATUS_PENDING;
}

static VOID
SampleRemoveParty(
    PPARTY_CONTEXT Party
    )
{
    PVC_CONTEXT Vc = Party->Vc;

    NdisAcquireSpinLock(&Vc->Af->Adapter->Lock);
    RemoveEntryList(&Party->Link);
    Vc->PartyCount--;
    NdisReleaseSpinLock(&Vc->Af->Adapter->Lock);
    SampleFreeParty(Party);
}

_Use_decl_annotations_
VOID
SampleAddPartyWorker(
    PVOID WorkItemContext,
    NDIS_HANDLE NdisIoWorkItemHandle
    )
{
    PPARTY_CONTEXT Party = (PPARTY_CONTEXT)WorkItemContext;
    PVC_CONTEXT Vc = Party->Vc;
    NDIS_HANDLE PartyHandle = Party->PartyHandle;
    PCO_CALL_PARAMETERS CallParameters = Party->CallParameters;
    NDIS_STATUS Status = SampleNetworkAddParty(Party);

    UNREFERENCED_PARAMETER(NdisIoWorkItemHandle);

    if (Status == NDIS_STATUS_SUCCESS)
    {
        /* The client may drop the party before this returns. */
        NdisMCmAddPartyComplete(Status, PartyHandle, Party, CallParameters);
    }
    else
    {
        SampleRemoveParty(Party);
        NdisMCmAddPartyComplete(Status, PartyHandle, NULL, CallParameters);
    }
    SampleDereferenceVc(Vc);
}

_Use_decl_annotations_
NDIS_STATUS
SampleCmDropParty(
    NDIS_HANDLE CallMgrPartyContext,
    PVOID CloseData,
    UINT Size
    )
{
    PPARTY_CONTEXT Party = (PPARTY_CONTEXT)CallMgrPartyContext;

    UNREFERENCED_PARAMETER(Size);

    if (CloseData != NULL)
    {
        return NDIS_STATUS_INVALID_DATA;
    }
    NdisInterlockedIncrement(&Party->Vc->References);
    NdisQueueIoWorkItem(Party->WorkItem, SampleDropPartyWorker, Party);
    return NDIS_STATUS_PENDING;
}

_Use_decl_annotations_
VOID
SampleDropPartyWorker(
    PVOID WorkItemContext,
    NDIS_HANDLE NdisIoWorkItemHandle
    )
{
    PPARTY_CONTEXT Party = (PPARTY_CONTEXT)WorkItemContext;
    PVC_CONTEXT Vc = Party->Vc;
    NDIS_HANDLE PartyHandle = Party->PartyHandle;

    UNREFERENCED_PARAMETER(NdisIoWorkItemHandle);

    SampleNetworkDropParty(Party);
    SampleRemoveParty(Party);
    NdisMCmDropPartyComplete(NDIS_STATUS_SUCCESS, PartyHandle);
    SampleDereferenceVc(Vc);
}
