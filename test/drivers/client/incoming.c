#include "echo.h"

_Use_decl_annotations_
NDIS_STATUS EchoClIncomingCall(NDIS_HANDLE ProtocolSapContext, NDIS_HANDLE ProtocolVcContext,
                               PCO_CALL_PARAMETERS CallParameters)
{
    PECHO_VC Vc = (PECHO_VC)ProtocolVcContext;

    UNREFERENCED_PARAMETER(ProtocolSapContext);

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Vc->Call = EchoStateOffered;
    Vc->CallParameters = CallParameters;
    NdisInterlockedIncrement(&Vc->References);
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    IoQueueWorkItemEx(Vc->WorkItem, EchoAnswerWorker, DelayedWorkQueue, Vc);
    return NDIS_STATUS_PENDING;
}

_Use_decl_annotations_
VOID EchoAnswerWorker(PVOID IoObject, PVOID Context, PIO_WORKITEM IoWorkItem)
{
    PECHO_VC Vc = (PECHO_VC)Context;
    PCO_CALL_PARAMETERS CallParameters = Vc->CallParameters;
    NDIS_STATUS Status = EchoDecideOnCall(Vc);

    UNREFERENCED_PARAMETER(IoObject);
    UNREFERENCED_PARAMETER(IoWorkItem);

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    if (Vc->CloseRequested || Vc->Af->CloseRequested)
    {
        Status = NDIS_STATUS_FAILURE;
    }
    Vc->CallParameters = NULL;
    /* A refused call needs no close: the call manager deletes the VC. */
    Vc->Call = Status == NDIS_STATUS_SUCCESS ? EchoStateAnswered : EchoStateNone;
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    NdisClIncomingCallComplete(Status, Vc->VcHandle, CallParameters);
    EchoDereferenceVc(Vc);
}

_Use_decl_annotations_
VOID EchoClCallConnected(NDIS_HANDLE ProtocolVcContext)
{
    PECHO_VC Vc = (PECHO_VC)ProtocolVcContext;
    BOOLEAN Close;

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Close = (BOOLEAN)(Vc->CloseRequested || Vc->Af->CloseRequested);
    Vc->CloseRequested = Close;
    Vc->Call = EchoStateUp;
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    if (Close)
    {
        EchoContinueClose(Vc);
        return;
    }
    EchoCallUp(Vc);
}

_Use_decl_annotations_
VOID EchoClIncomingCallQoSChange(NDIS_HANDLE ProtocolVcContext, PCO_CALL_PARAMETERS CallParameters)
{
    /* Returning accepts the change; a client that cannot live with it calls EchoCloseCall here. */
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(CallParameters);
}
