/*
 * Sample: a connection-oriented client for NDIS 6.
 *
 * A protocol driver that opens one address family on every adapter where a call manager or an MCM offers it,
 * registers a SAP, answers incoming calls, makes outgoing ones (multipoint too), and sends and receives on them.
 * Build it with NDIS60=1, NDIS630=1 or a later protocol version.
 *
 * Left to you: whom to call and what to say, in the functions under "Your driver".
 */

#include <ndis.h>

#define POOL_TAG 'lpmS'

/* The address family this client looks for. */
#define OUR_ADDRESS_FAMILY CO_ADDRESS_FAMILY_Q2931
#define OUR_MAJOR_VERSION 1

/* The address under which this client takes calls; what the bytes mean is the address family's affair. */
#define OUR_SAP_TYPE 1
#define OUR_SAP_LENGTH 4
static const UCHAR OurSap[OUR_SAP_LENGTH] = {'S', 'A', 'P', '1'};

typedef enum _CALL_STATE
{
    CallNone,
    CallMaking,   /* NdisClMakeCall has not been completed */
    CallOffered,  /* the call manager waits for this client's answer */
    CallAnswered, /* accepted; the call manager connects the call or closes it */
    CallUp,
    CallClosing /* NdisClCloseCall has been called */
} CALL_STATE;

typedef struct _BINDING_CONTEXT
{
    LONG References; /* one for the binding, one for each address family */
    NDIS_HANDLE BindingHandle;
    NDIS_HANDLE PoolHandle; /* lists that this client sends */
    NDIS_SPIN_LOCK Lock;    /* guards the lists, flags and states of everything below this binding */
    LIST_ENTRY AfList;
    BOOLEAN Closing;
    BOOLEAN Paused; /* no sending between NetEventPause and NetEventRestart */
    NDIS_STATUS OpenStatus;
    NDIS_EVENT OpenDone;
    NDIS_EVENT CloseDone;
    NDIS_EVENT Unused; /* set when the last reference is gone */
} BINDING_CONTEXT, *PBINDING_CONTEXT;

typedef struct _AF_CONTEXT
{
    LIST_ENTRY Link;
    LONG Uses; /* holds the close back: one for the open, one for the SAP, one for each VC */
    BOOLEAN Open;
    BOOLEAN CloseRequested;
    BOOLEAN NotifyPending; /* the call manager waits for NdisClNotifyCloseAddressFamilyComplete */
    PBINDING_CONTEXT Binding;
    NDIS_HANDLE AfHandle;
    LIST_ENTRY VcList;
    BOOLEAN SapRegistered;
    NDIS_HANDLE SapHandle;
    PCO_SAP Sap;
} AF_CONTEXT, *PAF_CONTEXT;

typedef struct _PARTY_CONTEXT
{
    LIST_ENTRY Link;
    struct _VC_CONTEXT *Vc;
    NDIS_HANDLE PartyHandle;
    BOOLEAN Connected;
    BOOLEAN Dropping;
} PARTY_CONTEXT, *PPARTY_CONTEXT;

typedef struct _VC_CONTEXT
{
    LIST_ENTRY Link;
    LONG References; /* one until the VC is deleted, one while the work item is queued */
    PAF_CONTEXT Af;
    NDIS_HANDLE VcHandle;
    BOOLEAN Incoming; /* created by the call manager, which also deletes it */
    CALL_STATE Call;
    BOOLEAN CloseRequested;
    ULONG SendsPending;
    PIO_WORKITEM WorkItem;
    PCO_CALL_PARAMETERS CallParameters; /* ours while we make a call; the call manager's while it offers one */
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

PROTOCOL_CO_CREATE_VC SampleClCreateVc;
PROTOCOL_CO_DELETE_VC SampleClDeleteVc;
PROTOCOL_CO_OID_REQUEST SampleClOidRequest;
PROTOCOL_CO_OID_REQUEST_COMPLETE SampleClOidRequestComplete;
PROTOCOL_CL_OPEN_AF_COMPLETE_EX SampleClOpenAfCompleteEx;
PROTOCOL_CL_CLOSE_AF_COMPLETE SampleClCloseAfComplete;
PROTOCOL_CL_REGISTER_SAP_COMPLETE SampleClRegisterSapComplete;
PROTOCOL_CL_DEREGISTER_SAP_COMPLETE SampleClDeregisterSapComplete;
PROTOCOL_CL_MAKE_CALL_COMPLETE SampleClMakeCallComplete;
PROTOCOL_CL_MODIFY_CALL_QOS_COMPLETE SampleClModifyCallQoSComplete;
PROTOCOL_CL_CLOSE_CALL_COMPLETE SampleClCloseCallComplete;
PROTOCOL_CL_ADD_PARTY_COMPLETE SampleClAddPartyComplete;
PROTOCOL_CL_DROP_PARTY_COMPLETE SampleClDropPartyComplete;
PROTOCOL_CL_INCOMING_CALL SampleClIncomingCall;
PROTOCOL_CL_INCOMING_CALL_QOS_CHANGE SampleClIncomingCallQoSChange;
PROTOCOL_CL_INCOMING_CLOSE_CALL SampleClIncomingCloseCall;
PROTOCOL_CL_INCOMING_DROP_PARTY SampleClIncomingDropParty;
PROTOCOL_CL_CALL_CONNECTED SampleClCallConnected;
PROTOCOL_CL_NOTIFY_CLOSE_AF SampleClNotifyCloseAf;

IO_WORKITEM_ROUTINE_EX SampleAnswerWorker;

NDIS_STATUS SampleMakeCall(PAF_CONTEXT Af, PCO_CALL_PARAMETERS CallParameters);
NDIS_STATUS SampleAddParty(PVC_CONTEXT Vc, PCO_CALL_PARAMETERS CallParameters);
NDIS_STATUS SampleSend(PVC_CONTEXT Vc, const VOID *Data, ULONG Length);
VOID SampleCloseCall(PVC_CONTEXT Vc);
static VOID SampleContinueClose(PVC_CONTEXT Vc);

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

/* Gives up a use of the address family; the last one closes it. */
static VOID
SampleReleaseAf(
    PAF_CONTEXT Af
    )
{
    NDIS_STATUS Status;

    if (NdisInterlockedDecrement(&Af->Uses) == 0)
    {
        Status = NdisClCloseAddressFamily(Af->AfHandle);
        if (Status != NDIS_STATUS_PENDING)
        {
            SampleClCloseAfComplete(Status, Af);
        }
    }
}

static VOID
SampleFreeAf(
    PAF_CONTEXT Af
    )
{
    PBINDING_CONTEXT Binding = Af->Binding;

    if (Af->Sap != NULL)
    {
        SampleFree(Af->Sap);
    }
    SampleFree(Af);
    SampleDereferenceBinding(Binding);
}

static VOID
SampleDereferenceVc(
    PVC_CONTEXT Vc
    )
{
    PAF_CONTEXT Af = Vc->Af;

    if (NdisInterlockedDecrement(&Vc->References) == 0)
    {
        IoUninitializeWorkItem(Vc->WorkItem);
        SampleFree(Vc);
        SampleReleaseAf(Af);
    }
}

/* ---- Your driver ---------------------------------------------------------------------------------------------- */

/*
 * Whether to take a call that the call manager offers. Runs in a work item at PASSIVE_LEVEL and may wait. Anything
 * but NDIS_STATUS_SUCCESS refuses the call.
 */
static NDIS_STATUS
SampleDecideOnCall(
    PVC_CONTEXT Vc
    )
{
    // $0
    UNREFERENCED_PARAMETER(Vc);
    return NDIS_STATUS_SUCCESS;
}

/*
 * A call is up: SampleSend may be used on it until it is closed. IRQL <= DISPATCH_LEVEL.
 */
static VOID
SampleCallUp(
    PVC_CONTEXT Vc
    )
{
    UNREFERENCED_PARAMETER(Vc);
}

/* Data arrived on a call. The lists stay NDIS's: copy what you keep. IRQL <= DISPATCH_LEVEL. */
static VOID
SampleReceived(
    PVC_CONTEXT Vc,
    PNET_BUFFER_LIST NetBufferLists
    )
{
    UNREFERENCED_PARAMETER(Vc);
    UNREFERENCED_PARAMETER(NetBufferLists);
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
    NDIS_CO_CLIENT_OPTIONAL_HANDLERS Client;
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

    NdisZeroMemory(&Client, sizeof(Client));
    Client.Header.Type = NDIS_OBJECT_TYPE_CO_CLIENT_OPTIONAL_HANDLERS;
    Client.Header.Revision = NDIS_CO_CLIENT_OPTIONAL_HANDLERS_REVISION_1;
    Client.Header.Size = NDIS_SIZEOF_CO_CLIENT_OPTIONAL_HANDLERS_REVISION_1;
    Client.ClCreateVcHandler = SampleClCreateVc;
    Client.ClDeleteVcHandler = SampleClDeleteVc;
    Client.ClOidRequestHandler = SampleClOidRequest;
    Client.ClOidRequestCompleteHandler = SampleClOidRequestComplete;
    Client.ClOpenAfCompleteHandlerEx = SampleClOpenAfCompleteEx;
    Client.ClCloseAfCompleteHandler = SampleClCloseAfComplete;
    Client.ClRegisterSapCompleteHandler = SampleClRegisterSapComplete;
    Client.ClDeregisterSapCompleteHandler = SampleClDeregisterSapComplete;
    Client.ClMakeCallCompleteHandler = SampleClMakeCallComplete;
    Client.ClModifyCallQoSCompleteHandler = SampleClModifyCallQoSComplete;
    Client.ClCloseCallCompleteHandler = SampleClCloseCallComplete;
    Client.ClAddPartyCompleteHandler = SampleClAddPartyComplete;
    Client.ClDropPartyCompleteHandler = SampleClDropPartyComplete;
    Client.ClIncomingCallHandler = SampleClIncomingCall;
    Client.ClIncomingCallQoSChangeHandler = SampleClIncomingCallQoSChange;
    Client.ClIncomingCloseCallHandler = SampleClIncomingCloseCall;
    Client.ClIncomingDropPartyHandler = SampleClIncomingDropParty;
    Client.ClCallConnectedHandler = SampleClCallConnected;
    Client.ClNotifyCloseAfHandler = SampleClNotifyCloseAf;

    return NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&Client);
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
    if (Binding->PoolHandle != NULL)
    {
        NdisFreeNetBufferListPool(Binding->PoolHandle);
    }
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

/* Net buffer lists of one net buffer each; the data that SampleSend copies follows its MDL. */
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

    Binding = (PBINDING_CONTEXT)SampleAllocate(sizeof(BINDING_CONTEXT));
    if (Binding == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    Binding->References = 1;
    Binding->Paused = TRUE;
    NdisAllocateSpinLock(&Binding->Lock);
    InitializeListHead(&Binding->AfList);
    NdisInitializeEvent(&Binding->OpenDone);
    NdisInitializeEvent(&Binding->CloseDone);
    NdisInitializeEvent(&Binding->Unused);

    Binding->PoolHandle = SampleAllocatePool();
    if (Binding->PoolHandle == NULL)
    {
        SampleFreeBinding(Binding);
        return NDIS_STATUS_RESOURCES;
    }

    /* What the adapter offers comes next, in SampleCoAfRegisterNotify. */
    Status = SampleOpenBinding(Binding, BindContext, BindParameters);
    if (Status != NDIS_STATUS_SUCCESS)
    {
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

/* Asks for the close of an address family. Those who still use it are sent away; the last one closes it. */
static VOID
SampleCloseAf(
    PAF_CONTEXT Af
    )
{
    PBINDING_CONTEXT Binding = Af->Binding;
    NDIS_HANDLE SapHandle = NULL;
    BOOLEAN DeregisterSap;
    PLIST_ENTRY Entry;
    NDIS_STATUS Status;

    /* The caller has set CloseRequested, so no VC, SAP or party is added any more. */
    NdisAcquireSpinLock(&Binding->Lock);
    Entry = Af->VcList.Flink;
    while (Entry != &Af->VcList)
    {
        PVC_CONTEXT Vc = CONTAINING_RECORD(Entry, VC_CONTEXT, Link);

        if (Vc->CloseRequested || Vc->Call == CallNone)
        {
            Entry = Entry->Flink;
            continue;
        }
        NdisInterlockedIncrement(&Vc->References);
        NdisReleaseSpinLock(&Binding->Lock);

        SampleCloseCall(Vc);
        SampleDereferenceVc(Vc);

        /* The list may have changed meanwhile. */
        NdisAcquireSpinLock(&Binding->Lock);
        Entry = Af->VcList.Flink;
    }
    DeregisterSap = Af->SapRegistered;
    SapHandle = Af->SapHandle;
    Af->SapRegistered = FALSE;
    NdisReleaseSpinLock(&Binding->Lock);

    if (DeregisterSap)
    {
        Status = NdisClDeregisterSap(SapHandle);
        if (Status != NDIS_STATUS_PENDING)
        {
            SampleClDeregisterSapComplete(Status, Af);
        }
    }
    SampleReleaseAf(Af);
}

/*
 * Marks an address family as closing. TRUE when the caller has to go on with SampleCloseAf; one that is still being
 * opened is closed by SampleClOpenAfCompleteEx. The binding's lock is held.
 */
static BOOLEAN
SampleMarkAfClosing(
    PAF_CONTEXT Af
    )
{
    BOOLEAN First = (BOOLEAN)!Af->CloseRequested;

    Af->CloseRequested = TRUE;
    return (BOOLEAN)(First && Af->Open);
}

static PAF_CONTEXT
SampleNextAfToClose(
    PBINDING_CONTEXT Binding
    )
{
    PLIST_ENTRY Entry;
    PAF_CONTEXT Found = NULL;

    NdisAcquireSpinLock(&Binding->Lock);
    for (Entry = Binding->AfList.Flink; Entry != &Binding->AfList && Found == NULL; Entry = Entry->Flink)
    {
        PAF_CONTEXT Af = CONTAINING_RECORD(Entry, AF_CONTEXT, Link);

        if (SampleMarkAfClosing(Af))
        {
            Found = Af;
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

    UNREFERENCED_PARAMETER(UnbindContext);

    NdisAcquireSpinLock(&Binding->Lock);
    Binding->Closing = TRUE;
    NdisReleaseSpinLock(&Binding->Lock);

    for (Af = SampleNextAfToClose(Binding); Af != NULL; Af = SampleNextAfToClose(Binding))
    {
        SampleCloseAf(Af);
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
    PBINDING_CONTEXT Binding = (PBINDING_CONTEXT)ProtocolBindingContext;
    NET_PNP_EVENT_CODE Event = NetPnPEventNotification->NetPnPEvent.NetEvent;

    /* Events about the driver as a whole come without a binding. Nothing here is a reason to refuse one. */
    if (Binding != NULL && (Event == NetEventPause || Event == NetEventRestart))
    {
        NdisAcquireSpinLock(&Binding->Lock);
        Binding->Paused = (BOOLEAN)(Event == NetEventPause);
        NdisReleaseSpinLock(&Binding->Lock);
    }
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
    /* When the link fails, the call manager closes the calls one by one. */
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

/* ---- Address families ------------------------------------------------------------------------------------------- */

static PCO_SAP
SampleBuildSap(
    VOID
    )
{
    PCO_SAP Sap = (PCO_SAP)SampleAllocate(sizeof(CO_SAP) + OUR_SAP_LENGTH);

    if (Sap != NULL)
    {
        Sap->SapType = OUR_SAP_TYPE;
        Sap->SapLength = OUR_SAP_LENGTH;
        NdisMoveMemory(Sap->Sap, OurSap, OUR_SAP_LENGTH);
    }
    return Sap;
}

_Use_decl_annotations_
VOID
SampleCoAfRegisterNotify(
    NDIS_HANDLE ProtocolBindingContext,
    PCO_ADDRESS_FAMILY AddressFamily
    )
{
    PBINDING_CONTEXT Binding = (PBINDING_CONTEXT)ProtocolBindingContext;
    PAF_CONTEXT Af;
    BOOLEAN Closing;
    NDIS_STATUS Status;

    if (AddressFamily->AddressFamily != OUR_ADDRESS_FAMILY || AddressFamily->MajorVersion != OUR_MAJOR_VERSION)
    {
        return;
    }

    Af = (PAF_CONTEXT)SampleAllocate(sizeof(AF_CONTEXT));
    if (Af == NULL)
    {
        return;
    }
    Af->Uses = 1;
    Af->Binding = Binding;
    InitializeListHead(&Af->VcList);

    NdisAcquireSpinLock(&Binding->Lock);
    Closing = Binding->Closing;
    if (!Closing)
    {
        NdisInterlockedIncrement(&Binding->References);
        InsertTailList(&Binding->AfList, &Af->Link);
    }
    NdisReleaseSpinLock(&Binding->Lock);
    if (Closing)
    {
        SampleFree(Af);
        return;
    }

    Status = NdisClOpenAddressFamilyEx(Binding->BindingHandle, AddressFamily, Af, &Af->AfHandle);
    if (Status != NDIS_STATUS_PENDING)
    {
        SampleClOpenAfCompleteEx(Af, Af->AfHandle, Status);
    }
}

_Use_decl_annotations_
VOID
SampleClOpenAfCompleteEx(
    NDIS_HANDLE ProtocolAfContext,
    NDIS_HANDLE NdisAfHandle,
    NDIS_STATUS Status
    )
{
    PAF_CONTEXT Af = (PAF_CONTEXT)ProtocolAfContext;
    PBINDING_CONTEXT Binding = Af->Binding;
    BOOLEAN CloseRequested;

    if (Status != NDIS_STATUS_SUCCESS)
    {
        NdisAcquireSpinLock(&Binding->Lock);
        RemoveEntryList(&Af->Link);
        NdisReleaseSpinLock(&Binding->Lock);
        SampleFreeAf(Af);
        return;
    }

    Af->Sap = SampleBuildSap();

    NdisAcquireSpinLock(&Binding->Lock);
    Af->AfHandle = NdisAfHandle;
    Af->Open = TRUE;
    CloseRequested = Af->CloseRequested;
    if (!CloseRequested && Af->Sap != NULL)
    {
        NdisInterlockedIncrement(&Af->Uses);
    }
    NdisReleaseSpinLock(&Binding->Lock);

    if (CloseRequested)
    {
        SampleCloseAf(Af);
        return;
    }
    if (Af->Sap == NULL)
    {
        /* Without a SAP this client can still make calls. */
        return;
    }
    Status = NdisClRegisterSap(NdisAfHandle, Af, Af->Sap, &Af->SapHandle);
    if (Status != NDIS_STATUS_PENDING)
    {
        SampleClRegisterSapComplete(Status, Af, Af->Sap, Af->SapHandle);
    }
}

_Use_decl_annotations_
VOID
SampleClCloseAfComplete(
    NDIS_STATUS Status,
    NDIS_HANDLE ProtocolAfContext
    )
{
    PAF_CONTEXT Af = (PAF_CONTEXT)ProtocolAfContext;
    PBINDING_CONTEXT Binding = Af->Binding;
    BOOLEAN NotifyPending;

    NdisAcquireSpinLock(&Binding->Lock);
    RemoveEntryList(&Af->Link);
    NotifyPending = Af->NotifyPending;
    NdisReleaseSpinLock(&Binding->Lock);

    if (NotifyPending)
    {
        NdisClNotifyCloseAddressFamilyComplete(Af->AfHandle, Status);
    }
    SampleFreeAf(Af);
}

_Use_decl_annotations_
NDIS_STATUS
SampleClNotifyCloseAf(
    NDIS_HANDLE ClientAfContext
    )
{
    PAF_CONTEXT Af = (PAF_CONTEXT)ClientAfContext;
    PBINDING_CONTEXT Binding = Af->Binding;
    BOOLEAN Close;

    /* Waiting here could deadlock: SampleClCloseAfComplete gives the answer. */
    NdisAcquireSpinLock(&Binding->Lock);
    Af->NotifyPending = TRUE;
    Close = SampleMarkAfClosing(Af);
    NdisReleaseSpinLock(&Binding->Lock);

    if (Close)
    {
        SampleCloseAf(Af);
    }
    return NDIS_STATUS_PENDING;
}

/* ---- The SAP ---------------------------------------------------------------------------------------------------- */

_Use_decl_annotations_
VOID
SampleClRegisterSapComplete(
    NDIS_STATUS Status,
    NDIS_HANDLE ProtocolSapContext,
    PCO_SAP Sap,
    NDIS_HANDLE NdisSapHandle
    )
{
    /* There is one SAP for each address family, so the address family's context serves both. */
    PAF_CONTEXT Af = (PAF_CONTEXT)ProtocolSapContext;
    BOOLEAN Deregister = FALSE;

    UNREFERENCED_PARAMETER(Sap);

    if (Status != NDIS_STATUS_SUCCESS)
    {
        SampleReleaseAf(Af);
        return;
    }

    NdisAcquireSpinLock(&Af->Binding->Lock);
    Af->SapHandle = NdisSapHandle;
    Deregister = Af->CloseRequested;
    Af->SapRegistered = (BOOLEAN)!Deregister;
    NdisReleaseSpinLock(&Af->Binding->Lock);

    if (Deregister)
    {
        Status = NdisClDeregisterSap(NdisSapHandle);
        if (Status != NDIS_STATUS_PENDING)
        {
            SampleClDeregisterSapComplete(Status, Af);
        }
    }
}

_Use_decl_annotations_
VOID
SampleClDeregisterSapComplete(
    NDIS_STATUS Status,
    NDIS_HANDLE ProtocolSapContext
    )
{
    UNREFERENCED_PARAMETER(Status);

    SampleReleaseAf((PAF_CONTEXT)ProtocolSapContext);
}

/* ---- VCs -------------------------------------------------------------------------------------------------------- */

/*
 * A VC with its work item behind it. NDIS work items belong to miniport and filter drivers; a protocol driver queues
 * the I/O manager's. NULL when there is no memory or the address family is being closed.
 */
static PVC_CONTEXT
SampleAllocateVc(
    PAF_CONTEXT Af,
    BOOLEAN Incoming
    )
{
    PVC_CONTEXT Vc = (PVC_CONTEXT)SampleAllocate((ULONG)(sizeof(VC_CONTEXT) + IoSizeofWorkItem()));
    BOOLEAN Closing;

    if (Vc == NULL)
    {
        return NULL;
    }
    Vc->References = 1;
    Vc->Af = Af;
    Vc->Incoming = Incoming;
    Vc->Call = CallNone;
    InitializeListHead(&Vc->PartyList);
    Vc->WorkItem = (PIO_WORKITEM)(Vc + 1);
    IoInitializeWorkItem(Driver, Vc->WorkItem);

    NdisAcquireSpinLock(&Af->Binding->Lock);
    Closing = Af->CloseRequested;
    if (!Closing)
    {
        NdisInterlockedIncrement(&Af->Uses);
        InsertTailList(&Af->VcList, &Vc->Link);
    }
    NdisReleaseSpinLock(&Af->Binding->Lock);

    if (Closing)
    {
        IoUninitializeWorkItem(Vc->WorkItem);
        SampleFree(Vc);
        return NULL;
    }
    return Vc;
}

/* Takes a deleted VC off its list and gives up the reference that its creation made. */
static VOID
SampleForgetVc(
    PVC_CONTEXT Vc
    )
{
    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    RemoveEntryList(&Vc->Link);
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);
    SampleDereferenceVc(Vc);
}

_Use_decl_annotations_
NDIS_STATUS
SampleClCreateVc(
    NDIS_HANDLE ProtocolAfContext,
    NDIS_HANDLE NdisVcHandle,
    PNDIS_HANDLE ProtocolVcContext
    )
{
    PVC_CONTEXT Vc = SampleAllocateVc((PAF_CONTEXT)ProtocolAfContext, TRUE);

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
SampleClDeleteVc(
    NDIS_HANDLE ProtocolVcContext
    )
{
    PVC_CONTEXT Vc = (PVC_CONTEXT)ProtocolVcContext;
    CALL_STATE Call;

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Call = Vc->Call;
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    if (Call != CallNone)
    {
        return NDIS_STATUS_NOT_ACCEPTED;
    }
    SampleForgetVc(Vc);
    return NDIS_STATUS_SUCCESS;
}

/* Deletes a VC that this client created, after its call is over. */
static VOID
SampleDeleteVc(
    PVC_CONTEXT Vc
    )
{
    (VOID)NdisCoDeleteVc(Vc->VcHandle); /* inactive by now: it cannot be refused */
    SampleForgetVc(Vc);
}

/* ---- Outgoing calls --------------------------------------------------------------------------------------------- */

static PPARTY_CONTEXT
SampleAllocateParty(
    PVC_CONTEXT Vc
    )
{
    PPARTY_CONTEXT Party = (PPARTY_CONTEXT)SampleAllocate(sizeof(PARTY_CONTEXT));

    if (Party != NULL)
    {
        Party->Vc = Vc;
    }
    return Party;
}

/* The binding's lock is not held. */
static VOID
SampleFreeParty(
    PPARTY_CONTEXT Party
    )
{
    PVC_CONTEXT Vc = Party->Vc;

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    RemoveEntryList(&Party->Link);
    Vc->PartyCount--;
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);
    SampleFree(Party);
}

static VOID
SampleInsertParty(
    PVC_CONTEXT Vc,
    PPARTY_CONTEXT Party
    )
{
    InsertTailList(&Vc->PartyList, &Party->Link);
    Vc->PartyCount++;
}

/*
 * Makes a call; SampleCallUp tells when it is up. CallParameters comes from SampleAllocate, in one piece with what it
 * points to; on NDIS_STATUS_SUCCESS it belongs to the call. With MULTIPOINT_VC among its flags, SampleAddParty may add
 * to the call later. IRQL <= DISPATCH_LEVEL.
 */
NDIS_STATUS
SampleMakeCall(
    PAF_CONTEXT Af,
    PCO_CALL_PARAMETERS CallParameters
    )
{
    PVC_CONTEXT Vc;
    PPARTY_CONTEXT Party = NULL;
    PNDIS_HANDLE PartyHandle = NULL;
    NDIS_STATUS Status;

    Vc = SampleAllocateVc(Af, FALSE);
    if (Vc == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    if ((CallParameters->Flags & MULTIPOINT_VC) != 0)
    {
        Party = SampleAllocateParty(Vc);
        if (Party == NULL)
        {
            SampleForgetVc(Vc);
            return NDIS_STATUS_RESOURCES;
        }
        PartyHandle = &Party->PartyHandle;
    }

    Status = NdisCoCreateVc(Af->Binding->BindingHandle, Af->AfHandle, Vc, &Vc->VcHandle);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        if (Party != NULL)
        {
            SampleFree(Party);
        }
        SampleForgetVc(Vc);
        return Status;
    }

    NdisAcquireSpinLock(&Af->Binding->Lock);
    Vc->Call = CallMaking;
    Vc->CallParameters = CallParameters;
    if (Party != NULL)
    {
        SampleInsertParty(Vc, Party);
    }
    NdisReleaseSpinLock(&Af->Binding->Lock);

    Status = NdisClMakeCall(Vc->VcHandle, CallParameters, Party, PartyHandle);
    if (Status != NDIS_STATUS_PENDING)
    {
        SampleClMakeCallComplete(Status, Vc, Party != NULL ? Party->PartyHandle : NULL, CallParameters);
    }
    /* From here on the call has an end of its own, whether it comes up or not. */
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID
SampleClMakeCallComplete(
    NDIS_STATUS Status,
    NDIS_HANDLE ProtocolVcContext,
    NDIS_HANDLE NdisPartyHandle,
    PCO_CALL_PARAMETERS CallParameters
    )
{
    PVC_CONTEXT Vc = (PVC_CONTEXT)ProtocolVcContext;
    PPARTY_CONTEXT Party = NULL;
    BOOLEAN Close;

    if (!IsListEmpty(&Vc->PartyList))
    {
        Party = CONTAINING_RECORD(Vc->PartyList.Flink, PARTY_CONTEXT, Link);
    }

    if (Status != NDIS_STATUS_SUCCESS)
    {
        if (Party != NULL)
        {
            SampleFreeParty(Party);
        }
        SampleFree(Vc->CallParameters);
        SampleDeleteVc(Vc);
        return;
    }

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    /* A call that became another one than this client asked for is not wanted. */
    Close = (BOOLEAN)(Vc->CloseRequested || Vc->Af->CloseRequested ||
                      (CallParameters->Flags & CALL_PARAMETERS_CHANGED) != 0);
    Vc->CloseRequested = Close;
    Vc->Call = CallUp;
    if (Party != NULL)
    {
        Party->PartyHandle = NdisPartyHandle;
        Party->Connected = TRUE;
    }
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    SampleFree(Vc->CallParameters);
    Vc->CallParameters = NULL;

    if (Close)
    {
        SampleContinueClose(Vc);
        return;
    }
    SampleCallUp(Vc);
}

/*
 * Adds a remote party to a multipoint call that is up. CallParameters must stay valid until the party is added; it is
 * freed then. IRQL <= DISPATCH_LEVEL.
 */
NDIS_STATUS
SampleAddParty(
    PVC_CONTEXT Vc,
    PCO_CALL_PARAMETERS CallParameters
    )
{
    PPARTY_CONTEXT Party = SampleAllocateParty(Vc);
    NDIS_STATUS Status;

    if (Party == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    if (Vc->Call != CallUp || Vc->CloseRequested || Vc->PartyCount == 0)
    {
        NdisReleaseSpinLock(&Vc->Af->Binding->Lock);
        SampleFree(Party);
        return NDIS_STATUS_FAILURE;
    }
    SampleInsertParty(Vc, Party);
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    Status = NdisClAddParty(Vc->VcHandle, Party, CallParameters, &Party->PartyHandle);
    if (Status != NDIS_STATUS_PENDING)
    {
        SampleClAddPartyComplete(Status, Party, Party->PartyHandle, CallParameters);
    }
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID
SampleClAddPartyComplete(
    NDIS_STATUS Status,
    NDIS_HANDLE ProtocolPartyContext,
    NDIS_HANDLE NdisPartyHandle,
    PCO_CALL_PARAMETERS CallParameters
    )
{
    PPARTY_CONTEXT Party = (PPARTY_CONTEXT)ProtocolPartyContext;
    PVC_CONTEXT Vc = Party->Vc;
    BOOLEAN Close;

    SampleFree(CallParameters);

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Close = Vc->CloseRequested;
    if (Status == NDIS_STATUS_SUCCESS)
    {
        Party->PartyHandle = NdisPartyHandle;
        Party->Connected = TRUE;
    }
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    if (Status != NDIS_STATUS_SUCCESS)
    {
        SampleFreeParty(Party);
    }
    if (Close)
    {
        SampleContinueClose(Vc);
    }
}

_Use_decl_annotations_
VOID
SampleClModifyCallQoSComplete(
    NDIS_STATUS Status,
    NDIS_HANDLE ProtocolVcContext,
    PCO_CALL_PARAMETERS CallParameters
    )
{
    /* Never called: this client asks for no other quality than it called with. */
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(CallParameters);
}

/* ---- Incoming calls --------------------------------------------------------------------------------------------- */

_Use_decl_annotations_
NDIS_STATUS
SampleClIncomingCall(
    NDIS_HANDLE ProtocolSapContext,
    NDIS_HANDLE ProtocolVcContext,
    PCO_CALL_PARAMETERS CallParameters
    )
{
    PVC_CONTEXT Vc = (PVC_CONTEXT)ProtocolVcContext;

    UNREFERENCED_PARAMETER(ProtocolSapContext);

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Vc->Call = CallOffered;
    Vc->CallParameters = CallParameters;
    NdisInterlockedIncrement(&Vc->References);
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    IoQueueWorkItemEx(Vc->WorkItem, SampleAnswerWorker, DelayedWorkQueue, Vc);
    return NDIS_STATUS_PENDING;
}

_Use_decl_annotations_
VOID
SampleAnswerWorker(
    PVOID IoObject,
    PVOID Context,
    PIO_WORKITEM IoWorkItem
    )
{
    PVC_CONTEXT Vc = (PVC_CONTEXT)Context;
    PCO_CALL_PARAMETERS CallParameters = Vc->CallParameters;
    NDIS_STATUS Status = SampleDecideOnCall(Vc);

    UNREFERENCED_PARAMETER(IoObject);
    UNREFERENCED_PARAMETER(IoWorkItem);

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    if (Vc->CloseRequested || Vc->Af->CloseRequested)
    {
        Status = NDIS_STATUS_FAILURE;
    }
    Vc->CallParameters = NULL;
    /* A refused call needs no close: the call manager deletes the VC. */
    Vc->Call = Status == NDIS_STATUS_SUCCESS ? CallAnswered : CallNone;
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    NdisClIncomingCallComplete(Status, Vc->VcHandle, CallParameters);
    SampleDereferenceVc(Vc);
}

_Use_decl_annotations_
VOID
SampleClCallConnected(
    NDIS_HANDLE ProtocolVcContext
    )
{
    PVC_CONTEXT Vc = (PVC_CONTEXT)ProtocolVcContext;
    BOOLEAN Close;

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Close = (BOOLEAN)(Vc->CloseRequested || Vc->Af->CloseRequested);
    Vc->CloseRequested = Close;
    Vc->Call = CallUp;
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    if (Close)
    {
        SampleContinueClose(Vc);
        return;
    }
    SampleCallUp(Vc);
}

_Use_decl_annotations_
VOID
SampleClIncomingCallQoSChange(
    NDIS_HANDLE ProtocolVcContext,
    PCO_CALL_PARAMETERS CallParameters
    )
{
    /* Returning accepts the change; a client that cannot live with it calls SampleCloseCall here. */
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(CallParameters);
}

/* ---- Closing ---------------------------------------------------------------------------------------------------- */

/*
 * Closes a call as soon as it can be closed: once it is up, its sends are completed and all parties but one are
 * dropped. Whoever ends one of these calls SampleContinueClose again. IRQL <= DISPATCH_LEVEL.
 */
VOID
SampleCloseCall(
    PVC_CONTEXT Vc
    )
{
    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Vc->CloseRequested = TRUE;
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);
    SampleContinueClose(Vc);
}

/* The first party of a multipoint call, or NULL. The lock is held. */
static PPARTY_CONTEXT
SampleFirstParty(
    PVC_CONTEXT Vc
    )
{
    return IsListEmpty(&Vc->PartyList) ? NULL : CONTAINING_RECORD(Vc->PartyList.Flink, PARTY_CONTEXT, Link);
}

static VOID
SampleDropParty(
    PPARTY_CONTEXT Party
    )
{
    NDIS_STATUS Status = NdisClDropParty(Party->PartyHandle, NULL, 0);

    if (Status != NDIS_STATUS_PENDING)
    {
        SampleClDropPartyComplete(Status, Party);
    }
}

static VOID
SampleContinueClose(
    PVC_CONTEXT Vc
    )
{
    PPARTY_CONTEXT Party;
    NDIS_HANDLE PartyHandle = NULL;
    NDIS_STATUS Status;
    BOOLEAN Ready;
    BOOLEAN Drop = FALSE;

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Party = SampleFirstParty(Vc);
    Ready = (BOOLEAN)(Vc->Call == CallUp && Vc->SendsPending == 0 &&
                      (Party == NULL || (Party->Connected && !Party->Dropping)));
    if (Ready && Vc->PartyCount > 1)
    {
        Party->Dropping = TRUE;
        Drop = TRUE;
    }
    else if (Ready)
    {
        Vc->Call = CallClosing;
        PartyHandle = Party != NULL ? Party->PartyHandle : NULL;
    }
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    if (Drop)
    {
        SampleDropParty(Party);
    }
    else if (Ready)
    {
        Status = NdisClCloseCall(Vc->VcHandle, PartyHandle, NULL, 0);
        if (Status != NDIS_STATUS_PENDING)
        {
            SampleClCloseCallComplete(Status, Vc, Party);
        }
    }
}

_Use_decl_annotations_
VOID
SampleClDropPartyComplete(
    NDIS_STATUS Status,
    NDIS_HANDLE ProtocolPartyContext
    )
{
    PPARTY_CONTEXT Party = (PPARTY_CONTEXT)ProtocolPartyContext;
    PVC_CONTEXT Vc = Party->Vc;
    BOOLEAN Close;

    UNREFERENCED_PARAMETER(Status);

    SampleFreeParty(Party);
    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Close = Vc->CloseRequested;
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);
    if (Close)
    {
        SampleContinueClose(Vc);
    }
}

_Use_decl_annotations_
VOID
SampleClCloseCallComplete(
    NDIS_STATUS Status,
    NDIS_HANDLE ProtocolVcContext,
    NDIS_HANDLE ProtocolPartyContext
    )
{
    PVC_CONTEXT Vc = (PVC_CONTEXT)ProtocolVcContext;

    UNREFERENCED_PARAMETER(Status);

    if (ProtocolPartyContext != NULL)
    {
        SampleFreeParty((PPARTY_CONTEXT)ProtocolPartyContext);
    }
    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Vc->Call = CallNone;
    Vc->CloseRequested = FALSE;
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    /* The VC of an incoming call is the call manager's to delete; SampleClDeleteVc sees it go. */
    if (!Vc->Incoming)
    {
        SampleDeleteVc(Vc);
    }
}

_Use_decl_annotations_
VOID
SampleClIncomingCloseCall(
    NDIS_STATUS CloseStatus,
    NDIS_HANDLE ProtocolVcContext,
    PVOID CloseData,
    UINT Size
    )
{
    PVC_CONTEXT Vc = (PVC_CONTEXT)ProtocolVcContext;

    UNREFERENCED_PARAMETER(CloseStatus);
    UNREFERENCED_PARAMETER(CloseData);
    UNREFERENCED_PARAMETER(Size);

    /* A call that was accepted but never connected is closed like one that was up. */
    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    if (Vc->Call == CallAnswered)
    {
        Vc->Call = CallUp;
    }
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    SampleCloseCall(Vc);
}

_Use_decl_annotations_
VOID
SampleClIncomingDropParty(
    NDIS_STATUS DropStatus,
    NDIS_HANDLE ProtocolPartyContext,
    PVOID CloseData,
    UINT Size
    )
{
    PPARTY_CONTEXT Party = (PPARTY_CONTEXT)ProtocolPartyContext;
    PVC_CONTEXT Vc = Party->Vc;
    BOOLEAN Last;
    BOOLEAN Drop;

    UNREFERENCED_PARAMETER(DropStatus);
    UNREFERENCED_PARAMETER(CloseData);
    UNREFERENCED_PARAMETER(Size);

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Last = (BOOLEAN)(Vc->PartyCount <= 1);
    Drop = (BOOLEAN)(!Last && !Party->Dropping);
    if (Drop)
    {
        Party->Dropping = TRUE;
    }
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    if (Last)
    {
        SampleCloseCall(Vc);
    }
    else if (Drop)
    {
        SampleDropParty(Party);
    }
}

/* ---- Data ------------------------------------------------------------------------------------------------------- */

/*
 * Sends a copy of the data on a call that is up. SampleCoSendNetBufferListsComplete frees the copy.
 * IRQL <= DISPATCH_LEVEL.
 */
NDIS_STATUS
SampleSend(
    PVC_CONTEXT Vc,
    const VOID *Data,
    ULONG Length
    )
{
    PBINDING_CONTEXT Binding = Vc->Af->Binding;
    PVOID Copy = SampleAllocate(Length);
    PMDL Mdl = NULL;
    PNET_BUFFER_LIST NetBufferList = NULL;
    BOOLEAN MaySend = FALSE;

    if (Copy != NULL)
    {
        NdisMoveMemory(Copy, Data, Length);
        Mdl = NdisAllocateMdl(Binding->BindingHandle, Copy, Length);
    }
    if (Mdl != NULL)
    {
        NetBufferList = NdisAllocateNetBufferAndNetBufferList(Binding->PoolHandle, 0, 0, Mdl, 0, Length);
    }
    if (NetBufferList != NULL)
    {
        NdisAcquireSpinLock(&Binding->Lock);
        MaySend = (BOOLEAN)(Vc->Call == CallUp && !Vc->CloseRequested && !Binding->Paused);
        if (MaySend)
        {
            Vc->SendsPending++;
        }
        NdisReleaseSpinLock(&Binding->Lock);
    }

    if (MaySend)
    {
        NetBufferList->SourceHandle = Vc->VcHandle;
        NdisCoSendNetBufferLists(Vc->VcHandle, NetBufferList, 0);
        return NDIS_STATUS_PENDING;
    }
    if (NetBufferList != NULL)
    {
        NdisFreeNetBufferList(NetBufferList);
    }
    if (Mdl != NULL)
    {
        NdisFreeMdl(Mdl);
    }
    if (Copy != NULL)
    {
        SampleFree(Copy);
    }
    return NDIS_STATUS_FAILURE;
}

static VOID
SampleFreeSent(
    PNET_BUFFER_LIST NetBufferList
    )
{
    PMDL Mdl = NET_BUFFER_FIRST_MDL(NET_BUFFER_LIST_FIRST_NB(NetBufferList));
    PVOID Copy = MmGetMdlVirtualAddress(Mdl);

    NdisFreeNetBufferList(NetBufferList);
    NdisFreeMdl(Mdl);
    SampleFree(Copy);
}

_Use_decl_annotations_
VOID
SampleCoSendNetBufferListsComplete(
    NDIS_HANDLE ProtocolVcContext,
    PNET_BUFFER_LIST NetBufferLists,
    ULONG SendCompleteFlags
    )
{
    PVC_CONTEXT Vc = (PVC_CONTEXT)ProtocolVcContext;
    PNET_BUFFER_LIST Next;
    ULONG Completed = 0;
    BOOLEAN Close;

    UNREFERENCED_PARAMETER(SendCompleteFlags);

    while (NetBufferLists != NULL)
    {
        Next = NET_BUFFER_LIST_NEXT_NBL(NetBufferLists);
        SampleFreeSent(NetBufferLists);
        NetBufferLists = Next;
        Completed++;
    }

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Vc->SendsPending -= Completed;
    Close = (BOOLEAN)(Vc->CloseRequested && Vc->SendsPending == 0);
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);
    if (Close)
    {
        SampleContinueClose(Vc);
    }
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
    UNREFERENCED_PARAMETER(NumberOfNetBufferLists);

    SampleReceived((PVC_CONTEXT)ProtocolVcContext, NetBufferLists);
    SampleGiveBackLists((PBINDING_CONTEXT)ProtocolBindingContext, NetBufferLists, ReceiveFlags);
}

/* ---- OID requests ----------------------------------------------------------------------------------------------- */

_Use_decl_annotations_
NDIS_STATUS
SampleClOidRequest(
    NDIS_HANDLE ProtocolAfContext,
    NDIS_HANDLE ProtocolVcContext,
    NDIS_HANDLE ProtocolPartyContext,
    PNDIS_OID_REQUEST OidRequest
    )
{
    /* The answer to an OID that this client does not know, and it knows none yet. */
    UNREFERENCED_PARAMETER(ProtocolAfContext);
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(ProtocolPartyContext);
    UNREFERENCED_PARAMETER(OidRequest);

    return NDIS_STATUS_NOT_SUPPORTED;
}

_Use_decl_annotations_
VOID
SampleClOidRequestComplete(
    NDIS_HANDLE ProtocolAfContext,
    NDIS_HANDLE ProtocolVcContext,
    NDIS_HANDLE ProtocolPartyContext,
    PNDIS_OID_REQUEST OidRequest,
    NDIS_STATUS Status
    )
{
    /* Never called: this driver makes no OID request of the call manager. */
    UNREFERENCED_PARAMETER(ProtocolAfContext);
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(ProtocolPartyContext);
    UNREFERENCED_PARAMETER(OidRequest);
    UNREFERENCED_PARAMETER(Status);
}
