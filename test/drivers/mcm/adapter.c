#include "loop.h"

VOID LoopDereferenceAdapter(PLOOP_ADAPTER Adapter)
{
    if (NdisInterlockedDecrement(&Adapter->References) == 0)
    {
        NdisSetEvent(&Adapter->Unused);
    }
}

static VOID LoopFreeAdapter(PLOOP_ADAPTER Adapter)
{
    if (Adapter->PoolHandle != NULL)
    {
        NdisFreeNetBufferListPool(Adapter->PoolHandle);
    }
    NdisFreeSpinLock(&Adapter->Lock);
    LoopFree(Adapter);
}

static NDIS_STATUS LoopSetRegistrationAttributes(PLOOP_ADAPTER Adapter)
{
    NDIS_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES Attributes = {
        .Header =
            {
                .Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_REGISTRATION_ATTRIBUTES,
                .Revision = LOOP_REGISTRATION_REVISION,
                .Size = LOOP_REGISTRATION_SIZE,
            },
        .MiniportAdapterContext = Adapter,
        .AttributeFlags = NDIS_MINIPORT_ATTRIBUTES_SURPRISE_REMOVE_OK | NDIS_MINIPORT_ATTRIBUTES_NO_HALT_ON_SUSPEND,
        .InterfaceType = NdisInterfaceInternal,
    };

    return NdisMSetMiniportAttributes(Adapter->AdapterHandle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Attributes);
}

static NDIS_STATUS LoopSetGeneralAttributes(PLOOP_ADAPTER Adapter)
{
    NDIS_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES Attributes = {
        .Header =
            {
                .Type = NDIS_OBJECT_TYPE_MINIPORT_ADAPTER_GENERAL_ATTRIBUTES,
                .Revision = LOOP_GENERAL_REVISION,
                .Size = LOOP_GENERAL_SIZE,
            },
        .MediaType = LOOP_MEDIUM,
        .PhysicalMediumType = NdisPhysicalMediumUnspecified,
        .MtuSize = LOOP_MTU,
        .MaxXmitLinkSpeed = LOOP_LINK_SPEED,
        .XmitLinkSpeed = LOOP_LINK_SPEED,
        .MaxRcvLinkSpeed = LOOP_LINK_SPEED,
        .RcvLinkSpeed = LOOP_LINK_SPEED,
        .MediaConnectState = MediaConnectStateConnected,
        .MediaDuplexState = MediaDuplexStateFull,
        .LookaheadSize = LOOP_MTU,
        .MacOptions = NDIS_MAC_OPTION_NO_LOOPBACK,
        .AccessType = NET_IF_ACCESS_POINT_TO_POINT,
        .DirectionType = NET_IF_DIRECTION_SENDRECEIVE,
        .ConnectionType = NET_IF_CONNECTION_DEDICATED,
        .IfType = IF_TYPE_ATM,
        .SupportedStatistics = NDIS_STATISTICS_XMIT_OK_SUPPORTED | NDIS_STATISTICS_XMIT_ERROR_SUPPORTED |
                               NDIS_STATISTICS_RCV_OK_SUPPORTED,
        .SupportedOidList = LoopSupportedOids,
        .SupportedOidListLength = sizeof(LoopSupportedOids),
    };

    return NdisMSetMiniportAttributes(Adapter->AdapterHandle, (PNDIS_MINIPORT_ADAPTER_ATTRIBUTES)&Attributes);
}

static NDIS_STATUS LoopAllocatePool(PLOOP_ADAPTER Adapter)
{
    NET_BUFFER_LIST_POOL_PARAMETERS PoolParameters = {
        .Header =
            {
                .Type = NDIS_OBJECT_TYPE_DEFAULT,
                .Revision = NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
                .Size = NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
            },
        .ProtocolId = NDIS_PROTOCOL_ID_DEFAULT,
        .fAllocateNetBuffer = TRUE,
        .PoolTag = LOOP_POOL_TAG,
    };

    Adapter->PoolHandle = NdisAllocateNetBufferListPool(Adapter->AdapterHandle, &PoolParameters);
    return Adapter->PoolHandle != NULL ? NDIS_STATUS_SUCCESS : NDIS_STATUS_RESOURCES;
}

static NDIS_STATUS LoopRegisterAddressFamily(PLOOP_ADAPTER Adapter)
{
    CO_ADDRESS_FAMILY AddressFamily = {
        .AddressFamily = LOOP_ADDRESS_FAMILY,
        .MajorVersion = LOOP_MAJOR_VERSION,
        .MinorVersion = LOOP_MINOR_VERSION,
    };

    return NdisMCmRegisterAddressFamilyEx(Adapter->AdapterHandle, &AddressFamily);
}

_Use_decl_annotations_
NDIS_STATUS LoopInitializeEx(NDIS_HANDLE NdisMiniportHandle, NDIS_HANDLE MiniportDriverContext,
                             PNDIS_MINIPORT_INIT_PARAMETERS MiniportInitParameters)
{
    PLOOP_ADAPTER Adapter;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(MiniportDriverContext);
    UNREFERENCED_PARAMETER(MiniportInitParameters);

    Adapter = (PLOOP_ADAPTER)LoopAllocate(sizeof(LOOP_ADAPTER));
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

    Status = LoopSetRegistrationAttributes(Adapter);
    if (Status == NDIS_STATUS_SUCCESS)
    {
        Status = LoopSetGeneralAttributes(Adapter);
    }
    if (Status == NDIS_STATUS_SUCCESS)
    {
        Status = LoopAllocatePool(Adapter);
    }
    if (Status == NDIS_STATUS_SUCCESS)
    {
        /* Last of all: from now on clients may come. */
        Status = LoopRegisterAddressFamily(Adapter);
    }
    if (Status != NDIS_STATUS_SUCCESS)
    {
        LoopFreeAdapter(Adapter);
    }
    return Status;
}

_Use_decl_annotations_
VOID LoopHaltEx(NDIS_HANDLE MiniportAdapterContext, NDIS_HALT_ACTION HaltAction)
{
    PLOOP_ADAPTER Adapter = (PLOOP_ADAPTER)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(HaltAction);

    NdisAcquireSpinLock(&Adapter->Lock);
    Adapter->Closing = TRUE;
    NdisReleaseSpinLock(&Adapter->Lock);

    LoopCloseAddressFamilies(Adapter);

    LoopDereferenceAdapter(Adapter);
    NdisWaitEvent(&Adapter->Unused, 0);
    LoopFreeAdapter(Adapter);
}

_Use_decl_annotations_
NDIS_STATUS LoopPause(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_PAUSE_PARAMETERS PauseParameters)
{
    PLOOP_ADAPTER Adapter = (PLOOP_ADAPTER)MiniportAdapterContext;
    NDIS_STATUS Status = NDIS_STATUS_SUCCESS;

    UNREFERENCED_PARAMETER(PauseParameters);

    NdisAcquireSpinLock(&Adapter->Lock);
    Adapter->Paused = TRUE;
    if (Adapter->Transfers != 0)
    {
        /* The return of the last list completes the pause. */
        Adapter->PausePending = TRUE;
        Status = NDIS_STATUS_PENDING;
    }
    NdisReleaseSpinLock(&Adapter->Lock);
    return Status;
}

_Use_decl_annotations_
NDIS_STATUS LoopRestart(NDIS_HANDLE MiniportAdapterContext, PNDIS_MINIPORT_RESTART_PARAMETERS RestartParameters)
{
    PLOOP_ADAPTER Adapter = (PLOOP_ADAPTER)MiniportAdapterContext;

    UNREFERENCED_PARAMETER(RestartParameters);

    NdisAcquireSpinLock(&Adapter->Lock);
    Adapter->Paused = FALSE;
    NdisReleaseSpinLock(&Adapter->Lock);
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID LoopDevicePnPEventNotify(NDIS_HANDLE MiniportAdapterContext, PNET_DEVICE_PNP_EVENT NetDevicePnPEvent)
{
    /* There is no device that could be pulled out or change its power source. */
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(NetDevicePnPEvent);
}

_Use_decl_annotations_
VOID LoopShutdownEx(NDIS_HANDLE MiniportAdapterContext, NDIS_SHUTDOWN_ACTION ShutdownAction)
{
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(ShutdownAction);
}
