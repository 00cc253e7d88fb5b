#include "loop.h"

NDIS_HANDLE LoopDriverHandle;

PVOID LoopAllocate(ULONG Size)
{
    PVOID Memory = NdisAllocateMemoryWithTagPriority(LoopDriverHandle, Size, LOOP_POOL_TAG, NormalPoolPriority);

    if (Memory != NULL)
    {
        NdisZeroMemory(Memory, Size);
    }
    return Memory;
}

VOID LoopFree(PVOID Memory)
{
    NdisFreeMemory(Memory, 0, 0);
}

_Use_decl_annotations_
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Characteristics = {
        .Header =
            {
                .Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS,
                .Revision = LOOP_DRIVER_REVISION,
                .Size = LOOP_DRIVER_SIZE,
            },
        .MajorNdisVersion = NDIS_MINIPORT_MAJOR_VERSION,
        .MinorNdisVersion = NDIS_MINIPORT_MINOR_VERSION,
        .MajorDriverVersion = 1,
        .MinorDriverVersion = 0,
        .SetOptionsHandler = LoopSetOptions,
        .InitializeHandlerEx = LoopInitializeEx,
        .HaltHandlerEx = LoopHaltEx,
        .UnloadHandler = LoopUnload,
        .PauseHandler = LoopPause,
        .RestartHandler = LoopRestart,
        .OidRequestHandler = LoopOidRequest,
        .SendNetBufferListsHandler = LoopSendNetBufferLists,
        .ReturnNetBufferListsHandler = LoopReturnNetBufferLists,
        .CancelSendHandler = LoopCancelSend,
        .DevicePnPEventNotifyHandler = LoopDevicePnPEventNotify,
        .ShutdownHandlerEx = LoopShutdownEx,
        .CancelOidRequestHandler = LoopCancelOidRequest,
    };

    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Characteristics, &LoopDriverHandle);
}

_Use_decl_annotations_
VOID LoopUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);

    NdisMDeregisterMiniportDriver(LoopDriverHandle);
}

_Use_decl_annotations_
NDIS_STATUS LoopSetOptions(NDIS_HANDLE NdisDriverHandle, NDIS_HANDLE DriverContext)
{
    /* An MCM creates and deletes VCs in the call manager's handlers, so the miniport's two stay NULL. */
    NDIS_MINIPORT_CO_CHARACTERISTICS CoCharacteristics = {
        .Header =
            {
                .Type = NDIS_OBJECT_TYPE_CO_MINIPORT_CHARACTERISTICS,
                .Revision = NDIS_MINIPORT_CO_CHARACTERISTICS_REVISION_1,
                .Size = NDIS_SIZEOF_MINIPORT_CO_CHARACTERISTICS_REVISION_1,
            },
        .CoCreateVcHandler = NULL,
        .CoDeleteVcHandler = NULL,
        .CoActivateVcHandler = LoopCoActivateVc,
        .CoDeactivateVcHandler = LoopCoDeactivateVc,
        .CoSendNetBufferListsHandler = LoopCoSendNetBufferLists,
        .CoOidRequestHandler = LoopCoOidRequest,
    };
    NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS CallManager = {
        .Header =
            {
                .Type = NDIS_OBJECT_TYPE_CO_CALL_MANAGER_OPTIONAL_HANDLERS,
                .Revision = NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS_REVISION_1,
                /* The constant of revision 1 ends before the last member. */
                .Size = sizeof(NDIS_CO_CALL_MANAGER_OPTIONAL_HANDLERS),
            },
        .CmCreateVcHandler = LoopCmCreateVc,
        .CmDeleteVcHandler = LoopCmDeleteVc,
        .CmOpenAfHandler = LoopCmOpenAf,
        .CmCloseAfHandler = LoopCmCloseAf,
        .CmRegisterSapHandler = LoopCmRegisterSap,
        .CmDeregisterSapHandler = LoopCmDeregisterSap,
        .CmMakeCallHandler = LoopCmMakeCall,
        .CmCloseCallHandler = LoopCmCloseCall,
        .CmIncomingCallCompleteHandler = LoopCmIncomingCallComplete,
        .CmAddPartyHandler = LoopCmAddParty,
        .CmDropPartyHandler = LoopCmDropParty,
        .CmActivateVcCompleteHandler = LoopCmActivateVcComplete,
        .CmDeactivateVcCompleteHandler = LoopCmDeactivateVcComplete,
        .CmModifyCallQoSHandler = LoopCmModifyCallQoS,
        .CmOidRequestHandler = LoopCmOidRequest,
        .CmOidRequestCompleteHandler = LoopCmOidRequestComplete,
        .CmNotifyCloseAfCompleteHandler = LoopCmNotifyCloseAfComplete,
    };
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(DriverContext);

    Status = NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&CoCharacteristics);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        return Status;
    }
    return NdisSetOptionalHandlers(NdisDriverHandle, (PNDIS_DRIVER_OPTIONAL_HANDLERS)&CallManager);
}
