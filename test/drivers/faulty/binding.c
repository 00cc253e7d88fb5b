#include "precomp.h"

VOID
LcmDereferenceBinding(
    PLCM_BINDING Binding
    )
{
    if (NdisInterlockedDecrement(&Binding->References) == 0)
    {
        NdisSetEvent(&Binding->Unused);
    }
}

static VOID
LcmCloseBinding(
    PLCM_BINDING Binding
    )
{
    if (NdisCloseAdapterEx(Binding->BindingHandle) == NDIS_STATUS_PENDING)
    {
        NdisWaitEvent(&Binding->CloseDone, 0);
    }
}

static VOID
LcmFreeBinding(
    PLCM_BINDING Binding
    )
{
    NdisFreeSpinLock(&Binding->Lock);
    LcmFree(Binding);
}

/* Opens the adapter and waits for the answer: a bind runs at PASSIVE_LEVEL and may take its time. */
static NDIS_STATUS
LcmOpenBinding(
    PLCM_BINDING Binding,
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

    Status = NdisOpenAdapterEx(LcmProtocolHandle, Binding, &OpenParameters, BindContext, &Binding->BindingHandle);
    if (Status == NDIS_STATUS_PENDING)
    {
        NdisWaitEvent(&Binding->OpenDone, 0);
        Status = Binding->OpenStatus;
    }
    return Status;
}

_Use_decl_annotations_
NDIS_STATUS
LcmBindAdapterEx(
    NDIS_HANDLE ProtocolDriverContext,
    NDIS_HANDLE BindContext,
    PNDIS_BIND_PARAMETERS BindParameters
    )
{
    PLCM_BINDING Binding;
    CO_ADDRESS_FAMILY AddressFamily;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(ProtocolDriverContext);

    Binding = (PLCM_BINDING)LcmAllocate(sizeof(LCM_BINDING));
    if (Binding == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    Binding->References = 1;
    NdisAllocateSpinLock(&Binding->Lock);
    InitializeListHead(&Binding->AfList);
    NdisInitializeEvent(&Binding->OpenDone);
    NdisInitializeEvent(&Binding->OidDone);
    NdisInitializeEvent(&Binding->CloseDone);
    NdisInitializeEvent(&Binding->Unused);

    Status = LcmOpenBinding(Binding, BindContext, BindParameters);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        LcmFreeBinding(Binding);
        return Status;
    }

    LcmQueryLinkSpeed(Binding);

    NdisZeroMemory(&AddressFamily, sizeof(AddressFamily));
    AddressFamily.AddressFamily = LCM_ADDRESS_FAMILY;
    AddressFamily.MajorVersion = LCM_MAJOR_VERSION;
    AddressFamily.MinorVersion = LCM_MINOR_VERSION;

    Status = NdisCmRegisterAddressFamilyEx(Binding->BindingHandle, &AddressFamily);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        LcmCloseBinding(Binding);
        LcmFreeBinding(Binding);
    }
    return Status;
}

_Use_decl_annotations_
VOID
LcmOpenAdapterCompleteEx(
    NDIS_HANDLE ProtocolBindingContext,
    NDIS_STATUS Status
    )
{
    PLCM_BINDING Binding = (PLCM_BINDING)ProtocolBindingContext;

    Binding->OpenStatus = Status;
    NdisSetEvent(&Binding->OpenDone);
}

_Use_decl_annotations_
VOID
LcmCloseAdapterCompleteEx(
    NDIS_HANDLE ProtocolBindingContext
    )
{
    PLCM_BINDING Binding = (PLCM_BINDING)ProtocolBindingContext;

    NdisSetEvent(&Binding->CloseDone);
}

_Use_decl_annotations_
NDIS_STATUS
LcmUnbindAdapterEx(
    NDIS_HANDLE UnbindContext,
    NDIS_HANDLE ProtocolBindingContext
    )
{
    PLCM_BINDING Binding = (PLCM_BINDING)ProtocolBindingContext;

    UNREFERENCED_PARAMETER(UnbindContext);

    NdisAcquireSpinLock(&Binding->Lock);
    Binding->Closing = TRUE;
    NdisReleaseSpinLock(&Binding->Lock);

    LcmCloseAddressFamilies(Binding);

    LcmDereferenceBinding(Binding);
    NdisWaitEvent(&Binding->Unused, 0);

    LcmCloseBinding(Binding);
    LcmFreeBinding(Binding);
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS
LcmNetPnPEvent(
    NDIS_HANDLE ProtocolBindingContext,
    PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification
    )
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(NetPnPEventNotification);

    /* This driver sends nothing, so a pause asks nothing of it; nor has it a reason to refuse any other event. */
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID
LcmStatusEx(
    NDIS_HANDLE ProtocolBindingContext,
    PNDIS_STATUS_INDICATION StatusIndication
    )
{
    /* A call between two clients of one adapter does not depend on the link. */
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(StatusIndication);
}

static VOID
LcmReturnNetBufferLists(
    PLCM_BINDING Binding,
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
LcmReceiveNetBufferLists(
    NDIS_HANDLE ProtocolBindingContext,
    PNET_BUFFER_LIST NetBufferLists,
    NDIS_PORT_NUMBER PortNumber,
    ULONG NumberOfNetBufferLists,
    ULONG ReceiveFlags
    )
{
    UNREFERENCED_PARAMETER(PortNumber);
    UNREFERENCED_PARAMETER(NumberOfNetBufferLists);

    LcmReturnNetBufferLists((PLCM_BINDING)ProtocolBindingContext, NetBufferLists, ReceiveFlags);
}

_Use_decl_annotations_
VOID
LcmSendNetBufferListsComplete(
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
LcmCoStatusEx(
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
LcmCoAfRegisterNotify(
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
LcmCoReceiveNetBufferLists(
    NDIS_HANDLE ProtocolBindingContext,
    NDIS_HANDLE ProtocolVcContext,
    PNET_BUFFER_LIST NetBufferLists,
    ULONG NumberOfNetBufferLists,
    ULONG ReceiveFlags
    )
{
    /* Data on a client's VC goes to the client, and the call manager has no VC of its own. */
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(NumberOfNetBufferLists);

    LcmReturnNetBufferLists((PLCM_BINDING)ProtocolBindingContext, NetBufferLists, ReceiveFlags);
}

_Use_decl_annotations_
VOID
LcmCoSendNetBufferListsComplete(
    NDIS_HANDLE ProtocolVcContext,
    PNET_BUFFER_LIST NetBufferLists,
    ULONG SendCompleteFlags
    )
{
    /* Never called: this driver sends nothing. */
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(NetBufferLists);
    UNREFERENCED_PARAMETER(SendCompleteFlags);
}
