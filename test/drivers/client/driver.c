#include "echo.h"

PDRIVER_OBJECT EchoDriver;
NDIS_HANDLE EchoProtocolHandle;

PVOID EchoAllocate(ULONG Size)
{
    PVOID Memory = NdisAllocateMemoryWithTagPriority(EchoProtocolHandle, Size, ECHO_POOL_TAG, NormalPoolPriority);

    if (Memory != NULL)
    {
        NdisZeroMemory(Memory, Size);
    }
    return Memory;
}

VOID EchoFree(PVOID Memory)
{
    NdisFreeMemory(Memory, 0, 0);
}
_Use_decl_annotations_
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Characteristics;

    UNREFERENCED_PARAMETER(RegistryPath);

    EchoDriver = DriverObject;
    DriverObject->DriverUnload = EchoUnload;

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
    NdisInitUnicodeString(&Characteristics.Name, L"EchoClient");

    Characteristics.SetOptionsHandler = EchoSetOptions;
    Characteristics.BindAdapterHandlerEx = EchoBindAdapterEx;
    Characteristics.UnbindAdapterHandlerEx = EchoUnbindAdapterEx;
    Characteristics.OpenAdapterCompleteHandlerEx = EchoOpenAdapterCompleteEx;
    Characteristics.CloseAdapterCompleteHandlerEx = EchoCloseAdapterCompleteEx;
    Characteristics.NetPnPEventHandler = EchoNetPnPEvent;
    Characteristics.OidRequestCompleteHandler = EchoOidRequestComplete;
    Characteristics.StatusHandlerEx = EchoStatusEx;
    Characteristics.ReceiveNetBufferListsHandler = EchoReceiveNetBufferLists;
    Characteristics.SendNetBufferListsCompleteHandler = EchoSendNetBufferListsComplete;

    return NdisRegisterProtocolDriver(NULL, &Characteristics, &EchoProtocolHandle);
}

_Use_decl_annotations_
VOID EchoUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);

    /* NDIS unbinds every adapter before this returns. */
    NdisDeregisterProtocolDriver(EchoProtocolHandle);
}

_Use_decl_annotations_
NDIS_STATUS EchoSetOptions(NDIS_HANDLE NdisDriverHandle, NDIS_HANDLE DriverContext)
{
    NDIS_PROTOCOL_CO_CHARACTERISTICS CoCharacteristics;
    NDIS_CO_CLIENT_OPTIONAL_HANDLERS Client;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);

    NdisZeroMemory(&CoCharacteristics, sizeof(CoCharacteristics));
    CoCharacteristics.Header.Type = NDIS_OBJECT_TYPE_CO_PROTOCOL_CHARACTERISTICS;
    CoCharacteristics.Header.Revision = NDIS_PROTOCOL_CO_CHARACTERISTICS_REVISION_1;
    CoCharacteristics.Header.Size = NDIS_SIZEOF_PROTOCOL_CO_CHARACTERISTICS_REVISION_1;
    CoCharacteristics.CoStatusHandlerEx = EchoCoStatusEx;
    CoCharacteristics.CoAfRegisterNotifyHandler = EchoCoAfRegisterNotify;
    CoCharacteristics.CoReceiveNetBufferListsHandler = EchoCoReceiveNetBufferLists;
    CoCharacteristics.CoSendNetBufferListsCompleteHandler = EchoCoSendNetBufferListsComplete;

    Status = NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&CoCharacteristics);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        return Status;
    }

    NdisZeroMemory(&Client, sizeof(Client));
    Client.Header.Type = NDIS_OBJECT_TYPE_CO_CLIENT_OPTIONAL_HANDLERS;
    Client.Header.Revision = NDIS_CO_CLIENT_OPTIONAL_HANDLERS_REVISION_1;
    Client.Header.Size = NDIS_SIZEOF_CO_CLIENT_OPTIONAL_HANDLERS_REVISION_1;
    Client.ClCreateVcHandler = EchoClCreateVc;
    Client.ClDeleteVcHandler = EchoClDeleteVc;
    Client.ClOidRequestHandler = EchoClOidRequest;
    Client.ClOidRequestCompleteHandler = EchoClOidRequestComplete;
    Client.ClOpenAfCompleteHandlerEx = EchoClOpenAfCompleteEx;
    Client.ClCloseAfCompleteHandler = EchoClCloseAfComplete;
    Client.ClRegisterSapCompleteHandler = EchoClRegisterSapComplete;
    Client.ClDeregisterSapCompleteHandler = EchoClDeregisterSapComplete;
    Client.ClMakeCallCompleteHandler = EchoClMakeCallComplete;
    Client.ClModifyCallQoSCompleteHandler = EchoClModifyCallQoSComplete;
    Client.ClCloseCallCompleteHandler = EchoClCloseCallComplete;
    Client.ClAddPartyCompleteHandler = EchoClAddPartyComplete;
    Client.ClDropPartyCompleteHandler = EchoClDropPartyComplete;
    Client.ClIncomingCallHandler = EchoClIncomingCall;
    Client.ClIncomingCallQoSChangeHandler = EchoClIncomingCallQoSChange;
    Client.ClIncomingCloseCallHandler = EchoClIncomingCloseCall;
    Client.ClIncomingDropPartyHandler = EchoClIncomingDropParty;
    Client.ClCallConnectedHandler = EchoClCallConnected;
    Client.ClNotifyCloseAfHandler = EchoClNotifyCloseAf;

    return NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&Client);
}
