#include "precomp.h"

PDRIVER_OBJECT LcmDriver;
NDIS_HANDLE LcmProtocolHandle;

_Use_decl_annotations_
NTSTATUS
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    NDIS_PROTOCOL_DRIVER_CHARACTERISTICS Characteristics;

    UNREFERENCED_PARAMETER(RegistryPath);

    LcmDriver = DriverObject;
    DriverObject->DriverUnload = LcmUnload;

    NdisZeroMemory(&Characteristics, sizeof(Characteristics));
    Characteristics.Header.Type = NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS;
    Characteristics.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Characteristics.Header.Size = NDIS_SIZEOF_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_1;
    Characteristics.MajorNdisVersion = NDIS_PROTOCOL_MAJOR_VERSION;
    Characteristics.MinorNdisVersion = NDIS_PROTOCOL_MINOR_VERSION;
    Characteristics.MajorDriverVersion = 1;
    Characteristics.MinorDriverVersion = 0;
    /* The name under which the driver's INF file installs the protocol. */
    NdisInitUnicodeString(&Characteristics.Name, L"LoopbackCallManager");

    Characteristics.SetOptionsHandler = LcmSetOptions;
    Characteristics.BindAdapterHandlerEx = LcmBindAdapterEx;
    Characteristics.UnbindAdapterHandlerEx = LcmUnbindAdapterEx;
    Characteristics.OpenAdapterCompleteHandlerEx = LcmOpenAdapterCompleteEx;
    Characteristics.CloseAdapterCompleteHandlerEx = LcmCloseAdapterCompleteEx;
    Characteristics.NetPnPEventHandler = LcmNetPnPEvent;
    Characteristics.OidRequestCompleteHandler = LcmOidRequestComplete;
    Characteristics.StatusHandlerEx = LcmStatusEx;
    Characteristics.ReceiveNetBufferListsHandler = LcmReceiveNetBufferLists;
    Characteristics.SendNetBufferListsCompleteHandler = LcmSendNetBufferListsComplete;
    Characteristics.DirectOidRequestCompleteHandler = LcmDirectOidRequestComplete;

    return NdisRegisterProtocolDriver(NULL, &Characteristics, &LcmProtocolHandle);
}

_Use_decl_annotations_
VOID
LcmUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    UNREFERENCED_PARAMETER(DriverObject);

    /* NDIS unbinds every adapter before this returns. */
    NdisDeregisterProtocolDriver(LcmProtocolHandle);
}

_Use_decl_annotations_
NDIS_STATUS
LcmSetOptions(
    NDIS_HANDLE NdisDriverHandle,
    NDIS_HANDLE DriverContext
    )
{
    NDIS_PROTOCOL_CO_CHARACTERISTICS CoCharacteristics;
    NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS CallManager;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);

    NdisZeroMemory(&CoCharacteristics, sizeof(CoCharacteristics));
    CoCharacteristics.Header.Type = NDIS_OBJECT_TYPE_CO_MINIPORT_CHARACTERISTICS;
    CoCharacteristics.Header.Revision = NDIS_PROTOCOL_CO_CHARACTERISTICS_REVISION_1;
    CoCharacteristics.Header.Size = NDIS_SIZEOF_PROTOCOL_CO_CHARACTERISTICS_REVISION_1;
    CoCharacteristics.CoStatusHandlerEx = LcmCoStatusEx;
    CoCharacteristics.CoAfRegisterNotifyHandler = LcmCoAfRegisterNotify;
    CoCharacteristics.CoReceiveNetBufferListsHandler = LcmCoReceiveNetBufferLists;
    CoCharacteristics.CoSendNetBufferListsCompleteHandler = LcmCoSendNetBufferListsComplete;

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
    CallManager.CmCreateVcHandler = LcmCmCreateVc;
    CallManager.CmDeleteVcHandler = LcmCmDeleteVc;
    CallManager.CmOpenAfHandler = LcmCmOpenAf;
    CallManager.CmCloseAfHandler = LcmCmCloseAf;
    CallManager.CmRegisterSapHandler = LcmCmRegisterSap;
    CallManager.CmDeregisterSapHandler = LcmCmDeregisterSap;
    CallManager.CmMakeCallHandler = LcmCmMakeCall;
    CallManager.CmCloseCallHandler = LcmCmCloseCall;
    CallManager.CmIncomingCallCompleteHandler = LcmCmIncomingCallComplete;
    CallManager.CmAddPartyHandler = LcmCmAddParty;
    CallManager.CmDropPartyHandler = LcmCmDropParty;
    CallManager.CmActivateVcCompleteHandler = LcmCmActivateVcComplete;
    CallManager.CmModifyCallQoSHandler = LcmCmModifyCallQoS;
    CallManager.CmOidRequestHandler = LcmCmOidRequest;
    CallManager.CmOidRequestCompleteHandler = LcmCmOidRequestComplete;
    CallManager.CmNotifyCloseAfCompleteHandler =
        (CM_NOTIFY_CLOSE_AF_COMPLETE_HANDLER)LcmCmNotifyCloseAfComplete;

    return NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&CallManager);
}
