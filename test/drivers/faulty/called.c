#include "precomp.h"

/*
 * Offers a leg's call to the client that registered the called address. The answer reaches the caller as
 * LCM_EVENT_LEG; a status other than success means that there is nobody to ask.
 */
NDIS_STATUS
LcmRing(
    PLCM_LEG Leg
    )
{
    PLCM_BINDING Binding = Leg->Caller->Af->Binding;
    PCO_SPECIFIC_PARAMETERS Address = &Leg->CallParameters->CallMgrParameters->CallMgrSpecific;
    PLCM_SAP Sap;
    PLCM_VC Called;
    NDIS_STATUS Status = NDIS_STATUS_RESOURCES;

    Sap = LcmUseSap(Binding, Address->ParamType, Address->Parameters, Address->Length);
    if (Sap == NULL)
    {
        return NDIS_STATUS_FAILURE;
    }

    Called = LcmAllocateVc(Sap->Af);
    if (Called == NULL)
    {
        LcmReleaseSap(Sap);
        return NDIS_STATUS_RESOURCES;
    }
    Called->Incoming = TRUE;
    Called->Call = LcmCallOffered;
    Called->Sap = Sap;
    Called->CallParameters = LcmCopyCallParameters(Leg->CallParameters);
    if (Called->CallParameters != NULL)
    {
        Status = NdisCoCreateVc(Binding->BindingHandle, Sap->Af->AfHandle, Called, &Called->VcHandle);
    }
    if (Status != NDIS_STATUS_SUCCESS)
    {
        LcmReleaseSap(Sap);
        LcmDereferenceVc(Called);
        return Status;
    }

    NdisAcquireSpinLock(&Binding->Lock);
    Leg->State = LcmLegRinging;
    Leg->Called = Called;
    Called->Leg = Leg;
    NdisReleaseSpinLock(&Binding->Lock);

    LcmActivate(Called, LcmActivateCall, Called->CallParameters);
    return NDIS_STATUS_SUCCESS;
}

/* Passes news to the caller, if there is one left. After anything but an acceptance the two ends are parted. */
VOID
LcmReportToCaller(
    PLCM_VC Called,
    LCM_LEG_STATE State,
    NDIS_STATUS Status
    )
{
    PLCM_BINDING Binding = Called->Af->Binding;
    PLCM_LEG Leg;
    PLCM_VC Caller = NULL;

    NdisAcquireSpinLock(&Binding->Lock);
    Leg = Called->Leg;
    if (Leg != NULL)
    {
        Caller = Leg->Caller;
        LcmReferenceVc(Caller);
        if (State == LcmLegHungUp && Leg->State == LcmLegAnswered)
        {
            /* Gone before the caller has even heard the answer. */
            Leg->Status = NDIS_STATUS_FAILURE;
        }
        else
        {
            Leg->State = State;
            Leg->Status = Status;
        }
        if (State != LcmLegAnswered || Status != NDIS_STATUS_SUCCESS)
        {
            Leg->Called = NULL;
            Called->Leg = NULL;
        }
    }
    NdisReleaseSpinLock(&Binding->Lock);

    if (Caller != NULL)
    {
        LcmPostEvent(Caller, LCM_EVENT_LEG);
        LcmDereferenceVc(Caller);
    }
}

/* The client was not asked or has refused: the caller is told, and the VC goes the way of every finished call. */
static VOID
LcmRefuse(
    PLCM_VC Vc,
    NDIS_STATUS Status
    )
{
    LcmReleaseSap(Vc->Sap);
    Vc->Sap = NULL;
    LcmReportToCaller(Vc, LcmLegAnswered, Status);
    LcmDeactivate(Vc);
}

VOID
LcmCalledActivated(
    PLCM_VC Vc,
    NDIS_STATUS Status
    )
{
    if (Status != NDIS_STATUS_SUCCESS)
    {
        LcmRefuse(Vc, Status);
        return;
    }

    Status = NdisCmDispatchIncomingCall(Vc->Sap->SapHandle, Vc->VcHandle, Vc->CallParameters);
    if (Status != NDIS_STATUS_PENDING)
    {
        LcmCmIncomingCallComplete(Status, Vc, Vc->CallParameters);
    }
}

_Use_decl_annotations_
VOID
LcmCmIncomingCallComplete(
    NDIS_STATUS Status,
    NDIS_HANDLE CallMgrVcContext,
    PCO_CALL_PARAMETERS CallParameters
    )
{
    PLCM_VC Vc = (PLCM_VC)CallMgrVcContext;

    Vc->AnswerStatus = Status;
    Vc->AnswerChanged = (BOOLEAN)((CallParameters->Flags & CALL_PARAMETERS_CHANGED) != 0);
    LcmPostEvent(Vc, LCM_EVENT_ANSWERED);
}

VOID
LcmAnswered(
    PLCM_VC Vc
    )
{
    if (Vc->AnswerStatus != NDIS_STATUS_SUCCESS)
    {
        LcmRefuse(Vc, Vc->AnswerStatus);
        return;
    }

    LcmReleaseSap(Vc->Sap);
    Vc->Sap = NULL;
    LcmSetCall(Vc, LcmCallUp);
    if (Vc->AnswerChanged)
    {
        /* Other parameters than the caller's are not on offer. */
        LcmReportToCaller(Vc, LcmLegAnswered, NDIS_STATUS_FAILURE);
        NdisCmDispatchIncomingCloseCall(NDIS_STATUS_INVALID_DATA, Vc->VcHandle, NULL, 0);
        return;
    }
    LcmReportToCaller(Vc, LcmLegAnswered, NDIS_STATUS_SUCCESS);
}

/* The caller's end is up too. */
VOID
LcmConnected(
    PLCM_VC Vc
    )
{
    if (Vc->Call == LcmCallUp)
    {
        NdisCmDispatchCallConnected(Vc->VcHandle);
    }
}

/* The caller is gone. A client that is closing by itself, or has refused, need not be told. */
VOID
LcmHangUp(
    PLCM_VC Vc
    )
{
    if (Vc->Call == LcmCallUp && !Vc->CloseRequested)
    {
        NdisCmDispatchIncomingCloseCall(NDIS_STATUS_SUCCESS, Vc->VcHandle, NULL, 0);
    }
}
