/*
 * Echo: a client that takes calls under the address "ECHO" and sends back what it hears. As soon as its own address is
 * registered it calls itself once, to see that the call manager works.
 */
#pragma once

#include <ndis.h>

#define ECHO_POOL_TAG 'ohcE'

#define ECHO_ADDRESS_FAMILY CO_ADDRESS_FAMILY_Q2931
#define ECHO_MAJOR_VERSION 1

#define ECHO_ADDRESS_TYPE 1
#define ECHO_ADDRESS_LENGTH 4

typedef enum _ECHO_STATE
{
    EchoStateNone,
    EchoStateMaking,   /* NdisClMakeCall has not been completed */
    EchoStateOffered,  /* the call manager waits for this client's answer */
    EchoStateAnswered, /* accepted; the call manager connects the call or closes it */
    EchoStateUp,
    EchoStateClosing /* NdisClCloseCall has been called */
} ECHO_STATE;

typedef struct _ECHO_BINDING
{
    LONG References; /* one for the binding, one for each address family */
    NDIS_HANDLE BindingHandle;
    NDIS_HANDLE PoolHandle; /* lists that this client sends */
    NDIS_SPIN_LOCK Lock;    /* guards the lists, flags and states of everything below this binding */
    LIST_ENTRY AfList;
    BOOLEAN Closing;
    BOOLEAN Paused; /* no sending between NetEventPause and NetEventRestart */
    NDIS_STATUS OpenStatus;
    NDIS_EVENT OpenDone;
    NDIS_EVENT CloseDone;
    NDIS_EVENT Unused; /* set when the last reference is gone */
} ECHO_BINDING, *PECHO_BINDING;

typedef struct _ECHO_AF
{
    LIST_ENTRY Link;
    LONG Uses; /* holds the close back: one for the open, one for the SAP, one for each VC */
    BOOLEAN Open;
    BOOLEAN CloseRequested;
    BOOLEAN NotifyPending; /* the call manager waits for NdisClNotifyCloseAddressFamilyComplete */
    PECHO_BINDING Binding;
    NDIS_HANDLE AfHandle;
    LIST_ENTRY VcList;
    BOOLEAN SapRegistered;
    NDIS_HANDLE SapHandle;
    PCO_SAP Sap;
} ECHO_AF, *PECHO_AF;

typedef struct _ECHO_PARTY
{
    LIST_ENTRY Link;
    struct _ECHO_VC *Vc;
    NDIS_HANDLE PartyHandle;
    BOOLEAN Connected;
    BOOLEAN Dropping;
} ECHO_PARTY, *PECHO_PARTY;

typedef struct _ECHO_VC
{
    LIST_ENTRY Link;
    LONG References; /* one until the VC is deleted, one while the work item is queued */
    PECHO_AF Af;
    NDIS_HANDLE VcHandle;
    BOOLEAN Incoming; /* created by the call manager, which also deletes it */
    ECHO_STATE Call;
    BOOLEAN CloseRequested;
    ULONG SendsPending;
    PIO_WORKITEM WorkItem;
    PCO_CALL_PARAMETERS CallParameters; /* ours while we make a call; the call manager's while it offers one */
    LIST_ENTRY PartyList;
    ULONG PartyCount;
} ECHO_VC, *PECHO_VC;

extern PDRIVER_OBJECT EchoDriver;
extern NDIS_HANDLE EchoProtocolHandle;

EXTERN_C DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD EchoUnload;
PROTOCOL_SET_OPTIONS EchoSetOptions;

PROTOCOL_BIND_ADAPTER_EX EchoBindAdapterEx;
PROTOCOL_UNBIND_ADAPTER_EX EchoUnbindAdapterEx;
PROTOCOL_OPEN_ADAPTER_COMPLETE_EX EchoOpenAdapterCompleteEx;
PROTOCOL_CLOSE_ADAPTER_COMPLETE_EX EchoCloseAdapterCompleteEx;
PROTOCOL_NET_PNP_EVENT EchoNetPnPEvent;
PROTOCOL_OID_REQUEST_COMPLETE EchoOidRequestComplete;
PROTOCOL_STATUS_EX EchoStatusEx;
PROTOCOL_RECEIVE_NET_BUFFER_LISTS EchoReceiveNetBufferLists;
PROTOCOL_SEND_NET_BUFFER_LISTS_COMPLETE EchoSendNetBufferListsComplete;

PROTOCOL_CO_STATUS_EX EchoCoStatusEx;
PROTOCOL_CO_AF_REGISTER_NOTIFY EchoCoAfRegisterNotify;
PROTOCOL_CO_RECEIVE_NET_BUFFER_LISTS EchoCoReceiveNetBufferLists;
PROTOCOL_CO_SEND_NET_BUFFER_LISTS_COMPLETE EchoCoSendNetBufferListsComplete;

PROTOCOL_CO_CREATE_VC EchoClCreateVc;
PROTOCOL_CO_DELETE_VC EchoClDeleteVc;
PROTOCOL_CO_OID_REQUEST EchoClOidRequest;
PROTOCOL_CO_OID_REQUEST_COMPLETE EchoClOidRequestComplete;
PROTOCOL_CL_OPEN_AF_COMPLETE_EX EchoClOpenAfCompleteEx;
PROTOCOL_CL_CLOSE_AF_COMPLETE EchoClCloseAfComplete;
PROTOCOL_CL_REGISTER_SAP_COMPLETE EchoClRegisterSapComplete;
PROTOCOL_CL_DEREGISTER_SAP_COMPLETE EchoClDeregisterSapComplete;
PROTOCOL_CL_MAKE_CALL_COMPLETE EchoClMakeCallComplete;
PROTOCOL_CL_MODIFY_CALL_QOS_COMPLETE EchoClModifyCallQoSComplete;
PROTOCOL_CL_CLOSE_CALL_COMPLETE EchoClCloseCallComplete;
PROTOCOL_CL_ADD_PARTY_COMPLETE EchoClAddPartyComplete;
PROTOCOL_CL_DROP_PARTY_COMPLETE EchoClDropPartyComplete;
PROTOCOL_CL_INCOMING_CALL EchoClIncomingCall;
PROTOCOL_CL_INCOMING_CALL_QOS_CHANGE EchoClIncomingCallQoSChange;
PROTOCOL_CL_INCOMING_CLOSE_CALL EchoClIncomingCloseCall;
PROTOCOL_CL_INCOMING_DROP_PARTY EchoClIncomingDropParty;
PROTOCOL_CL_CALL_CONNECTED EchoClCallConnected;
PROTOCOL_CL_NOTIFY_CLOSE_AF EchoClNotifyCloseAf;

IO_WORKITEM_ROUTINE_EX EchoAnswerWorker;

/* driver.c */
PVOID EchoAllocate(ULONG Size);
VOID EchoFree(PVOID Memory);

/* binding.c */
VOID EchoDereferenceBinding(PECHO_BINDING Binding);
VOID EchoReturnNetBufferLists(PECHO_BINDING Binding, PNET_BUFFER_LIST NetBufferLists, ULONG ReceiveFlags);

/* af.c */
VOID EchoReleaseAf(PECHO_AF Af);
VOID EchoCloseAddressFamilies(PECHO_BINDING Binding);

/* vc.c */
PECHO_VC EchoAllocateVc(PECHO_AF Af, BOOLEAN Incoming);
VOID EchoDereferenceVc(PECHO_VC Vc);
VOID EchoForgetVc(PECHO_VC Vc);
VOID EchoDeleteVc(PECHO_VC Vc);

/* outgoing.c */
NDIS_STATUS EchoMakeCall(PECHO_AF Af, PCO_CALL_PARAMETERS CallParameters);
NDIS_STATUS EchoAddParty(PECHO_VC Vc, PCO_CALL_PARAMETERS CallParameters);
VOID EchoFreeParty(PECHO_PARTY Party);

/* close.c */
VOID EchoCloseCall(PECHO_VC Vc);
VOID EchoContinueClose(PECHO_VC Vc);

/* data.c */
NDIS_STATUS EchoSend(PECHO_VC Vc, const VOID *Data, ULONG Length);

/* behaviour.c */
NDIS_STATUS EchoDecideOnCall(PECHO_VC Vc);
VOID EchoCallUp(PECHO_VC Vc);
VOID EchoReceived(PECHO_VC Vc, PNET_BUFFER_LIST NetBufferLists);
VOID EchoProbe(PECHO_AF Af);
