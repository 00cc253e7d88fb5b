#include "precomp.h"

/* Whether the adapter carries what the caller asks for. QoS counts bytes per second, NDIS 100 bits per second. */
static BOOLEAN
LcmCanCarry(
    PLCM_BINDING Binding,
    PCO_CALL_MANAGER_PARAMETERS Parameters
    )
{
    ULONG64 Outbound = (ULONG64)Binding->LinkSpeed.Outbound * 100 / 8;
    ULONG64 Inbound = (ULONG64)Binding->LinkSpeed.Inbound * 100 / 8;

    return (BOOLEAN)((Parameters->Transmit.TokenRate == QOS_NOT_SPECIFIED ||
                      Parameters->Transmit.TokenRate <= Outbound) &&
                     (Parameters->Receive.TokenRate == QOS_NOT_SPECIFIED || Parameters->Receive.TokenRate <= Inbound));
}

_Use_decl_annotations_
NDIS_STATUS
LcmCmMakeCall(
    NDIS_HANDLE CallMgrVcContext,
    PCO_CALL_PARAMETERS CallParameters,
    NDIS_HANDLE NdisPartyHandle,
    PNDIS_HANDLE CallMgrPartyContext
    )
{
    PLCM_VC Vc = (PLCM_VC)CallMgrVcContext;
    PLCM_LEG Leg;
    BOOLEAN Busy;

    if (CallParameters->CallMgrParameters == NULL || CallParameters->MediaParameters == NULL ||
        !LcmCanCarry(Vc->Af->Binding, CallParameters->CallMgrParameters))
    {
        return NDIS_STATUS_NOT_SUPPORTED;
    }

    Leg = LcmAllocateLeg(Vc, NdisPartyHandle, CallParameters);
    if (Leg == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Busy = (BOOLEAN)(Vc->Call != LcmCallNone);
    if (!Busy)
    {
        Vc->Call = LcmCallConnecting;
        Vc->CallParameters = CallParameters;
        Vc->Multipoint = (BOOLEAN)(NdisPartyHandle != NULL);
        LcmInsertLeg(Leg);
    }
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    if (Busy)
    {
        LcmFree(Leg);
        return NDIS_STATUS_NOT_SUPPORTED;
    }
    if (CallMgrPartyContext != NULL)
    {
        /* A point-to-point call has a leg too, but no party of which the client knows. */
        *CallMgrPartyContext = NdisPartyHandle != NULL ? Leg : NULL;
    }
    LcmPostEvent(Vc, LCM_EVENT_CONNECT);
    return NDIS_STATUS_PENDING;
}

/* Tells the client how its call went; the called party hears of it too. */
static VOID
LcmFinishMakeCall(
    PLCM_VC Vc,
    NDIS_STATUS Status
    )
{
    PLCM_LEG Leg = LcmFirstLeg(Vc);
    NDIS_HANDLE PartyHandle = Leg->PartyHandle;
    PCO_CALL_PARAMETERS CallParameters = Vc->CallParameters;

    Vc->CallParameters = NULL;
    if (Status == NDIS_STATUS_SUCCESS)
    {
        LcmSetCall(Vc, LcmCallUp);
        NdisCmMakeCallComplete(Status, Vc->VcHandle, PartyHandle, PartyHandle != NULL ? Leg : NULL, CallParameters);
        LcmTellCalled(Leg, LCM_EVENT_CONNECTED);
        /* The called party may have gone while the caller's VC was being activated. */
        LcmPostEvent(Vc, LCM_EVENT_LEG);
        return;
    }

    LcmDropLeg(Leg);
    /* The client may delete the VC before this returns. */
    LcmSetCall(Vc, LcmCallNone);
    NdisCmMakeCallComplete(Status, Vc->VcHandle, PartyHandle, NULL, CallParameters);
}

VOID
LcmConnect(
    PLCM_VC Vc
    )
{
    NDIS_STATUS Status = LcmRing(LcmFirstLeg(Vc));

    if (Status != NDIS_STATUS_SUCCESS)
    {
        LcmFinishMakeCall(Vc, Status);
    }
}

VOID
LcmCallerActivated(
    PLCM_VC Vc,
    NDIS_STATUS Status
    )
{
    LcmFinishMakeCall(Vc, Status);
}

/* The called party's answer to the call itself. */
static VOID
LcmHandleAnswer(
    PLCM_VC Vc,
    PLCM_LEG Leg,
    NDIS_STATUS Status
    )
{
    if (Leg->Adding)
    {
        NDIS_HANDLE PartyHandle = Leg->PartyHandle;
        PCO_CALL_PARAMETERS CallParameters = Leg->CallParameters;

        Leg->Adding = FALSE;
        if (Status == NDIS_STATUS_SUCCESS)
        {
            LcmTellCalled(Leg, LCM_EVENT_CONNECTED);
            NdisCmAddPartyComplete(Status, PartyHandle, Leg, CallParameters);
            return;
        }
        LcmDropLeg(Leg);
        NdisCmAddPartyComplete(Status, PartyHandle, NULL, CallParameters);
        return;
    }

    if (Status == NDIS_STATUS_SUCCESS)
    {
        LcmActivate(Vc, LcmActivateCall, Vc->CallParameters);
    }
    else
    {
        LcmFinishMakeCall(Vc, Status);
    }
}

/* The called party has closed its end; the client has to drop the party or close the call. */
static VOID
LcmHandleHangUp(
    PLCM_VC Vc,
    NDIS_HANDLE PartyHandle,
    NDIS_STATUS Status,
    BOOLEAN Last
    )
{
    if (Last)
    {
        NdisCmDispatchIncomingCloseCall(Status, Vc->VcHandle, NULL, 0);
    }
    else
    {
        NdisCmDispatchIncomingDropParty(Status, PartyHandle, NULL, 0);
    }
}

typedef enum _LCM_NEWS
{
    LcmNoNews,
    LcmDropNews,
    LcmNewPartyNews,
    LcmAnswerNews,
    LcmHangUpNews
} LCM_NEWS;

/* What is to be done about a leg. It counts as done from here on. The lock is held. */
static LCM_NEWS
LcmTakeLegNews(
    PLCM_LEG Leg
    )
{
    PLCM_VC Vc = Leg->Caller;

    if (Leg->DropRequested)
    {
        return LcmDropNews;
    }
    if (Leg->State == LcmLegNew && Leg->Adding)
    {
        Leg->State = LcmLegRinging;
        return LcmNewPartyNews;
    }
    if (Leg->State == LcmLegAnswered)
    {
        Leg->State = LcmLegUp;
        return LcmAnswerNews;
    }
    if (Leg->State == LcmLegHungUp && Vc->Call == LcmCallUp && !Vc->CloseRequested)
    {
        Leg->State = LcmLegGone;
        return LcmHangUpNews;
    }
    return LcmNoNews;
}

/* The first leg about which something is to be done, or NULL. */
static PLCM_LEG
LcmNextNews(
    PLCM_VC Vc,
    LCM_NEWS *News,
    BOOLEAN *Last
    )
{
    PLIST_ENTRY Entry;
    PLCM_LEG Found = NULL;

    *News = LcmNoNews;
    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    for (Entry = Vc->LegList.Flink; Entry != &Vc->LegList && *News == LcmNoNews; Entry = Entry->Flink)
    {
        Found = CONTAINING_RECORD(Entry, LCM_LEG, Link);
        *News = LcmTakeLegNews(Found);
    }
    *Last = (BOOLEAN)(Vc->LegCount <= 1);
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);
    return *News != LcmNoNews ? Found : NULL;
}

static VOID
LcmFinishDrop(
    PLCM_LEG Leg
    )
{
    NDIS_HANDLE PartyHandle = Leg->PartyHandle;

    LcmDropLeg(Leg);
    NdisCmDropPartyComplete(NDIS_STATUS_PENDING, PartyHandle);
}

VOID
LcmHandleLegs(
    PLCM_VC Vc
    )
{
    LCM_NEWS News;
    BOOLEAN Last;
    PLCM_LEG Leg;

    for (Leg = LcmNextNews(Vc, &News, &Last); Leg != NULL; Leg = LcmNextNews(Vc, &News, &Last))
    {
        switch (News)
        {
        case LcmDropNews:
            LcmFinishDrop(Leg);
            break;
        case LcmNewPartyNews:
            LcmRingNewParty(Leg);
            break;
        case LcmAnswerNews:
            LcmHandleAnswer(Vc, Leg, Leg->Status);
            break;
        default:
            LcmHandleHangUp(Vc, Leg->PartyHandle, Leg->Status, Last);
            break;
        }
    }
}
