#include "echo.h"

static PECHO_PARTY EchoAllocateParty(PECHO_VC Vc)
{
    PECHO_PARTY Party = (PECHO_PARTY)EchoAllocate(sizeof(ECHO_PARTY));

    if (Party != NULL)
    {
        Party->Vc = Vc;
    }
    return Party;
}

/* The binding's lock is not held. */
VOID EchoFreeParty(PECHO_PARTY Party)
{
    PECHO_VC Vc = Party->Vc;

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    RemoveEntryList(&Party->Link);
    Vc->PartyCount--;
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);
    EchoFree(Party);
}

static VOID EchoInsertParty(PECHO_VC Vc, PECHO_PARTY Party)
{
    InsertTailList(&Vc->PartyList, &Party->Link);
    Vc->PartyCount++;
}

/*
 * Makes a call; EchoCallUp tells when it is up. CallParameters comes from EchoAllocate, in one piece with what it
 * points to; on NDIS_STATUS_SUCCESS it belongs to the call. With MULTIPOINT_VC among its flags, EchoAddParty may add
 * to the call later. IRQL <= DISPATCH_LEVEL.
 */
NDIS_STATUS EchoMakeCall(PECHO_AF Af, PCO_CALL_PARAMETERS CallParameters)
{
    PECHO_VC Vc;
    PECHO_PARTY Party = NULL;
    PNDIS_HANDLE PartyHandle = NULL;
    NDIS_STATUS Status;

    Vc = EchoAllocateVc(Af, FALSE);
    if (Vc == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }
    if ((CallParameters->Flags & MULTIPOINT_VC) != 0)
    {
        Party = EchoAllocateParty(Vc);
        if (Party == NULL)
        {
            EchoForgetVc(Vc);
            return NDIS_STATUS_RESOURCES;
        }
        PartyHandle = &Party->PartyHandle;
    }

    Status = NdisCoCreateVc(Af->Binding->BindingHandle, Af->AfHandle, Vc, &Vc->VcHandle);
    if (Status != NDIS_STATUS_SUCCESS)
    {
        if (Party != NULL)
        {
            EchoFree(Party);
        }
        EchoForgetVc(Vc);
        return Status;
    }

    NdisAcquireSpinLock(&Af->Binding->Lock);
    Vc->Call = EchoStateMaking;
    Vc->CallParameters = CallParameters;
    if (Party != NULL)
    {
        EchoInsertParty(Vc, Party);
    }
    NdisReleaseSpinLock(&Af->Binding->Lock);

    Status = NdisClMakeCall(Vc->VcHandle, CallParameters, Party, PartyHandle);
    if (Status != NDIS_STATUS_PENDING)
    {
        EchoClMakeCallComplete(Status, Vc, Party != NULL ? Party->PartyHandle : NULL, CallParameters);
    }
    /* From here on the call has an end of its own, whether it comes up or not. */
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID EchoClMakeCallComplete(NDIS_STATUS Status, NDIS_HANDLE ProtocolVcContext, NDIS_HANDLE NdisPartyHandle,
                            PCO_CALL_PARAMETERS CallParameters)
{
    PECHO_VC Vc = (PECHO_VC)ProtocolVcContext;
    PECHO_PARTY Party = NULL;
    BOOLEAN Close;

    if (!IsListEmpty(&Vc->PartyList))
    {
        Party = CONTAINING_RECORD(Vc->PartyList.Flink, ECHO_PARTY, Link);
    }

    if (Status != NDIS_STATUS_SUCCESS)
    {
        if (Party != NULL)
        {
            EchoFreeParty(Party);
        }
        EchoFree(Vc->CallParameters);
        EchoDeleteVc(Vc);
        return;
    }

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    /* A call that became another one than this client asked for is not wanted. */
    Close = (BOOLEAN)(Vc->CloseRequested || Vc->Af->CloseRequested ||
                      (CallParameters->Flags & CALL_PARAMETERS_CHANGED) != 0);
    Vc->CloseRequested = Close;
    Vc->Call = EchoStateUp;
    if (Party != NULL)
    {
        Party->PartyHandle = NdisPartyHandle;
        Party->Connected = TRUE;
    }
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    EchoFree(Vc->CallParameters);
    Vc->CallParameters = NULL;

    if (Close)
    {
        EchoContinueClose(Vc);
        return;
    }
    EchoCallUp(Vc);
}

/*
 * Adds a remote party to a multipoint call that is up. CallParameters must stay valid until the party is added; it is
 * freed then. IRQL <= DISPATCH_LEVEL.
 */
NDIS_STATUS EchoAddParty(PECHO_VC Vc, PCO_CALL_PARAMETERS CallParameters)
{
    PECHO_PARTY Party = EchoAllocateParty(Vc);
    NDIS_STATUS Status;

    if (Party == NULL)
    {
        return NDIS_STATUS_RESOURCES;
    }

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    if (Vc->Call != EchoStateUp || Vc->CloseRequested || Vc->PartyCount == 0)
    {
        NdisReleaseSpinLock(&Vc->Af->Binding->Lock);
        EchoFree(Party);
        return NDIS_STATUS_FAILURE;
    }
    EchoInsertParty(Vc, Party);
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    Status = NdisClAddParty(Vc->VcHandle, Party, CallParameters, &Party->PartyHandle);
    if (Status != NDIS_STATUS_PENDING)
    {
        EchoClAddPartyComplete(Status, Party, Party->PartyHandle, CallParameters);
    }
    return NDIS_STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID EchoClAddPartyComplete(NDIS_STATUS Status, NDIS_HANDLE ProtocolPartyContext, NDIS_HANDLE NdisPartyHandle,
                            PCO_CALL_PARAMETERS CallParameters)
{
    PECHO_PARTY Party = (PECHO_PARTY)ProtocolPartyContext;
    PECHO_VC Vc = Party->Vc;
    BOOLEAN Close;

    EchoFree(CallParameters);

    NdisAcquireSpinLock(&Vc->Af->Binding->Lock);
    Close = Vc->CloseRequested;
    if (Status == NDIS_STATUS_SUCCESS)
    {
        Party->PartyHandle = NdisPartyHandle;
        Party->Connected = TRUE;
    }
    NdisReleaseSpinLock(&Vc->Af->Binding->Lock);

    if (Status != NDIS_STATUS_SUCCESS)
    {
        EchoFreeParty(Party);
    }
    if (Close)
    {
        EchoContinueClose(Vc);
    }
}

_Use_decl_annotations_
VOID EchoClModifyCallQoSComplete(NDIS_STATUS Status, NDIS_HANDLE ProtocolVcContext, PCO_CALL_PARAMETERS CallParameters)
{
    /* Never called: this client asks for no other quality than it called with. */
    UNREFERENCED_PARAMETER(Status);
    UNREFERENCED_PARAMETER(ProtocolVcContext);
    UNREFERENCED_PARAMETER(CallParameters);
}
