#include "precomp.h"

/*
 * Asks the miniport for its speed and waits for the answer. Called while binding, at PASSIVE_LEVEL, so that a call
 * for more than the adapter carries can be refused. A miniport that does not tell sets no limit.
 */
VOID
LcmQueryLinkSpeed(
    PLCM_BINDING Binding
    )
{
    NDIS_OID_REQUEST Request;
    NDIS_STATUS Status;

    NdisZeroMemory(&Request, sizeof(Request));
    Request.Header.Type = NDIS_OBJECT_TYPE_OID_REQUEST;
    Request.Header.Revision = NDIS_OID_REQUEST_REVISION_1;
    Request.Header.Size = NDIS_SIZEOF_OID_REQUEST_REVISION_1;
    Request.RequestType = NdisRequestQueryInformation;
    Request.DATA.QUERY_INFORMATION.Oid = OID_GEN_CO_LINK_SPEED;
    Request.DATA.QUERY_INFORMATION.InformationBuffer = &Binding->LinkSpeed;
    Request.DATA.QUERY_INFORMATION.InformationBufferLength = sizeof(Binding->LinkSpeed);

    Status = NdisCoOidRequest(Binding->BindingHandle, NULL, NULL, NULL, &Request);
    if (Status == NDIS_STATUS_PENDING)
    {
        NdisWaitEvent(&Binding->OidDone, 0);
        Status = Binding->OidStatus;
    }
    if (Status != NDIS_STATUS_SUCCESS)
    {
        Binding->LinkSpeed.Outbound = MAXULONG;
        Binding->LinkSpeed.Inbound = MAXULONG;
    }
}

static VOID
LcmOidDone(
    PLCM_BINDING Binding,
    NDIS_STATUS Status
    )
{
    Binding->OidStatus = Status;
    NdisSetEvent(&Binding->OidDone);
}

/* Completes a request that was made before the address family was registered. */
_Use_decl_annotations_
VOID
LcmOidRequestComplete(
    NDIS_HANDLE ProtocolBindingContext,
    PNDIS_OID_REQUEST OidRequest,
    NDIS_STATUS Status
    )
{
    UNREFERENCED_PARAMETER(OidRequest);

    LcmOidDone((PLCM_BINDING)ProtocolBindingContext, Status);
}

_Use_decl_annotations_
VOID
LcmDirectOidRequestComplete(
    NDIS_HANDLE ProtocolBindingContext,
    PNDIS_OID_REQUEST OidRequest,
    NDIS_STATUS Status
    )
{
    UNREFERENCED_PARAMETER(ProtocolBindingContext);
    UNREFERENCED_PARAMETER(OidRequest);
    UNREFERENCED_PARAMETER(Status);
}

_Use_decl_annotations_
VOID
LcmCmOidRequestComplete(
    NDIS_HANDLE ProtocolAfContext,
    NDIS_HANDLE ProtocolVcContext,
    NDIS_HANDLE ProtocolPartyContext,
    PNDIS_OID_REQUEST OidRequest,
    NDIS_STATUS Status
    )
{
    /* The only request of this driver carries a buffer inside the binding that made it. */
    PLCM_BINDING Binding =
        CONTAINING_RECORD(OidRequest->DATA.QUERY_INFORMATION.InformationBuffer, LCM_BINDING, LinkSpeed);

    UNREFERENCED_PARAMETER(ProtocolAfContext);
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(ProtocolPartyContext);

    LcmOidDone(Binding, Status);
}

/* This call manager hands out no addresses: clients name themselves by the SAPs that they register. */
static NDIS_STATUS
LcmQueryAddresses(
    PNDIS_OID_REQUEST OidRequest
    )
{
    PCO_ADDRESS_LIST List = (PCO_ADDRESS_LIST)OidRequest->DATA.QUERY_INFORMATION.InformationBuffer;
    ULONG Length = FIELD_OFFSET(CO_ADDRESS_LIST, AddressList);

    if (OidRequest->DATA.QUERY_INFORMATION.InformationBufferLength < Length)
    {
        OidRequest->DATA.QUERY_INFORMATION.BytesNeeded = Length;
        return NDIS_STATUS_BUFFER_TOO_SHORT;
    }
    List->NumberOfAddressesAvailable = 0;
    List->NumberOfAddresses = 0;
    OidRequest->DATA.QUERY_INFORMATION.BytesWritten = Length;
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
NDIS_STATUS
LcmCmOidRequest(
    NDIS_HANDLE ProtocolAfContext,
    NDIS_HANDLE ProtocolVcContext,
    NDIS_HANDLE ProtocolPartyContext,
    PNDIS_OID_REQUEST OidRequest
    )
{
    UNREFERENCED_PARAMETER(ProtocolAfContext);
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(ProtocolPartyContext);

    if (OidRequest->RequestType == NdisRequestQueryInformation &&
        OidRequest->DATA.QUERY_INFORMATION.Oid == OID_CO_GET_ADDRESSES)
    {
        return LcmQueryAddresses(OidRequest);
    }
    return NDIS_STATUS_NOT_SUPPORTED;
}
