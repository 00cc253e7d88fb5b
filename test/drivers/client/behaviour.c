#include "echo.h"

static const CHAR EchoProbeText[] = "Is anybody there?";

/* Everybody may call. */
NDIS_STATUS EchoDecideOnCall(PECHO_VC Vc)
{
    return Vc->CallParameters->MediaParameters != NULL ? NDIS_STATUS_SUCCESS : NDIS_STATUS_FAILURE;
}

/* The caller speaks first. */
VOID EchoCallUp(PECHO_VC Vc)
{
    if (!Vc->Incoming && EchoSend(Vc, EchoProbeText, sizeof(EchoProbeText)) != NDIS_STATUS_PENDING)
    {
        EchoCloseCall(Vc);
    }
}

static VOID EchoAnswer(PECHO_VC Vc, PNET_BUFFER NetBuffer)
{
    ULONG Length = NET_BUFFER_DATA_LENGTH(NetBuffer);
    PVOID Storage = EchoAllocate(Length);
    PVOID Data;

    if (Storage == NULL)
    {
        return;
    }
    Data = NdisGetDataBuffer(NetBuffer, Length, Storage, 1, 0);
    if (Data != NULL && EchoSend(Vc, Data, Length) != NDIS_STATUS_PENDING)
    {
        /* A call on which nothing can be sent any more is no use to either side. */
        EchoCloseCall(Vc);
    }
    EchoFree(Storage);
}

/* Called at up to DISPATCH_LEVEL. The lists go back to NDIS afterwards, so what is kept is copied. */
VOID EchoReceived(PECHO_VC Vc, PNET_BUFFER_LIST NetBufferLists)
{
    PNET_BUFFER_LIST NetBufferList;
    PNET_BUFFER NetBuffer;

    if (!Vc->Incoming)
    {
        /* The answer to the probe: that was all. */
        EchoCloseCall(Vc);
        return;
    }
    for (NetBufferList = NetBufferLists; NetBufferList != NULL;
         NetBufferList = NET_BUFFER_LIST_NEXT_NBL(NetBufferList))
    {
        for (NetBuffer = NET_BUFFER_LIST_FIRST_NB(NetBufferList); NetBuffer != NULL;
             NetBuffer = NET_BUFFER_NEXT_NB(NetBuffer))
        {
            EchoAnswer(Vc, NetBuffer);
        }
    }
}

/* No wishes: whatever the adapter gives. */
static VOID EchoSetFlow(FLOWSPEC *Flow)
{
    Flow->TokenRate = QOS_NOT_SPECIFIED;
    Flow->TokenBucketSize = QOS_NOT_SPECIFIED;
    Flow->PeakBandwidth = QOS_NOT_SPECIFIED;
    Flow->Latency = QOS_NOT_SPECIFIED;
    Flow->DelayVariation = QOS_NOT_SPECIFIED;
    Flow->ServiceType = SERVICETYPE_BESTEFFORT;
    Flow->MaxSduSize = QOS_NOT_SPECIFIED;
    Flow->MinimumPolicedSize = QOS_NOT_SPECIFIED;
}

/* Parameters of a call to an address, in one piece; the call manager's part comes last because the address ends it. */
static PCO_CALL_PARAMETERS EchoBuildCall(PCO_SAP Address)
{
    ULONG Size = sizeof(CO_CALL_PARAMETERS) + sizeof(CO_MEDIA_PARAMETERS) + sizeof(CO_CALL_MANAGER_PARAMETERS);
    PCO_CALL_PARAMETERS Call = (PCO_CALL_PARAMETERS)EchoAllocate(Size + Address->SapLength);

    if (Call == NULL)
    {
        return NULL;
    }
    Call->MediaParameters = (PCO_MEDIA_PARAMETERS)(Call + 1);
    Call->MediaParameters->Flags = TRANSMIT_VC | RECEIVE_VC;
    Call->CallMgrParameters = (PCO_CALL_MANAGER_PARAMETERS)(Call->MediaParameters + 1);
    EchoSetFlow(&Call->CallMgrParameters->Transmit);
    EchoSetFlow(&Call->CallMgrParameters->Receive);
    Call->CallMgrParameters->CallMgrSpecific.ParamType = Address->SapType;
    Call->CallMgrParameters->CallMgrSpecific.Length = Address->SapLength;
    NdisMoveMemory(Call->CallMgrParameters->CallMgrSpecific.Parameters, Address->Sap, Address->SapLength);
    return Call;
}

VOID EchoProbe(PECHO_AF Af)
{
    PCO_CALL_PARAMETERS Call = EchoBuildCall(Af->Sap);

    if (Call != NULL && EchoMakeCall(Af, Call) != NDIS_STATUS_SUCCESS)
    {
        EchoFree(Call);
    }
}
