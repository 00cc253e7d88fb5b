#include "echo.h"

/*
 * Closes a call as soon as it can be closed: once it is up, its sends are completed and all parties but one are
 * dropped. Whoever ends one of these calls EchoContinueClose again. IRQL <= DISPATCH_LEVEL.
 */
VOID EchoCloseCall(PECHO_VC Vc)
{
    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Vc->CloseRequested = TRUE;
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);
    EchoContinueClose(Vc);
}

/* The first party of a multipoint call, or NULL. The lock is held. */
static PECHO_PARTY EchoFirstParty(PECHO_VC Vc)
{
    return IsListEmpty(&Vc->PartyList) ? NULL : CONTAINING_RECORD(Vc->PartyList.Flink, ECHO_PARTY, Link);
}

static VOID EchoDropParty(PECHO_PARTY Party)
{
    NDIS_STATUS Status = NdisClDropParty(Party->PartyHandle, NULL, 0);

    if (Status != NDIS_STATUS_PENDING)
    {
        EchoClDropPartyComplete(Status, Party);
    }
}

VOID EchoContinueClose(PECHO_VC Vc)
{
    PECHO_PARTY Party;
    NDIS_HANDLE PartyHandle = NULL;
    NDIS_STATUS Status;
    BOOLEAN Ready;
    BOOLEAN Drop = FALSE;

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Party = EchoFirstParty(Vc);
    Ready = (BOOLEAN)(Vc->Call == EchoStateUp && Vc->SendsPending == 0 &&
                      (Party == NULL || (Party->Connected && !Party->Dropping)));
    if (Ready && Vc->PartyCount > 1)
    {
        Party->Dropping = TRUE;
        Drop = TRUE;
    }
    else if (Ready)
    {
        Vc->Call = EchoStateClosing;
        PartyHandle = Party != NULL ? Party->PartyHandle : NULL;
    }
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    if (Drop)
    {
        EchoDropParty(Party);
    }
    else if (Ready)
    {
        Status = NdisClCloseCall(Vc->VcHandle, PartyHandle, NULL, 0);
        if (Status != NDIS_STATUS_PENDING)
        {
            EchoClCloseCallComplete(Status, Vc, Party);
        }
    }
}

_Use_decl_annotations_
VOID EchoClDropPartyComplete(NDIS_STATUS Status, NDIS_HANDLE ProtocolPartyContext)
{
    PECHO_PARTY Party = (PECHO_PARTY)ProtocolPartyContext;
    PECHO_VC Vc = Party->Vc;
    BOOLEAN Close;

    UNREFERENCED_PARAMETER(Status);

    EchoFreeParty(Party);
    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Close = Vc->CloseRequested;
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);
    if (Close)
    {
        EchoContinueClose(Vc);
    }
}

_Use_decl_annotations_
VOID EchoClCloseCallComplete(NDIS_STATUS Status, NDIS_HANDLE ProtocolVcContext, NDIS_HANDLE ProtocolPartyContext)
{
    PECHO_VC Vc = (PECHO_VC)ProtocolVcContext;

    UNREFERENCED_PARAMETER(Status);

    if (ProtocolPartyContext != NULL)
    {
        EchoFreeParty((PECHO_PARTY)ProtocolPartyContext);
    }
    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Vc->Call = EchoStateNone;
    Vc->CloseRequested = FALSE;
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    /* The VC of an incoming call is the call manager's to delete; EchoClDeleteVc sees it go. */
    if (!Vc->Incoming)
    {
        EchoDeleteVc(Vc);
    }
}

_Use_decl_annotations_
VOID EchoClIncomingCloseCall(NDIS_STATUS CloseStatus, NDIS_HANDLE ProtocolVcContext, PVOID CloseData, UINT Size)
{
    PECHO_VC Vc = (PECHO_VC)ProtocolVcContext;

    UNREFERENCED_PARAMETER(CloseStatus);
    UNREFERENCED_PARAMETER(CloseData);
    UNREFERENCED_PARAMETER(Size);

    /* A call that was accepted but never connected is closed like one that was up. */
    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    if (Vc->Call == EchoStateAnswered)
    {
        Vc->Call = EchoStateUp;
    }
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    EchoCloseCall(Vc);
}

_Use_decl_annotations_
VOID EchoClIncomingDropParty(NDIS_STATUS DropStatus, NDIS_HANDLE ProtocolPartyContext, PVOID CloseData, UINT Size)
{
    PECHO_PARTY Party = (PECHO_PARTY)ProtocolPartyContext;
    PECHO_VC Vc = Party->Vc;
    BOOLEAN Last;
    BOOLEAN Drop;

    UNREFERENCED_PARAMETER(DropStatus);
    UNREFERENCED_PARAMETER(CloseData);
    UNREFERENCED_PARAMETER(Size);

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Last = (BOOLEAN)(Vc->PartyCount <= 1);
    Drop = (BOOLEAN)(!Last && !Party->Dropping);
    if (Drop)
    {
        Party->Dropping = TRUE;
    }
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    if (Last)
    {
        EchoCloseCall(Vc);
    }
    else if (Drop)
    {
        EchoDropParty(Party);
    }
}
