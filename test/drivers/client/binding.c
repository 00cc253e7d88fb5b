#include "echo.h"

VOID EchoDereferenceBinding(PECHO_BINDING Binding)
{
    if (NdisInterlockedDecrement(&Binding->References) == 0)
    {
        NdisSetEvent(&Binding->Unused);
    }
}

static VOID EchoCloseBinding(PECHO_BINDING Binding)
{
    if (NdisCloseAdapterEx(Binding->BindingHandle) == NDIS_STATUS_PENDING)
    {
        NdisWaitEvent(&Binding->CloseDone, 0);
    }
}

static VOID EchoFreeBinding(PECHO_BINDING Binding)
{
    if (Binding->PoolHandle != NULL)
    {
        NdisFreeNetBufferListPool(Binding->PoolHandle);
    }
    NdisFreeSpinLock(&Binding->Lock);
    EchoFree(Binding);
}

/* Opens the adapter and waits for the answer: a bind runs at PASSIVE_LEVEL and may take its time. */
static NDIS_STATUS EchoOpenBinding(PECHO_BINDING Binding, NDIS_HANDLE BindContext, PNDIS_BIND_PARAMETERS BindParameters)
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

    Status = NdisOpenAdapterEx(EchoProtocolHandle, Binding, &OpenParameters, BindContext, &Binding->BindingHandle);
    if (Status == NDIS_STATUS_PENDING)
    {
        NdisWaitEvent(&Binding->OpenDone, 0);
        Status = Binding->OpenStatus;
    }
    return Status;
}

/* Net buffer lists of one net buffer each; the data that EchoSend copies follows its MDL. */
static NDIS_HANDLE EchoAllocatePool(VOID)
{
    NET_BUFFER_LIST_POOL_PARAMETERS PoolParameters;

    NdisZeroMemory(&PoolParameters, sizeof(PoolParameters));
    PoolParameters.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    PoolParameters.Header.Revision = NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    PoolParameters.Header.Size = NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    PoolParameters.ProtocolId = NDIS_PROTOCOL_ID_DEFAULT;
    PoolParameters.fAllocateNetBuffer = TRUE;
    PoolParameters.PoolTag = ECHO_POOL_TAG;
    return NdisAllocateNetBufferListPool(EchoProtocolHandle, &PoolParameters);
}

_Use_decl_annotations_
NDIS_STATUS EchoBindAdapterEx(NDIS_HANDLE ProtocolDriverContext, NDIS_HANDLE BindContext,
                              PNDIS_BIND_PARAMETERS BindParameters)
{
    PECHO_BINDING Binding;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(ProtocolDriverContext);

    Binding = (PECHO_BINDING)EchoAllocate(sizeof(ECHO_BINDING));
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

    Binding->PoolHandle = EchoAllocatePool();
    if (Binding->PoolHandle == NULL)
    {
        EchoFreeBinding(Binding);
        return NDIS_STATUS_RESOURCES;
    }

    /* What the adapter offers comes next, in EchoCoAfRegisterNotify. */
    Status = EchoOpenBinding(Binding, BindContext, BindParameters);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        EchoFreeBinding(Binding);
    }
    return Status;
}

_Use_decl_annotations_
VOID EchoOpenAdapterCompleteEx(NDIS_HANDLE ProtocolBindingContext, NDIS_STATUS Status)
{
    PECHO_BINDING Binding = (PECHO_BINDING)ProtocolBindingContext;

    Binding->OpenStatus = Status;
    NdisSetEvent(&Binding->OpenDone);
}

_Use_decl_annotations_
VOID EchoCloseAdapterCompleteEx(NDIS_HANDLE ProtocolBindingContext)
{
    PECHO_BINDING Binding = (PECHO_BINDING)ProtocolBindingContext;

    NdisSetEvent(&Binding->CloseDone);
}

_Use_decl_annotations_
NDIS_STATUS EchoUnbindAdapterEx(NDIS_HANDLE UnbindContext, NDIS_HANDLE ProtocolBindingContext)
{
    PECHO_BINDING Binding = (PECHO_BINDING)ProtocolBindingContext;

    UNREFERENCED_PARAMETER(UnbindContext);

    NdisAcquireSpinLock(&Binding->Lock);
    Binding->Closing = TRUE;
    NdisReleaseSpinLock(&Binding->Lock);

    EchoCloseAddressFamilies(Binding);

    EchoDereferenceBinding(Binding);
    NdisWaitEvent(&Binding->Unused, 0);

    EchoCloseBinding(Binding);
    EchoFreeBinding(Binding);
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS EchoNetPnPEvent(NDIS_HANDLE ProtocolBindingContext, PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification)
{
    PECHO_BINDING Binding = (PECHO_BINDING)ProtocolBindingContext;
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
VOID EchoOidRequestComplete(NDIS_HANDLE ProtocolBindingContext, PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status)
{
    /* Never called: this driver makes no OID request of the miniport. */
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(OidRequest);
    UNREFERENCED_PARAMETER(Status);
}

_Use_decl_annotations_
VOID EchoStatusEx(NDIS_HANDLE ProtocolBindingContext, PNDIS_STATUS_INDICATION StatusIndication)
{
    /* When the link fails, the call manager closes the calls one by one. */
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(StatusIndication);
}

VOID EchoReturnNetBufferLists(PECHO_BINDING Binding, PNET_BUFFER_LIST NetBufferLists, ULONG ReceiveFlags)
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
VOID EchoReceiveNetBufferLists(NDIS_HANDLE ProtocolBindingContext, PNET_BUFFER_LIST NetBufferLists,
                               NDIS_PORT_NUMBER PortNumber, ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)
{
    UNREFERENCED_PARAMETER(PortNumber);
    UNREFERENCED_PARAMETER(NumberOfNetBufferLists);

    EchoReturnNetBufferLists((PECHO_BINDING)ProtocolBindingContext, NetBufferLists, ReceiveFlags);
}

_Use_decl_annotations_
VOID EchoSendNetBufferListsComplete(NDIS_HANDLE ProtocolBindingContext, PNET_BUFFER_LIST NetBufferList,
                                    ULONG SendCompleteFlags)
{
    /* Never called: this driver sends nothing outside a VC. */
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(NetBufferList);
    UNREFERENCED_PARAMETER(SendCompleteFlags);
}

_Use_decl_annotations_
VOID EchoCoStatusEx(NDIS_HANDLE ProtocolBindingContext, NDIS_HANDLE ProtocolVcContext,
                    PNDIS_STATUS_INDICATION StatusIndication)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(StatusIndication);
}
