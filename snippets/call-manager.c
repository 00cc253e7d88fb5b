/*
 * Sample: a stand-alone call manager for NDIS 6.
 *
 * A protocol driver that offers one address family on every connection-oriented adapter it binds to.
 * Build it with NDIS60=1, NDIS630=1 or a later protocol version.
 *
 * Written here: registration, bindings, and the life of address families, SAPs, VCs, calls and parties.
 * Left to you: the exchange with your network, in the functions under "The network". Until they are written,
 * calls and parties are refused.
 */

#include <ndis.h>

#define POOL_TAG 'lpmS'

/* The address family that clients find on each adapter. */
#define OUR_ADDRESS_FAMILY CO_ADDRESS_FAMILY_Q2931
#define OUR_MAJOR_VERSION 1
#define OUR_MINOR_VERSION 0

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
    CallConnecting, /* a client asked for it; the network or the miniport has not answered yet */
    CallOffered,    /* the network asked for it; the client has not answered yet */
    CallUp,
    CallClosing
} CALL_STATE;

typedef struct _BINDING_CONTEXT
{
    LONG References; /* one for the binding, one for each address family */
    NDIS_HANDLE BindingHandle;
    NDIS_SPIN_LOCK Lock; /* guards the lists, flags and states of everything below this binding */
    LIST_ENTRY AfList;
    BOOLEAN Closing;
    NDIS_STATUS OpenStatus;
    NDIS_EVENT OpenDone;
    NDIS_EVENT CloseDone;
    NDIS_EVENT Unused; /* set when the last reference is gone */
} BINDING_CONTEXT, *PBINDING_CONTEXT;

typedef struct _AF_CONTEXT
{
    LIST_ENTRY Link;
    LONG References; /* keeps this memory: one until the close is completed, one for a close notification */
    LONG Uses;       /* holds the close back: one for the open, one for each SAP and each VC */
    BOOLEAN CloseRequested;
    BOOLEAN CloseNotified;
    PBINDING_CONTEXT Binding;
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
    PIO_WORKITEM WorkItem;
    PCO_CALL_PARAMETERS CallParameters; /* the client's, until the party is added */
} PARTY_CONTEXT, *PPARTY_CONTEXT;

typedef struct _VC_CONTEXT
{
    LONG References; /* one until the VC is deleted, one while the work item is queued, one for each party at work */
    PAF_CONTEXT Af;
    NDIS_HANDLE VcHandle;
    BOOLEAN Incoming; /* created here for a call from the network, so deleted here */
    PIO_WORKITEM WorkItem;
    BOOLEAN WorkQueued;
    ULONG Events;
    CALL_STATE Call;
    BOOLEAN CloseRequested;
    BOOLEAN Active;
    NDIS_STATUS ActivateStatus;
    NDIS_STATUS AnswerStatus;
    BOOLEAN AnswerChanged; /* the client accepts, but with other call parameters */
    PSAP_CONTEXT Sap;                   /* of a call being offered */
    PCO_CALL_PARAMETERS CallParameters; /* the client's while it makes a call; ours for an incoming call */
    LIST_ENTRY PartyList;
    ULONG PartyCount;
} VC_CONTEXT, *PVC_CONTEXT;

static PDRIVER_OBJECT Driver;
static NDIS_HANDLE ProtocolHandle;

EXTERN_C DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD SampleUnload;
PROTOCOL_SET_OPTIONS SampleSetOptions;

PROTOCOL_BIND_ADAPTER_EX SampleBindAdapterEx;
PROTOCOL_UNBIND_ADAPTER_EX SampleUnbindAdapterEx;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX SampleOpenAdapterCompleteEx;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX SampleCloseAdapterCompleteEx;
PROTOCOL_NET_PNP_EVENT SampleNetPnPEvent;
PROTOCOL_OID_REQUEST_COMPLETE SampleOidRequestComplete;
PROTOCOL_STATUS_EX SampleStatusEx;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS SampleReceiveNetBufferLists;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE SampleSendNetBufferListsComplete;

PROTOCOL_CO_STATUS_EX SampleCoStatusEx;
PROTOCOL_CO_AF_REGISTER_NOTIFY SampleCoAfRegisterNotify;
PROTOCOL_CO_RECEIVE_NET_BUFFER_LISTS SampleCoReceiveNetBufferLists;
PROTOCOL_CO_SEND_NET_BUFFER_LISTS_COMPLETE SampleCoSendNetBufferListsComplete;

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

IO_WORKITEM_ROUTINE_EX SampleVcWorker;
IO_WORKITEM_ROUTINE_EX SampleAddPartyWorker;
IO_WORKITEM_ROUTINE_EX SampleDropPartyWorker;

NDIS_STATUS SampleIndicateCall(PBINDING_CONTEXT Binding, PCO_SAP CalledSap, PCO_CALL_PARAMETERS CallParameters);
VOID SampleIndicateClose(PVC_CONTEXT Vc, NDIS_STATUS CloseStatus);

/* ---- Memory ------------------------------------------------------------------------------------------------- */

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

/*
 * A context with its work item behind it: closing a call or dropping a party must not fail for want of memory.
 * NDIS work items belong to miniport and filter drivers; a protocol driver queues the I/O manager's.
 */
static PVOID
SampleAllocateWithWorkItem(
    ULONG Size,
    PIO_WORKITEM *WorkItem
    )
{
    PUCHAR Memory = (PUCHAR)SampleAllocate(Size + IoSizeofWorkItem());

    if (Memory != NULL)
    {
        *WorkItem = (PIO_WORKITEM)(Memory + Size);
        IoInitializeWorkItem(Driver, *WorkItem);
    }
    return Memory;
}

/* ---- Reference counts --------------------------------------------------------------------------------------- */

static VOID
SampleDereferenceBinding(
    PBINDING_CONTEXT Binding
    )
{
    if (NdisInterlockedDecrement(&Binding->References) == 0)
    {
        NdisSetEvent(&Binding->Unused);
    }
}

static VOID
SampleDereferenceAf(
    PAF_CONTEXT Af
    )
{
    PBINDING_CONTEXT Binding = Af->Binding;

    if (NdisInterlockedDecrement(&Af->References) == 0)
    {
        SampleFree(Af);
        SampleDereferenceBinding(Binding);
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
        NdisCmCloseAddressFamilyComplete(NDIS_STATUS_SUCCESS, Af->AfHandle);
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
        NdisCmDeregisterSapComplete(NDIS_STATUS_SUCCESS, Sap->SapHandle);
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
        IoUninitializeWorkItem(Vc->WorkItem);
        SampleFree(Vc);
        SampleReleaseAf(Af);
    }
}

static VOID
SampleFreeParty(
    PPARTY_CONTEXT Party
    )
{
    IoUninitializeWorkItem(Party->WorkItem);
    SampleFree(Party);
}

/* ---- The network: yours to write ------------------------------------------------------------------------------ */

/*
 * These run in a work item at PASSIVE_LEVEL and may wait. A call manager that talks to its network through the
 * adapter creates a VC of its own after the bind (NdisCoCreateVc without an address family), sends on it, and
 * reads the answers in SampleCoReceiveNetBufferLists.
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

    Driver = DriverObject;
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

    Characteristics.SetOptionsHandler = SampleSetOptions;
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

_Use_decl_annotations_
NDIS_STATUS
SampleSetOptions(
    NDIS_HANDLE NdisDriverHandle,
    NDIS_HANDLE DriverContext
    )
{
    NDIS_PROTOCOL_CO_CHARACTERISTICS CoCharacteristics;
    NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS CallManager;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);

    NdisZeroMemory(&CoCharacteristics, sizeof(CoCharacteristics));
    CoCharacteristics.Header.Type = NDIS_OBJECT_TYPE_CO_PROTOCOL_CHARACTERISTICS;
    CoCharacteristics.Header.Revision = NDIS_PROTOCOL_CO_CHARACTERISTICS_REVISION_1;
    CoCharacteristics.Header.Size = NDIS_SIZEOF_PROTOCOL_CO_CHARACTERISTICS_REVISION_1;
    CoCharacteristics.CoStatusHandlerEx = SampleCoStatusEx;
    CoCharacteristics.CoAfRegisterNotifyHandler = SampleCoAfRegisterNotify;
    CoCharacteristics.CoReceiveNetBufferListsHandler = SampleCoReceiveNetBufferLists;
    CoCharacteristics.CoSendNetBufferListsCompleteHandler = SampleCoSendNetBufferListsComplete;

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

/* ---- Bindings ------------------------------------------------------------------------------------------------- */

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

static VOID
SampleFreeBinding(
    PBINDING_CONTEXT Binding
    )
{
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
    NDIS_MEDIUM Media[] = {NdisMediumAtm, NdisMediumCoWan};
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

_Use_decl_annotations_
NDIS_STATUS
SampleBindAdapterEx(
    NDIS_HANDLE ProtocolDriverContext,
    NDIS_HANDLE BindContext,
    PNDIS_BIND_PARAMETERS BindParameters
    )
{
    PBINDING_CONTEXT Binding;
    CO_ADDRESS_FAMILY AddressFamily;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(ProtocolDriverContext);

    Binding = (PBINDING_CONTEXT)SampleAllocate(sizeof(BINDING_CONTEXT));
    if (Binding == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    Binding->References = 1;
    NdisAllocateSpinLock(&Binding->Lock);
    InitializeListHead(&Binding->AfList);
    NdisInitializeEvent(&Binding->OpenDone);
    NdisInitializeEvent(&Binding->CloseDone);
    NdisInitializeEvent(&Binding->Unused);

    Status = SampleOpenBinding(Binding, BindContext, BindParameters);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        SampleFreeBinding(Binding);
        return Status;
    }

    NdisZeroMemory(&AddressFamily, sizeof(AddressFamily));
    AddressFamily.AddressFamily = OUR_ADDRESS_FAMILY;
    AddressFamily.MajorVersion = OUR_MAJOR_VERSION;
    AddressFamily.MinorVersion = OUR_MINOR_VERSION;

    Status = NdisCmRegisterAddressFamilyEx(Binding->BindingHandle, &AddressFamily);
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
VOID
SampleCloseAdapterCompleteEx(
    NDIS_HANDLE ProtocolBindingContext
    )
{
    PBINDING_CONTEXT Binding = (PBINDING_CONTEXT)ProtocolBindingContext;

    NdisSetEvent(&Binding->CloseDone);
}

/* The next address family whose client has neither closed it nor been asked to, with a reference and a use. */
static PAF_CONTEXT
SampleNextAfToClose(
    PBINDING_CONTEXT Binding
    )
{
    PLIST_ENTRY Entry;
    PAF_CONTEXT Found = NULL;

    NdisAcquireSpinLock(&Binding->Lock);
    for (Entry = Binding->AfList.Flink; Entry != &Binding->AfList; Entry = Entry->Flink)
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
    NdisReleaseSpinLock(&Binding->Lock);
    return Found;
}

_Use_decl_annotations_
NDIS_STATUS
SampleUnbindAdapterEx(
    NDIS_HANDLE UnbindContext,
    NDIS_HANDLE ProtocolBindingContext
    )
{
    PBINDING_CONTEXT Binding = (PBINDING_CONTEXT)ProtocolBindingContext;
    PAF_CONTEXT Af;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(UnbindContext);

    NdisAcquireSpinLock(&Binding->Lock);
    Binding->Closing = TRUE;
    NdisReleaseSpinLock(&Binding->Lock);

    for (Af = SampleNextAfToClose(Binding); Af != NULL; Af = SampleNextAfToClose(Binding))
    {
        Status = NdisCmNotifyCloseAddressFamily(Af->AfHandle);

        /* The use kept the handle valid during the call; the client's close may be waiting for it. */
        SampleReleaseAf(Af);
        if (Status != NDIS_STATUS_PENDING)
        {
            SampleCmNotifyCloseAfComplete(Af, Status);
        }
    }

    SampleDereferenceBinding(Binding);
    NdisWaitEvent(&Binding->Unused, 0);

    SampleCloseBinding(Binding);
    SampleFreeBinding(Binding);
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS
SampleNetPnPEvent(
    NDIS_HANDLE ProtocolBindingContext,
    PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification
    )
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(NetPnPEventNotification);

    /*
     * This driver sends nothing, so pausing and restarting a binding ask nothing of it, and it has no reason to
     * refuse a power change or a removal. Once it sends, it must not do so between NetEventPause and
     * NetEventRestart.
     */
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID
SampleOidRequestComplete(
    NDIS_HANDLE ProtocolBindingContext,
    PNDIS_OID_REQUEST OidRequest,
    NDIS_STATUS Status
    )
{
    /* Never called: this driver makes no OID request of the miniport. */
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(OidRequest);
    UNREFERENCED_PARAMETER(Status);
}

_Use_decl_annotations_
VOID
SampleStatusEx(
    NDIS_HANDLE ProtocolBindingContext,
    PNDIS_STATUS_INDICATION StatusIndication
    )
{
    /* No state here depends on the adapter's status; when the link fails, the network reports each call. */
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(StatusIndication);
}

static VOID
SampleGiveBackLists(
    PBINDING_CONTEXT Binding,
    PNET_BUFFER_LIST NetBufferLists,
    ULONG ReceiveFlags
    )
{
    ULONG ReturnFlags = 0;

    /* With the resources flag the lists go back by returning; otherwise they have to be given back. */
    if (!NDIS_TEST_RECEIVE_CANNOT_PEND(ReceiveFlags))
    {
        if (NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(ReceiveFlags))
        {
            ReturnFlags = NDIS_RETURN_FLAGS_DISPATCH_LEVEL;
        }
        NdisReturnNetBufferLists(Binding->BindingHandle, NetBufferLists, ReturnFlags);
    }
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
    UNREFERENCED_PARAMETER(PortNumber);
    UNREFERENCED_PARAMETER(NumberOfNetBufferLists);

    SampleGiveBackLists((PBINDING_CONTEXT)ProtocolBindingContext, NetBufferLists, ReceiveFlags);
}

_Use_decl_annotations_
VOID
SampleSendNetBufferListsComplete(
    NDIS_HANDLE ProtocolBindingContext,
    PNET_BUFFER_LIST NetBufferList,
    ULONG SendCompleteFlags
    )
{
    /* Never called: this driver sends nothing outside a VC. */
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(NetBufferList);
    UNREFERENCED_PARAMETER(SendCompleteFlags);
}

_Use_decl_annotations_
VOID
SampleCoStatusEx(
    NDIS_HANDLE ProtocolBindingContext,
    NDIS_HANDLE ProtocolVcContext,
    PNDIS_STATUS_INDICATION StatusIndication
    )
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(StatusIndication);
}

_Use_decl_annotations_
VOID
SampleCoAfRegisterNotify(
    NDIS_HANDLE ProtocolBindingContext,
    PCO_ADDRESS_FAMILY AddressFamily
    )
{
    /* Address families are news for clients; a call manager that is no client opens none. */
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(AddressFamily);
}

_Use_decl_annotations_
VOID
SampleCoReceiveNetBufferLists(
    NDIS_HANDLE ProtocolBindingContext,
    NDIS_HANDLE ProtocolVcContext,
    PNET_BUFFER_LIST NetBufferLists,
    ULONG NumberOfNetBufferLists,
    ULONG ReceiveFlags
    )
{
    /* Data on a client's VC goes to the client. What arrives here came on a VC of the call manager's own. */
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(NumberOfNetBufferLists);

    SampleGiveBackLists((PBINDING_CONTEXT)ProtocolBindingContext, NetBufferLists, ReceiveFlags);
}

_Use_decl_annotations_
VOID
SampleCoSendNetBufferListsComplete(
    NDIS_HANDLE ProtocolVcContext,
    PNET_BUFFER_LIST NetBufferLists,
    ULONG SendCompleteFlags
    )
{
    /* Never called: this driver sends nothing yet. */
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(NetBufferLists);
    UNREFERENCED_PARAMETER(SendCompleteFlags);
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
    PBINDING_CONTEXT Binding = (PBINDING_CONTEXT)CallMgrBindingContext;
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
    Af->Binding = Binding;
    Af->AfHandle = NdisAfHandle;
    InitializeListHead(&Af->SapList);

    NdisAcquireSpinLock(&Binding->Lock);
    if (Binding->Closing)
    {
        NdisReleaseSpinLock(&Binding->Lock);
        SampleFree(Af);
        return NDIS_STATUS_CLOSING;
    }
    NdisInterlockedIncrement(&Binding->References);
    InsertTailList(&Binding->AfList, &Af->Link);
    NdisReleaseSpinLock(&Binding->Lock);

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

    NdisAcquireSpinLock(&Af->Binding->Lock);
    Af->CloseRequested = TRUE;
    RemoveEntryList(&Af->Link);
    NdisReleaseSpinLock(&Af->Binding->Lock);

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
    /* Whatever the client answered, the unbind waits until it has closed the address family. */
    UNREFERENCED_PARAMETER(Status);

    SampleDereferenceAf((PAF_CONTEXT)CallMgrAfContext);
}

/* ---- SAPs ------------------------------------------------------------------------------------------------------- */

/* The SAP that an address names, or NULL. The binding's lock is held. */
static PSAP_CONTEXT
SampleFindSap(
    PBINDING_CONTEXT Binding,
    PCO_SAP Wanted
    )
{
    PLIST_ENTRY AfEntry;
    PLIST_ENTRY SapEntry;

    for (AfEntry = Binding->AfList.Flink; AfEntry != &Binding->AfList; AfEntry = AfEntry->Flink)
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

    NdisAcquireSpinLock(&Af->Binding->Lock);
    if (SampleFindSap(Af->Binding, Sap) != NULL)
    {
        /* One address, one client. */
        NdisReleaseSpinLock(&Af->Binding->Lock);
        SampleFree(NewSap);
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
SampleCmDeregisterSap(
    NDIS_HANDLE CallMgrSapContext
    )
{
    PSAP_CONTEXT Sap = (PSAP_CONTEXT)CallMgrSapContext;

    NdisAcquireSpinLock(&Sap->Af->Binding->Lock);
    RemoveEntryList(&Sap->Link);
    NdisReleaseSpinLock(&Sap->Af->Binding->Lock);

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
    PIO_WORKITEM WorkItem = NULL;
    PVC_CONTEXT Vc = (PVC_CONTEXT)SampleAllocateWithWorkItem(sizeof(VC_CONTEXT), &WorkItem);

    if (Vc != NULL)
    {
        NdisInterlockedIncrement(&Af->Uses);
        Vc->References = 1;
        Vc->Af = Af;
        Vc->WorkItem = WorkItem;
        Vc->Call = CallNone;
        InitializeListHead(&Vc->PartyList);
    }
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

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    InUse = (BOOLEAN)(Vc->Call != CallNone || Vc->CloseRequested);
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

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

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Vc->Events |= Event;
    Queue = (BOOLEAN)!Vc->WorkQueued;
    if (Queue)
    {
        Vc->WorkQueued = TRUE;
        NdisInterlockedIncrement(&Vc->References);
    }
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    if (Queue)
    {
        IoQueueWorkItemEx(Vc->WorkItem, SampleVcWorker, DelayedWorkQueue, Vc);
    }
}

/* The event to handle next, or 0 when the work item has nothing to do until another one is posted. */
static ULONG
SampleTakeVcEvent(
    PVC_CONTEXT Vc
    )
{
    ULONG Event = VC_EVENT_CONNECT;

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
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
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);
    return Event;
}

static VOID
SampleSetCall(
    PVC_CONTEXT Vc,
    CALL_STATE Call
    )
{
    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Vc->Call = Call;
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);
}

/* Takes the party of a finished or failed point-to-multipoint call off the VC, or returns NULL. */
static PPARTY_CONTEXT
SampleTakeLastParty(
    PVC_CONTEXT Vc
    )
{
    PPARTY_CONTEXT Party = NULL;

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    if (!IsListEmpty(&Vc->PartyList))
    {
        Party = CONTAINING_RECORD(RemoveHeadList(&Vc->PartyList), PARTY_CONTEXT, Link);
        Vc->PartyCount--;
    }
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);
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
    PIO_WORKITEM WorkItem = NULL;
    PPARTY_CONTEXT Party = (PPARTY_CONTEXT)SampleAllocateWithWorkItem(sizeof(PARTY_CONTEXT), &WorkItem);

    if (Party != NULL)
    {
        Party->Vc = Vc;
        Party->PartyHandle = PartyHandle;
        Party->WorkItem = WorkItem;
        Party->CallParameters = CallParameters;
    }
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

    /* The miniport activates the VC with the media parameters; without them there is no call. */
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

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    if (Vc->Call != CallNone)
    {
        NdisReleaseSpinLock(&Vc->Af->Binding->Lock);
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
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

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
        NdisCmMakeCallComplete(Status, Vc->VcHandle, PartyHandle, Party, CallParameters);
        return;
    }

    Party = SampleTakeLastParty(Vc);
    if (Party != NULL)
    {
        SampleFreeParty(Party);
    }
    /* The client may delete the VC before this returns. */
    SampleSetCall(Vc, CallNone);
    NdisCmMakeCallComplete(Status, Vc->VcHandle, PartyHandle, NULL, CallParameters);
}

static VOID
SampleActivate(
    PVC_CONTEXT Vc
    )
{
    NDIS_STATUS Status = NdisCmActivateVc(Vc->VcHandle, Vc->CallParameters);

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

    /* A miniport that was allowed to round the flow may have written other values than the client gave. */
    if (Status == NDIS_STATUS_SUCCESS && !Vc->Incoming &&
        (CallParameters->MediaParameters->Flags & (ROUND_UP_FLOW | ROUND_DOWN_FLOW)) != 0)
    {
        CallParameters->Flags |= CALL_PARAMETERS_CHANGED;
    }
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
    PBINDING_CONTEXT Binding,
    PCO_SAP CalledSap,
    PCO_CALL_PARAMETERS CallParameters
    )
{
    PSAP_CONTEXT Sap;
    PVC_CONTEXT Vc;
    NDIS_STATUS Status;

    NdisAcquireSpinLock(&Binding->Lock);
    Sap = SampleFindSap(Binding, CalledSap);
    if (Sap != NULL)
    {
        NdisInterlockedIncrement(&Sap->Uses);
    }
    NdisReleaseSpinLock(&Binding->Lock);
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

    Status = NdisCoCreateVc(Binding->BindingHandle, Sap->Af->AfHandle, Vc, &Vc->VcHandle);
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
    NdisCmDispatchIncomingCloseCall(CloseStatus, Vc->VcHandle, NULL, 0);
}

static VOID
SampleOffer(
    PVC_CONTEXT Vc
    )
{
    NDIS_STATUS Status = NdisCmDispatchIncomingCall(Vc->Sap->SapHandle, Vc->VcHandle, Vc->CallParameters);

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
    Status = NdisCmDeactivateVc(Vc->VcHandle);
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

    Vc->Active = (BOOLEAN)(Status == NDIS_STATUS_SUCCESS);
    if (Vc->Active && Vc->Incoming)
    {
        SampleOffer(Vc);
        return;
    }
    if (!Vc->Active)
    {
        SampleNetworkDisconnect(Vc);
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
        NdisCmDispatchIncomingCloseCall(NDIS_STATUS_INVALID_DATA, Vc->VcHandle, NULL, 0);
        return;
    }
    NdisCmDispatchCallConnected(Vc->VcHandle);
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

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    /* A multipoint call is closed with its last party; the client drops the others first. */
    Accepted = (BOOLEAN)(Vc->Call != CallNone && !Vc->CloseRequested && Vc->PartyCount <= 1);
    if (Accepted)
    {
        Vc->CloseRequested = TRUE;
    }
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

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

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Vc->Active = FALSE;
    Vc->CloseRequested = FALSE;
    Vc->Call = CallNone;
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    if (Complete)
    {
        /* A client that created the VC may delete it before this returns. */
        NdisCmCloseCallComplete(NDIS_STATUS_SUCCESS, VcHandle, PartyHandle);
    }
    if (Delete)
    {
        (VOID)NdisCoDeleteVc(VcHandle); /* inactive by now: it cannot be refused */
        SampleDereferenceVc(Vc);
    }
}

_Use_decl_annotations_
VOID
SampleVcWorker(
    PVOID IoObject,
    PVOID Context,
    PIO_WORKITEM IoWorkItem
    )
{
    PVC_CONTEXT Vc = (PVC_CONTEXT)Context;
    ULONG Event;

    UNREFERENCED_PARAMETER(IoObject);
    UNREFERENCED_PARAMETER(IoWorkItem);

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

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    if (Vc->Call != CallUp || Vc->CloseRequested || Vc->PartyCount == 0)
    {
        /* Only a call that was made as a multipoint call takes another party. */
        NdisReleaseSpinLock(&Vc->Af->Binding->Lock);
        SampleFreeParty(Party);
        return NDIS_STATUS_NOT_SUPPORTED;
    }
    InsertTailList(&Vc->PartyList, &Party->Link);
    Vc->PartyCount++;
    NdisInterlockedIncrement(&Vc->References);
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    *CallMgrPartyContext = Party;
    IoQueueWorkItemEx(Party->WorkItem, SampleAddPartyWorker, DelayedWorkQueue, Party);
    return NDIS_STATUS_PENDING;
}

static VOID
SampleRemoveParty(
    PPARTY_CONTEXT Party
    )
{
    PVC_CONTEXT Vc = Party->Vc;

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    RemoveEntryList(&Party->Link);
    Vc->PartyCount--;
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);
    SampleFreeParty(Party);
}

_Use_decl_annotations_
VOID
SampleAddPartyWorker(
    PVOID IoObject,
    PVOID Context,
    PIO_WORKITEM IoWorkItem
    )
{
    PPARTY_CONTEXT Party = (PPARTY_CONTEXT)Context;
    PVC_CONTEXT Vc = Party->Vc;
    NDIS_HANDLE PartyHandle = Party->PartyHandle;
    PCO_CALL_PARAMETERS CallParameters = Party->CallParameters;
    NDIS_STATUS Status = SampleNetworkAddParty(Party);

    UNREFERENCED_PARAMETER(IoObject);
    UNREFERENCED_PARAMETER(IoWorkItem);

    if (Status == NDIS_STATUS_SUCCESS)
    {
        /* The client may drop the party before this returns. */
        NdisCmAddPartyComplete(Status, PartyHandle, Party, CallParameters);
    }
    else
    {
        SampleRemoveParty(Party);
        NdisCmAddPartyComplete(Status, PartyHandle, NULL, CallParameters);
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
    IoQueueWorkItemEx(Party->WorkItem, SampleDropPartyWorker, DelayedWorkQueue, Party);
    return NDIS_STATUS_PENDING;
}

_Use_decl_annotations_
VOID
SampleDropPartyWorker(
    PVOID IoObject,
    PVOID Context,
    PIO_WORKITEM IoWorkItem
    )
{
    PPARTY_CONTEXT Party = (PPARTY_CONTEXT)Context;
    PVC_CONTEXT Vc = Party->Vc;
    NDIS_HANDLE PartyHandle = Party->PartyHandle;

    UNREFERENCED_PARAMETER(IoObject);
    UNREFERENCED_PARAMETER(IoWorkItem);

    SampleNetworkDropParty(Party);
    SampleRemoveParty(Party);
    NdisCmDropPartyComplete(NDIS_STATUS_SUCCESS, PartyHandle);
    SampleDereferenceVc(Vc);
}

/* ---- OID requests ----------------------------------------------------------------------------------------------- */

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
