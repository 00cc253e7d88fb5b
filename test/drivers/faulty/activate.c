#include "precomp.h"

/* Activates a VC, or activates it anew with other parameters. The outcome arrives as LCM_EVENT_ACTIVATED. */
VOID
LcmActivate(
    PLCM_VC Vc,
    LCM_ACTIVATION Activation,
    PCO_CALL_PARAMETERS CallParameters
    )
{
    NDIS_STATUS Status;

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Vc->Activation = Activation;
    Vc->ActivationPending = TRUE;
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    Status = NdisCmActivateVc(Vc->VcHandle, CallParameters);
    if (Status != NDIS_STATUS_PENDING)
    {
        LcmCmActivateVcComplete(Status, Vc, CallParameters);
    }
}

VOID
LcmCmActivateVcComplete(
    NDIS_STATUS Status,
    NDIS_HANDLE CallMgrVcContext,
    PCO_CALL_PARAMETERS CallParameters
    )
{
    PLCM_VC Vc = (PLCM_VC)CallMgrVcContext;

    /* A miniport that was allowed to round the flow may have written other values than the client gave. */
    if (Status == NDIS_STATUS_SUCCESS && !Vc->Incoming &&
        (CallParameters->MediaParameters->Flags & (ROUND_UP_FLOW | ROUND_DOWN_FLOW)) != 0)
    {
        CallParameters->Flags |= CALL_PARAMETERS_CHANGED;
    }
    Vc->ActivateStatus = Status;
    LcmPostEvent(Vc, LCM_EVENT_ACTIVATED);
}

/* Remembers what a VC was activated with, so that a failed change can be taken back. */
static VOID
LcmKeepInForce(
    PLCM_VC Vc,
    PCO_CALL_PARAMETERS CallParameters
    )
{
    PCO_CALL_PARAMETERS Copy = LcmCopyCallParameters(CallParameters);

    /* Without a copy later changes are refused, but the call goes on. */
    if (Vc->InForce != NULL)
    {
        LcmFree(Vc->InForce);
    }
    Vc->InForce = Copy;
}

static VOID
LcmFinishModify(
    PLCM_VC Vc,
    NDIS_STATUS Status
    )
{
    Vc->ActivateStatus = Status;
    Vc->NewParameters = NULL;
}

VOID
LcmActivated(
    PLCM_VC Vc
    )
{
    NDIS_STATUS Status = Vc->ActivateStatus;
    LCM_ACTIVATION Activation = Vc->Activation;

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Vc->ActivationPending = FALSE;
    Vc->Active = (BOOLEAN)(Vc->Active || Status == NDIS_STATUS_SUCCESS);
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    switch (Activation)
    {
    case LcmActivateCall:
        if (Status == NDIS_STATUS_SUCCESS)
        {
            LcmKeepInForce(Vc, Vc->CallParameters);
        }
        if (Vc->Incoming)
        {
            LcmCalledActivated(Vc, Status);
        }
        else
        {
            LcmCallerActivated(Vc, Status);
        }
        break;
    case LcmActivateChange:
        if (Status == NDIS_STATUS_SUCCESS)
        {
            LcmKeepInForce(Vc, Vc->NewParameters);
            LcmFinishModify(Vc, NDIS_STATUS_SUCCESS);
        }
        else
        {
            LcmActivate(Vc, LcmActivateRestore, Vc->InForce);
        }
        break;
    default:
        LcmFinishModify(Vc, NDIS_STATUS_FAILURE);
        break;
    }
}

_Use_decl_annotations_
NDIS_STATUS
LcmCmModifyCallQoS(
    NDIS_HANDLE CallMgrVcContext,
    PCO_CALL_PARAMETERS CallParameters
    )
{
    PLCM_VC Vc = (PLCM_VC)CallMgrVcContext;
    BOOLEAN Accepted;

    if (CallParameters->CallMgrParameters == NULL || CallParameters->MediaParameters == NULL)
    {
        return NDIS_STATUS_INVALID_DATA;
    }

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Accepted = (BOOLEAN)(Vc->Call == LcmCallUp && !Vc->CloseRequested && Vc->NewParameters == NULL);
    if (Accepted)
    {
        Vc->NewParameters = CallParameters;
    }
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    if (!Accepted)
    {
        return NDIS_STATUS_FAILURE;
    }
    LcmPostEvent(Vc, LCM_EVENT_MODIFY);
    return NDIS_STATUS_PENDING;
}

/* Each end of a loopback call has a flow of its own on the adapter, so the other end need not be asked. */
VOID
LcmModify(
    PLCM_VC Vc
    )
{
    if (Vc->InForce == NULL)
    {
        LcmFinishModify(Vc, NDIS_STATUS_RESOURCES);
        return;
    }
    LcmActivate(Vc, LcmActivateChange, Vc->NewParameters);
}

/* Deactivates a VC whose call is over. LCM_EVENT_DEACTIVATED follows, whether it was active or not. */
VOID
LcmDeactivate(
    PLCM_VC Vc
    )
{
    NDIS_STATUS Status;

    LcmSetCall(Vc, LcmCallClosing);
    if (!Vc->Active)
    {
        LcmPostEvent(Vc, LCM_EVENT_DEACTIVATED);
        return;
    }
    Status = NdisMCmDeactivateVc(Vc->VcHandle);
    if (Status != NDIS_STATUS_PENDING)
    {
        LcmCmDeactivateVcComplete(Status, Vc);
    }
}

_Use_decl_annotations_
VOID
LcmCmDeactivateVcComplete(
    NDIS_STATUS Status,
    NDIS_HANDLE CallMgrVcContext
    )
{
    /* A VC that could not be deactivated carries no call either. */
    UNREFERENCED_PARAMETER(Status);

    LcmPostEvent((PLCM_VC)CallMgrVcContext, LCM_EVENT_DEACTIVATED);
}
