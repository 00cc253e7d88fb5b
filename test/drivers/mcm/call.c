#include "loop.h"

/* A copy for the called end, without the parts that only the caller's call manager and medium need. */
static PCO_CALL_PARAMETERS LoopCopyCallParameters(PCO_CALL_PARAMETERS Source)
{
    typedef struct _LOOP_CALL_PARAMETERS
    {
        CO_CALL_PARAMETERS Call;
        CO_CALL_MANAGER_PARAMETERS CallMgr;
        CO_MEDIA_PARAMETERS Media;
    } LOOP_CALL_PARAMETERS;

    LOOP_CALL_PARAMETERS *Copy = (LOOP_CALL_PARAMETERS *)LoopAllocate(sizeof(LOOP_CALL_PARAMETERS));

    if (Copy == NULL)
    {
        return NULL;
    }
    Copy->Call.Flags = Source->Flags & ~CALL_PARAMETERS_CHANGED;
    Copy->Call.CallMgrParameters = &Copy->CallMgr;
    Copy->Call.MediaParameters = &Copy->Media;
    /* What the caller transmits, the called end receives. */
    Copy->CallMgr.Transmit = Source->CallMgrParameters->Receive;
    Copy->CallMgr.Receive = Source->CallMgrParameters->Transmit;
    Copy->Media.Flags = Source->MediaParameters->Flags;
    Copy->Media.ReceivePriority = Source->MediaParameters->ReceivePriority;
    Copy->Media.ReceiveSizeHint = Source->MediaParameters->ReceiveSizeHint;
    return &Copy->Call;
}

_Use_decl_annotations_
NDIS_STATUS LoopCmMakeCall(NDIS_HANDLE CallMgrVcContext, PCO_CALL_PARAMETERS CallParameters,
                           NDIS_HANDLE NdisPartyHandle, PNDIS_HANDLE CallMgrPartyContext)
{
    PLOOP_VC Vc = (PLOOP_VC)CallMgrVcContext;
    BOOLEAN Busy;

    if (NdisPartyHandle != NULL || CallParameters->CallMgrParameters == NULL ||
        CallParameters->MediaParameters == NULL)
    {
        /* Point-to-point calls only, and none without parameters. */
        return NDIS_STATUS_NOT_SUPPORTED;
    }

    NdisAcquireSpinLock(&Vc->Af->Adapter->Lock);
    Busy = (BOOLEAN)(Vc->Call != LoopCallNone);
    if (!Busy)
    {
        Vc->Call = LoopCallConnecting;
        Vc->CallParameters = CallParameters;
    }
    NdisReleaseSpinLock(&Vc->Af->Adapter->Lock);

    if (Busy)
    {
        return NDIS_STATUS_NOT_SUPPORTED;
    }
    if (CallMgrPartyContext != NULL)
    {
        *CallMgrPartyContext = NULL;
    }
    LoopPostEvent(Vc, LOOP_EVENT_CONNECT);
    return NDIS_STATUS_PENDING;
}

static VOID LoopFinishMakeCall(PLOOP_VC Vc, NDIS_STATUS Status)
{
    PCO_CALL_PARAMETERS CallParameters = Vc->CallParameters;

    Vc->CallParameters = NULL;
    /* After a failure the client may delete the VC before the completion returns. */
    LoopSetCall(Vc, Status == NDIS_STATUS_SUCCESS ? LoopCallUp : LoopCallNone);
    NdisMCmMakeCallComplete(Status, Vc->VcHandle, NULL, NULL, CallParameters);
}

/* Offers the caller's call to the client that registered the called address. */
static NDIS_STATUS LoopRing(PLOOP_VC Caller)
{
    PLOOP_ADAPTER Adapter = Caller->Af->Adapter;
    PCO_SPECIFIC_PARAMETERS Address = &Caller->CallParameters->CallMgrParameters->CallMgrSpecific;
    NDIS_STATUS Status = NDIS_STATUS_RESOURCES;
    PLOOP_SAP Sap;
    PLOOP_VC Called;

    Sap = LoopUseSap(Adapter, Address->ParamType, Address->Parameters, Address->Length);
    if (Sap == NULL)
    {
        return NDIS_STATUS_FAILURE;
    }
    Called = LoopAllocateVc(Sap->Af);
    if (Called == NULL)
    {
        LoopReleaseSap(Sap);
        return NDIS_STATUS_RESOURCES;
    }
    Called->Incoming = TRUE;
    Called->Call = LoopCallOffered;
    Called->Sap = Sap;
    Called->CallParameters = LoopCopyCallParameters(Caller->CallParameters);
    if (Called->CallParameters != NULL)
    {
        Status = NdisMCmCreateVc(Adapter->AdapterHandle, Sap->Af->AfHandle, Called, &Called->VcHandle);
    }
    if (Status != NDIS_STATUS_SUCCESS)
    {
        LoopReleaseSap(Sap);
        LoopDereferenceVc(Called);
        return Status;
    }

    NdisAcquireSpinLock(&Adapter->Lock);
    Caller->Peer = Called;
    Called->Peer = Caller;
    NdisReleaseSpinLock(&Adapter->Lock);

    LoopActivate(Called);
    return NDIS_STATUS_SUCCESS;
}

VOID LoopConnect(PLOOP_VC Vc)
{
    NDIS_STATUS Status = LoopRing(Vc);

    if (Status != NDIS_STATUS_SUCCESS)
    {
        LoopFinishMakeCall(Vc, Status);
    }
}

/* Tells the caller how the called party answered. After a refusal the two ends are parted. */
static VOID LoopAnswerCaller(PLOOP_VC Called, NDIS_STATUS Status)
{
    PLOOP_VC Caller = LoopReferencePeer(Called, (BOOLEAN)(Status != NDIS_STATUS_SUCCESS));

    if (Caller != NULL)
    {
        Caller->PeerStatus = Status;
        LoopPostEvent(Caller, LOOP_EVENT_PEER_ANSWERED);
        LoopDereferenceVc(Caller);
    }
}

static VOID LoopRefuse(PLOOP_VC Vc, NDIS_STATUS Status)
{
    LoopReleaseSap(Vc->Sap);
    Vc->Sap = NULL;
    LoopAnswerCaller(Vc, Status);
    LoopEndCall(Vc);
}

static VOID LoopCalledActivated(PLOOP_VC Vc, NDIS_STATUS Status)
{
    if (Status != NDIS_STATUS_SUCCESS)
    {
        LoopCoDeactivateVc(Vc);
        LoopRefuse(Vc, Status);
        return;
    }
    Status = NdisMCmDispatchIncomingCall(Vc->Sap->SapHandle, Vc->VcHandle, Vc->CallParameters);
    if (Status != NDIS_STATUS_PENDING)
    {
        LoopCmIncomingCallComplete(Status, Vc, Vc->CallParameters);
    }
}

static VOID LoopCallerActivated(PLOOP_VC Vc, NDIS_STATUS Status)
{
    PLOOP_VC Called = LoopReferencePeer(Vc, (BOOLEAN)(Status != NDIS_STATUS_SUCCESS));

    if (Status != NDIS_STATUS_SUCCESS)
    {
        LoopCoDeactivateVc(Vc);
    }
    LoopFinishMakeCall(Vc, Status);
    if (Called != NULL)
    {
        LoopPostEvent(Called, Status == NDIS_STATUS_SUCCESS ? LOOP_EVENT_CONNECTED : LOOP_EVENT_HANGUP);
        LoopDereferenceVc(Called);
    }
}

VOID LoopActivated(PLOOP_VC Vc)
{
    if (Vc->Incoming)
    {
        LoopCalledActivated(Vc, Vc->ActivateStatus);
    }
    else
    {
        LoopCallerActivated(Vc, Vc->ActivateStatus);
    }
}

_Use_decl_annotations_
VOID LoopCmIncomingCallComplete(NDIS_STATUS Status, NDIS_HANDLE CallMgrVcContext, PCO_CALL_PARAMETERS CallParameters)
{
    PLOOP_VC Vc = (PLOOP_VC)CallMgrVcContext;

    Vc->AnswerStatus = Status;
    Vc->AnswerChanged = (BOOLEAN)((CallParameters->Flags & CALL_PARAMETERS_CHANGED) != 0);
    LoopPostEvent(Vc, LOOP_EVENT_ANSWERED);
}

VOID LoopAnswered(PLOOP_VC Vc)
{
    if (Vc->AnswerStatus != NDIS_STATUS_SUCCESS)
    {
        LoopRefuse(Vc, Vc->AnswerStatus);
        return;
    }

    LoopReleaseSap(Vc->Sap);
    Vc->Sap = NULL;
    LoopSetCall(Vc, LoopCallUp);
    if (Vc->AnswerChanged)
    {
        /* Other parameters than the caller's are not on offer. */
        LoopAnswerCaller(Vc, NDIS_STATUS_FAILURE);
        NdisMCmDispatchIncomingCloseCall(NDIS_STATUS_INVALID_DATA, Vc->VcHandle, NULL, 0);
        return;
    }
    LoopAnswerCaller(Vc, NDIS_STATUS_SUCCESS);
}

VOID LoopPeerAnswered(PLOOP_VC Vc)
{
    if (Vc->PeerStatus == NDIS_STATUS_SUCCESS)
    {
        LoopActivate(Vc);
    }
    else
    {
        LoopFinishMakeCall(Vc, Vc->PeerStatus);
    }
}

VOID LoopConnected(PLOOP_VC Vc)
{
    if (Vc->Call == LoopCallUp)
    {
        NdisMCmDispatchCallConnected(Vc->VcHandle);
    }
}

_Use_decl_annotations_
NDIS_STATUS LoopCmModifyCallQoS(NDIS_HANDLE CallMgrVcContext, PCO_CALL_PARAMETERS CallParameters)
{
    /* Memory has no quality of service to choose from. */
    UNREFERENCED_PARAMETER(CallMgrVcContext);
    UNREFERENCED_PARAMETER(CallParameters);

    return NDIS_STATUS_NOT_SUPPORTED;
}

_Use_decl_annotations_
NDIS_STATUS LoopCmAddParty(NDIS_HANDLE CallMgrVcContext, PCO_CALL_PARAMETERS CallParameters,
                           NDIS_HANDLE NdisPartyHandle, PNDIS_HANDLE CallMgrPartyContext)
{
    /* Point-to-point calls only. */
    UNREFERENCED_PARAMETER(CallMgrVcContext);
    UNREFERENCED_PARAMETER(CallParameters);
    UNREFERENCED_PARAMETER(NdisPartyHandle);

    *CallMgrPartyContext = NULL;
    return NDIS_STATUS_NOT_SUPPORTED;
}

_Use_decl_annotations_
NDIS_STATUS LoopCmDropParty(NDIS_HANDLE CallMgrPartyContext, PVOID CloseData, UINT Size)
{
    UNREFERENCED_PARAMETER(CallMgrPartyContext);
    UNREFERENCED_PARAMETER(CloseData);
    UNREFERENCED_PARAMETER(Size);

    return NDIS_STATUS_NOT_SUPPORTED;
}
