#include "loop.h"

NDIS_OID LoopSupportedOids[] = {
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

C_ASSERT(sizeof(LoopSupportedOids) == LOOP_OID_COUNT * sizeof(NDIS_OID));

static const CHAR LoopDescription[] = "Loopback adapter";

static NDIS_STATUS LoopAnswer(PNDIS_OID_REQUEST OidRequest, const VOID *Data, ULONG Length)
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

static NDIS_STATUS LoopAnswerUlong(PNDIS_OID_REQUEST OidRequest, ULONG Value)
{
    return LoopAnswer(OidRequest, &Value, sizeof(Value));
}

/* A counter goes into eight bytes or, where the buffer has no more, into four. */
static NDIS_STATUS LoopAnswerCount(PNDIS_OID_REQUEST OidRequest, ULONG64 Value)
{
    if (OidRequest->DATA.QUERY_INFORMATION.InformationBufferLength < sizeof(Value))
    {
        return LoopAnswerUlong(OidRequest, (ULONG)Value);
    }
    return LoopAnswer(OidRequest, &Value, sizeof(Value));
}

static NDIS_STATUS LoopQuery(PLOOP_ADAPTER Adapter, PNDIS_OID_REQUEST OidRequest)
{
    NDIS_CO_LINK_SPEED LinkSpeed;
    USHORT NdisVersion;

    switch (OidRequest->DATA.QUERY_INFORMATION.Oid)
    {
    case OID_GEN_CO_SUPPORTED_LIST:
        return LoopAnswer(OidRequest, LoopSupportedOids, sizeof(LoopSupportedOids));
    case OID_GEN_CO_HARDWARE_STATUS:
        return LoopAnswerUlong(OidRequest, NdisHardwareStatusReady);
    case OID_GEN_CO_MEDIA_SUPPORTED:
    case OID_GEN_CO_MEDIA_IN_USE:
        return LoopAnswerUlong(OidRequest, LOOP_MEDIUM);
    case OID_GEN_CO_LINK_SPEED:
    case OID_GEN_CO_MINIMUM_LINK_SPEED:
        /* In units of 100 bits per second. */
        LinkSpeed.Outbound = (ULONG)(LOOP_LINK_SPEED / 100);
        LinkSpeed.Inbound = (ULONG)(LOOP_LINK_SPEED / 100);
        return LoopAnswer(OidRequest, &LinkSpeed, sizeof(LinkSpeed));
    case OID_GEN_CO_VENDOR_ID:
        return LoopAnswerUlong(OidRequest, LOOP_VENDOR_ID);
    case OID_GEN_CO_VENDOR_DESCRIPTION:
        return LoopAnswer(OidRequest, LoopDescription, sizeof(LoopDescription));
    case OID_GEN_CO_DRIVER_VERSION:
        NdisVersion = (USHORT)((NDIS_MINIPORT_MAJOR_VERSION << 8) | NDIS_MINIPORT_MINOR_VERSION);
        return LoopAnswer(OidRequest, &NdisVersion, sizeof(NdisVersion));
    case OID_GEN_CO_VENDOR_DRIVER_VERSION:
        return LoopAnswerUlong(OidRequest, LOOP_DRIVER_VERSION);
    case OID_GEN_CO_MAC_OPTIONS:
        return LoopAnswerUlong(OidRequest, NDIS_MAC_OPTION_NO_LOOPBACK);
    case OID_GEN_CO_MEDIA_CONNECT_STATUS:
        return LoopAnswerUlong(OidRequest, NdisMediaStateConnected);
    case OID_GEN_CO_XMIT_PDUS_OK:
        return LoopAnswerCount(OidRequest, Adapter->SendsDone);
    case OID_GEN_CO_XMIT_PDUS_ERROR:
        return LoopAnswerCount(OidRequest, Adapter->SendsFailed);
    case OID_GEN_CO_RCV_PDUS_OK:
        /* What one client sends, another receives. */
        return LoopAnswerCount(OidRequest, Adapter->SendsDone);
    case OID_GEN_CO_RCV_PDUS_ERROR:
    case OID_GEN_CO_RCV_PDUS_NO_BUFFER:
        return LoopAnswerCount(OidRequest, 0);
    default:
        return NDIS_STATUS_NOT_SUPPORTED;
    }
}

static NDIS_STATUS LoopSet(PNDIS_OID_REQUEST OidRequest)
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

static NDIS_STATUS LoopHandleOid(PLOOP_ADAPTER Adapter, PNDIS_OID_REQUEST OidRequest)
{
    switch (OidRequest->RequestType)
    {
    case NdisRequestQueryInformation:
    case NdisRequestQueryStatistics:
        return LoopQuery(Adapter, OidRequest);
    case NdisRequestSetInformation:
        return LoopSet(OidRequest);
    default:
        return NDIS_STATUS_NOT_SUPPORTED;
    }
}

_Use_decl_annotations_
NDIS_STATUS LoopOidRequest(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest)
{
    return LoopHandleOid((PLOOP_ADAPTER)MiniportAdapterContext, OidRequest);
}

_Use_decl_annotations_
NDIS_STATUS LoopCoOidRequest(NDIS_HANDLE MiniportAdapterContext, NDIS_HANDLE MiniportVcContext,
                             PNDIS_OID_REQUEST NdisRequest)
{
    /* No OID here has another value for one VC than for the adapter. */
    UNREFERENCED_PARAMETER(MiniportVcContext);

    return LoopHandleOid((PLOOP_ADAPTER)MiniportAdapterContext, NdisRequest);
}

_Use_decl_annotations_
VOID LoopCancelOidRequest(NDIS_HANDLE MiniportAdapterContext, PVOID RequestId)
{
    /* Every request is answered before its handler returns: none is left to cancel. */
    UNREFERENCED_PARAMETER(MiniportAdapterContext);
    UNREFERENCED_PARAMETER(RequestId);
}

_Use_decl_annotations_
NDIS_STATUS LoopCmOidRequest(NDIS_HANDLE ProtocolAfContext, NDIS_HANDLE ProtocolVcContext,
                             NDIS_HANDLE ProtocolPartyContext, PNDIS_OID_REQUEST OidRequest)
{
    /* The answer to an OID that this call manager does not know, and it knows none yet. */
    UNREFERENCED_PARAMETER(ProtocolAfContext);
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(ProtocolPartyContext);
    UNREFERENCED_PARAMETER(OidRequest);

    return NDIS_STATUS_NOT_SUPPORTED;
}

_Use_decl_annotations_
VOID LoopCmOidRequestComplete(NDIS_HANDLE ProtocolAfContext, NDIS_HANDLE ProtocolVcContext,
                              NDIS_HANDLE ProtocolPartyContext, PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status)
{
    /* Never called: this driver makes no OID request of a client. */
    UNREFERENCED_PARAMETER(ProtocolAfContext);
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(ProtocolPartyContext);
    UNREFERENCED_PARAMETER(OidRequest);
    UNREFERENCED_PARAMETER(Status);
}
