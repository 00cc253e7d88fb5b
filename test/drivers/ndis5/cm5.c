/*
 * Cm5: a call manager of the NDIS 5.1 kind, for point-to-point calls over circuits that the network has set up
 * beforehand: a call is made by activating the VC. It declares its handlers by plain prototypes and registers them with
 * the address family, as drivers of its time did. Build it with NDIS51=1.
 */

#include <ndis.h>

#define CM5_TAG '5mC '

typedef struct _CM5_BINDING
{
    NDIS_HANDLE BindingHandle;
    NDIS_STATUS Status;
    NDIS_EVENT Done;
} CM5_BINDING, *PCM5_BINDING;

typedef struct _CM5_AF
{
    PCM5_BINDING Binding;
    NDIS_HANDLE AfHandle;
} CM5_AF, *PCM5_AF;

typedef struct _CM5_VC
{
    PCM5_AF Af;
    NDIS_HANDLE VcHandle;
    PCO_CALL_PARAMETERS CallParameters; /* the client's, while a call is being made */
    BOOLEAN Active;
} CM5_VC, *PCM5_VC;

static NDIS_HANDLE Cm5ProtocolHandle;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath);
VOID Cm5Unload(PDRIVER_OBJECT DriverObject);

VOID Cm5BindAdapter(PNDIS_STATUS Status, NDIS_HANDLE BindContext, PNDIS_STRING DeviceName, PVOID SystemSpecific1,
                    PVOID SystemSpecific2);
VOID Cm5UnbindAdapter(PNDIS_STATUS Status, NDIS_HANDLE ProtocolBindingContext, NDIS_HANDLE UnbindContext);
VOID Cm5OpenAdapterComplete(NDIS_HANDLE ProtocolBindingContext, NDIS_STATUS Status, NDIS_STATUS OpenErrorStatus);
VOID Cm5CloseAdapterComplete(NDIS_HANDLE ProtocolBindingContext, NDIS_STATUS Status);
NDIS_STATUS Cm5PnPEvent(NDIS_HANDLE ProtocolBindingContext, PNET_PNP_EVENT NetPnPEvent);
VOID Cm5ResetComplete(NDIS_HANDLE ProtocolBindingContext, NDIS_STATUS Status);
VOID Cm5RequestComplete(NDIS_HANDLE ProtocolBindingContext, PNDIS_REQUEST NdisRequest, NDIS_STATUS Status);
VOID Cm5Status(NDIS_HANDLE ProtocolBindingContext, NDIS_STATUS GeneralStatus, PVOID StatusBuffer,
               UINT StatusBufferSize);
VOID Cm5StatusComplete(NDIS_HANDLE ProtocolBindingContext);
VOID Cm5SendComplete(NDIS_HANDLE ProtocolBindingContext, PNDIS_PACKET Packet, NDIS_STATUS Status);
VOID Cm5TransferDataComplete(NDIS_HANDLE ProtocolBindingContext, PNDIS_PACKET Packet, NDIS_STATUS Status,
                             UINT BytesTransferred);
NDIS_STATUS Cm5Receive(NDIS_HANDLE ProtocolBindingContext, NDIS_HANDLE MacReceiveContext, PVOID HeaderBuffer,
                       UINT HeaderBufferSize, PVOID LookAheadBuffer, UINT LookaheadBufferSize, UINT PacketSize);
VOID Cm5ReceiveComplete(NDIS_HANDLE ProtocolBindingContext);
VOID Cm5CoStatus(NDIS_HANDLE ProtocolBindingContext, NDIS_HANDLE ProtocolVcContext, NDIS_STATUS GeneralStatus,
                 PVOID StatusBuffer, UINT StatusBufferSize);
UINT Cm5CoReceivePacket(NDIS_HANDLE ProtocolBindingContext, NDIS_HANDLE ProtocolVcContext, PNDIS_PACKET Packet);
VOID Cm5CoSendComplete(NDIS_STATUS Status, NDIS_HANDLE ProtocolVcContext, PNDIS_PACKET Packet);
VOID Cm5CoAfRegisterNotify(NDIS_HANDLE ProtocolBindingContext, PCO_ADDRESS_FAMILY AddressFamily);

NDIS_STATUS Cm5CreateVc(NDIS_HANDLE ProtocolAfContext, NDIS_HANDLE NdisVcHandle, PNDIS_HANDLE ProtocolVcContext);
NDIS_STATUS Cm5DeleteVc(NDIS_HANDLE ProtocolVcContext);
NDIS_STATUS Cm5OpenAf(NDIS_HANDLE CallMgrBindingContext, PCO_ADDRESS_FAMILY AddressFamily, NDIS_HANDLE NdisAfHandle,
                      PNDIS_HANDLE CallMgrAfContext);
NDIS_STATUS Cm5CloseAf(NDIS_HANDLE CallMgrAfContext);
NDIS_STATUS Cm5RegisterSap(NDIS_HANDLE CallMgrAfContext, PCO_SAP Sap, NDIS_HANDLE NdisSapHandle,
                           PNDIS_HANDLE CallMgrSapContext);
NDIS_STATUS Cm5DeregisterSap(NDIS_HANDLE CallMgrSapContext);
NDIS_STATUS Cm5MakeCall(NDIS_HANDLE CallMgrVcContext, PCO_CALL_PARAMETERS CallParameters, NDIS_HANDLE NdisPartyHandle,
                        PNDIS_HANDLE CallMgrPartyContext);
NDIS_STATUS Cm5CloseCall(NDIS_HANDLE CallMgrVcContext, NDIS_HANDLE CallMgrPartyContext, PVOID CloseData, UINT Size);
NDIS_STATUS Cm5ModifyCallQoS(NDIS_HANDLE CallMgrVcContext, PCO_CALL_PARAMETERS CallParameters);
VOID Cm5IncomingCallComplete(NDIS_STATUS Status, NDIS_HANDLE CallMgrVcContext, PCO_CALL_PARAMETERS CallParameters);
NDIS_STATUS Cm5AddParty(NDIS_HANDLE CallMgrVcContext, PCO_CALL_PARAMETERS CallParameters, NDIS_HANDLE NdisPartyHandle,
                        PNDIS_HANDLE CallMgrPartyContext);
NDIS_STATUS Cm5DropParty(NDIS_HANDLE CallMgrPartyContext, PVOID CloseData, UINT Size);
VOID Cm5ActivateVcComplete(NDIS_STATUS Status, NDIS_HANDLE CallMgrVcContext, PCO_CALL_PARAMETERS CallParameters);
VOID Cm5DeactivateVcComplete(NDIS_STATUS Status, NDIS_HANDLE CallMgrVcContext);
NDIS_STATUS Cm5Request(NDIS_HANDLE ProtocolAfContext, NDIS_HANDLE ProtocolVcContext,
                       NDIS_HANDLE ProtocolPartyContext, PNDIS_REQUEST NdisRequest);
VOID Cm5CoRequestComplete(NDIS_STATUS Status, NDIS_HANDLE ProtocolAfContext, NDIS_HANDLE ProtocolVcContext,
                          NDIS_HANDLE ProtocolPartyContext, PNDIS_REQUEST NdisRequest);

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_PROTOCOL_CHARACTERISTICS Characteristics;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);

    DriverObject->DriverUnload = Cm5Unload;

    NdisZeroMemory(&Characteristics, sizeof(Characteristics));
    Characteristics.MajorNdisVersion = 5;
    Characteristics.MinorNdisVersion = 1;
    NdisInitUnicodeString(&Characteristics.Name, L"Cm5");
    Characteristics.BindAdapterHandler = Cm5BindAdapter;
    Characteristics.UnbindAdapterHandler = Cm5UnbindAdapter;
    Characteristics.OpenAdapterCompleteHandler = Cm5OpenAdapterComplete;
    Characteristics.CloseAdapterCompleteHandler = Cm5CloseAdapterComplete;
    Characteristics.PnPEventHandler = Cm5PnPEvent;
    Characteristics.ResetCompleteHandler = Cm5ResetComplete;
    Characteristics.RequestCompleteHandler = Cm5RequestComplete;
    Characteristics.StatusHandler = Cm5Status;
    Characteristics.StatusCompleteHandler = Cm5StatusComplete;
    Characteristics.SendCompleteHandler = Cm5SendComplete;
    Characteristics.TransferDataCompleteHandler = Cm5TransferDataComplete;
    Characteristics.ReceiveHandler = Cm5Receive;
    Characteristics.ReceiveCompleteHandler = Cm5ReceiveComplete;
    Characteristics.CoStatusHandler = Cm5CoStatus;
    Characteristics.CoReceivePacketHandler = Cm5CoReceivePacket;
    Characteristics.CoSendCompleteHandler = Cm5CoSendComplete;
    Characteristics.CoAfRegisterNotifyHandler = Cm5CoAfRegisterNotify;

    NdisRegisterProtocol(&Status, &Cm5ProtocolHandle, &Characteristics, sizeof(Characteristics));
    return Status;
}

VOID Cm5Unload(PDRIVER_OBJECT DriverObject)
{
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverObject);

    NdisDeregisterProtocol(&Status, Cm5ProtocolHandle);
}

static PVOID Cm5Allocate(UINT Size)
{
    PVOID Memory = NULL;

    if (NdisAllocateMemoryWithTag(&Memory, Size, CM5_TAG) != NDIS_STATUS_SUCCESS)
    {
        return NULL;
    }
    NdisZeroMemory(Memory, Size);
    return Memory;
}

static VOID Cm5Free(PVOID Memory)
{
    NdisFreeMemory(Memory, 0, 0);
}

static NDIS_STATUS Cm5RegisterAddressFamily(PCM5_BINDING Binding)
{
    NDIS_CALL_MANAGER_CHARACTERISTICS Characteristics;
    CO_ADDRESS_FAMILY AddressFamily;

    NdisZeroMemory(&Characteristics, sizeof(Characteristics));
    Characteristics.MajorVersion = 5;
    Characteristics.MinorVersion = 0;
    Characteristics.CmCreateVcHandler = Cm5CreateVc;
    Characteristics.CmDeleteVcHandler = Cm5DeleteVc;
    Characteristics.CmOpenAfHandler = Cm5OpenAf;
    Characteristics.CmCloseAfHandler = Cm5CloseAf;
    Characteristics.CmRegisterSapHandler = Cm5RegisterSap;
    Characteristics.CmDeregisterSapHandler = Cm5DeregisterSap;
    Characteristics.CmMakeCallHandler = Cm5MakeCall;
    Characteristics.CmCloseCallHandler = Cm5CloseCall;
    Characteristics.CmIncomingCallCompleteHandler = Cm5IncomingCallComplete;
    Characteristics.CmAddPartyHandler = Cm5AddParty;
    Characteristics.CmDropPartyHandler = Cm5DropParty;
    Characteristics.CmActivateVcCompleteHandler = Cm5ActivateVcComplete;
    Characteristics.CmDeactivateVcCompleteHandler = Cm5DeactivateVcComplete;
    Characteristics.CmModifyCallQoSHandler = Cm5ModifyCallQoS;
    Characteristics.CmRequestHandler = Cm5Request;
    Characteristics.CmRequestCompleteHandler = Cm5CoRequestComplete;

    NdisZeroMemory(&AddressFamily, sizeof(AddressFamily));
    AddressFamily.AddressFamily = CO_ADDRESS_FAMILY_Q2931;
    AddressFamily.MajorVersion = 3;
    AddressFamily.MinorVersion = 1;

    return NdisCmRegisterAddressFamily(Binding->BindingHandle, &AddressFamily, &Characteristics,
                                       sizeof(Characteristics));
}

static VOID Cm5CloseBinding(PCM5_BINDING Binding)
{
    NDIS_STATUS Status;

    NdisResetEvent(&Binding->Done);
    NdisCloseAdapter(&Status, Binding->BindingHandle);
    if (Status == NDIS_STATUS_PENDING)
    {
        NdisWaitEvent(&Binding->Done, 0);
    }
    Cm5Free(Binding);
}

VOID Cm5BindAdapter(PNDIS_STATUS Status, NDIS_HANDLE BindContext, PNDIS_STRING DeviceName, PVOID SystemSpecific1,
                    PVOID SystemSpecific2)
{
    NDIS_MEDIUM Media[] = {NdisMediumAtm};
    UINT SelectedMedium;
    NDIS_STATUS OpenErrorStatus;
    PCM5_BINDING Binding = (PCM5_BINDING)Cm5Allocate(sizeof(CM5_BINDING));

    UNREFERENCED_PARAMETER(BindContext);
    UNREFERENCED_PARAMETER(SystemSpecific1);
    UNREFERENCED_PARAMETER(SystemSpecific2);

    if (Binding == NULL)
    {
        *Status = NDIS_STATUS_RESOURCES;
        return;
    }
    NdisInitializeEvent(&Binding->Done);
    NdisOpenAdapter(Status, &OpenErrorStatus, &Binding->BindingHandle, &SelectedMedium, Media, 1, Cm5ProtocolHandle,
                    Binding, DeviceName, 0, NULL);
    if (*Status == NDIS_STATUS_PENDING)
    {
        NdisWaitEvent(&Binding->Done, 0);
        *Status = Binding->Status;
    }
    if (*Status != NDIS_STATUS_SUCCESS)
    {
        Cm5Free(Binding);
        return;
    }
    *Status = Cm5RegisterAddressFamily(Binding);
    if (*Status != NDIS_STATUS_SUCCESS)
    {
        Cm5CloseBinding(Binding);
    }
}

VOID Cm5UnbindAdapter(PNDIS_STATUS Status, NDIS_HANDLE ProtocolBindingContext, NDIS_HANDLE UnbindContext)
{
    UNREFERENCED_PARAMETER(UnbindContext);

    Cm5CloseBinding((PCM5_BINDING)ProtocolBindingContext);
    *Status = NDIS_STATUS_SUCCESS;
}

VOID Cm5OpenAdapterComplete(NDIS_HANDLE ProtocolBindingContext, NDIS_STATUS Status, NDIS_STATUS OpenErrorStatus)
{
    PCM5_BINDING Binding = (PCM5_BINDING)ProtocolBindingContext;

    UNREFERENCED_PARAMETER(OpenErrorStatus);

    Binding->Status = Status;
    NdisSetEvent(&Binding->Done);
}

VOID Cm5CloseAdapterComplete(NDIS_HANDLE ProtocolBindingContext, NDIS_STATUS Status)
{
    PCM5_BINDING Binding = (PCM5_BINDING)ProtocolBindingContext;

    UNREFERENCED_PARAMETER(Status);

    NdisSetEvent(&Binding->Done);
}

NDIS_STATUS Cm5PnPEvent(NDIS_HANDLE ProtocolBindingContext, PNET_PNP_EVENT NetPnPEvent)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(NetPnPEvent);

    return NDIS_STATUS_SUCCESS;
}

VOID Cm5ResetComplete(NDIS_HANDLE ProtocolBindingContext, NDIS_STATUS Status)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(Status);
}

VOID Cm5RequestComplete(NDIS_HANDLE ProtocolBindingContext, PNDIS_REQUEST NdisRequest, NDIS_STATUS Status)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(NdisRequest);
    UNREFERENCED_PARAMETER(Status);
}

VOID Cm5Status(NDIS_HANDLE ProtocolBindingContext, NDIS_STATUS GeneralStatus, PVOID StatusBuffer,
               UINT StatusBufferSize)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(GeneralStatus);
    UNREFERENCED_PARAMETER(StatusBuffer);
    UNREFERENCED_PARAMETER(StatusBufferSize);
}

VOID Cm5StatusComplete(NDIS_HANDLE ProtocolBindingContext)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
}

VOID Cm5SendComplete(NDIS_HANDLE ProtocolBindingContext, PNDIS_PACKET Packet, NDIS_STATUS Status)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(Packet);
    UNREFERENCED_PARAMETER(Status);
}

VOID Cm5TransferDataComplete(NDIS_HANDLE ProtocolBindingContext, PNDIS_PACKET Packet, NDIS_STATUS Status,
                             UINT BytesTransferred)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(Packet);
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(BytesTransferred);
}

NDIS_STATUS Cm5Receive(NDIS_HANDLE ProtocolBindingContext, NDIS_HANDLE MacReceiveContext, PVOID HeaderBuffer,
                       UINT HeaderBufferSize, PVOID LookAheadBuffer, UINT LookaheadBufferSize, UINT PacketSize)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(MacReceiveContext);
    UNREFERENCED_PARAMETER(HeaderBuffer);
    UNREFERENCED_PARAMETER(HeaderBufferSize);
    UNREFERENCED_PARAMETER(LookAheadBuffer);
    UNREFERENCED_PARAMETER(LookaheadBufferSize);
    UNREFERENCED_PARAMETER(PacketSize);

    return NDIS_STATUS_NOT_ACCEPTED;
}

VOID Cm5ReceiveComplete(NDIS_HANDLE ProtocolBindingContext)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
}

VOID Cm5CoStatus(NDIS_HANDLE ProtocolBindingContext, NDIS_HANDLE ProtocolVcContext, NDIS_STATUS GeneralStatus,
                 PVOID StatusBuffer, UINT StatusBufferSize)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(GeneralStatus);
    UNREFERENCED_PARAMETER(StatusBuffer);
    UNREFERENCED_PARAMETER(StatusBufferSize);
}

UINT Cm5CoReceivePacket(NDIS_HANDLE ProtocolBindingContext, NDIS_HANDLE ProtocolVcContext, PNDIS_PACKET Packet)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(Packet);

    /* No references: the packet goes back at once. */
    return 0;
}

VOID Cm5CoSendComplete(NDIS_STATUS Status, NDIS_HANDLE ProtocolVcContext, PNDIS_PACKET Packet)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(Packet);
}

VOID Cm5CoAfRegisterNotify(NDIS_HANDLE ProtocolBindingContext, PCO_ADDRESS_FAMILY AddressFamily)
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(AddressFamily);
}

NDIS_STATUS Cm5OpenAf(NDIS_HANDLE CallMgrBindingContext, PCO_ADDRESS_FAMILY AddressFamily, NDIS_HANDLE NdisAfHandle,
                      PNDIS_HANDLE CallMgrAfContext)
{
    PCM5_AF Af;

    if (AddressFamily->AddressFamily != CO_ADDRESS_FAMILY_Q2931)
    {
        return NDIS_STATUS_BAD_VERSION;
    }
    Af = (PCM5_AF)Cm5Allocate(sizeof(CM5_AF));
    if (Af == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    Af->Binding = (PCM5_BINDING)CallMgrBindingContext;
    Af->AfHandle = NdisAfHandle;
    *CallMgrAfContext = Af;
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS Cm5CloseAf(NDIS_HANDLE CallMgrAfContext)
{
    Cm5Free(CallMgrAfContext);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS Cm5RegisterSap(NDIS_HANDLE CallMgrAfContext, PCO_SAP Sap, NDIS_HANDLE NdisSapHandle,
                           PNDIS_HANDLE CallMgrSapContext)
{
    /* The network offers no calls on these circuits, so there is nothing that a SAP could receive. */
    UNREFERENCED_PARAMETER(CallMgrAfContext);
    UNREFERENCED_PARAMETER(Sap);
    UNREFERENCED_PARAMETER(NdisSapHandle);
    UNREFERENCED_PARAMETER(CallMgrSapContext);

    return NDIS_STATUS_NOT_SUPPORTED;
}

NDIS_STATUS Cm5DeregisterSap(NDIS_HANDLE CallMgrSapContext)
{
    UNREFERENCED_PARAMETER(CallMgrSapContext);

    return NDIS_STATUS_NOT_SUPPORTED;
}

NDIS_STATUS Cm5CreateVc(NDIS_HANDLE ProtocolAfContext, NDIS_HANDLE NdisVcHandle, PNDIS_HANDLE ProtocolVcContext)
{
    PCM5_VC Vc = (PCM5_VC)Cm5Allocate(sizeof(CM5_VC));

    if (Vc == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    Vc->Af = (PCM5_AF)ProtocolAfContext;
    Vc->VcHandle = NdisVcHandle;
    *ProtocolVcContext = Vc;
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS Cm5DeleteVc(NDIS_HANDLE ProtocolVcContext)
{
    PCM5_VC Vc = (PCM5_VC)ProtocolVcContext;

    if (Vc->Active)
    {
        return NDIS_STATUS_NOT_ACCEPTED;
    }
    Cm5Free(Vc);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS Cm5MakeCall(NDIS_HANDLE CallMgrVcContext, PCO_CALL_PARAMETERS CallParameters, NDIS_HANDLE NdisPartyHandle,
                        PNDIS_HANDLE CallMgrPartyContext)
{
    PCM5_VC Vc = (PCM5_VC)CallMgrVcContext;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(CallMgrPartyContext);

    if (NdisPartyHandle != NULL || CallParameters->MediaParameters == NULL)
    {
        return NDIS_STATUS_NOT_SUPPORTED;
    }
    Vc->CallParameters = CallParameters;
    Status = NdisCmActivateVc(Vc->VcHandle, CallParameters);
    if (Status != NDIS_STATUS_PENDING)
    {
        Cm5ActivateVcComplete(Status, Vc, CallParameters);
    }
    return NDIS_STATUS_PENDING;
}

VOID Cm5ActivateVcComplete(NDIS_STATUS Status, NDIS_HANDLE CallMgrVcContext, PCO_CALL_PARAMETERS CallParameters)
{
    PCM5_VC Vc = (PCM5_VC)CallMgrVcContext;

    Vc->Active = (BOOLEAN)(Status == NDIS_STATUS_SUCCESS);
    Vc->CallParameters = NULL;
    NdisCmMakeCallComplete(Status, Vc->VcHandle, NULL, NULL, CallParameters);
}

NDIS_STATUS Cm5CloseCall(NDIS_HANDLE CallMgrVcContext, NDIS_HANDLE CallMgrPartyContext, PVOID CloseData, UINT Size)
{
    PCM5_VC Vc = (PCM5_VC)CallMgrVcContext;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(CallMgrPartyContext);
    UNREFERENCED_PARAMETER(Size);

    if (CloseData != NULL)
    {
        return NDIS_STATUS_INVALID_DATA;
    }
    Status = NdisCmDeactivateVc(Vc->VcHandle);
    if (Status != NDIS_STATUS_PENDING)
    {
        Cm5DeactivateVcComplete(Status, Vc);
    }
    return NDIS_STATUS_PENDING;
}

VOID Cm5DeactivateVcComplete(NDIS_STATUS Status, NDIS_HANDLE CallMgrVcContext)
{
    PCM5_VC Vc = (PCM5_VC)CallMgrVcContext;

    UNREFERENCED_PARAMETER(Status);

    Vc->Active = FALSE;
    NdisCmCloseCallComplete(NDIS_STATUS_SUCCESS, Vc->VcHandle, NULL);
}

NDIS_STATUS Cm5ModifyCallQoS(NDIS_HANDLE CallMgrVcContext, PCO_CALL_PARAMETERS CallParameters)
{
    UNREFERENCED_PARAMETER(CallMgrVcContext);
    UNREFERENCED_PARAMETER(CallParameters);

    return NDIS_STATUS_NOT_SUPPORTED;
}

VOID Cm5IncomingCallComplete(NDIS_STATUS Status, NDIS_HANDLE CallMgrVcContext, PCO_CALL_PARAMETERS CallParameters)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(CallMgrVcContext);
    UNREFERENCED_PARAMETER(CallParameters);
}

NDIS_STATUS Cm5AddParty(NDIS_HANDLE CallMgrVcContext, PCO_CALL_PARAMETERS CallParameters, NDIS_HANDLE NdisPartyHandle,
                        PNDIS_HANDLE CallMgrPartyContext)
{
    UNREFERENCED_PARAMETER(CallMgrVcContext);
    UNREFERENCED_PARAMETER(CallParameters);
    UNREFERENCED_PARAMETER(NdisPartyHandle);
    UNREFERENCED_PARAMETER(CallMgrPartyContext);

    return NDIS_STATUS_NOT_SUPPORTED;
}

NDIS_STATUS Cm5DropParty(NDIS_HANDLE CallMgrPartyContext, PVOID CloseData, UINT Size)
{
    UNREFERENCED_PARAMETER(CallMgrPartyContext);
    UNREFERENCED_PARAMETER(CloseData);
    UNREFERENCED_PARAMETER(Size);

    return NDIS_STATUS_NOT_SUPPORTED;
}

NDIS_STATUS Cm5Request(NDIS_HANDLE ProtocolAfContext, NDIS_HANDLE ProtocolVcContext,
                       NDIS_HANDLE ProtocolPartyContext, PNDIS_REQUEST NdisRequest)
{
    UNREFERENCED_PARAMETER(ProtocolAfContext);
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(ProtocolPartyContext);
    UNREFERENCED_PARAMETER(NdisRequest);

    return NDIS_STATUS_NOT_SUPPORTED;
}

VOID Cm5CoRequestComplete(NDIS_STATUS Status, NDIS_HANDLE ProtocolAfContext, NDIS_HANDLE ProtocolVcContext,
                          NDIS_HANDLE ProtocolPartyContext, PNDIS_REQUEST NdisRequest)
{
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(ProtocolAfContext);
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(ProtocolPartyContext);
    UNREFERENCED_PARAMETER(NdisRequest);
}
