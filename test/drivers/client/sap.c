#include "echo.h"

_Use_decl_annotations_
VOID EchoClRegisterSapComplete(NDIS_STATUS Status, NDIS_HANDLE ProtocolSapContext, PCO_SAP Sap,
                               NDIS_HANDLE NdisSapHandle)
{
    /* There is one SAP for each address family, so the address family's context serves both. */
    PECHO_AF Af = (PECHO_AF)ProtocolSapContext;
    BOOLEAN Deregister = FALSE;

    UNREFERENCED_PARAMETER(Sap);

    if (Status != NDIS_STATUS_SUCCESS)
    {
        EchoReleaseAf(Af);
        return;
    }

    NdisAcquireSpinLock(&Af->Binding->Lock);
    Af->SapHandle = NdisSapHandle;
    Deregister = Af->CloseRequested;
    Af->SapRegistered = (BOOLEAN)!Deregister;
    NdisReleaseSpinLock(&Af->Binding->Lock);

    if (Deregister)
    {
        Status = NdisClDeregisterSap(NdisSapHandle);
        if (Status != NDIS_STATUS_PENDING)
        {
            EchoClDeregisterSapComplete(Status, Af);
        }
        return;
    }
    EchoProbe(Af);
}

_Use_decl_annotations_
VOID EchoClDeregisterSapComplete(NDIS_STATUS Status, NDIS_HANDLE ProtocolSapContext)
{
    UNREFERENCED_PARAMETER(Status);

    EchoReleaseAf((PECHO_AF)ProtocolSapContext);
}
